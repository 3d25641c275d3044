"""A year at a glance: one's own days, and how many of a unit are away on each."""

import datetime as dt
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass

from clocks.leave_entitlement import bank_holidays_between
from moothall.leave.models import LeaveDay, LeaveRequest
from moothall.workforce.away import away_between
from moothall.workforce.models import Assignment, Employment

from .working import NATIONS, work_of

APPROVED, ASKED, HOLIDAY, OFF, WORK = "away", "asked", "holiday", "off", "work"


@dataclass(frozen=True)
class PlannedDay:
    """One day: what it is for the person, and how many of the unit are away."""

    day: dt.date
    mine: str
    away: int


@dataclass(frozen=True)
class PlannedMonth:
    first: dt.date
    days: tuple[PlannedDay, ...]

    @property
    def spans(self) -> list[PlannedDay]:
        """Those worth a line where there is no room for a table."""
        return [each for each in self.days if each.mine in {APPROVED, ASKED, HOLIDAY}]


def plan_of_year(year: int, *, employment: Employment | None, unit_id: int | None) -> list[PlannedMonth]:
    """Twelve months, in a handful of queries however many work in the unit."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    mine = _own_days(employment, first, last) if employment else {}
    away = _away_in(unit_id, first, last) if unit_id else Counter()
    months = []
    for number in range(1, 13):
        begins = dt.date(year, number, 1)
        days = (begins + dt.timedelta(days=each) for each in range(monthrange(year, number)[1]))
        months.append(
            PlannedMonth(begins, tuple(PlannedDay(day, mine.get(day, WORK), away[day]) for day in days))
        )
    return months


def _own_days(employment: Employment, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    worked, found = work_of(employment, first, last), {}
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        found[day] = WORK if worked.hours_on(day) > 0 else OFF
    found |= dict.fromkeys(bank_holidays_between(NATIONS[employment.nation], first, last), HOLIDAY)
    rows = LeaveDay.objects.counted().between(first, last).filter(employment=employment)
    for day, state in rows.order_by().values_list("day", "request__state"):
        found[day] = APPROVED if state == LeaveRequest.APPROVED else ASKED
    return found


def _away_in(unit_id: int, first: dt.date, last: dt.date) -> Counter[dt.date]:
    there = Assignment.objects.between(first, last).filter(unit=unit_id, is_main=True)
    ids = set(there.order_by().values_list("employment_id", flat=True))
    found: Counter[dt.date] = Counter()
    seen = {
        (each.employment_id, day)
        for each in away_between(ids, first, last)
        for day in _days(each.from_on, each.until_on, first, last)
    }
    found.update(day for _who, day in seen)
    return found


def _days(from_on: dt.date, until_on: dt.date | None, first: dt.date, last: dt.date) -> list[dt.date]:
    begins, ends = max(from_on, first), min(until_on or last, last)
    return [begins + dt.timedelta(days=each) for each in range((ends - begins).days + 1)]
