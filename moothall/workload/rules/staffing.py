"""Demand against the people who are there, half day by half day, in hours and in words. Reads only."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import in_london
from moothall.people.models import Account, Team
from moothall.people.models.working import Working, at_on, days_between, working_times
from moothall.workload.models import DemandHour, Pace

from .demand import HISTORY
from .forecast import AFTERNOON, MORNING, NOON, Forecast, by_hour, foretell, halves

AHEAD = 28
ENOUGH = 0.25
"""Hours by which a half day may be short before anybody is told."""


@dataclass(frozen=True)
class HalfDay:
    """What a half day is expected to bring, and who is there for it."""

    day: dt.date
    half: int
    expected: float
    needed: float
    there: float
    people: int

    @property
    def short(self) -> float:
        return max(self.needed - self.there, 0.0)

    @property
    def is_short(self) -> bool:
        return self.short > ENOUGH

    @property
    def words(self) -> str:
        name = _("morning") if self.half == MORNING else _("afternoon")
        said = {
            "day": date_format(self.day, "l j F"), "half": name, "expected": round(self.expected),
            "needed": f"{self.needed:.1f}", "there": f"{self.there:.1f}", "short": f"{self.short:.1f}",
        }  # fmt: skip
        return (
            _(
                "%(day)s, %(half)s: %(short)s hours short. About %(expected)s are expected, which takes "
                "%(needed)s hours; %(there)s are there."
            )
            % said
        )


@dataclass(frozen=True)
class Staffing:
    team: Team
    pace: Pace | None
    forecast: Forecast
    halves: tuple[HalfDay, ...]
    hourly: dict[tuple[int, int], float]
    unknown: tuple[Account, ...]
    """Those whose hours nobody has entered: they are counted as not there."""

    @property
    def short(self) -> list[HalfDay]:
        return [each for each in self.halves if each.is_short]


def holidays_between(first: dt.date, last: dt.date) -> set[dt.date]:
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    return {
        day for day in days_between(first, last) if day.weekday() < 5 and not calendar.is_working_day(day)
    }


def staffing_of(team: Team, *, today: dt.date) -> Staffing:
    """The next four weeks of a team."""
    first, last = today - HISTORY, today + dt.timedelta(days=AHEAD - 1)
    rows = list(DemandHour.objects.of(team, first, today).values_list("on", "hour", "count"))
    began = min((day for day, _hour, _count in rows), default=today)
    days = days_between(today, last)
    forecast = foretell(
        halves(rows), first=began, today=today, days=days, holidays=holidays_between(began, last)
    )
    people = list(Account.objects.working_in(team.pk))
    working = working_times([each.pk for each in people], today, last)
    known = {account for account, _day in working}
    pace = Pace.objects.in_force(team, on=today)
    return Staffing(
        team, pace, forecast, tuple(_half_days(days, forecast, working, pace)),
        by_hour(rows, weeks=(today - began).days / 7), tuple(each for each in people if each.pk not in known),
    )  # fmt: skip


def _half_days(
    days: Sequence[dt.date], forecast: Forecast, working: Working, pace: Pace | None
) -> list[HalfDay]:
    share = pace.percent / 100 if pace else 1.0
    found = []
    for day in days:
        for half in (MORNING, AFTERNOON):
            hours = [_hours_in(spans, day, half) for (_account, on), spans in working.items() if on == day]
            expected = forecast.days.get((day, half), 0.0)
            needed = expected * pace.minutes / 60 if pace else 0.0
            there = sum(hours) * share
            if day.weekday() < 5 or there or expected >= 1:
                found.append(HalfDay(day, half, expected, needed, there, sum(each > 0 for each in hours)))
    return found


def _hours_in(spans: Sequence[tuple[dt.datetime, dt.datetime]], day: dt.date, half: int) -> float:
    noon = at_on(day, dt.time(NOON))
    begins, ends = at_on(day, dt.time(0)), at_on(day + dt.timedelta(days=1), dt.time(0))
    one, other = (begins, noon) if half == MORNING else (noon, ends)
    inside = [(max(first, one), min(last, other)) for first, last in spans]
    return sum(max((last - first).total_seconds(), 0.0) for first, last in inside) / 3600


def hours_this_week(working: Working, account: int) -> float:
    """How many hours somebody works in the days given."""
    spans = [span for (who, _day), found in working.items() if who == account for span in found]
    return sum((in_london(last) - in_london(first)).total_seconds() for first, last in spans) / 3600
