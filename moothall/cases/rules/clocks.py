"""The clocks that run on a case: deadlines computed from events, rules and holidays, never edited."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

import clocks
from moothall.cases.models import Case, CaseClock, ClockEvent
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audits, audit_event

from .changing import lock
from .definition import ServiceDefinition, definition_of
from .reckoning import (
    Holidays,
    amber_day,
    apply,
    computed,
    holidays_in_force,
    kinds_offered,
    new_clock,
    remembered_rule,
)

__all__ = ["amber_day", "computed", "kinds_offered", "new_clock", "remembered_rule"]

RECKONED = ["due_on", "due_at", "amber_on", "computed_at", "met_at", "stopped_at"]
ACKNOWLEDGED, ANSWERED, CLOSED = "acknowledged", "answered", "closed"
MEANS_ALSO = {
    ACKNOWLEDGED: {ACKNOWLEDGED},
    ANSWERED: {ACKNOWLEDGED, ANSWERED},
    CLOSED: {ACKNOWLEDGED, ANSWERED, CLOSED},
}


class ClockCannot(Refusal):
    next_step = _("Check the date and what has already happened on this clock.")


class ClockEnded(ClockCannot):
    sentence = _("This clock has ended, so nothing moves it any more.")
    next_step = _("Reopen the case first.")


class NotYet(ClockCannot):
    sentence = _("Only what has happened moves a clock, and that day is still to come.")


@dataclass
class Moves:
    """The events added and withdrawn by one act, so that it can be undone."""

    added: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)

    def as_detail(self) -> dict[str, list[int]]:
        return {"events_added": self.added, "events_withdrawn": self.withdrawn}


def first_clocks(
    case: Case,
    definition: ServiceDefinition,
    *,
    at: dt.datetime,
    by: Account | None,
    holidays: Holidays,
    but: Collection[str] = (),
) -> list[tuple[CaseClock, ClockEvent]]:
    """Every clock that runs from receipt, not yet saved; the nearest deadline is put on the case object.
    Where the law had no such rule yet on the day of receipt, there is no clock."""
    wanted = [d for d in definition.clocks if (d.rule or not d.starts_on) and d.key not in but]
    begun = []
    for each in wanted:
        with suppress(clocks.UnknownRule):
            begun.append(new_clock(case, each, started_at=case.received_at, at=at, by=by, holidays=holidays))
    _nearest(case, [clock for clock, _event in begun])
    return begun


def save_new(made: Sequence[tuple[CaseClock, ClockEvent]]) -> None:
    CaseClock.objects.bulk_create(clock for clock, _event in made)
    ClockEvent.objects.bulk_create(event for _clock, event in made)


def _nearest(case: Case, clocks_of_case: Iterable[CaseClock]) -> None:
    running = [each for each in clocks_of_case if not each.met_at and not each.stopped_at]
    case.due_on = min((each.due_on for each in running if each.due_on), default=None)
    case.amber_on = min((each.amber_on for each in running if each.amber_on), default=None)


def reckon(
    case: Case, *, at: dt.datetime, only: Collection[int] | None = None, holidays: Holidays | None = None
) -> list[tuple[CaseClock, dt.date | None]]:
    """Work out the case's clocks again and put the nearest deadline on it: those that moved, each with the
    day it was due before. `only` these clocks, or else all that have not ended."""
    told = ClockEvent.objects.filter(withdrawn_at=None).order_by("at", "id")
    rows = list(case.clocks.order_by("id").prefetch_related(Prefetch("events", told)))
    rows_of_holidays = holidays_in_force() if holidays is None else holidays
    changed, moved = [], []
    for clock in rows:
        ended = clock.met_at is not None or clock.stopped_at is not None
        if ended if only is None else clock.pk not in only:
            continue
        before = clock.due_on
        try:
            apply(clock, computed(clock, clock.events.all(), holidays=rows_of_holidays), at=at)
        except clocks.ImpossibleEvents as problem:
            raise ClockCannot(str(problem)) from problem
        changed.append(clock)
        if clock.due_on != before:
            moved.append((clock, before))
    CaseClock.objects.bulk_update(changed, RECKONED)
    _nearest(case, rows)
    Case.objects.filter(pk=case.pk).update(due_on=case.due_on, amber_on=case.amber_on)
    return moved


def move(case: Case, add: Sequence[ClockEvent], *, withdraw: Iterable[int] = (), at: dt.datetime) -> Moves:
    """Write events onto clocks of a case that is held, take others back, and work the clocks out again."""
    gone = ClockEvent.objects.filter(pk__in=list(withdraw), withdrawn_at=None)
    taken_back = dict(gone.values_list("pk", "clock_id"))
    if not add and not taken_back:
        return Moves()
    ClockEvent.objects.filter(pk__in=taken_back).update(withdrawn_at=at)
    ClockEvent.objects.bulk_create(add)
    reckon(case, at=at, only={*taken_back.values(), *(event.clock_id for event in add)})
    append_audits(
        audit_event(
            f"clock.{event.kind}", about=case, by=event.by, at=at,
            detail={"clock": event.clock.key, "reason": event.reason, "at": event.at.isoformat()},
        )
        for event in add
    )  # fmt: skip
    return Moves([event.pk for event in add], list(taken_back))


def unmove(case: Case, detail: dict[str, Any], *, at: dt.datetime) -> None:
    """Take back what an act did to the clocks, from the detail of its entry."""
    added, withdrawn = detail.get("events_added", []), detail.get("events_withdrawn", [])
    touched = ClockEvent.objects.filter(pk__in=[*added, *withdrawn]).values_list("clock_id", flat=True)
    only = set(touched)
    ClockEvent.objects.filter(pk__in=added).update(withdrawn_at=at)
    ClockEvent.objects.filter(pk__in=withdrawn).update(withdrawn_at=None)
    reckon(case, at=at, only=only)


@transaction.atomic
def record_event(
    clock: CaseClock,
    *,
    kind: str,
    event_at: dt.datetime,
    by: Account | None,
    at: dt.datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> CaseClock:
    """Something happened that moves this clock: it and the case's nearest deadline are worked out again."""
    case = lock(clock.case)
    clock.refresh_from_db(fields=["met_at", "stopped_at"])
    if clock.met_at or clock.stopped_at:
        raise ClockEnded
    if event_at > at:
        raise NotYet
    happened = ClockEvent(
        clock=clock, kind=kind, at=event_at, by=by, recorded_at=at, reason=reason[:300], detail=detail or {}
    )
    planned = clock.events.filter(kind="resumed", at__gt=event_at, withdrawn_at=None)
    move(case, [happened], withdraw=planned.values_list("pk", flat=True) if kind == "resumed" else (), at=at)
    clock.refresh_from_db(fields=[*RECKONED])
    return clock


