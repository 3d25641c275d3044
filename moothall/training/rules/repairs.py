"""Repairs asked for, followed while they are looked for, and kept with their proposals."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import (
    Repair,
    RepairChange,
    RepairMove,
    RepairProposal,
    RepairWeight,
    ScheduleVersion,
)
from moothall.training.models.plan_run import SILENT

from .repair_refusals import ChangeBackwards, FreezeInThePast, OnlyWhatIsKnown, RepairGoesOn

REPAIR: Final = "training.repair"
NOTICE: Final = 14  # days, until somebody has said another number
AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Proposed:
    """A proposal as it is kept, with its moves."""

    row: RepairProposal
    moves: list[RepairMove]


@transaction.atomic
def ask_for_repair(
    version: ScheduleVersion, *, frozen_until: dt.date, by: Account | None, at: dt.datetime, today: dt.date,
    moves_others: bool = True, offers_waiting: bool = True, changes: Iterable[RepairChange] = (),
) -> Repair:  # fmt: skip
    """What has changed is found from the records; `changes` are what nobody has written down yet."""
    held = ScheduleVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    of_draft = held.is_open and held.consulted_at is not None
    if held.state != ScheduleVersion.PUBLISHED and not of_draft:
        raise OnlyWhatIsKnown
    if frozen_until < today:
        raise FreezeInThePast
    living = Q(state=Repair.WAITING) | Q(state=Repair.RUNNING, heard_at__gt=at - SILENT)
    if held.repairs.filter(living).exists():
        raise RepairGoesOn
    made = Repair.objects.create(
        version=held, frozen_until=frozen_until, moves_others=moves_others, offers_waiting=offers_waiting,
        asked_at=at, asked_by=by, of_draft=of_draft, weighed=RepairWeight.objects.in_force(today),
    )  # fmt: skip
    for each in changes:
        if each.from_on and each.until_on and each.until_on < each.from_on:
            raise ChangeBackwards
        each.pk, each.repair = None, made
        each.save(force_insert=True)
    append_audit("training.ask_for_repair", about=made, by=by, at=at, detail={"version": held.number})
    app.configure_task(REPAIR).defer(repair_id=made.pk)
    return made


def usual_freeze(*, today: dt.date) -> dt.date:
    """So many days ahead as the repair before had them."""
    last = Repair.objects.order_by("-asked_at", "-pk").first()
    days = (last.frozen_until - last.asked_at.date()).days if last is not None else NOTICE
    return today + dt.timedelta(days=days)


def begin_repair(repair_id: int, *, at: dt.datetime) -> Repair | None:
    """Take it up; None where that was done already. One whose process is gone is written down as such."""
    waiting = Repair.objects.filter(pk=repair_id, state=Repair.WAITING)
    if waiting.update(state=Repair.RUNNING, began_at=at, heard_at=at):
        return Repair.objects.in_full().get(pk=repair_id)
    gone = Repair.objects.filter(pk=repair_id, state=Repair.RUNNING, heard_at__lt=at - SILENT / 2)
    gone.update(state=Repair.BROKEN, ended_at=at)
    return None


def note_repair(repair_id: int, *, phase: str, at: dt.datetime) -> None:
    """It is alive, and so far."""
    Repair.objects.filter(pk=repair_id, state=Repair.RUNNING).update(phase=phase, heard_at=at)


def end_without_repair(repair_id: int, *, state: str, problem: str, at: dt.datetime) -> None:
    """It came to nothing, and why."""
    running = Repair.objects.filter(pk=repair_id, state=Repair.RUNNING)
    running.update(state=state, problem=problem[:500], ended_at=at)


@transaction.atomic
def keep_repair(
    repair_id: int, *, proposals: Iterable[Proposed], figures: Mapping[str, Any], at: dt.datetime
) -> None:
    """The proposals as they were found; the plan with all of them accepted was judged."""
    repair = Repair.objects.select_for_update(of=("self",)).get(pk=repair_id)
    if repair.state != Repair.RUNNING:
        return
    rows = list(proposals)
    for number, each in enumerate(rows):
        each.row.repair, each.row.number = repair, number
    RepairProposal.objects.bulk_create([each.row for each in rows], batch_size=AT_ONCE)
    for each in rows:
        for move in each.moves:
            move.proposal = each.row
    RepairMove.objects.bulk_create([move for each in rows for move in each.moves], batch_size=AT_ONCE)
    repair.state, repair.figures, repair.ended_at, repair.heard_at = Repair.DONE, dict(figures), at, at
    repair.save(update_fields=["state", "figures", "ended_at", "heard_at"])
    append_audit(
        "training.keep_repair", about=repair, by=repair.asked_by, at=at, detail={"proposals": len(rows)}
    )
