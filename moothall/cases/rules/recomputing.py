"""When the calendar changes, every open clock and step is worked out again, and what moved is told."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

import clocks
from moothall.cases.models import Case, CaseClock, Entry, HolidayCorrection, Step
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .changing import lock
from .clocks import reckon
from .definition import definition_of
from .reckoning import AMBER_AT, amber_day, holidays_in_force
from .stepping import counted_from, due_day

BATCH = 200


class NoSuchNation(Refusal):
    sentence = _("A holiday belongs to England, Wales, Scotland or Northern Ireland.")
    next_step = _("Choose at least one of them.")


class SourceNeeded(Refusal):
    sentence = _("A holiday is added or withdrawn only with its source.")
    next_step = _("Say where it was announced.")


@dataclass(frozen=True)
class Moved:
    """A deadline that moved: of a clock, or of a step where `step` is true."""

    case: Case
    name: str
    before: dt.date | None
    after: dt.date | None
    step: bool = False


@for_the_office()
@transaction.atomic
def correct_holiday(
    *,
    day: dt.date,
    nations: Sequence[str],
    name: str,
    source: str,
    by: Account,
    at: dt.datetime,
    name_cy: str = "",
    withdrawn: bool = False,
) -> list[Moved]:
    """Add a holiday, or withdraw one, with its source; the answer is every open deadline that moved."""
    if not source.strip():
        raise SourceNeeded
    try:
        spread = sorted(clocks.Holiday(day, frozenset(nations), name, name_cy, source, day).nations)
    except ValueError as problem:
        raise NoSuchNation from problem
    row = HolidayCorrection.objects.create(
        day=day, nations=spread, name=name, name_cy=name_cy, withdrawn=withdrawn, source=source,
        added_by=by, added_at=at,
    )  # fmt: skip
    moved = recompute_clocks(by=by, at=at, since=day, because=f"{name}, {day.isoformat()}")
    detail = {"day": day.isoformat(), "nations": spread, "withdrawn": withdrawn, "moved": len(moved)}
    append_audit("cases.correct_holiday", about=row, by=by, at=at, detail=detail)
    return moved


@for_the_office()
@transaction.atomic
def recompute_clocks(
    *, by: Account | None, at: dt.datetime, since: dt.date | None = None, because: str = ""
) -> list[Moved]:
    """Work out every open clock and every step to be done again, and say on each case what moved.

    With `since`, only those due on that day or later: what changes on a day moves nothing due before it.
    """
    holidays = holidays_in_force()
    moved: list[Moved] = []
    for case in _open_cases(since):
        lock(case)
        found = [
            Moved(case, clock.name, before, clock.due_on)
            for clock, before in reckon(case, at=at, holidays=holidays)
        ]
        found += recompute_steps(case)
        if found:
            _write_down(case, found, by=by, at=at, because=because)
        moved += found
    append_audit(
        "cases.recompute_clocks", by=by, at=at, about_kind="cases.caseclock", about_id=None,
        detail={"moved": len(moved), "because": because},
    )  # fmt: skip
    return moved


def _open_cases(since: dt.date | None) -> Iterator[Case]:
    running = CaseClock.objects.filter(case=OuterRef("pk"), met_at=None, stopped_at=None)
    to_do = Step.objects.filter(case=OuterRef("pk"), state=Step.READY)
    if since is not None:
        running, to_do = running.filter(due_on__gte=since), to_do.filter(due_on__gte=since)
    found = Case.objects.unfinished().filter(Q(Exists(running)) | Q(Exists(to_do)))
    yield from found.select_related("version").order_by("id").iterator(chunk_size=BATCH)


def recompute_steps(case: Case) -> list[Moved]:
    """Work out again when the steps that are ready are due."""
    steps = list(case.steps.order_by("position", "occurrence"))
    definition = definition_of(case.version)
    moved, changed = [], []
    for step in steps:
        if step.state != Step.READY or step.ready_at is None:
            continue
        declared, before = definition.step(step.key), step.due_on
        first_round = step.occurrence == 1
        since = counted_from(declared, steps if first_round else [], at=step.ready_at)
        step.due_on = due_day(declared, case, since=since)
        step.amber_on = amber_day(since, step.due_on, AMBER_AT)
        if step.due_on != before:
            changed.append(step)
            moved.append(Moved(case, step.name, before, step.due_on, step=True))
    Step.objects.bulk_update(changed, ["due_on", "amber_on"])
    return moved


def _write_down(
    case: Case, found: Sequence[Moved], *, by: Account | None, at: dt.datetime, because: str
) -> None:
    moved = [{"name": each.name, "before": str(each.before), "after": str(each.after)} for each in found]
    detail = {"verb": "recompute", "before": {}, "after": {}, "said": {}, "moved": moved}
    Entry.objects.create(case=case, kind=Entry.CHANGE, at=at, by=by, text=because, detail=detail)
