"""Being in touch, the talk on coming back, and triggers: put before the manager once, with their reasons."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.absence.beside import to_see_to
from moothall.absence.models import ContactStage, Episode, Question, TriggerHit, TriggerRule
from moothall.absence.rules import caring, refusals, reporting, triggers
from moothall.absence.tasks import look_at_who_is_off
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_pattern

from .make import LONG_AGO, days_ago, make_absence, make_reason, make_recorder

pytestmark = pytest.mark.django_db


def make_trigger(**changes: object) -> TriggerRule:
    given: dict[str, object] = {
        "key": "three", "name": "3 absences in 13 weeks", "kind": "SPELLS", "threshold": Decimal(3),
        "weeks": 13, "from_on": LONG_AGO,
    }  # fmt: skip
    return TriggerRule.objects.create(**given | changes)


def make_stages() -> list[ContactStage]:
    rows = [ContactStage(from_day=3, every_days=7, from_on=LONG_AGO),
            ContactStage(from_day=29, every_days=14, from_on=LONG_AGO)]  # fmt: skip
    return ContactStage.objects.bulk_create(rows)


@pytest.fixture
def manager() -> tuple[Account, Employment]:
    return make_manager()


def three_absences(employment: Employment, **changes: Any) -> list[Episode]:
    return [
        make_absence(employment, first_day=days_ago(ago), last_day=days_ago(ago - 1), **changes)
        for ago in (60, 40, 20)
    ]


def test_the_third_absence_reaches_the_trigger_once_and_says_which_made_it(
    manager: tuple[Account, Employment],
) -> None:
    account, managing = manager
    make_trigger(advice="An informal talk")
    employment = make_employment(manager=managing)
    episodes = three_absences(employment)
    hit = TriggerHit.objects.get()
    assert hit.episode == episodes[2]
    assert [each["episode"] for each in hit.made_by] == [each.pk for each in episodes]
    assert triggers.look_at_triggers(employment, on=today(), at=now()) == []
    client = signed_in_as(account)
    shown = words(main(page(client.get(reverse("absence", args=[episodes[2].pk])))))
    assert "3 absences in 13 weeks" in shown
    assert "An informal talk" in shown
    address = reverse("settle_trigger", args=[episodes[2].pk, hit.pk])
    client.post(address, {"outcome": "Talked, no action"})
    hit.refresh_from_db()
    assert (hit.outcome, hit.settled_by) == ("Talked, no action", account)
    assert "settled" in words(main(page(client.post(address, {"outcome": "Again"}), 422)))
    client.post(reverse("reopen_trigger", args=[episodes[2].pk, hit.pk]))
    hit.refresh_from_db()
    assert hit.settled_at is None


def test_what_is_left_out_reaches_no_trigger_and_a_correction_lets_it_lapse() -> None:
    make_trigger()
    pregnancy = make_reason(key="pregnancy", counts=False)
    three_absences(make_employment(), reason=pregnancy)
    assert not TriggerHit.objects.exists()
    by, episodes = make_recorder(), three_absences(make_employment())
    hit = TriggerHit.objects.get()
    reporting.withdraw_absence(episodes[0], because="A mistake", by=by, at=now())
    hit.refresh_from_db()
    assert hit.lapsed_at is not None


def test_of_one_kind_only_the_highest_is_raised() -> None:
    for threshold in (1, 2, 3, 4):
        make_trigger(key=f"t{threshold}", threshold=Decimal(threshold))
    employment = make_employment()
    three_absences(employment)
    third = TriggerHit.objects.latest("episode__first_day")
    assert third.rule.key == "t3"
    assert TriggerHit.objects.filter(episode=third.episode).count() == 1


def test_days_are_those_that_would_have_been_worked() -> None:
    pattern = make_pattern("12", "12", "0", "0")
    make_trigger(key="days", kind="DAYS", threshold=Decimal(4), weeks=0, months=12)
    employment = make_employment(pattern=pattern, pattern_from=days_ago(400))
    make_absence(employment, first_day=days_ago(20), last_day=days_ago(14))
    hit = TriggerHit.objects.filter().first()
    works = triggers.works_of(employment, days_ago(30), today())
    worked = sum(works(days_ago(ago)) for ago in range(14, 21))
    assert worked in {3, 4}
    assert (hit is not None) == (worked == 4)


def test_the_passing_of_days_makes_an_absence_long() -> None:
    make_trigger(key="long", kind="LONG_TERM", threshold=Decimal(28), weeks=0)
    episode = make_absence(first_day=days_ago(26))
    assert not TriggerHit.objects.exists()
    Episode.objects.filter(pk=episode.pk).update(first_day=days_ago(27))
    look_at_who_is_off(timestamp=0)
    look_at_who_is_off(timestamp=0)
    assert TriggerHit.objects.get().value == 28


def test_whoever_is_back_is_on_the_managers_work_until_they_have_talked(
    manager: tuple[Account, Employment],
) -> None:
    account, managing = manager
    Question.objects.create(key="how", name="How are you now?", is_needed=True, from_on=LONG_AGO)
    episode = make_absence(make_employment(manager=managing), first_day=days_ago(6), last_day=days_ago(2))
    found = to_see_to(account)
    assert found is not None
    assert [row.pk for row in found["rows"]] == [episode.pk]
    client, address = signed_in_as(account), reverse("hold_interview", args=[episode.pk])
    assert "to be talked with" in words(main(page(client.get("/absence/team/"))))
    sent = {"held_on": "today", "outcome": "SUPPORT"}
    assert "How are you now?" in words(main(page(client.post(address, sent), 422)))
    client.post(address, sent | {"q_how": "Well again"})
    assert to_see_to(account) is None
    assert "Well again" in words(main(page(client.get(reverse("absence", args=[episode.pk])))))
    assert "written down already" in words(main(page(client.post(address, sent | {"q_how": "x"}), 422)))
    interview = episode.interviews.get()
    client.post(reverse("undo_interview", args=[episode.pk, interview.pk]))
    assert to_see_to(account) is not None


def test_nobody_is_talked_with_before_they_are_back() -> None:
    episode = make_absence()
    with pytest.raises(refusals.StillOff):
        caring.hold_interview(
            episode, held_on=today(), answers={}, outcome="NO_ACTION", by=make_recorder(), at=now()
        )


def test_contact_is_weekly_and_then_fortnightly_unless_they_agreed_otherwise() -> None:
    stages, by = make_stages(), make_recorder()
    episode = make_absence(first_day=days_ago(40))
    assert caring.contact_due_on(episode, [], stages) == days_ago(38)

    def contact(ago: int, next_on: dt.date | None = None) -> dt.date | None:
        caring.log_contact(
            episode, held_on=days_ago(ago), how="PHONE", note="", next_on=next_on, by=by, at=now()
        )
        return caring.contact_due_on(episode, episode.contacts.all(), stages)

    assert contact(37) == days_ago(30)
    assert contact(10) == days_ago(-4)
    assert contact(5, days_ago(-9)) == days_ago(-9)
    with pytest.raises(refusals.NotWithin):
        contact(41)
    with pytest.raises(refusals.NotYet):
        contact(-1)


def test_the_manager_sees_when_each_is_rung_next_in_as_many_questions_for_many(
    manager: tuple[Account, Employment],
) -> None:
    account, boss = manager
    make_stages()
    client = signed_in_as(account)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/absence/team/").status_code == 200
        return len(caught)

    for ago in (10, 2):
        make_absence(make_employment(manager=boss), first_day=days_ago(ago))
    asked()
    few = asked()
    shown = words(main(page(client.get("/absence/team/"))))
    assert "In touch next" in shown
    assert "8 days late" in shown
    assert "Due today" in shown
    for _each in range(4):
        one = make_absence(make_employment(manager=boss), first_day=days_ago(9))
        caring.log_contact(
            one, held_on=today(), how="PHONE", note="", next_on=None, by=account, at=now()
        )  # fmt: skip
    assert asked() == few


def test_a_contact_is_written_down_on_the_page_and_undone(manager: tuple[Account, Employment]) -> None:
    account, managing = manager
    make_stages()
    episode = make_absence(make_employment(manager=managing), first_day=days_ago(5), keep_in_touch="By text")
    client, address = signed_in_as(account), reverse("log_absence_contact", args=[episode.pk])
    assert "By text" in words(main(page(client.get(address))))
    client.post(address, {"held_on": "today", "how": "TEXT", "note": "Hopes to be back on Monday"})
    assert "Hopes to be back" in words(main(page(client.get(reverse("absence", args=[episode.pk])))))
    contact = episode.contacts.get()
    undo = reverse("undo_absence_contact", args=[episode.pk, contact.pk])
    client.post(undo)
    assert "Hopes to be back" not in words(main(page(client.get(reverse("absence", args=[episode.pk])))))
    assert client.post(undo).status_code == 409


def test_the_page_asks_as_little_for_a_long_absence_as_for_a_short_one() -> None:
    make_stages()
    make_trigger()
    client, by = signed_in_as(make_recorder()), make_recorder()
    short, long = make_absence(first_day=days_ago(2)), make_absence(first_day=days_ago(90))
    for ago in range(1, 80, 5):
        caring.log_contact(long, held_on=days_ago(ago), how="PHONE", note="", next_on=None, by=by, at=now())

    def queries(episode: Episode) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("absence", args=[episode.pk])).status_code == 200
        return len(caught)

    queries(short)
    assert queries(long) == queries(short)
