"""Counting hours: elapsed ones in UTC across the nights the clocks change, or opening hours only."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from clocks.bank_holidays import Holiday
from clocks.day_counting import extension_amounts, midnight_after
from clocks.events import ImpossibleEvents, london_date
from clocks.histories import History
from clocks.opening import Opening
from clocks.rules import ClockRule
from clocks.trace import CLOSED, COUNTS, PAUSED, TraceDay, why_off
from clocks.wording import moment_in_words
from clocks.working_time import ONE_DAY, WorkingCalendar, calendar

Instants = tuple[dt.datetime, dt.datetime]
HOUR = dt.timedelta(hours=1)
NOTHING = dt.timedelta()


@dataclass(frozen=True)
class HourCount:
    """One clock counted out in hours. `hours` None: every hour counts; else only opening hours do.
    `stops` run from the moment of stopping to the moment of going on. All moments are in UTC.
    """

    start: dt.datetime
    hours: WorkingCalendar | None
    stops: tuple[Instants, ...]
    due_at: dt.datetime

    @property
    def due(self) -> dt.date:
        """The date in London on which it is due."""
        return london_date(self.due_at)

    @property
    def total(self) -> int:
        """The hours that count, as a whole number."""
        return round(self._counted(self.due_at) / HOUR)

    @property
    def paused(self) -> int:
        """The hours that would have counted had the clock not stood still, as a whole number."""
        lost = (self._passed(since, until) for since, until in self.stops if since < self.due_at)
        return round(sum(lost, NOTHING) / HOUR)

    def used(self, now: dt.date | dt.datetime) -> int:
        """The whole hours used up by that moment; a date is taken as its start."""
        return self._counted(_instant(now)) // HOUR

    def elapsed(self, now: dt.date | dt.datetime) -> float:
        """The hours used up by that moment; a date is taken as its start."""
        return self._counted(_instant(now)) / HOUR

    def trace(self) -> Iterator[TraceDay]:
        """Every day from the start to the due one, with the hours reached by its end."""
        day = london_date(self.start)
        before = NOTHING
        while day <= self.due:
            so_far = self._counted(min(midnight_after(day), self.due_at))
            counts = so_far > before
            yield TraceDay(day, counts, so_far // HOUR, *self._why(day, counts))
            before, day = so_far, day + ONE_DAY

    def _why(self, day: dt.date, counts: bool) -> tuple[str, str]:
        if counts:
            return COUNTS
        began, ends = midnight_after(day - ONE_DAY), midnight_after(day)
        if any(since < ends and until > began for since, until in self.stops):
            return PAUSED
        if self.hours and not self.hours.is_working_day(day):
            return why_off(self.hours, day)
        return CLOSED

    def _counted(self, upto: dt.datetime) -> dt.timedelta:
        if upto <= self.start:
            return NOTHING
        lost = (self._passed(since, min(until, upto)) for since, until in self.stops if since < upto)
        return self._passed(self.start, upto) - sum(lost, NOTHING)

    def _passed(self, a: dt.datetime, b: dt.datetime) -> dt.timedelta:
        return self.hours.open_time_between(a, b) if self.hours else max(b - a, NOTHING)


def count_hours(
    rule: ClockRule,
    history: History,
    start: dt.datetime,
    holidays: tuple[Holiday, ...],
    closures: Collection[dt.date],
    opening: Opening | None,
) -> HourCount:
    """Count the rule out from its start. Raises ImpossibleEvents on an extension it does not allow."""
    hours = None
    if rule.unit == "working_hour":
        hours = calendar(rule.calendar, holidays, closures if rule.closures_stop else (), opening)
    start = start.astimezone(dt.UTC)
    stops = _stopped(history, start)

    def counted_out(length: int) -> HourCount:
        due = _add(hours, start, length * HOUR)
        for since, until in stops:
            if since < due:
                due = _add(hours, due, HourCount(start, hours, (), due)._passed(since, until))
        return HourCount(start, hours, stops, due)

    length = rule.length
    for event, amount in extension_amounts(rule, history.extensions):
        due = counted_out(length).due_at
        told_at = event.at
        by_due = rule.extension is not None and rule.extension.must_notify_by == "due"
        if by_due and isinstance(told_at, dt.datetime) and told_at > due:
            raise ImpossibleEvents(f"{rule.id} has to be extended by {moment_in_words(due)}.")
        length += amount
    return counted_out(length)


def _add(hours: WorkingCalendar | None, at: dt.datetime, span: dt.timedelta) -> dt.datetime:
    return hours.add_open_time(at, span) if hours else at + span


def _stopped(history: History, start: dt.datetime) -> tuple[Instants, ...]:
    found: list[Instants] = []
    for stop in history.stops:
        since, until = stop.paused.at, stop.resumed.at if stop.resumed else stop.paused.at
        if isinstance(since, dt.datetime) and isinstance(until, dt.datetime) and until > start:
            found.append((max(since.astimezone(dt.UTC), start), until.astimezone(dt.UTC)))
    return tuple(found)


def _instant(now: dt.date | dt.datetime) -> dt.datetime:
    return now if isinstance(now, dt.datetime) else midnight_after(now - ONE_DAY)
