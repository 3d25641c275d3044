"""Notice that comes too late is refused with the rule, and carer's leave is a week in any twelve months."""

import datetime as dt
from typing import Any

import pytest

from moothall.personnel.models import FamilyLeave
from moothall.personnel.rules import family as rules
from moothall.personnel.rules import refusals
from moothall.workforce.models import Employment, WorkPattern
from moothall.workforce.tests.make import make_employment

from .make import DAY, make_desk, make_leave, noon

pytestmark = pytest.mark.django_db
DUE = dt.date(2027, 3, 10)
LAST = dt.date(2026, 11, 28)


def leave_of(kind: str, **changes: Any) -> FamilyLeave:
    told = changes.pop("told", dt.date(2026, 6, 1))
    return make_leave(
        changes.pop("employment", None), kind=kind, notified_on=told, at=noon(told), **changes
    )  # fmt: skip


def test_maternity_leave_is_told_by_the_end_of_the_15th_week_before_or_accepted_late() -> None:
    given = {"event_on": DUE, "starts_on": dt.date(2027, 2, 22)}
    assert leave_of("maternity", told=LAST, **given).late_because == ""
    with pytest.raises(refusals.NoticeTooLate) as refused:
        leave_of("maternity", told=LAST + DAY, **given)
    assert "28 November 2026" in str(refused.value)
    late = leave_of("maternity", told=LAST + DAY, late_because="Not known before", **given)
    assert late.late_because == "Not known before"


@pytest.mark.parametrize(
    ("kind", "days", "event"),
    [("paternity", 28, "2026-04-06"), ("paternity", 28, "2024-04-06"), ("parental", 21, "2026-07-01"),
     ("carers", 3, "2026-07-01"), ("adoption", 28, "2026-07-01")],
)  # fmt: skip
def test_other_leaves_are_told_as_many_days_before_as_their_row_says(
    kind: str, days: int, event: str
) -> None:
    event_on = dt.date.fromisoformat(event)
    starts, employment = event_on + 60 * DAY, make_employment(started_on=dt.date(2020, 1, 6))
    given: dict[str, Any] = {
        "event_on": event_on,
        "starts_on": starts,
        "ends_on": starts,
        "employment": employment,
    }
    with pytest.raises(refusals.NoticeTooLate) as refused:
        leave_of(kind, told=starts - (days - 1) * DAY, **given)
    first = starts + DAY
    assert f"{first.day} {first:%B %Y}" in str(refused.value)
    assert leave_of(kind, told=starts - days * DAY, **given).starts_on == starts


def test_before_april_2024_paternity_leave_asked_for_no_such_notice() -> None:
    event, employment = dt.date(2024, 4, 5), make_employment(started_on=dt.date(2020, 1, 6))
    leave = leave_of("paternity", event_on=event, starts_on=event + DAY, told=event, employment=employment)
    assert leave.starts_on == event + DAY


def test_nobody_gives_notice_of_a_loss() -> None:
    day = dt.date(2026, 7, 1)
    assert leave_of("bereavement", event_on=day, starts_on=day, told=day).starts_on == day


def test_another_first_day_is_told_28_days_before_the_earlier_of_the_two() -> None:
    leave = leave_of("maternity", event_on=DUE, starts_on=dt.date(2027, 2, 22), told=LAST)
    desk, wanted = make_desk(), dt.date(2027, 2, 15)
    told = wanted - 27 * DAY
    with pytest.raises(refusals.ChangeTooLate) as refused:
        rules.change_start(leave, starts_on=wanted, by=desk, at=noon(told))
    assert "18 January 2027" in str(refused.value)
    moved = rules.change_start(leave, starts_on=wanted, by=desk, at=noon(told - DAY))
    assert moved.starts_on == wanted
    late = rules.change_start(
        leave, starts_on=wanted + 3 * DAY, by=desk, at=noon(told), late_because="The midwife advised it"
    )
    assert late.starts_on == wanted + 3 * DAY


def carers(employment: Employment, first: dt.date, last: dt.date | None = None) -> FamilyLeave:
    told = first - 10 * DAY
    return leave_of(
        "carers", event_on=first, starts_on=first, ends_on=last or first, told=told, employment=employment
    )


MONDAY = dt.date(2026, 6, 1)


def test_carers_leave_comes_to_a_usual_week_in_any_twelve_months() -> None:
    employment = make_employment(started_on=dt.date(2020, 1, 6))
    carers(employment, MONDAY, MONDAY + 3 * DAY)
    carers(employment, dt.date(2026, 9, 4), dt.date(2026, 9, 6))
    with pytest.raises(refusals.CarersWeekUsed) as refused:
        carers(employment, dt.date(2027, 5, 31))
    assert "5 days" in str(refused.value)
    assert "1 June 2027" in str(refused.value)
    assert carers(employment, dt.date(2027, 6, 1)).starts_on == dt.date(2027, 6, 1)


def test_a_weekend_within_it_counts_nothing_and_what_was_withdrawn_neither() -> None:
    employment, desk = make_employment(started_on=dt.date(2020, 1, 6)), make_desk()
    first = carers(employment, MONDAY, MONDAY + 4 * DAY)
    with pytest.raises(refusals.CarersWeekUsed):
        carers(employment, MONDAY + 7 * DAY)
    rules.withdraw_leave(first, by=desk, at=noon(MONDAY - 5 * DAY))
    again = carers(employment, MONDAY + 4 * DAY, MONDAY + 10 * DAY)
    assert again.ends_on == MONDAY + 10 * DAY
    with pytest.raises((refusals.CarersWeekUsed, refusals.Overlaps)):
        rules.put_back_leave(first, by=desk, at=noon(MONDAY - 5 * DAY))


def test_who_works_three_days_a_week_has_three() -> None:
    three = WorkPattern.objects.create(key="three", name="Three", hours=[8, 8, 8, 0, 0, 0, 0])
    employment = make_employment(
        started_on=dt.date(2020, 1, 6), pattern=three, pattern_from=dt.date(2020, 1, 6)
    )
    carers(employment, MONDAY, MONDAY + 6 * DAY)
    with pytest.raises(refusals.CarersWeekUsed) as refused:
        carers(employment, MONDAY + 14 * DAY)
    assert "3 days" in str(refused.value)
