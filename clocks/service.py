"""Length of service and the notice that goes with it."""

import datetime as dt

from clocks.months import corresponding_date, last_day_of_months


def months_of_service(started_on: dt.date, on: dt.date) -> int:
    """The whole months served by the start of that day; the first day of work counts.

    Raises ValueError when the day is before the start.
    """
    if on < started_on:
        raise ValueError(f"Service that began on {started_on} cannot be measured on {on}.")
    months = (on.year - started_on.year) * 12 + on.month - started_on.month
    return months if corresponding_date(started_on, months) <= on else months - 1


def service_complete_on(started_on: dt.date, months: int) -> dt.date:
    """The day at whose end so many months have been served: 3 August and six months is 2 February."""
    return last_day_of_months(started_on, months)


def employers_notice_weeks(started_on: dt.date, on: dt.date) -> int:
    """The least notice, in weeks, that an employer gives on that day.

    None in the first month, one week until two years are served, then a week for each whole year up to
    twelve. A contract may give more. Source: Employment Rights Act 1996 s.86, read 22 November 2026.
    Raises ValueError when the day is before the start.
    """
    months = months_of_service(started_on, on)
    if months < 1:
        return 0
    return min(max(months // 12, 1), 12)


def employees_notice_weeks(started_on: dt.date, on: dt.date) -> int:
    """The least notice, in weeks, that an employee gives: one from the first month. Source as above."""
    return 1 if months_of_service(started_on, on) >= 1 else 0
