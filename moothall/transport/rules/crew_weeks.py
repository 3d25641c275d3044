"""Weeks of crews asked for, followed while they are made, stopped, and kept as duties."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import CrewWeek, Duty, Manning, StandBy
from moothall.transport.models.plan import SILENT

from . import crew_refusals as refusals
from .run_vehicles import give_vehicles

MAN: Final = "transport.man"
DAY: Final = dt.timedelta(days=1)
WEEK: Final = 7 * DAY
SECONDS: Final = (10, 20, 60, 300)
POINTS: Final = 240


@dataclass(frozen=True)
class Placed:
    """One place on a run of a day, or on a hire job: who has it, or why nobody."""

    run: int | None
    day: dt.date
    role: str
    seat: int
    member: int | None
    reason: str
    begins_at: dt.datetime
    ends_at: dt.datetime
    hire: int | None = None


@dataclass(frozen=True)
class Waiting:
    """Somebody on stand-by."""

    day: dt.date
    direction: str
    depot: int
    role: str
    member: int
    begins_at: dt.datetime
    ends_at: dt.datetime


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


@transaction.atomic
def ask_for_week(
    *, first_on: dt.date, seconds: int, standby_drivers: int, standby_escorts: int, by: Account | None,
    at: dt.datetime, today: dt.date,
) -> CrewWeek:  # fmt: skip
    """The runs of the week from today on are manned; a worker does it."""
    if first_on + WEEK <= today:
        raise refusals.WeekIsOver
    living = Q(state=CrewWeek.WAITING) | Q(state=CrewWeek.RUNNING, heard_at__gt=at - SILENT)
    if CrewWeek.objects.filter(living).exists():
        raise refusals.WeekBeingMade
    week = CrewWeek.objects.create(
        first_on=monday_of(first_on), seconds=seconds, standby_drivers=standby_drivers,
        standby_escorts=standby_escorts, asked_at=at, asked_by=by,
    )  # fmt: skip
    append_audit("transport.man_week", about=week, by=by, at=at, detail={"first_on": str(week.first_on)})
    app.configure_task(MAN).defer(week_id=week.pk)
    return week


def begin(week_id: int, *, at: dt.datetime) -> CrewWeek | None:
    """Take it up; None where that was done already. One whose process is gone is written down as such."""
    waiting = CrewWeek.objects.filter(pk=week_id, state=CrewWeek.WAITING)
    if waiting.update(state=CrewWeek.RUNNING, heard_at=at):
        return CrewWeek.objects.get(pk=week_id)
    gone = CrewWeek.objects.filter(pk=week_id, state=CrewWeek.RUNNING, heard_at__lt=at - SILENT / 2)
    gone.update(state=CrewWeek.BROKEN, ended_at=at)
    return None


def note_progress(week_id: int, *, at: dt.datetime, points: list[tuple[float, int, int]]) -> bool:
    """It is alive and so far; whether it may go on: nobody has asked it to stop."""
    while len(points) > POINTS:
        del points[1:-1:2]
    running = CrewWeek.objects.filter(pk=week_id, state=CrewWeek.RUNNING)
    said = running.update(heard_at=at, points=points)
    return bool(said) and not running.filter(stop_asked_at__isnull=False).exists()


@transaction.atomic
def ask_to_stop(week: CrewWeek, *, by: Account, at: dt.datetime) -> None:
    """It ends with the best week it has; one that has not begun ends without."""
    waiting = CrewWeek.objects.filter(pk=week.pk, state=CrewWeek.WAITING)
    ended = waiting.update(state=CrewWeek.BROKEN, stop_asked_at=at, ended_at=at)
    running = CrewWeek.objects.filter(pk=week.pk, state=CrewWeek.RUNNING, stop_asked_at=None)
    if not ended and not running.update(stop_asked_at=at):
        raise refusals.WeekNotBusy
    append_audit("transport.stop_week", about=week, by=by, at=at)


def end_without(week_id: int, *, problem: str, at: dt.datetime) -> None:
    """It could not be made, and why."""
    rows = CrewWeek.objects.filter(pk=week_id, state=CrewWeek.RUNNING)
    rows.update(state=CrewWeek.FAILED, problem=problem[:500], ended_at=at, heard_at=at)


@transaction.atomic
def keep_week(
    week_id: int, *, placed: Sequence[Placed], waiting: Sequence[Waiting], figures: Mapping[str, Any],
    unmanned: Sequence[Mapping[str, Any]], today: dt.date, at: dt.datetime,
) -> None:  # fmt: skip
    """What was made and judged becomes the duties of the week, from today on; days that are over stay."""
    week = CrewWeek.objects.select_for_update(of=("self",)).get(pk=week_id)
    if week.state != CrewWeek.RUNNING:
        return
    first = max(week.first_on, today)
    span = {"day__gte": first, "day__lt": week.first_on + WEEK}
    rows = [each for each in placed if each.day >= first]
    duties = _duties(rows, span)
    for of in ("duty", "hire"):
        Manning.objects.filter(**{f"{of}__{key}": value for key, value in span.items()}).delete()
    Manning.objects.bulk_create(
        Manning(
            duty_id=duties[each.run, each.day] if each.run else None, hire_id=each.hire,
            role=each.role, seat=each.seat, member_id=each.member,
            reason=each.reason[:400], begins_at=each.begins_at, ends_at=each.ends_at, changed_at=at,
        )
        for each in rows
    )  # fmt: skip
    StandBy.objects.filter(**span).delete()
    StandBy.objects.bulk_create(
        StandBy(
            day=each.day, direction=each.direction, depot_id=each.depot, role=each.role,
            member_id=each.member, begins_at=each.begins_at, ends_at=each.ends_at,
        )
        for each in waiting if each.day >= first
    )  # fmt: skip
    CrewWeek.objects.filter(pk=week.pk).update(
        state=CrewWeek.DONE, figures=dict(figures), unmanned=list(unmanned), ended_at=at, heard_at=at
    )
    append_audit("transport.keep_week", about=week, by=week.asked_by, at=at, detail={"places": len(rows)})


def _duties(rows: Sequence[Placed], span: Mapping[str, dt.date]) -> dict[tuple[int, dt.date], int]:
    """A duty for each run and day, with its vehicle; those of runs that do not go any more are gone."""
    wanted = {(each.run, each.day) for each in rows if each.run}
    there = {
        (run, day): pk for pk, run, day in Duty.objects.filter(**span).values_list("pk", "run_id", "day")
    }
    Duty.objects.filter(pk__in=[pk for key, pk in there.items() if key not in wanted]).delete()
    made = Duty.objects.bulk_create(Duty(run_id=run, day=day) for run, day in sorted(wanted - there.keys()))
    give_vehicles(span["day__gte"], span["day__lt"] - DAY)
    return there | {(each.run_id, each.day): each.pk for each in made}
