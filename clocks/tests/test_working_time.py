"""Working days, opening hours and the small adding function."""

import pytest

from clocks import OFFICE_HOURS, Holiday, Opening, Span, WorkingCalendar, add, calendar, load_holidays
from clocks.months import corresponding_date, last_day_of_months
from clocks.working_time import CALENDARS

from .make import day, london

SHORT_FRIDAY = Opening.weekly({"mon-thu": "08:30-17:00", "fri": "08:30-12:00, 13:00-16:30"})


def test_a_calendar_is_built_once_for_the_same_rows() -> None:
    rows = load_holidays()

    assert calendar("EW") is calendar("EW", rows)
    assert calendar("EW", rows, [day("2026-12-29")]) is calendar("EW", rows, (day("2026-12-29"),))
    assert calendar("EW", list(rows)) is not calendar("EW")


def test_an_unknown_calendar_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="EW, ENG, WLS, SCO, NI, UK_UNION, NONE"):
        calendar("FR")


def test_with_no_nation_every_day_counts() -> None:
    assert calendar("NONE").is_working_day(day("2026-12-25"))
    assert calendar("NONE").add_working_days(day("2026-12-24"), 3) == day("2026-12-27")


def test_a_local_closure_is_no_working_day() -> None:
    shut = calendar("EW", closures=[day("2026-12-29"), day("2026-12-30")])

    assert shut.add_working_days(day("2026-12-24"), 1) == day("2026-12-31")
    assert shut.is_closure(day("2026-12-29"))
    assert not shut.is_closure(day("2026-12-28"))


@pytest.mark.parametrize("key", CALENDARS)
def test_counting_back_undoes_counting_on_from_a_working_day(key: str) -> None:
    days = calendar(key)
    start = days.add_working_days(day("2026-12-18"), 0 if days.is_working_day(day("2026-12-18")) else 1)

    for n in range(1, 60):
        assert days.add_working_days(days.add_working_days(start, n), -n) == start


def test_nought_working_days_after_a_sunday_is_that_sunday() -> None:
    assert calendar("EW").add_working_days(day("2026-11-22"), 0) == day("2026-11-22")


def test_five_working_days_notice_counts_back_over_christmas() -> None:
    assert calendar("EW").add_working_days(day("2027-01-04"), -5) == day("2026-12-23")


def test_days_between_are_negative_when_they_run_backwards() -> None:
    days = calendar("EW")

    assert days.working_days_between(day("2026-12-18"), day("2026-12-29")) == 5
    assert days.working_days_between(day("2026-12-29"), day("2026-12-18")) == -5


def test_an_office_open_on_saturdays_is_shut_on_a_saturday_christmas() -> None:
    saturdays = calendar("EW", opening=Opening.weekly({"mon-sat": "09:00-17:00"}))

    assert saturdays.is_working_day(day("2027-12-18"))
    assert not saturdays.is_working_day(day("2027-12-25"))
    assert saturdays.add_working_days(day("2027-12-17"), 2) == day("2027-12-20")


def test_a_withdrawn_row_leaves_its_day_a_working_day() -> None:
    row = Holiday(
        day("2026-10-05"), frozenset({"ENG"}), "Extra", "Ychwanegol", "Press", day("2026-09-01"), True
    )

    assert WorkingCalendar(frozenset({"ENG"}), [row]).is_working_day(row.day)


@pytest.mark.parametrize(
    ("at", "hours", "ends"),
    [
        ("2026-12-17T16:00", 2, "2026-12-18T09:30"),
        ("2026-12-18T11:30", 1, "2026-12-18T13:30"),
        ("2026-12-18T11:30", 0.5, "2026-12-18T12:00"),
        ("2026-12-18T16:00", 1, "2026-12-21T09:00"),
        ("2026-12-24T16:30", 1, "2026-12-29T09:00"),
        ("2026-12-26T10:00", 8.5, "2026-12-29T17:00"),
        ("2026-12-26T10:00", 0, "2026-12-26T10:00"),
    ],
)
def test_working_hours_pass_only_while_the_office_is_open(at: str, hours: float, ends: str) -> None:
    days = calendar("EW", opening=SHORT_FRIDAY)

    assert days.add_working_hours(london(at), hours) == london(ends)
    assert days.working_hours_between(london(at), london(ends)) == hours


