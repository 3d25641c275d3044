"""Whoever is off is looked at all at once; what comes of it is what looking at each of them would bring."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from moothall.absence.models import Episode, TriggerHit
from moothall.absence.rules import pack, sample
from moothall.absence.rules.duties import half_pay_of, half_pays_of
from moothall.absence.rules.passing import look_at_everybody_off
from moothall.absence.rules.triggers import look_at_triggers
from moothall.core.clock import now, today
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_pattern

from .make import days_ago, make_absence, make_reason

pytestmark = pytest.mark.django_db
Hits = set[tuple[int, int, bool]]


def make_office(people: int) -> None:
    """So many people with a year of sickness behind them, a third of them off now and for some time."""
    folder = find_pack("people-services")
    given = Pack("people-services", folder, read_about(folder), now(), demo=True, scale=1)
    pack.load_part(given, Progress())
    patterns = [None, make_pattern(), make_pattern("12", "12", "0", "0")]
    for number in range(people):
        pattern = patterns[number % 3]
        begun: dict[str, Any] = {"pattern": pattern, "pattern_from": days_ago(400)} if pattern else {}
        workforce = ("employee", "police_officer")[number % 2]
        make_employment(workforce=workforce, started_on=days_ago(900), **begun)
    sample.load_part(given, Progress())
    dice = Random(7)
    for employment in Employment.objects.order_by("pk"):
        if dice.random() < 0.4 and not Episode.objects.off(today()).filter(employment=employment).exists():
            later = Episode.objects.filter(employment=employment).order_by("-first_day").first()
            last = later.last_day if later and later.last_day else days_ago(200)
            first = min(last + dt.timedelta(days=dice.randint(2, 60)), today())
            Episode.objects.create(
                employment=employment, first_day=first, reason=make_reason(), reported_at=now()
            )


def hits() -> Hits:
    found = TriggerHit.objects.values_list("rule_id", "episode_id", "lapsed_at")
    return {(rule, episode, lapsed is not None) for rule, episode, lapsed in found}


def one_by_one(on: dt.date) -> Hits:
    """What looking at each would bring; all is then as it was."""
    with transaction.atomic():
        off = Episode.objects.off(on).values("employment")
        for each in Employment.objects.filter(pk__in=off).order_by("pk"):
            look_at_triggers(each, on=on, at=now())
        found = hits()
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_all_at_once_comes_to_what_looking_at_each_comes_to() -> None:
    make_office(150)
    some = list(TriggerHit.objects.order_by("pk").values_list("pk", flat=True))[::3]
    TriggerHit.objects.filter(pk__in=some).delete()
    wrong = Episode.objects.filter(hits__isnull=False).order_by("pk").first()
    assert wrong is not None
    Episode.objects.filter(pk=wrong.pk).update(counts=False)
    changed = 0
    for ahead in (0, 1, 3, 7, 30):
        on = today() + dt.timedelta(days=ahead)
        expected, before = one_by_one(on), hits()
        look_at_everybody_off(on=on, at=now())
        assert hits() == expected
        changed += expected != before
    assert changed >= 3


def test_where_nothing_is_new_it_asks_as_often_for_many_as_for_few() -> None:
    asked = []
    for people in (2, 9):
        for _number in range(people):
            make_absence(first_day=days_ago(5))
        with CaptureQueriesContext(connection) as queries:
            assert look_at_everybody_off(on=today(), at=now()) == 0
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_half_pay_of_many_is_that_of_each() -> None:
    for number in range(12):
        who = make_employment(workforce=("employee", "police_officer")[number % 2])
        make_absence(who, first_day=days_ago(300), last_day=days_ago(300 - 9 * number))
        make_absence(who, first_day=days_ago(160))
    episodes = list(Episode.objects.select_related("employment").order_by("pk"))
    found = half_pays_of(episodes)
    assert found == {each.pk: half for each in episodes if (half := half_pay_of(each)) is not None}
    assert len({half.begins_on for half in found.values()}) > 3
