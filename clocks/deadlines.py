"""A deadline: a pure function of what happened, the rule in force and the holidays."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from clocks.bank_holidays import Holiday, load_holidays
from clocks.day_counting import DayCount, count_days, midnight_after
from clocks.events import Event, Moment, london_date
from clocks.explaining import explain
from clocks.histories import History, in_order, read, trigger
from clocks.hour_counting import HourCount, count_hours
from clocks.opening import Opening
from clocks.rule_book import rule as rule_named
from clocks.rules import ClockRule
from clocks.trace import TraceDay
from clocks.wording import Language
from clocks.working_time import ONE_DAY

HEARD_BY_FIRST = ("received", "paused", "resumed")
JUST_LATE = 1.0 + 1e-9
State = Literal["running", "paused", "met", "met_late", "stopped"]


@dataclass(frozen=True)
class Deadline:
    """When a clock runs out, and how it came to that.

    `due_at` is an instant in UTC: for a clock in days, the last one of `due_on` in London. While `paused`,
    the due date is the one that would hold if the clock went on at once. `days_used`, `days_total` and
    `days_paused` count the days that count (hours for a clock in hours); `days_used` is as at the last event.
    `extended` is by how much, in the extension's unit; nought if not. `provisional`: a second clock, reckoned
    from the last day its first clock allows because its own starting event has not happened.
    """

    rule: ClockRule
    due_on: dt.date
    due_at: dt.datetime
    state: State
    days_used: int
    days_total: int
    days_paused: int
    extended: int
    provisional: bool
    count: DayCount | HourCount = field(repr=False)
    history: History = field(repr=False)

    @property
    def rule_id(self) -> str:
        return self.rule.id

    @property
    def lapse_effect(self) -> str:
        """What follows when it is missed: a key of LAPSES."""
        return self.rule.lapse_effect

    def explanation(self, lang: Language = "en") -> str:
        """The whole reckoning in one plain sentence, in English or Welsh."""
        return explain(self, lang)

    @cached_property
    def trace(self) -> tuple[TraceDay, ...]:
        """Every day from the start to the due one. Worked out when first asked for."""
        return tuple(self.count.trace())

    def is_late(self, now: dt.date | dt.datetime) -> bool:
        """Whether the time has run out, or had when it was met. A date is taken as its start."""
        if self.history.ended:
            return self.state == "met_late"
        return _instant(self._standing(now)) > self.due_at

    def used_by(self, now: dt.date | dt.datetime) -> int:
        """The day the clock has come to ('day 13 of 20'), that moment's day included; hours likewise."""
        return self.count.used(self._standing(now))

    def fraction_used(self, now: dt.date | dt.datetime) -> float:
        """How much of the time is gone: 0 at the start, 1 at the deadline, and above 1 only when late.

        It stands still while the clock is paused and once it is met. A date is taken as its start, so a
        clock in days passes 1 on the day after it was due.
        """
        moment = self._standing(now)
        used, total = self.count.elapsed(moment), self.count.total
        fraction = used / total if total else 0.0
        if _instant(moment) > self.due_at:
            return max(fraction, JUST_LATE)  # a weekend after the due day uses up no more days
        return min(fraction, 1.0)

    def _standing(self, now: Moment) -> Moment:
        stop = self.history.open_stop
        still = self.history.ended or (stop.paused if stop else None)
        return still.at if still and _instant(still.at) < _instant(now) else now


def deadline(
    rule: ClockRule,
    events: Iterable[Event],
    *,
    holidays: tuple[Holiday, ...] | None = None,
    closures: Collection[dt.date] = (),
    opening: Opening | None = None,
) -> Deadline:
    """The deadline of this rule after these events, in any order.

    `holidays` default to the committed rows; pass one tuple for many deadlines and its calendars are built
    once. `closures` and `opening` matter only to an office's own targets. Same input, same answer.
    Raises ImpossibleEvents when the events cannot have happened or the rule does not allow them.
    """
    happened = tuple(events)
    rows = load_holidays() if holidays is None else tuple(holidays)
    history = read(rule, happened)
    start = history.begun.at if history.begun else _first_clock(rule, happened, rows, closures, opening)
    count: DayCount | HourCount
    if rule.by_the_hour and isinstance(start, dt.datetime):
        count = count_hours(rule, history, start, rows, closures, opening)
    else:
        count = count_days(rule, history, london_date(start), rows, closures)
    return Deadline(
        rule=rule,
        due_on=count.due,
        due_at=count.due_at,
        state=_state(history, count.due, count.due_at),
        days_used=count.used(history.last.at),
        days_total=count.total,
        days_paused=count.paused,
        extended=_extended(rule, history),
        provisional=history.begun is None,
        count=count,
        history=history,
    )


def _first_clock(
    rule: ClockRule,
    events: tuple[Event, ...],
    holidays: tuple[Holiday, ...],
    closures: Collection[dt.date],
    opening: Opening | None,
) -> dt.date | dt.datetime:
    began = trigger(rule, in_order(events))
    first = rule_named(rule.first_clock, began.on if began else in_order(events)[0].on)
    told = [event for event in events if event.kind in (first.trigger_event, *HEARD_BY_FIRST)]
    due = deadline(first, told, holidays=holidays, closures=closures, opening=opening)
    return due.due_at if rule.by_the_hour else due.due_on


def _state(history: History, due_on: dt.date, due_at: dt.datetime) -> State:
    ended = history.ended
    if ended is None:
        return "paused" if history.open_stop else "running"
    if ended.kind == "stopped":
        return "stopped"
    in_time = ended.at <= due_at if isinstance(ended.at, dt.datetime) else ended.at <= due_on
    return "met" if in_time else "met_late"


def _extended(rule: ClockRule, history: History) -> int:
    most = rule.extension.max if rule.extension else None
    return sum(event.amount or most or 0 for event in history.extensions)


def _instant(moment: Moment) -> dt.datetime:
    return moment if isinstance(moment, dt.datetime) else midnight_after(moment - ONE_DAY)