def test_a_desk_open_through_the_night_gains_and_loses_the_hour_the_clocks_change() -> None:
    all_day = calendar("EW", opening=Opening.weekly({"mon-sun": "00:00-24:00"}))

    assert all_day.working_hours_between(london("2026-10-24T00:00"), london("2026-10-26T00:00")) == 49
    assert all_day.working_hours_between(london("2028-03-25T00:00"), london("2028-03-27T00:00")) == 47
    assert all_day.add_working_hours(london("2026-10-24T12:00"), 24) == london("2026-10-25T11:00")


def test_no_working_hours_lie_between_a_time_and_an_earlier_one() -> None:
    days = calendar("EW")

    assert days.working_hours_between(london("2026-12-18T12:00"), london("2026-12-17T12:00")) == 0
    assert days.working_hours_between(london("2026-12-18T12:00"), london("2026-12-18T10:00")) == 0


def test_working_hours_need_a_zone_and_run_forward() -> None:
    with pytest.raises(ValueError, match="with its zone"):
        calendar("EW").add_working_hours(london("2026-12-18T09:00").replace(tzinfo=None), 1)
    with pytest.raises(ValueError, match="never negative"):
        calendar("EW").add_working_hours(london("2026-12-18T09:00"), -1)


@pytest.mark.parametrize(
    ("hours", "complaint"),
    [
        ({}, "at least one span"),
        ({"funday": "09:00-17:00"}, "not a day"),
        ({"fri-mon": "09:00-17:00"}, "runs backwards"),
        ({"mon": "17:00-09:00"}, "close after it opens"),
        ({"mon": "nine to five"}, "not a time"),
        ({"mon": "09:75-10:00"}, "not a time"),
        ({"mon": "09:00-12:00, 11:00-17:00"}, "overlap on mon"),
    ],
)
def test_opening_hours_that_make_no_sense_are_refused(hours: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Opening.weekly(hours)


def test_opening_hours_read_the_same_however_they_are_written() -> None:
    spans = tuple(Span(weekday, 540, 1020) for weekday in reversed(range(5)))

    assert Opening(spans) == OFFICE_HOURS
    assert OFFICE_HOURS.weekdays == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (5, "wd", "2026-12-29"),
        (5, "working_day", "2026-12-29"),
        (0, "cd", "2026-12-18"),
        (10, "cd", "2026-12-28"),
        (-3, "cd", "2026-12-15"),
        (4, "wk", "2027-01-15"),
        (2, "mo", "2027-02-18"),
        (-1, "mo", "2026-11-18"),
        (24, "h", "2026-12-19"),
        (25, "h", "2026-12-20"),
        (8, "wh", "2026-12-18"),
        (9, "wh", "2026-12-21"),
    ],
)
def test_adding_to_a_friday_before_christmas(amount: int, unit: str, expected: str) -> None:
    assert add(day("2026-12-18"), amount, unit) == day(expected)


def test_hours_are_added_to_a_time_exactly() -> None:
    late = london("2026-12-18T23:30")

    assert add(late, 1, "h") == day("2026-12-19")
    assert add(late, 1, "wh") == day("2026-12-21")
    assert add(london("2026-10-24T23:30"), 25, "h") == day("2026-10-25")
    assert add(day("2026-12-25"), 1, "wh") == day("2026-12-29")


def test_adding_in_a_unit_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(ValueError, match="wd, cd, wk, mo, h, wh"):
        add(day("2026-12-18"), 1, "fortnight")


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-01-31", 12, "2027-01-31"),
        ("2027-01-31", -1, "2026-12-31"),
        ("2027-03-31", -1, "2027-02-28"),
    ],
)
def test_a_month_ends_on_the_corresponding_date_or_the_last_there_is(
    start: str, months: int, expected: str
) -> None:
    assert corresponding_date(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2026-08-28", "2027-02-27"),
        ("2026-08-29", "2027-02-28"),
        ("2026-08-31", "2027-02-28"),
        ("2026-09-01", "2027-02-28"),
    ],
)
def test_months_beginning_with_a_day_end_on_the_eve(first: str, expected: str) -> None:
    assert last_day_of_months(day(first), 6) == day(expected)
