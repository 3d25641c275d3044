"""What was counted before and what is counted now come to the same as counting everything."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.absence.models import Episode
from moothall.people.models import Post
from moothall.people.tests.make import AT, make_account, make_team
from moothall.reports.models import UnitMonth, UnitToCount
from moothall.reports.rules.counting import close_month, count_by_night, count_months, count_what_changed
from moothall.reports.rules.figures import MEASURES, Sums, count
from moothall.reports.rules.kept import sums_of
from moothall.reports.rules.months import BEFORE, Scope, month_of, months_before
from moothall.workforce.models import Assignment, Employment, WorkPattern
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.tests.make import (
    make_employment,
    make_leaving_reason,
    make_pattern,
    make_post,
    make_unit,
)

from .make import TODAY, make_off, october

pytestmark = pytest.mark.django_db
MOVED = dt.date(2026, 10, 19)


def make_office() -> Employment:
    """Three units, all counted; the answer works in the first of them."""
    pattern = make_pattern("8", "8", "8", "8", "8", "0", "0")
    first = make_employment(unit=make_unit(), pattern=pattern, pattern_from=dt.date(2026, 1, 5))
    for unit in (make_unit(), make_unit()):
        make_off(make_employment(unit=unit), dt.date(2026, 10, 5), dt.date(2026, 10, 9))
    count_months(today=TODAY, at=AT)
    return first


def move(who: Employment) -> None:
    change_assignment(who, unit=make_unit(), from_on=MOVED, because="Moves", by=None, at=AT)


def leave(who: Employment) -> None:
    end_employment(who, last_day=MOVED, because=make_leaving_reason(), by=None, at=AT)


def fall_ill(who: Employment) -> None:
    make_off(who, MOVED, None)


def change_team(who: Employment) -> None:
    posts = Assignment.objects.filter(employment=who).order_by().values("post")
    Post.objects.filter(pk__in=posts).update(team=make_team())


def change_pattern(_who: Employment) -> None:
    WorkPattern.objects.update(hours=["12", "12", "12", "0", "0", "0", "0"])


def change_start(who: Employment) -> None:
    Employment.objects.filter(pk=who.pk).update(started_on=dt.date(2026, 10, 12))


def work_less(who: Employment) -> None:
    Assignment.objects.filter(employment=who).update(fte=Decimal("0.5"))


def shown(scope: Scope | None = None) -> dict[int, Sums]:
    return {unit: sums for unit, sums in sums_of(scope or Scope(), october()).items() if sums != Sums()}


def counted(scope: Scope | None = None) -> dict[int, Sums]:
    found = count(scope or Scope(), october()).by_unit()
    return {unit: sums for unit, sums in found.items() if sums != Sums()}


CHANGES = [move, leave, fall_ill, work_less, change_team, change_pattern, change_start]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_at_once_and_only_its_units_are_counted_again(
    change: Callable[[Employment], None],
) -> None:
    who = make_office()
    assert shown() == counted()
    change(who)
    changed = set(UnitToCount.objects.values_list("unit_id", flat=True))
    assert changed
    assert set(counted()) - changed
    assert shown() == counted()
    count_what_changed(today=TODAY, at=AT)
    assert not UnitToCount.objects.exists()
    assert shown() == counted()


def test_what_nothing_is_counted_from_leaves_the_months_alone() -> None:
    who = make_office()
    Employment.objects.filter(pk=who.pk).update(number="RENUMBERED")
    assert not UnitToCount.objects.exists()
    kept = set(UnitMonth.objects.values_list("pk", flat=True))
    count_what_changed(today=TODAY, at=AT + dt.timedelta(hours=1))
    assert set(UnitMonth.objects.values_list("pk", flat=True)) == kept


def test_the_day_after_everything_is_counted_up_to_that_day() -> None:
    make_office()
    tomorrow = TODAY + dt.timedelta(days=1)
    month = month_of(tomorrow, today=tomorrow)
    assert sums_of(Scope(), month) == count(Scope(), month).by_unit()
    assert not UnitMonth.objects.filter(upto=tomorrow).exists()
    count_what_changed(today=tomorrow, at=AT)
    assert UnitMonth.objects.filter(upto=tomorrow).exists()
    assert sums_of(Scope(), month) == count(Scope(), month).by_unit()


def test_only_the_teams_in_sight_are_added_up() -> None:
    team = make_team()
    seen = make_employment(post=make_post(team=team))
    make_employment(post=make_post(team=make_team()))
    count_months(today=TODAY, at=AT)
    scope = Scope(frozenset({team.pk}))
    assert [sums.headcount for sums in shown(scope).values()] == [1]
    fall_ill(seen)
    assert shown(scope) == counted(scope)


def test_a_closed_month_is_still_counted_beside_what_was_closed() -> None:
    who = make_office()
    close_month(october(), by=make_account(), at=AT)
    fall_ill(who)
    count_what_changed(today=TODAY, at=AT)
    assert shown() == counted()
    first = october().first
    closed = UnitMonth.objects.shown(first, first, teams=None).filter(closing__isnull=False)
    assert sum(row.days_lost for row in closed) == 10
    assert sum(sums.days_lost for sums in shown().values()) == 20


def all_months(today: dt.date = TODAY) -> set[tuple[object, ...]]:
    """Every row of the thirteen months, apart from when it was counted."""
    first = months_before(today.replace(day=1), BEFORE)
    rows = UnitMonth.objects.filter(closing=None, month__gte=first)
    return set(rows.values_list("month", "unit", "team", "upto", *MEASURES))


def numbers(before: dt.date) -> set[int]:
    return set(UnitMonth.objects.filter(month__lt=before).values_list("pk", flat=True))


@pytest.mark.parametrize("change", [leave, fall_ill])
def test_months_before_the_day_of_a_change_are_left_as_they_were_counted(
    change: Callable[[Employment], None],
) -> None:
    who = make_office()
    before = numbers(MOVED.replace(day=1))
    change(who)
    count_what_changed(today=TODAY, at=AT)
    assert numbers(MOVED.replace(day=1)) == before
    counted_so = all_months()
    count_months(today=TODAY, at=AT)
    assert all_months() == counted_so


@pytest.mark.parametrize("change", CHANGES)
def test_a_night_comes_to_what_counting_everything_comes_to(change: Callable[[Employment], None]) -> None:
    who = make_office()
    change(who)
    for day in (TODAY, TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=12)):
        count_by_night(today=day, at=AT)
        by_night = all_months(day)
        count_months(today=day, at=AT)
        assert all_months(day) == by_night


def test_within_twelve_nights_each_month_is_counted_anew_though_nothing_changed() -> None:
    make_office()
    before = numbers(TODAY)
    for ahead in range(BEFORE):
        count_by_night(today=TODAY - dt.timedelta(days=ahead), at=AT)
    assert not numbers(TODAY) & before


def test_what_a_return_from_sickness_changes_begins_with_its_last_day() -> None:
    who = make_office()
    episode = make_off(who, dt.date(2026, 8, 3), None)
    UnitToCount.objects.all().delete()
    Episode.objects.filter(pk=episode.pk).update(last_day=MOVED)
    assert set(UnitToCount.objects.values_list("from_on", flat=True)) == {MOVED}
    Episode.objects.filter(pk=episode.pk).update(note="Seen")
    assert UnitToCount.objects.count() == 1


def test_nothing_is_counted_where_nothing_changed() -> None:
    make_office()
    with CaptureQueriesContext(connection) as asked:
        sums_of(Scope(), october())
    assert len(asked) == 2
