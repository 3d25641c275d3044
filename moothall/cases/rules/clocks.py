"""The clocks that run on a case: deadlines computed from events, rules and holidays, never edited."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import clocks
from moothall.cases.models import Case, CaseClock, ClockEvent, HolidayCorrection
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .definition import ClockDefinition, ServiceDefinition, definition_of


class ClockCannot(Refusal):
    next_step = _("Check the date and what has already happened on this clock.")


@lru_cache(maxsize=4)
def _holidays_as_corrected(newest: int) -> tuple[clocks.Holiday, ...]:
    corrections = tuple(
        clocks.Holiday(
            day=row.day, nations=frozenset(row.nations), name=row.name, name_cy=row.name_cy,
            source=row.source, source_read_on=row.added_at.date(), withdrawn=row.withdrawn,
        )
        for row in HolidayCorrection.objects.filter(pk__lte=newest).order_by("id")
    )  # fmt: skip
    return clocks.corrected(clocks.load_holidays(), corrections)


def holidays_in_force() -> tuple[clocks.Holiday, ...]:
    """The published holidays with the office's own corrections; read again only when those change."""
    newest = HolidayCorrection.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return _holidays_as_corrected(newest)


def rule_of(definition: ClockDefinition, *, on: dt.date) -> tuple[clocks.ClockRule, dict[str, Any]]:
    """The rule in force on its own date, and how the clock remembers it."""
    if definition.rule:
        return clocks.rule(definition.rule, on), {"rule": definition.rule, "on": on.isoformat()}
    remembered = {
        "house": definition.key,
        "length": definition.target,
        "unit": definition.unit,
        "calendar": definition.calendar,
    }
    return remembered_rule(remembered), remembered


@lru_cache(maxsize=512)
def _house(key: str, length: int, unit: str, calendar: str) -> clocks.ClockRule:
    return clocks.ClockRule.house(key, length, unit, calendar=calendar)


def remembered_rule(remembered: dict[str, Any]) -> clocks.ClockRule:
    """The rule a clock remembers it runs by."""
    if "rule" in remembered:
        return clocks.rule(remembered["rule"], dt.date.fromisoformat(remembered["on"]))
    return _house(remembered["house"], remembered["length"], remembered["unit"], remembered["calendar"])


def computed(clock: CaseClock, events: Iterable[ClockEvent]) -> clocks.Deadline:
    """The deadline these events give under the clock's rule."""
    told = [
        clocks.Event(kind=event.kind, at=in_london(event.at), **event.detail)
        for event in events
        if event.withdrawn_at is None
    ]
    return clocks.deadline(remembered_rule(clock.rule), told, holidays=holidays_in_force())


def amber_day(started: dt.date, due: dt.date | None, amber_at: float) -> dt.date | None:
    """The day by which this share of the time is used."""
    if due is None:
        return None
    return started + dt.timedelta(days=int((due - started).days * amber_at))


def new_clock(
    case: Case, definition: ClockDefinition, *, started_at: dt.datetime, at: dt.datetime, by: Account | None
) -> tuple[CaseClock, ClockEvent]:
    """A clock and its first event, computed but not yet saved."""
    day = in_london(started_at).date()
    rule, remembered = rule_of(definition, on=day)
    trigger = clocks.Event(kind="received", at=in_london(started_at))
    due = clocks.deadline(rule, [trigger], holidays=holidays_in_force())
    clock = CaseClock(
        case=case, key=definition.key, name=definition.name, rule=remembered, due_on=due.due_on,
        due_at=due.due_at, amber_on=amber_day(day, due.due_on, definition.amber_at),
        first_due_on=due.due_on, computed_at=at,
    )  # fmt: skip
    return clock, ClockEvent(clock=clock, kind="received", at=started_at, by=by, recorded_at=at)


def start_clocks(
    case: Case, definitions: Sequence[ClockDefinition], *, at: dt.datetime, by: Account | None
) -> None:
    """Start every clock that runs from receipt, and put the nearest deadline on the case."""
    made = [
        new_clock(case, definition, started_at=case.received_at, at=at, by=by)
        for definition in definitions
        if definition.rule or not definition.starts_on
    ]
    CaseClock.objects.bulk_create([clock for clock, _event in made])
    ClockEvent.objects.bulk_create([event for _clock, event in made])
    _nearest(case, [clock for clock, _event in made])


def _nearest(case: Case, running: Sequence[CaseClock]) -> None:
    due = [clock for clock in running if clock.due_on and not clock.met_at and not clock.stopped_at]
    case.due_on = min((clock.due_on for clock in due if clock.due_on), default=None)
    case.amber_on = min((clock.amber_on for clock in due if clock.amber_on), default=None)


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
    """Something happened that moves this clock: recompute its deadline and the case's nearest one."""
    CaseClock.objects.select_for_update().get(pk=clock.pk)
    event = ClockEvent(
        clock=clock, kind=kind, at=event_at, by=by, recorded_at=at, reason=reason, detail=detail or {}
    )
    try:
        due = computed(clock, [*clock.events.order_by("at", "id"), event])
    except clocks.ImpossibleEvents as problem:
        raise ClockCannot(str(problem)) from problem
    event.save(force_insert=True)
    _store(clock, due, at=at)
    append_audit(
        f"clock.{kind}", about=clock.case, by=by, at=at, detail={"clock": clock.key, "reason": reason}
    )
    return clock


