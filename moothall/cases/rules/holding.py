"""Putting a case away until a day, and taking it up again."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseClock, ClockEvent, Entry
from moothall.core.clock import LONDON
from moothall.core.refusals import Refusal
from moothall.people.models import Account

from .changing import change_case, lock, undone_by
from .clocks import Moves, move, unmove
from .reckoning import computed, pauses_on_hold
from .refusals import need_reason, refuse_if_closed


class DateHasPassed(Refusal):
    sentence = _("A case is held until a day to come.")
    next_step = _("Choose tomorrow or later.")


def refuse_holding(case: Case, *, until: dt.date, because: str, today: dt.date) -> None:
    """Why a case cannot be put away until that day."""
    refuse_if_closed(case)
    need_reason(because)
    if until <= today:
        raise DateHasPassed


@transaction.atomic
def hold_case(
    case: Case,
    *,
    until: dt.date,
    because: str,
    by: Account,
    at: dt.datetime,
    today: dt.date,
    waiting_on: str = Case.PERSON,
) -> Entry:
    """Put the case away until a day, saying why. While it waits for others the office's own targets stand
    still until then; clocks that the law sets go on, and a case that runs late comes back by itself."""
    lock(case)
    refuse_holding(case, until=until, because=because, today=today)
    changes: dict[str, Any] = {
        "held_until": until,
        "hold_reason": because[:200],
        "status": Case.OPEN if waiting_on == Case.US else Case.WAITING,
        "waiting_on": waiting_on,
        "came_back_at": None,
        "handed_at": None,
    }
    said = {"until": until.isoformat()}
    entry = change_case(case, verb="hold", by=by, at=at, changes=changes, note=because, said=said)
    if waiting_on != Case.US:
        remember(entry, stand_still(case, until=until, by=by, at=at))
    return entry


def stand_still(case: Case, *, until: dt.date, by: Account, at: dt.datetime) -> Moves:
    """Pause the targets now and have them go on that morning; one already on hold only goes on later."""
    going_on = dt.datetime.combine(until, dt.time(0), tzinfo=LONDON)
    events: list[ClockEvent] = []
    planned: list[int] = []
    for clock in _targets(case):
        told = list(clock.events.filter(withdrawn_at=None).order_by("at", "id"))
        ahead = [event.pk for event in told if event.at > at]
        state = computed(clock, [event for event in told if event.at <= at]).state
        if state == "paused" and not ahead:
            continue  # somebody stopped this clock for a reason of its own
        if state == "running":
            events.append(_event(clock, "paused", at, by=by, at=at))
        events.append(_event(clock, "resumed", going_on, by=by, at=at))
        planned += ahead
    return move(case, events, withdraw=planned, at=at)


def go_on(case: Case, *, by: Account | None, at: dt.datetime) -> Moves:
    """Targets that were to stand still for longer go on now."""
    events: list[ClockEvent] = []
    planned: list[int] = []
    for clock in _targets(case):
        ahead = clock.events.filter(withdrawn_at=None, kind="resumed", at__gt=at)
        if found := list(ahead.values_list("pk", flat=True)):
            events.append(_event(clock, "resumed", at, by=by, at=at))
            planned += found
    return move(case, events, withdraw=planned, at=at)


def _targets(case: Case) -> list[CaseClock]:
    running = case.clocks.filter(met_at=None, stopped_at=None).order_by("id")
    return [clock for clock in running if pauses_on_hold(clock)]


def _event(
    clock: CaseClock, kind: str, when: dt.datetime, *, by: Account | None, at: dt.datetime
) -> ClockEvent:
    return ClockEvent(clock=clock, kind=kind, at=when, by=by, recorded_at=at, reason=str(_("On hold")))


def remember(entry: Entry, moves: Moves, **more: Any) -> None:
    """Keep with an entry what its act did besides changing fields."""
    entry.detail |= {**moves.as_detail(), **more}
    Entry.objects.filter(pk=entry.pk).update(detail=entry.detail)


@transaction.atomic
def resume_case(case: Case, *, by: Account | None, at: dt.datetime) -> Entry:
    """Take the case up again: it is our turn."""
    lock(case)
    refuse_if_closed(case)
    changes = {"held_until": None, "hold_reason": "", "status": Case.OPEN, "waiting_on": Case.US}
    entry = change_case(case, verb="resume", by=by, at=at, changes=changes)
    remember(entry, go_on(case, by=by, at=at))
    return entry


@undone_by("hold")
@undone_by("resume")
def _undo(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    unmove(case, entry.detail, at=at)
