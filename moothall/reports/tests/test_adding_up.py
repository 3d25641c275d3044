"""The leave of those of whom something changed is worked out anew, and comes to what working out all does."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from moothall.leave.models import LeaveEntry, LeaveKind, LeaveRequest, LeaveScheme
from moothall.leave.rules.deciding import approve_leave
from moothall.leave.tests.make import make_kind, make_request
from moothall.people.models import Post
from moothall.people.tests.make import AT, make_account, make_team
from moothall.reports.models import LeaveTaken, LeaveToCount
from moothall.reports.rules.progress import count_leave
from moothall.workforce.models import Assignment, Employment, WorkPattern
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.tests.make import make_employment, make_leaving_reason, make_pattern, make_unit

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 4, 20)


def on(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(4, 20), tzinfo=dt.UTC)


def kept() -> set[tuple[object, ...]]:
    names = ("employment", "unit", "team", "year_from", "entitled", "taken", "booked")
    return set(LeaveTaken.objects.values_list(*names))


def count(day: dt.date) -> int:
    return count_leave(today=day, at=on(day))


def holds(day: dt.date) -> bool:
    """Whether what is kept is what working out everybody comes to."""
    count(day)
    few = kept()
    count_leave(today=day, at=on(day), everybody=True)
    return kept() == few


def make_office(people: int = 3) -> list[Employment]:
    pattern = make_pattern()
    begun: dict[str, Any] = {"pattern": pattern, "pattern_from": dt.date(2026, 1, 5)}
    found = [make_employment(unit=make_unit(), **begun) for _number in range(people)]
    count_leave(today=MONDAY, at=on(MONDAY), everybody=True)
    return found


def ask(who: Employment) -> LeaveRequest:
    return make_request(who, MONDAY + DAY, MONDAY + 3 * DAY)


def ask_and_agree(who: Employment) -> None:
    approve_leave(ask(who), by=make_account(), at=AT, despite="Agreed")


def move(who: Employment) -> None:
    change_assignment(who, unit=make_unit(), from_on=MONDAY, because="Moves", by=None, at=AT)


def move_tomorrow(who: Employment) -> None:
    change_assignment(who, unit=make_unit(), from_on=MONDAY + DAY, because="Moves", by=None, at=AT)


def leave(who: Employment) -> None:
    end_employment(who, last_day=MONDAY + DAY, because=make_leaving_reason(), by=None, at=AT)


def enter_hours(who: Employment) -> None:
    LeaveEntry.objects.create(
        employment=who,
        kind=LeaveEntry.ADJUSTED,
        counts_on=MONDAY,
        hours=Decimal(8),
        why="Wrong",
        entered_at=AT,
    )


def serve_longer(who: Employment) -> None:
    Employment.objects.filter(pk=who.pk).update(continuous_from=dt.date(2005, 1, 1))


def change_team(who: Employment) -> None:
    posts = Assignment.objects.filter(employment=who).order_by().values("post")
    Post.objects.filter(pk__in=posts).update(team=make_team())


def change_pattern(_who: Employment) -> None:
    WorkPattern.objects.update(hours=["12", "12", "12", "0", "0", "0", "0"])


def change_scheme(who: Employment) -> None:
    LeaveScheme.objects.create(workforce=who.workforce, month=1, full_day_hours=Decimal(8))


def change_kind(who: Employment) -> None:
    ask_and_agree(who)
    LeaveKind.objects.update(counts=LeaveKind.TOIL)


CHANGES = [
    ask, ask_and_agree, move, move_tomorrow, leave, enter_hours, serve_longer, change_team, change_pattern,
    change_scheme, change_kind,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_each_change_it_comes_to_the_same(change: Callable[[Employment], None]) -> None:
    who, *_others = make_office()
    LeaveToCount.objects.all().delete()
    change(who)
    assert LeaveToCount.objects.exists()
    for ahead in (0, 1, 2, 5):
        assert holds(MONDAY + ahead * DAY)


def test_only_those_of_whom_something_changed_are_worked_out() -> None:
    make_kind()
    who, *_others = make_office()
    assert count(MONDAY) == 0
    ask_and_agree(who)
    assert count(MONDAY) == 1
    assert count(MONDAY + DAY) == 0
    assert count(MONDAY + 2 * DAY) == 1  # a day of leave has passed
    [row] = LeaveTaken.objects.filter(employment=who)
    assert (row.taken, row.booked) == (Decimal("7.40"), Decimal("14.80"))


def test_on_sundays_and_in_a_new_leave_year_everybody_is_worked_out() -> None:
    make_office()
    assert count(MONDAY + 6 * DAY) == 3
    assert count(dt.date(2027, 3, 31)) == 0
    assert count(dt.date(2027, 4, 1)) == 3
    assert set(LeaveTaken.objects.values_list("year_from", flat=True)) == {dt.date(2027, 4, 1)}


@pytest.mark.slow
def test_through_weeks_of_a_larger_office_it_comes_to_the_same() -> None:
    make_kind()
    people, dice = make_office(120), Random(3)
    acts = [ask, ask_and_agree, move, enter_hours, serve_longer, leave]
    for number in range(24):
        day = MONDAY + number * DAY
        for _act in range(3):
            act, who = dice.choice(acts), people.pop()
            act(who)
        assert holds(day)
