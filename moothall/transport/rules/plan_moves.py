"""A draft changed by hand: passengers moved, each move taken back, runs and passengers locked."""

import datetime as dt
import gzip
from decimal import Decimal
from typing import Final

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import PlanChange, PlanHalf, Ride, Run, RunPlan

from . import plan_refusals as refusals
from .run_plans import Half, keep_half

MARGINS: Final = ("lead", "pace", "pace_cost", "paces")


@transaction.atomic
def record_move(
    before: PlanHalf, after: Half, *, passenger: int, home: int | None, from_run: int, to_run: int,
    pounds: float, by: Account, at: dt.datetime,
) -> PlanChange:  # fmt: skip
    """The direction as it is after the move, in place of how it was; nobody else changed it meanwhile."""
    plan = _hold(before)
    _refuse_locked(plan, after.direction, passenger, home, (from_run, to_run))
    keep_half(plan, after, at=at)
    _keep_figures(plan, after)
    change = PlanChange.objects.create(
        plan=plan, direction=after.direction, passenger_id=passenger, from_run=str(from_run or ""),
        to_run=str(to_run or ""), pounds=Decimal(str(pounds)), before=bytes(before.said), at=at, by=by,
    )  # fmt: skip
    detail = {"from": from_run, "to": to_run, "pounds": pounds}
    append_audit("transport.move_passenger", about=plan, by=by, at=at, detail=detail)
    return change


@transaction.atomic
def replace_half(
    before: PlanHalf, after: Half, change: PlanChange, *, by: Account, at: dt.datetime
) -> PlanChange:
    """A move is taken back."""
    plan = _hold(before)
    rows = PlanChange.objects.filter(pk=change.pk, undone_at=None)
    if not rows.update(undone_at=at, undone_by=by):
        raise refusals.NothingToUndo
    keep_half(plan, after, at=at)
    _keep_figures(plan, after)
    append_audit("transport.undo_move", about=plan, by=by, at=at, detail={"change": change.pk})
    return change


def _hold(before: PlanHalf) -> RunPlan:
    plan = RunPlan.objects.select_for_update(of=("self",)).get(pk=before.plan_id)
    if not plan.is_open:
        raise refusals.PlanIsFixed
    now = PlanHalf.objects.get(pk=before.pk)
    if gzip.decompress(bytes(now.said)) != gzip.decompress(bytes(before.said)):
        raise refusals.ChangedMeanwhile
    return plan


def _keep_figures(plan: RunPlan, after: Half) -> None:
    before = plan.figures.get(after.direction, {})
    kept = {name: before[name] for name in MARGINS if name in before}
    plan.figures = {**plan.figures, after.direction: kept | dict(after.figures)}
    plan.save(update_fields=["figures"])


def _refuse_locked(
    plan: RunPlan, direction: str, passenger: int, home: int | None, runs: tuple[int, int]
) -> None:
    there = Run.objects.filter(plan=plan, direction=direction, locked=True, number__in=runs)
    them = Ride.objects.filter(
        run__plan=plan, run__direction=direction, passenger=passenger, home=home, locked=True
    )
    if there.exists() or them.exists():
        raise refusals.LockedHere


@transaction.atomic
def lock_run(run: Run, *, locked: bool, by: Account, at: dt.datetime) -> None:
    """Nobody is moved to it or from it by hand, and no mending that would is offered."""
    Run.objects.filter(pk=run.pk).update(locked=locked)
    append_audit("transport.lock_run", about=run.plan, by=by, at=at, detail={"run": run.called, "on": locked})


@transaction.atomic
def lock_ride(ride: Ride, *, locked: bool, by: Account, at: dt.datetime) -> None:
    """They stay on this run."""
    Ride.objects.filter(pk=ride.pk).update(locked=locked)
    detail = {"run": ride.run.called, "passenger": ride.passenger_id, "on": locked}
    append_audit("transport.lock_ride", about=ride.run.plan, by=by, at=at, detail=detail)
