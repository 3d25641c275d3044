"""Reading a case's events for one rule: what began the clock, stopped it, lengthened it and ended it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from clocks.events import KINDS, Event, ImpossibleEvents
from clocks.rules import ANY_REASON, ClockRule, Pause
from clocks.wording import day_in_words, moment_in_words

GENERAL = ("paused", "resumed", "extended", "met", "stopped", "reopened")


@dataclass(frozen=True)
class Stop:
    """The clock stopped at one event and went on at another; `resumed` None: it is stopped still."""

    paused: Event
    resumed: Event | None
    pause: Pause


@dataclass(frozen=True)
class History:
    """One rule's reading of the events. `begun` None: a second clock whose own event is still to come."""

    begun: Event | None
    last: Event
    stops: tuple[Stop, ...]
    unheeded: bool
    extensions: tuple[Event, ...]
    ended: Event | None

    @property
    def open_stop(self) -> Stop | None:
        """The stop the clock stands in now, if it does."""
        return next((stop for stop in self.stops if stop.resumed is None), None)


def read(rule: ClockRule, events: Iterable[Event]) -> History:
    """Read the events in order of time. Raises ImpossibleEvents when they cannot have happened."""
    ordered = in_order(events)
    if rule.by_the_hour:
        _need_times(rule, ordered)
    begun = _beginning(rule, ordered)
    walk = _Walk(rule, begun)
    for event in ordered:
        walk.hear(event)
    return walk.history(ordered)


def in_order(events: Iterable[Event]) -> list[Event]:
    """By day; within a day by time when all of that day have one, else as they were given."""
    ordered: list[Event] = []
    for _, same_day in groupby(sorted(events, key=lambda event: event.on), key=lambda event: event.on):
        day = list(same_day)
        timed = [event.at for event in day if isinstance(event.at, dt.datetime)]
        if len(timed) == len(day):
            day = [event for _, event in sorted(zip(timed, day, strict=True), key=lambda pair: pair[0])]
        ordered += day
    return ordered


def trigger(rule: ClockRule, ordered: Sequence[Event]) -> Event | None:
    """What set the rule's first counting off: its own trigger, or else that the case was received."""
    return _only(ordered, rule.trigger_event) or _only(ordered, "received")


def _beginning(rule: ClockRule, ordered: Sequence[Event]) -> Event | None:
    set_off = trigger(rule, ordered)
    own = _only(ordered, rule.starts_on) if rule.starts_on else set_off
    floors = [event for event in (set_off, _only(ordered, "received") or own) if event]
    if not floors:
        needed = " or ".join(dict.fromkeys([rule.starts_on or rule.trigger_event, "received"]))
        raise ImpossibleEvents(f"{rule.id} has not started: it needs the event {needed}.")
    floor = in_order(floors)[0]
    heeded = {*GENERAL, *rule.met_by, *rule.restarts_on, rule.starts_on}
    for event in ordered[: ordered.index(floor)]:
        if event.kind in heeded and (event.on < floor.on or rule.by_the_hour):
            raise ImpossibleEvents(
                f"{KINDS[event.kind][0].capitalize()} on {moment_in_words(event.at)} is before "
                f"{KINDS[floor.kind][0]} on {moment_in_words(floor.at)}."
            )
    return own


def _only(ordered: Sequence[Event], kind: str) -> Event | None:
    found = [event for event in ordered if event.kind == kind]
    if len(found) > 1:
        raise ImpossibleEvents(
            f"There can be only one event {kind!r}, but here are two: on {day_in_words(found[0].on)} "
            f"and on {day_in_words(found[1].on)}."
        )
    return found[0] if found else None


def _need_times(rule: ClockRule, ordered: Sequence[Event]) -> None:
    for event in ordered:
        if not isinstance(event.at, dt.datetime):
            raise ImpossibleEvents(
                f"{rule.id} counts hours: give the time of day of {event.kind!r} on {day_in_words(event.at)}."
            )


@dataclass
class _Walk:
    """The state while the events are heard one after another."""

    rule: ClockRule
    begun: Event | None
    stops: list[Stop] = field(default_factory=list)
    extensions: list[Event] = field(default_factory=list)
    paused: Event | None = None
    pause: Pause | None = None
    unheeded: bool = False
    ended: Event | None = None

    def hear(self, event: Event) -> None:
        if event.kind == "reopened":
            self.ended = None
        elif self.ended:
            return
        elif event.kind in (*self.rule.met_by, "met", "stopped"):
            self._end(event)
        elif event.kind == "paused":
            self._stop(event)
        elif event.kind == "resumed":
            self._go_on(event)
        elif event.kind == "extended":
            self.extensions.append(event)
        elif event.kind in self.rule.restarts_on:
            self._restart(event)

    def history(self, ordered: Sequence[Event]) -> History:
        if self.paused and self.pause:
            self.stops.append(Stop(self.paused, None, self.pause))
        return History(
            begun=self.begun,
            last=self.ended or ordered[-1],
            stops=tuple(self.stops),
            unheeded=self.unheeded,
            extensions=tuple(self.extensions),
            ended=self.ended,
        )

    def _stop(self, event: Event) -> None:
        if self.paused:
            raise ImpossibleEvents(
                f"The clock was paused on {day_in_words(self.paused.on)} and had not resumed, so it cannot "
                f"be paused again on {day_in_words(event.on)}."
            )
        self.paused, self.pause = event, self._pause_for(event.reason)
        self.unheeded = self.unheeded or self.pause is None

    def _go_on(self, event: Event) -> None:
        if not self.paused:
            raise ImpossibleEvents(f"The clock resumed on {day_in_words(event.on)} without being paused.")
        if self.pause and self.pause.effect == "restart":
            self._restart(event)
        elif self.pause:
            self.stops.append(Stop(self.paused, event, self.pause))
        self.paused = self.pause = None

    def _end(self, event: Event) -> None:
        self.ended = event
        if self.paused and self.pause:
            # Finished while it stood still: every day to the end was outside the count.
            self.stops.append(Stop(self.paused, event, replace(self.pause, count="inclusive")))
        self.paused = self.pause = None

    def _restart(self, event: Event) -> None:
        if self.begun or not self.rule.starts_on:
            self.begun = event

    def _pause_for(self, reason: str) -> Pause | None:
        if not reason:
            return next(iter(self.rule.pauses), None)
        return next((pause for pause in self.rule.pauses if pause.reason in (reason, ANY_REASON)), None)
