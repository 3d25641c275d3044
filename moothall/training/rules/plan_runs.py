"""Plans asked for, followed while they are made, stopped, kept, and begun again when they broke off."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from moothall.people.models import Account, Organisation
from moothall.records.rules.audit import append_audit
from moothall.training.models import Course, LeftOut, PlanInput, PlanRun
from moothall.training.models.plan_run import SILENT

from .plan_refusals import OneLever, PlanInThePast, PlanNotMade, PlanTooLong, TooManyPlans
from .refusals import NotWaiting

PLAN: Final = "training.plan"
MOST_DAYS: Final = 24 * 31
AT_ONCE: Final = 2  # a machine has few processors, and a plan takes one
POINTS: Final = 240
SECONDS: Final = (10, 30, 60, 300, 900)


@dataclass(frozen=True)
class Lever:
    """What is changed: at most one of them."""

    unit: Organisation | None = None
    course: Course | None = None
    weekday: int | None = None

    @property
    def many(self) -> int:
        return sum(each is not None for each in (self.unit, self.course, self.weekday))


@transaction.atomic
def ask_for_plan(
    *, from_on: dt.date, until_on: dt.date, seconds: int, by: Account | None, at: dt.datetime,
    today: dt.date, seed: int = 1, courses: Collection[Course] = (),
) -> PlanRun:  # fmt: skip
    """A plan of these months, of all courses unless some are named; a worker makes it."""
    if from_on <= today:
        raise PlanInThePast
    if not 0 < (until_on - from_on).days <= MOST_DAYS:
        raise PlanTooLong
    _refuse_many(at)
    run = PlanRun.objects.create(
        from_on=from_on, until_on=until_on, seconds=seconds, seed=seed, asked_at=at, asked_by=by
    )
    run.courses.set(courses)
    append_audit("training.ask_for_plan", about=run, by=by, at=at, detail={"seconds": seconds, "seed": seed})
    _defer(run)
    return run


@transaction.atomic
def try_lever(
    run: PlanRun, *, by: Account, at: dt.datetime, unit: Organisation | None = None,
    course: Course | None = None, weekday: int | None = None,
) -> PlanRun:  # fmt: skip
    """The same again with one thing changed: a team that keeps one fewer, one more place in a course, one
    more trainer on a day of each week, or sessions on Saturdays."""
    if not run.is_made:
        raise PlanNotMade
    lever = Lever(unit, course, weekday)
    if lever.many != 1 or (weekday is not None and weekday not in PlanRun.WEEKDAYS):
        raise OneLever
    return _again(run, based_on=run, lever=lever, input=None, by=by, at=at)


@transaction.atomic
def start_again(run: PlanRun, *, by: Account, at: dt.datetime) -> PlanRun:
    """A plan that broke off or could not be made is asked for anew, of what was read if it broke off."""
    if run.is_busy(at) or run.is_made:
        raise NotWaiting
    kept = run.input if run.state == PlanRun.BROKEN or run.is_broken(at) else None
    lever = Lever(run.lever_unit, run.lever_course, run.lever_weekday)
    return _again(run, based_on=run.based_on, lever=lever, input=kept, by=by, at=at)


def _again(
    run: PlanRun, *, based_on: PlanRun | None, lever: Lever, input: PlanInput | None, by: Account,
    at: dt.datetime,
) -> PlanRun:  # fmt: skip
    _refuse_many(at)
    made = PlanRun.objects.create(
        from_on=run.from_on, until_on=run.until_on, seconds=run.seconds, seed=run.seed, based_on=based_on,
        lever_unit=lever.unit, lever_course=lever.course, lever_weekday=lever.weekday, input=input,
        wanted=run.wanted if input else 0, asked_at=at, asked_by=by,
    )  # fmt: skip
    made.courses.set(run.courses.all())
    append_audit("training.ask_for_plan", about=made, by=by, at=at, detail={"like": run.pk})
    _defer(made)
    return made


def _refuse_many(at: dt.datetime) -> None:
    living = Q(state=PlanRun.WAITING) | Q(state=PlanRun.RUNNING, heard_at__gt=at - SILENT)
    if PlanRun.objects.filter(living).count() >= AT_ONCE:
        raise TooManyPlans


def _defer(run: PlanRun) -> None:
    app.configure_task(PLAN).defer(run_id=run.pk)


def begin(run_id: int, *, at: dt.datetime) -> PlanRun | None:
    """Take it up; None where that was done already. A run whose process is gone is written down as such."""
    waiting = PlanRun.objects.filter(pk=run_id, state=PlanRun.WAITING)
    if waiting.update(state=PlanRun.RUNNING, began_at=at, heard_at=at):
        return PlanRun.objects.select_related("input", "based_on__input").get(pk=run_id)
    gone = PlanRun.objects.filter(pk=run_id, state=PlanRun.RUNNING, heard_at__lt=at - SILENT / 2)
    gone.update(state=PlanRun.BROKEN, ended_at=at)
    return None


@transaction.atomic
def keep_input(
    run: PlanRun, *, digest: str, case: bytes, runs: bytes, names: Mapping[str, Any], wanted: int,
    at: dt.datetime,
) -> PlanInput:  # fmt: skip
    """What the plan is made from, once for all plans made from the same."""
    kept, _made = PlanInput.objects.get_or_create(
        digest=digest, defaults={"case": case, "runs": runs, "names": dict(names), "made_at": at}
    )
    PlanRun.objects.filter(pk=run.pk).update(input=kept, wanted=wanted)
    return kept


def note_progress(
    run_id: int, *, at: dt.datetime, phase: str, points: list[tuple[float, int, int]], rounds: int
) -> bool:
    """It is alive and so far; whether it may go on: nobody has asked it to stop, and it is still running."""
    while len(points) > POINTS:
        del points[1:-1:2]
    said: dict[str, Any] = {"heard_at": at, "phase": phase, "points": points, "rounds": rounds}
    if points:
        said |= {"placed": points[-1][1], "bound": points[-1][2]}
    running = PlanRun.objects.filter(pk=run_id, state=PlanRun.RUNNING)
    return bool(running.update(**said)) and not running.filter(stop_asked_at__isnull=False).exists()


@transaction.atomic
def ask_to_stop(run: PlanRun, *, by: Account, at: dt.datetime) -> None:
    """It ends with the best plan it has; one that has not begun ends without."""
    waiting = PlanRun.objects.filter(pk=run.pk, state=PlanRun.WAITING)
    ended = waiting.update(state=PlanRun.BROKEN, stop_asked_at=at, stop_asked_by=by, ended_at=at)
    running = PlanRun.objects.filter(pk=run.pk, state__in=PlanRun.BUSY, stop_asked_at=None)
    if not ended and not running.update(stop_asked_at=at, stop_asked_by=by):
        raise NotWaiting
    append_audit("training.stop_plan", about=run, by=by, at=at)


@transaction.atomic
def keep_plan(
    run_id: int, *, plan: bytes, placed: int, bound: int, rounds: int, figures: Mapping[str, Any],
    left_out: Iterable[LeftOut], at: dt.datetime,
) -> None:  # fmt: skip
    """The plan with its figures and everybody left out; it has been judged."""
    run = PlanRun.objects.select_for_update().get(pk=run_id)
    if run.state != PlanRun.RUNNING:
        return
    run.state = PlanRun.STOPPED if run.stop_asked_at else PlanRun.DONE
    run.plan, run.placed, run.bound, run.rounds = plan, placed, bound, rounds
    run.figures, run.ended_at, run.heard_at = dict(figures), at, at
    run.save(update_fields=["state", "plan", "placed", "bound", "rounds", "figures", "ended_at", "heard_at"])
    rows = list(left_out)
    for each in rows:
        each.run = run
    LeftOut.objects.bulk_create(rows, batch_size=1000)
    detail = {"placed": placed, "bound": bound, "input": run.input.digest[:16] if run.input else ""}
    append_audit("training.keep_plan", about=run, by=run.asked_by, at=at, detail=detail)


def end_without_plan(run_id: int, *, state: str, problem: str, at: dt.datetime) -> None:
    """It came to nothing, and why."""
    running = PlanRun.objects.filter(pk=run_id, state=PlanRun.RUNNING)
    running.update(state=state, problem=problem[:500], ended_at=at)