@transaction.atomic
def meet_clocks(case: Case, what: str, *, at: dt.datetime, by: Account | None) -> Moves:
    """Something clocks wait for has been done: those are met, and those that run from it start now."""
    running = list(case.clocks.filter(met_at=None, stopped_at=None).order_by("id"))
    if not running:
        return Moves()
    definition = definition_of(case.version)
    waited_for = {each.key: each.met_on for each in definition.clocks}
    met = [clock for clock in running if waited_for.get(clock.key) in MEANS_ALSO[what]]
    events = [ClockEvent(clock=clock, kind="met", at=at, by=by, recorded_at=at) for clock in met]
    if any(waited_for[clock.key] == ACKNOWLEDGED for clock in met):
        events += [
            ClockEvent(clock=clock, kind=ACKNOWLEDGED, at=at, by=by, recorded_at=at)
            for clock in running
            if clock not in met and remembered_rule(clock.rule).starts_on == ACKNOWLEDGED
        ]
    moves = move(case, events, withdraw=_planned(met, at=at), at=at)
    if what != CLOSED:
        _start_followers(case, definition, {clock.key for clock in met}, at=at, by=by)
    return moves


def _planned(ending: Sequence[CaseClock], *, at: dt.datetime) -> list[int]:
    """Events written for days to come on clocks that end now."""
    ahead = ClockEvent.objects.filter(clock__in=ending, at__gt=at, withdrawn_at=None)
    return list(ahead.values_list("pk", flat=True))


def _start_followers(
    case: Case, definition: ServiceDefinition, met: set[str], *, at: dt.datetime, by: Account | None
) -> None:
    """Clocks of the office's own that begin when another is met."""
    begun = set(case.clocks.values_list("key", flat=True))
    wanted = [d for d in definition.clocks if d.rule is None and d.starts_on in met and d.key not in begun]
    holidays = holidays_in_force() if wanted else ()
    save_new([new_clock(case, each, started_at=at, at=at, by=by, holidays=holidays) for each in wanted])
    if wanted:
        reckon(case, at=at, only=(), holidays=holidays)


def end_clocks(case: Case, *, met: bool, at: dt.datetime, by: Account | None) -> Moves:
    """The case is closed: what still runs is met by that, or, where nothing was done, only stops."""
    running = list(case.clocks.filter(met_at=None, stopped_at=None).order_by("id"))
    kind = "met" if met else "stopped"
    events = [ClockEvent(clock=clock, kind=kind, at=at, by=by, recorded_at=at) for clock in running]
    return move(case, events, withdraw=_planned(running, at=at), at=at)


def restart_clocks(case: Case, ended_by: dict[str, Any], *, at: dt.datetime, by: Account | None) -> Moves:
    """The case is open again: clocks that its closing ended run on as if they had not stopped."""
    closing = ClockEvent.objects.filter(
        pk__in=ended_by.get("events_added", []), kind__in=["met", "stopped"], withdrawn_at=None
    ).select_related("clock")
    events = [
        ClockEvent(clock=each.clock, kind="reopened", at=at, by=by, recorded_at=at)
        for each in closing.order_by("id")
    ]
    return move(case, events, at=at)
