"""Which rule a clock runs by, on which holidays, and the deadline its events give. Nothing here writes."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import clocks
from moothall.cases.models import Case, CaseClock, ClockEvent, HolidayCorrection
from moothall.core.clock import in_london
from moothall.people.models import Account

from .definition import ClockDefinition

AMBER_AT = 0.8
Holidays = tuple[clocks.Holiday, ...]


@lru_cache(maxsize=4)
def _holidays_as_corrected(newest: int, _added_at: dt.datetime | None) -> Holidays:
    corrections = tuple(
        clocks.Holiday(
            day=row.day, nations=frozenset(row.nations), name=row.name, name_cy=row.name_cy,
            source=row.source, source_read_on=row.added_at.date(), withdrawn=row.withdrawn,
        )
        for row in HolidayCorrection.objects.filter(pk__lte=newest).order_by("id")
    )  # fmt: skip
    return clocks.corrected(clocks.load_holidays(), corrections)


def holidays_in_force() -> Holidays:
    """The published holidays with the office's own corrections; read again only when those change."""
    rows = HolidayCorrection.objects.order_by("-id").values_list("id", "added_at")
    newest, added_at = rows.first() or (0, None)
    return _holidays_as_corrected(newest, added_at)


def working_calendar(key: str) -> clocks.WorkingCalendar:
    """The calendar steps are counted on, with the office's own corrections."""
    return clocks.calendar(key, holidays_in_force())


def remembered_for(definition: ClockDefinition, *, on: dt.date) -> dict[str, Any]:
    """How a clock that starts on this day remembers the rule it runs by. Raises UnknownRule if none is
    in force then."""
    if definition.rule:
        clocks.rule(definition.rule, on)
        return {"rule": definition.rule, "on": on.isoformat(), "amber_at": definition.amber_at}
    return {
        "house": definition.key,
        "length": definition.target,
        "unit": definition.unit,
        "calendar": definition.calendar,
        "amber_at": definition.amber_at,
        "pausable": definition.pausable,
    }


def remembered_rule(remembered: dict[str, Any]) -> clocks.ClockRule:
    """The rule a clock remembers it runs by."""
    if "rule" in remembered:
        return clocks.rule(remembered["rule"], dt.date.fromisoformat(remembered["on"]))
    return _house(remembered["house"], remembered["length"], remembered["unit"], remembered["calendar"])


@lru_cache(maxsize=512)
def _house(key: str, length: int, unit: str, calendar: str) -> clocks.ClockRule:
    return clocks.ClockRule.house(key, length, unit, calendar=calendar)


def pauses_on_hold(clock: CaseClock) -> bool:
    """The office's own targets stand still while a case is on hold; what the law sets goes on."""
    return "house" in clock.rule and bool(clock.rule.get("pausable", True))


def computed(
    clock: CaseClock, events: Iterable[ClockEvent], *, holidays: Holidays | None = None
) -> clocks.Deadline:
    """The deadline these events give under the clock's rule."""
    told = [
        clocks.Event(kind=event.kind, at=in_london(event.at), **event.detail)
        for event in events
        if event.withdrawn_at is None
    ]
    rows = holidays_in_force() if holidays is None else holidays
    return clocks.deadline(remembered_rule(clock.rule), told, holidays=rows)


def apply(clock: CaseClock, due: clocks.Deadline, *, at: dt.datetime) -> None:
    """Put on the clock, not yet saved, everything that follows from its events."""
    started = due.history.begun.at if due.history.begun else due.count.start
    began = in_london(started).date() if isinstance(started, dt.datetime) else started
    ended = due.history.ended
    ended_at = ended.at if ended is not None and isinstance(ended.at, dt.datetime) else None
    clock.due_on, clock.due_at, clock.computed_at = due.due_on, due.due_at, at
    clock.amber_on = amber_day(began, due.due_on, clock.rule.get("amber_at", AMBER_AT))
    clock.stopped_at = ended_at if due.state == "stopped" else None
    clock.met_at = ended_at if due.state in {"met", "met_late"} else None


def amber_day(started: dt.date, due: dt.date | None, amber_at: float) -> dt.date | None:
    """The day by which this share of the time is used."""
    if due is None:
        return None
    return started + dt.timedelta(days=int((due - started).days * amber_at))


def new_clock(
    case: Case,
    definition: ClockDefinition,
    *,
    started_at: dt.datetime,
    at: dt.datetime,
    by: Account | None,
    holidays: Holidays | None = None,
) -> tuple[CaseClock, ClockEvent]:
    """A clock and its first event, worked out but not saved. Raises UnknownRule where none was in force."""
    remembered = remembered_for(definition, on=in_london(started_at).date())
    clock = CaseClock(case=case, key=definition.key, name=definition.name, rule=remembered)
    event = ClockEvent(clock=clock, kind="received", at=started_at, by=by, recorded_at=at)
    apply(clock, computed(clock, [event], holidays=holidays), at=at)
    clock.first_due_on = clock.due_on
    return clock, event


def kinds_offered(rule: clocks.ClockRule) -> list[str]:
    """What a person may record on a clock that runs by this rule."""
    offered = ["paused", "resumed"] if rule.pauses else []
    if rule.extension is not None:
        offered.append("extended")
    return [*offered, *rule.restarts_on, *([rule.starts_on] if rule.starts_on else [])]