def _store(clock: CaseClock, due: clocks.Deadline, *, at: dt.datetime) -> None:
    first = clock.events.order_by("at", "id").first()
    started = in_london(first.at).date() if first else in_london(at).date()
    share = clock.rule.get("amber_at", 0.8)
    clock.due_on, clock.due_at, clock.computed_at = due.due_on, due.due_at, at
    clock.amber_on = amber_day(started, due.due_on, share)
    clock.save(update_fields=["due_on", "due_at", "amber_on", "computed_at", "met_at", "stopped_at"])
    refresh_due(clock.case)


def refresh_due(case: Case) -> None:
    """Put the nearest running deadline on the case."""
    _nearest(case, list(CaseClock.objects.filter(case=case, met_at=None, stopped_at=None)))
    Case.objects.filter(pk=case.pk).update(due_on=case.due_on, amber_on=case.amber_on)


ACKNOWLEDGED, ANSWERED, CLOSED = "acknowledged", "answered", "closed"
MEANS_ALSO = {
    ACKNOWLEDGED: {ACKNOWLEDGED},
    ANSWERED: {ACKNOWLEDGED, ANSWERED},
    CLOSED: {ACKNOWLEDGED, ANSWERED, CLOSED},
}


@transaction.atomic
def meet_clocks(case: Case, what: str, *, at: dt.datetime, by: Account | None) -> None:
    """Something clocks wait for has been done: those are met, and those that run from it start now."""
    definition = definition_of(case.version)
    waited_for = {each.key: each.met_on for each in definition.clocks}
    running = list(case.clocks.filter(met_at=None, stopped_at=None).order_by("id"))
    met = [clock for clock in running if waited_for.get(clock.key) in MEANS_ALSO[what]]
    for clock in met:
        clock.met_at = at
        record_event(clock, kind="met", event_at=at, by=by, at=at)
    acknowledged = any(waited_for[clock.key] == ACKNOWLEDGED for clock in met)
    for clock in running:
        rule = remembered_rule(clock.rule)
        if acknowledged and clock not in met and rule.starts_on == ACKNOWLEDGED:
            record_event(clock, kind=ACKNOWLEDGED, event_at=at, by=by, at=at)
    if what != CLOSED:
        _start_followers(case, definition, {clock.key for clock in met}, at=at, by=by)


def _start_followers(
    case: Case, definition: ServiceDefinition, met: set[str], *, at: dt.datetime, by: Account | None
) -> None:
    """Clocks of the office's own that begin when another is met."""
    for declared in definition.clocks:
        if declared.rule is None and declared.starts_on in met:
            clock, event = new_clock(case, declared, started_at=at, at=at, by=by)
            clock.save(force_insert=True)
            event.clock = clock
            event.save(force_insert=True)
            refresh_due(case)


def kinds_offered(rule: clocks.ClockRule) -> list[str]:
    """What a person may record on a clock that runs by this rule."""
    offered = ["paused", "resumed"] if rule.pauses else []
    if rule.extension is not None:
        offered.append("extended")
    return [*offered, *rule.restarts_on, *([rule.starts_on] if rule.starts_on else [])]


def stop_clocks(case: Case, *, at: dt.datetime) -> None:
    """The case is closed: nothing runs any more."""
    CaseClock.objects.filter(case=case, met_at=None, stopped_at=None).update(stopped_at=at)
    refresh_due(case)


def restart_clocks(case: Case, *, stopped_at: dt.datetime | None) -> None:
    """The case is open again: clocks that stopped at its closing run as if they had not."""
    CaseClock.objects.filter(case=case, stopped_at=stopped_at).update(stopped_at=None)
    refresh_due(case)


@transaction.atomic
def correct_received(
    case: Case, *, received_at: dt.datetime, because: str, by: Account, at: dt.datetime
) -> None:
    """The case was received earlier than it was logged: recompute every clock that began at receipt."""
    from .changing import change_case

    if received_at > at:
        raise ClockCannot(_("A case cannot be received in the future."))
    if not because.strip():
        raise ClockCannot(_("A reason is needed to change the date received."))
    before = case.received_at
    change_case(
        case, verb="correct_received", by=by, at=at, note=because, changes={"received_at": received_at},
        said={"received": received_at.isoformat()},
    )  # fmt: skip
    for clock in case.clocks.all():
        clock.events.filter(at=before).update(at=received_at)
        _store(clock, computed(clock, clock.events.order_by("at", "id")), at=at)
