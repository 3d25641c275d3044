"""What an event needs: exercises, rooms that are booked for it, and people who assess and interpret."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from moothall.bookings.models import Resource
from moothall.bookings.rules.engagements import rooms_taken
from moothall.bookings.rules.reserving import reserve
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import (
    Assessing,
    AssessorAway,
    Conflict,
    EventAssessor,
    EventCandidate,
    EventExercise,
    EventRoom,
    EventSitting,
    SelectionEvent,
)

from . import event_refusals as refusals
from .events import KIND, free_rooms, held_event


@transaction.atomic
def add_exercise(event: SelectionEvent, *, by: Account | None, at: dt.datetime, **said: Any) -> EventExercise:
    held = _unplanned(event)
    made = EventExercise.objects.create(event=held, place=held.exercises.count() + 1, **said)
    append_audit("recruitment.add_exercise", about=held, by=by, at=at, detail={"exercise": made.pk})
    return made


@transaction.atomic
def remove_exercise(exercise: EventExercise, *, by: Account, at: dt.datetime) -> None:
    held = _unplanned(exercise.event)
    if exercise.before.exists():
        raise refusals.ExerciseFollowed
    append_audit("recruitment.remove_exercise", about=held, by=by, at=at, detail={"name": exercise.name})
    EventExercise.objects.filter(pk=exercise.pk).delete()


def _unplanned(event: SelectionEvent) -> SelectionEvent:
    held = held_event(event)
    if held.plan_id is not None:
        raise refusals.PlanInForce
    return held


@transaction.atomic
def add_rooms(
    event: SelectionEvent, *, resources: Sequence[Resource], exercises: Collection[EventExercise] = (),
    by: Account | None, at: dt.datetime,
) -> list[EventRoom]:  # fmt: skip
    """All of them booked on all days of the event, or none."""
    held = held_event(event)
    if held.rooms.filter(resource__in=resources).exists():
        raise refusals.RoomAlready
    made = [EventRoom.objects.create(event=held, resource=each) for each in resources]
    for each in made:
        each.exercises.set(exercises)
    take_rooms(held, resources, by=by, at=at)
    detail = {"rooms": [each.pk for each in resources]}
    append_audit("recruitment.add_event_rooms", about=held, by=by, at=at, detail=detail)
    return made


def free_rooms_for(event: SelectionEvent) -> list[Resource]:
    """Rooms that nobody else has at any time of its days, by place and name."""
    rooms = list(Resource.objects.in_use().filter(kind=Resource.ROOM))
    spans = [each.span for each in event.days.all()]
    if not spans:
        return []
    first, last = in_london(spans[0][0]).date(), in_london(spans[-1][0]).date()
    taken = rooms_taken(rooms, first, last)
    return [
        room for room in rooms
        if not any(one < until and start < other for one, other in taken[room.pk] for start, until in spans)
    ]  # fmt: skip


def take_rooms(
    event: SelectionEvent, resources: Sequence[Resource], *, by: Account | None, at: dt.datetime
) -> None:
    """One booking for each room and day, as the bookings keep them: taken by nobody else meanwhile."""
    for day in event.days.all():
        begins, ends = day.span
        for each in resources:
            reserve(
                title=event.name, resources=[each], starts_at=begins, ends_at=ends, by=by, at=at,
                about_kind=KIND, about_id=event.pk,
            )  # fmt: skip


@transaction.atomic
def remove_room(room: EventRoom, *, by: Account, at: dt.datetime) -> None:
    """Free for others; not while the plan in force uses it."""
    held = held_event(room.event)
    if EventSitting.objects.filter(event=held, room=room.resource_id).exists():
        raise refusals.StillUsed
    free_rooms(held, because=held.name, by=by, at=at, only=room.resource_id)
    append_audit("recruitment.remove_event_room", about=held, by=by, at=at, detail={"room": room.resource_id})
    EventRoom.objects.filter(pk=room.pk).delete()


@transaction.atomic
def name_assessor(
    event: SelectionEvent, *, account: Account, by: Account | None, at: dt.datetime,
    exercises: Collection[EventExercise] = (), assesses: bool = True, interprets: str = "",
    most_minutes: int | None = None,
) -> EventAssessor:  # fmt: skip
    held = held_event(event)
    try:
        with transaction.atomic():
            made = EventAssessor.objects.create(
                event=held, account=account, assesses=assesses, interprets=interprets.strip().upper(),
                most_minutes=most_minutes, named_at=at, named_by=by,
            )  # fmt: skip
    except IntegrityError as twice:
        raise refusals.AssessesAlready from twice
    made.exercises.set(exercises)
    append_audit("recruitment.name_assessor", about=held, by=by, at=at, detail={"assessor": made.pk})
    return made


@transaction.atomic
def name_assessors(
    event: SelectionEvent, *, accounts: Sequence[Account], by: Account | None, at: dt.datetime, **said: Any
) -> list[EventAssessor]:
    """All of them alike, or none."""
    return [name_assessor(event, account=each, by=by, at=at, **said) for each in accounts]


@transaction.atomic
def let_go_assessor(assessor: EventAssessor, *, by: Account, at: dt.datetime) -> bool:
    """They assess no more; the plan in force is mended first where it still counts on them."""
    held = held_event(assessor.event)
    if Assessing.objects.filter(assessor=assessor).exists():
        raise refusals.StillUsed
    gone = EventAssessor.objects.standing().filter(pk=assessor.pk).update(let_go_at=at)
    if gone:
        append_audit("recruitment.let_go_assessor", about=held, by=by, at=at, detail={"of": assessor.pk})
    return bool(gone)


@transaction.atomic
def take_assessor_back(assessor: EventAssessor, *, by: Account, at: dt.datetime) -> bool:
    held = held_event(assessor.event)
    if EventAssessor.objects.standing().filter(event=held, account=assessor.account_id).exists():
        raise refusals.AssessesAlready
    back = EventAssessor.objects.filter(pk=assessor.pk).update(let_go_at=None)
    append_audit("recruitment.take_assessor_back", about=held, by=by, at=at, detail={"of": assessor.pk})
    return bool(back)


@transaction.atomic
def note_away(
    assessor: EventAssessor, *, begins_at: dt.datetime, ends_at: dt.datetime, because: str, by: Account,
    at: dt.datetime,
) -> AssessorAway:  # fmt: skip
    """They cannot come then. The plan in force is not changed by it; it is mended when somebody asks."""
    held = held_event(assessor.event)
    if ends_at <= begins_at:
        raise refusals.AwayBackwards
    made = AssessorAway.objects.create(
        assessor=assessor, begins_at=begins_at, ends_at=ends_at, because=because.strip()[:200], noted_at=at,
        noted_by=by,
    )  # fmt: skip
    append_audit("recruitment.assessor_away", about=held, by=by, at=at, detail={"away": made.pk})
    return made


@transaction.atomic
def take_back_away(away: AssessorAway, *, by: Account, at: dt.datetime) -> bool:
    held = held_event(away.assessor.event)
    gone = AssessorAway.objects.filter(pk=away.pk, undone_at=None).update(undone_at=at)
    if gone:
        append_audit("recruitment.assessor_there", about=held, by=by, at=at, detail={"away": away.pk})
    return bool(gone)


@transaction.atomic
def declare_conflict(
    assessor: EventAssessor, *, candidate: EventCandidate, kind: str, by: Account, at: dt.datetime
) -> Conflict:
    """By the one who assesses, or by the desk. A plan made after it keeps them apart."""
    held = held_event(assessor.event)
    try:
        with transaction.atomic():
            made = Conflict.objects.create(
                assessor=assessor, candidate=candidate, kind=kind, declared_at=at, declared_by=by
            )
    except IntegrityError as twice:
        raise refusals.DeclaredAlready from twice
    append_audit("recruitment.declare_conflict", about=held, by=by, at=at, detail={"conflict": made.pk})
    return made


@transaction.atomic
def take_back_conflict(conflict: Conflict, *, by: Account, at: dt.datetime) -> bool:
    held = held_event(conflict.assessor.event)
    gone = Conflict.objects.filter(pk=conflict.pk, undone_at=None).update(undone_at=at)
    if gone:
        append_audit("recruitment.take_back_conflict", about=held, by=by, at=at, detail={"of": conflict.pk})
    return bool(gone)
