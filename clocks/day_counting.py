"""Counting days, weeks and months against a clock that may stop and be lengthened."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from clocks.bank_holidays import Holiday
from clocks.events import Event, ImpossibleEvents, london_date
from clocks.histories import History, Stop
from clocks.months import corresponding_date, last_day_of_months
from clocks.opening import WHOLE_DAY, wall_clock
from clocks.rules import ClockRule, Unit
from clocks.trace import COUNTS, PAUSED, RUNS_ON, TraceDay, start_day, why_off
from clocks.wording import amount_in_words, day_in_words
from clocks.working_time import ONE_DAY, WorkingCalendar, calendar

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class DayCount:
    """One clock counted out in days. `stops` are the days it stood still, both ends included, in order;
    `period_end` is where the period ends before it is rolled to a working day, `due` where it ends at last.
    """

    start: dt.date
    first: dt.date
    days: WorkingCalendar
    stops: tuple[Days, ...]
    period_end: dt.date
    due: dt.date

    @property
    def due_at(self) -> dt.datetime:
        """The last instant of the day it is due, in UTC."""
        return midnight_after(self.due) - dt.timedelta(microseconds=1)

    @property
    def total(self) -> int:
        """The days that count from the first to the due day."""
        return self.counted(self.due)

    def counted(self, upto: dt.date) -> int:
        """The days that count from the first up to and with this one."""
        if upto < self.first:
            return 0
        return self._between(self.first, upto) - sum(
            self._between(since, min(until, upto)) for since, until in self.stops if since <= upto
        )

    @property
    def paused(self) -> int:
        """The days that would have counted had the clock not stood still."""
        return sum(self._between(since, until) for since, until in self.stops if since <= self.due)

    def used(self, now: dt.date | dt.datetime) -> int:
        """The days used up by that moment, its own day included."""
        return self.counted(london_date(now))

    def elapsed(self, now: dt.date | dt.datetime) -> float:
        """The days used up by that moment, today's in part; a date is taken as its start."""
        day = london_date(now)
        whole = self.counted(day - ONE_DAY)
        if not isinstance(now, dt.datetime) or self.counted(day) == whole:
            return whole
        began = midnight_after(day - ONE_DAY)
        return whole + (now - began) / (midnight_after(day) - began)

    def trace(self) -> Iterator[TraceDay]:
        """Every day from the start to the due one."""
        if self.first > self.start:
            yield start_day(self.start)
        number = 0
        for day in _each(self.first, self.due):
            if any(since <= day <= until for since, until in self.stops):
                yield TraceDay(day, False, number, *PAUSED)
            elif not self.days.is_working_day(day):
                yield TraceDay(day, False, number, *why_off(self.days, day))
            else:
                number += 1
                yield TraceDay(day, True, number, *(RUNS_ON if day > self.period_end else COUNTS))

    def _between(self, first: dt.date, last: dt.date) -> int:
        return self.days.working_days_between(first - ONE_DAY, last)


def count_days(
    rule: ClockRule,
    history: History,
    start: dt.date,
    holidays: tuple[Holiday, ...],
    closures: Collection[dt.date],
) -> DayCount:
    """Count the rule out from its start. Raises ImpossibleEvents on an extension it does not allow."""
    first = start if rule.day0 == "included" and rule.length else start + ONE_DAY
    working = rule.unit == "working_day"
    kept = closures if rule.closures_stop else ()
    own = calendar(rule.calendar, holidays, kept)
    days = own if working else calendar("NONE", holidays)
    stops = _stopped(history.stops, first)

    def counted_out(length: int, beyond: int) -> tuple[dt.date, dt.date]:
        end = _plain_end(rule, days, start, first, length)
        if beyond and rule.extension:
            end = _add(own, end, beyond, rule.extension.unit)
        for since, until in stops:
            if since <= end:
                end = days.add_working_days(end, days.working_days_between(since - ONE_DAY, until))
        rolls = rule.roll == "next_working_day" and not own.is_working_day(end)
        return end, own.add_working_days(end, 1) if rolls else end

    length, beyond = _lengthened(rule, history.extensions, lambda *by: counted_out(*by)[1])
    period_end, due = counted_out(length, beyond)
    return DayCount(start, first, days, stops, period_end, due)


def midnight_after(day: dt.date) -> dt.datetime:
    """The instant, in UTC, at which this day ends in London."""
    return wall_clock(day, WHOLE_DAY)


def _plain_end(
    rule: ClockRule, days: WorkingCalendar, start: dt.date, first: dt.date, length: int
) -> dt.date:
    if not length:
        return start
    if rule.unit == "month":
        if rule.day0 == "included":
            return last_day_of_months(start, length)
        return corresponding_date(start, length)
    return days.add_working_days(first - ONE_DAY, length * 7 if rule.unit == "week" else length)


def _add(days: WorkingCalendar, day: dt.date, amount: int, unit: Unit) -> dt.date:
    if unit == "month":
        return corresponding_date(day, amount)
    if unit == "working_day":
        return days.add_working_days(day, amount)
    return day + dt.timedelta(days=amount * 7 if unit == "week" else amount)


def _lengthened(
    rule: ClockRule, extensions: tuple[Event, ...], due_by: Callable[[int, int], dt.date]
) -> tuple[int, int]:
    """The length with its extensions, and what of them is in another unit and comes after."""
    length, beyond = rule.length, 0
    for event, amount in extension_amounts(rule, extensions):
        due = due_by(length, beyond)
        if rule.extension and rule.extension.must_notify_by == "due" and event.on > due:
            raise ImpossibleEvents(
                f"{rule.id} has to be extended by {day_in_words(due)}; {day_in_words(event.on)} is too late."
            )
        if rule.extension and rule.extension.unit == rule.unit:
            length += amount
        else:
            beyond += amount
    return length, beyond


def extension_amounts(rule: ClockRule, extensions: tuple[Event, ...]) -> list[tuple[Event, int]]:
    """Each extension with its amount. Raises ImpossibleEvents beyond what the rule allows."""
    if not extensions:
        return []
    if rule.extension is None:
        raise ImpossibleEvents(f"{rule.id} cannot be extended.")
    most, unit = rule.extension.max, rule.extension.unit
    amounts = [(event, event.amount or most or 0) for event in extensions]
    if not all(amount for _, amount in amounts):
        raise ImpossibleEvents(f"Say by how much {rule.id} is extended.")
    asked = sum(amount for _, amount in amounts)
    if most is not None and asked > most:
        raise ImpossibleEvents(
            f"{rule.id} can be extended by at most {amount_in_words(most, unit)}, "
            f"not by {amount_in_words(asked, unit)}."
        )
    return amounts


def _stopped(stops: tuple[Stop, ...], first: dt.date) -> tuple[Days, ...]:
    """The days each stop leaves out, from the first day on, with stops that touch made one."""
    found: list[Days] = []
    for stop in stops:
        since, inclusive = stop.paused.on, stop.pause.count == "inclusive"
        last = stop.resumed.on if stop.resumed else since
        until = last if inclusive else last - ONE_DAY
        since = max(since, first)
        if found and since <= found[-1][1]:
            since = found[-1][1] + ONE_DAY
        if until >= since:
            found.append((since, until))
    return tuple(found)


def _each(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)
