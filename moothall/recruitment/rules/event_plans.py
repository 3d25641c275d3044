"""Plans of an event asked for, followed while they are made, stopped, put in force and taken back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import EventPlan, EventSitting, SelectionEvent
from moothall.recruitment.models.event_plan import SILENT

from . import event_refusals as refusals
from .event_rows import put_down, snapshot
from .event_telling import tell_soon
from .events import held_event

PLAN: Final = "recruitment.plan_event"
SECONDS: Final = (5, 10, 30, 120)
POINTS: Final = 240


@dataclass(frozen=True)
class Found:
    """What the planner found, in the office's numbers."""

    digest: str
    sittings: Sequence[Mapping[str, Any]]
    unseated: Sequence[Mapping[str, Any]]
    changes: Sequence[Mapping[str, Any]]
    figures: Mapping[str, Any]


@transaction.atomic
def ask_for_plan(
    event: SelectionEvent, *, by: Account | None, at: dt.datetime, seconds: int = 10
) -> EventPlan:
    """Everybody's day at once; a worker does it."""
    held = held_event(event)
    there = (held.candidates.standing(), held.exercises.all(), held.rooms.all(), held.assessors.standing())
    if not all(rows.exists() for rows in there):
        raise refusals.NothingToPlan
    waiting = held.candidates.standing().filter(helped_at=None).exclude(application__adjustments="")
    if waiting.exists():
        raise refusals.HelpToSettle
    return _asked(held, by=by, at=at, seconds=seconds)


@transaction.atomic
def ask_for_mending(event: SelectionEvent, *, because: str, by: Account | None, at: dt.datetime) -> EventPlan:
    """The plan in force with the least change: who is moved is shown before anything is done."""
    held = held_event(event)
    if held.plan is None:
        raise refusals.NothingInForce
    if not because.strip():
        raise refusals.NothingHappened
    return _asked(held, by=by, at=at, mends=held.plan, because=because.strip()[:200])


def _asked(event: SelectionEvent, *, by: Account | None, at: dt.datetime, **said: Any) -> EventPlan:
    living = Q(state=EventPlan.WAITING) | Q(state=EventPlan.RUNNING, heard_at__gt=at - SILENT)
    if EventPlan.objects.filter(living, event=event).exists():
        raise refusals.BeingPlanned
    made = EventPlan.objects.create(event=event, asked_at=at, asked_by=by, **said)
    append_audit("recruitment.plan_event", about=event, by=by, at=at, detail={"plan": made.pk})
    app.configure_task(PLAN).defer(plan_id=made.pk)
    return made


def begin(plan_id: int, *, at: dt.datetime) -> EventPlan | None:
    """Take it up; None where that was done already. One whose process is gone is written down as such."""
    waiting = EventPlan.objects.filter(pk=plan_id, state=EventPlan.WAITING)
    if waiting.update(state=EventPlan.RUNNING, heard_at=at):
        return EventPlan.objects.select_related("event", "mends").get(pk=plan_id)
    gone = EventPlan.objects.filter(pk=plan_id, state=EventPlan.RUNNING, heard_at__lt=at - SILENT / 2)
    gone.update(state=EventPlan.BROKEN, ended_at=at)
    return None


def note_progress(plan_id: int, *, at: dt.datetime, points: list[tuple[float, int, int]]) -> bool:
    """It is alive and so far; whether it may go on: nobody has asked it to stop."""
    while len(points) > POINTS:
        del points[1:-1:2]
    running = EventPlan.objects.filter(pk=plan_id, state=EventPlan.RUNNING)
    said = running.update(heard_at=at, points=points)
    return bool(said) and not running.filter(stop_asked_at__isnull=False).exists()


@transaction.atomic
def ask_to_stop(plan: EventPlan, *, by: Account, at: dt.datetime) -> None:
    """It ends with the best plan it has; one that has not begun ends without."""
    waiting = EventPlan.objects.filter(pk=plan.pk, state=EventPlan.WAITING)
    ended = waiting.update(state=EventPlan.BROKEN, stop_asked_at=at, ended_at=at)
    running = EventPlan.objects.filter(pk=plan.pk, state=EventPlan.RUNNING, stop_asked_at=None)
    if not ended and not running.update(stop_asked_at=at):
        raise refusals.NotBeingPlanned
    append_audit("recruitment.stop_planning", about=plan.event, by=by, at=at, detail={"plan": plan.pk})


def end_without(plan_id: int, *, problem: str, at: dt.datetime) -> None:
    """It could not be made, and why."""
    rows = EventPlan.objects.filter(pk=plan_id, state=EventPlan.RUNNING)
    rows.update(state=EventPlan.FAILED, problem=problem[:500], ended_at=at, heard_at=at)


@transaction.atomic
def keep_plan(plan_id: int, found: Found, *, at: dt.datetime) -> None:
    """Made and judged; it is in force once somebody publishes it."""
    plan = EventPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if plan.state != EventPlan.RUNNING:
        return
    EventPlan.objects.filter(pk=plan.pk).update(
        state=EventPlan.DONE, digest=found.digest, sittings=list(found.sittings),
        unseated=list(found.unseated), changes=list(found.changes), figures=dict(found.figures), ended_at=at,
        heard_at=at,
    )  # fmt: skip
    append_audit(
        "recruitment.keep_event_plan", about=plan.event, by=plan.asked_by, at=at, detail={"plan": plan.pk}
    )


@for_the_office()
@transaction.atomic
def publish_plan(plan: EventPlan, *, by: Account | None, at: dt.datetime) -> EventPlan:
    """It is in force: rooms and people are taken by it, and by nothing else then. Nobody is told yet."""
    event = held_event(plan.event)
    held = EventPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not held.is_made or held.published_at is not None:
        raise refusals.PlanNotMade
    if event.plan_id != held.mends_id:
        raise refusals.PlanInForce if held.mends_id is None else refusals.PlanOvertaken
    held.before = snapshot(event)
    put_down(event, held.sittings)
    held.published_at, held.published_by = at, by
    held.save(update_fields=["before", "published_at", "published_by"])
    _in_force(event, held)
    append_audit("recruitment.publish_event_plan", about=event, by=by, at=at, detail={"plan": held.pk})
    return held


def _in_force(event: SelectionEvent, plan: EventPlan | None) -> None:
    event.plan = plan
    event.save(update_fields=["plan"])


@for_the_office()
@transaction.atomic
def take_back_plan(plan: EventPlan, *, by: Account, at: dt.datetime) -> EventPlan:
    """Published by mistake: everything stands as it stood before. Whoever was told since is told again."""
    event = held_event(plan.event)
    held = EventPlan.objects.select_for_update(of=("self",)).select_related("mends").get(pk=plan.pk)
    if event.plan_id != held.pk:
        raise refusals.AlreadyToldOrTaken
    put_down(event, held.before)
    EventPlan.objects.filter(pk=held.pk).update(published_at=None, published_by=None, before=[])
    _in_force(event, held.mends)
    append_audit("recruitment.take_back_event_plan", about=event, by=by, at=at, detail={"plan": held.pk})
    tell_soon(event, only_told=True)
    return held


def is_used(event: SelectionEvent) -> bool:
    """Whether anything stands of it."""
    return EventSitting.objects.filter(event=event).exists()
