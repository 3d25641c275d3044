"""Plans of runs asked for, followed while they are made, stopped, kept, and considered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import PlanCase, PlanHalf, Ride, Run, RunPlan
from moothall.transport.models.plan import SILENT

from . import plan_refusals as refusals
from .laying import NoRideRow, RunRow, lay_down

PLAN: Final = "transport.plan"
AT_ONCE: Final = 2  # a machine has few processors, and a plan takes one
POINTS: Final = 240
SECONDS: Final = (10, 30, 120, 300, 900)
Point = tuple[float, float, int, int]


@dataclass(frozen=True)
class Half:
    """One direction of a plan that was made: case and plan as they are kept, and what becomes rows."""

    direction: str
    digest: str
    case: bytes
    tables: bytes
    names: Mapping[str, Any]
    said: bytes
    runs: Sequence[RunRow]
    without: Sequence[NoRideRow]
    figures: dict[str, Any]


@transaction.atomic
def ask_for_plan(
    *, name: str, direction: str, weekdays: Sequence[int], from_on: dt.date, seconds: int,
    by: Account | None, at: dt.datetime, today: dt.date, until_on: dt.date | None = None, seed: int = 1,
    starts_from: RunPlan | None = None,
) -> RunPlan:  # fmt: skip
    """Runs for these days of the week; a worker makes them. What is locked in the plan that it starts from
    stays as it is."""
    if starts_from is not None and not starts_from.is_made:
        raise refusals.PlanNotThere
    if from_on <= today:
        raise refusals.RunsInThePast
    if not weekdays:
        raise refusals.NoDaysChosen
    _refuse_many(at)
    plan = RunPlan.objects.create(
        name=name.strip()[:120], direction=direction, weekdays=sorted(set(weekdays)), from_on=from_on,
        until_on=until_on, seconds=seconds, seed=seed, starts_from=starts_from, asked_at=at, asked_by=by,
    )  # fmt: skip
    detail = {"seconds": seconds, "seed": seed}
    append_audit("transport.ask_for_plan", about=plan, by=by, at=at, detail=detail)
    app.configure_task(PLAN).defer(plan_id=plan.pk)
    return plan


@transaction.atomic
def start_again(plan: RunPlan, *, by: Account, at: dt.datetime) -> RunPlan:
    """A plan that broke off or could not be made is asked for anew."""
    if plan.is_busy(at) or plan.is_made:
        raise refusals.NotBusy
    _refuse_many(at)
    rows = RunPlan.objects.filter(pk=plan.pk, making=plan.making)
    if not rows.update(
        making=RunPlan.WAITING, phase=RunPlan.READING, points=[], problem="", heard_at=None, ended_at=None,
        stop_asked_at=None, stop_asked_by=None, asked_at=at, asked_by=by,
    ):  # fmt: skip
        raise refusals.ChangedMeanwhile
    append_audit("transport.ask_for_plan", about=plan, by=by, at=at, detail={"again": True})
    app.configure_task(PLAN).defer(plan_id=plan.pk)
    return plan


def _refuse_many(at: dt.datetime) -> None:
    living = Q(making=RunPlan.WAITING) | Q(making=RunPlan.RUNNING, heard_at__gt=at - SILENT)
    if RunPlan.objects.filter(living).count() >= AT_ONCE:
        raise refusals.TooManyRunPlans


def begin(plan_id: int, *, at: dt.datetime) -> RunPlan | None:
    """Take it up; None where that was done already. One whose process is gone is written down as such."""
    waiting = RunPlan.objects.filter(pk=plan_id, making=RunPlan.WAITING)
    if waiting.update(making=RunPlan.RUNNING, heard_at=at):
        return RunPlan.objects.get(pk=plan_id)
    gone = RunPlan.objects.filter(pk=plan_id, making=RunPlan.RUNNING, heard_at__lt=at - SILENT / 2)
    gone.update(making=RunPlan.BROKEN, ended_at=at)
    return None


def note_progress(plan_id: int, *, at: dt.datetime, phase: str, points: list[Point]) -> bool:
    """It is alive and so far; whether it may go on: nobody has asked it to stop."""
    while len(points) > POINTS:
        del points[1:-1:2]
    running = RunPlan.objects.filter(pk=plan_id, making=RunPlan.RUNNING)
    said = running.update(heard_at=at, phase=phase, points=points)
    return bool(said) and not running.filter(stop_asked_at__isnull=False).exists()


@transaction.atomic
def ask_to_stop(plan: RunPlan, *, by: Account, at: dt.datetime) -> None:
    """It ends with the best plan it has; one that has not begun ends without."""
    waiting = RunPlan.objects.filter(pk=plan.pk, making=RunPlan.WAITING)
    ended = waiting.update(making=RunPlan.BROKEN, stop_asked_at=at, stop_asked_by=by, ended_at=at)
    running = RunPlan.objects.filter(pk=plan.pk, making=RunPlan.RUNNING, stop_asked_at=None)
    if not ended and not running.update(stop_asked_at=at, stop_asked_by=by):
        raise refusals.NotBusy
    append_audit("transport.stop_plan", about=plan, by=by, at=at)


@transaction.atomic
def keep_made(plan_id: int, *, halves: Sequence[Half], times_from: str, at: dt.datetime) -> None:
    """What was made and judged becomes rows: runs, calls, rides, and everybody without one."""
    plan = RunPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if plan.making != RunPlan.RUNNING:
        return
    for each in halves:
        keep_half(plan, each, at=at)
        _keep_locks(plan, each)
    plan.figures = {each.direction: dict(each.figures) for each in halves}
    plan.making = RunPlan.STOPPED if plan.stop_asked_at else RunPlan.DONE
    plan.times_from, plan.ended_at, plan.heard_at = times_from[:500], at, at
    plan.save(update_fields=["figures", "making", "times_from", "ended_at", "heard_at"])
    detail = {each.direction: each.digest[:16] for each in halves}
    append_audit("transport.keep_plan", about=plan, by=plan.asked_by, at=at, detail=detail)


def _keep_locks(plan: RunPlan, half: Half) -> None:
    """What was locked before, and stayed, is locked still."""
    before = Run.objects.filter(plan=plan.starts_from_id, direction=half.direction, locked=True)
    kept = Run.objects.filter(
        plan=plan, direction=half.direction, number__in=half.figures.get("kept", ())
    ).order_by()
    kept.filter(number__in=before.order_by().values("number")).update(locked=True)
    for passenger, home in Ride.objects.filter(
        run__plan=plan.starts_from_id, run__direction=half.direction, locked=True
    ).values_list("passenger", "home"):
        rides = Ride.objects.filter(run__in=kept.values("pk"), passenger=passenger, home=home)
        rides.update(locked=True)


def keep_half(plan: RunPlan, half: Half, *, at: dt.datetime) -> None:
    """One direction in place of what was there; within the transaction of whoever asks."""
    kept, _new = PlanCase.objects.get_or_create(
        digest=half.digest,
        defaults={
            "case": half.case, "tables": half.tables, "names": dict(half.names), "made_at": at,
        },
    )  # fmt: skip
    PlanHalf.objects.update_or_create(
        plan=plan, direction=half.direction, defaults={"case": kept, "said": half.said}
    )
    lay_down(plan, half.direction, runs=half.runs, without=half.without)


def end_without_plan(plan_id: int, *, making: str, problem: str, at: dt.datetime) -> None:
    """It came to nothing, and why."""
    running = RunPlan.objects.filter(pk=plan_id, making=RunPlan.RUNNING)
    running.update(making=making, problem=problem[:500], ended_at=at)


@transaction.atomic
def consider(plan: RunPlan, *, considered: bool, by: Account, at: dt.datetime) -> None:
    """Mark a draft as one that is compared with others, or not any more."""
    before, after = RunPlan.DRAFT, RunPlan.CONSIDERED
    if not considered:
        before, after = after, before
    rows = RunPlan.objects.filter(pk=plan.pk, state=before, making__in=RunPlan.MADE)
    if not rows.update(state=after):
        raise refusals.PlanIsFixed
    append_audit("transport.consider_plan", about=plan, by=by, at=at, detail={"state": after})
