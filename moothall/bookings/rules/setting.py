"""Setting up: rooms, opening hours, closures and kinds of appointment."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import AppointmentKind, Closure, KindTaker, OpeningHours, Resource
from moothall.cases.models import Service
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Place
from moothall.people.models.working import at_on
from moothall.records.rules.audit import append_audit

from .nights import count_anew, count_beds_of


class RoomNamedAlready(Refusal):
    sentence = _("There is a room of this name in that place already.")
    next_step = _("Give it another name, or open the room that is there.")


class ClosedBackwards(Refusal):
    sentence = _("It would open again before it shuts.")
    next_step = _("Give a later end.")


@dataclass(frozen=True)
class Hours:
    """On this day of the week, from when until when; Monday is 0."""

    weekday: int
    opens: dt.time
    closes: dt.time


@transaction.atomic
def save_place(
    place: Place | None, *, name: str, name_cy: str, address: str, by: Account | None, at: dt.datetime
) -> Place:
    """Add a place, or correct it."""
    held = place or Place()
    held.name, held.name_cy, held.address = name, name_cy, address
    held.save()
    append_audit("bookings.place", about=held, by=by, at=at)
    return held


def save_room(
    room: Resource | None,
    *,
    place: Place,
    name: str,
    name_cy: str = "",
    seats: int = 3,
    step_free: bool = True,
    by: Account | None,
    at: dt.datetime,
) -> Resource:
    """Add a room, or correct it."""
    held = room or Resource()
    held.place, held.name, held.name_cy, held.capacity, held.step_free = (
        place,
        name,
        name_cy,
        seats,
        step_free,
    )
    try:
        with transaction.atomic():
            held.save()
            append_audit("bookings.room", about=held, by=by, at=at)
    except IntegrityError as clash:
        if "a_room_is_named_once_in_a_place" not in str(clash):
            raise
        raise RoomNamedAlready from clash
    return held


@transaction.atomic
def retire_room(room: Resource, *, by: Account, at: dt.datetime) -> None:
    """Nothing new is booked in it; what is booked stands."""
    Resource.objects.filter(pk=room.pk).update(retired_at=at)
    append_audit("bookings.room_retired", about=room, by=by, at=at)
    count_beds_of(room, by=by, at=at)


def restore_room(room: Resource, *, by: Account, at: dt.datetime) -> None:
    """The room is in use again."""
    try:
        with transaction.atomic():
            Resource.objects.filter(pk=room.pk).update(retired_at=None)
            append_audit("bookings.room", about=room, by=by, at=at)
            count_beds_of(room, by=by, at=at)
    except IntegrityError as clash:
        raise RoomNamedAlready from clash


@transaction.atomic
def set_opening_hours(
    place: Place, *, room: Resource | None, hours: Sequence[Hours], from_on: dt.date, by: Account | None,
    at: dt.datetime,
) -> None:  # fmt: skip
    """From this day on the place, or the room, is open like this; how it was before is kept."""
    held = OpeningHours.objects.filter(place=place, room=room)
    held.filter(from_on__gte=from_on).delete()
    held.filter(Q(until_on=None) | Q(until_on__gte=from_on)).update(until_on=from_on - dt.timedelta(days=1))
    OpeningHours.objects.bulk_create(
        OpeningHours(
            place=place, room=room, weekday=each.weekday, opens=each.opens, closes=each.closes,
            from_on=from_on,
        )
        for each in hours
    )  # fmt: skip
    detail = {"from": from_on.isoformat(), "room": room.pk if room else None}
    append_audit("bookings.hours", about=place, by=by, at=at, detail=detail)


@transaction.atomic
def shut(
    *,
    place: Place | None,
    room: Resource | None,
    first: dt.date,
    after: dt.time,
    last: dt.date,
    before: dt.time | None,
    reason: str,
    by: Account | None,
    at: dt.datetime,
) -> Closure:
    """Shut a room, a place, or the whole office; without an end the last day is shut until midnight."""
    ends_at = at_on(last, before) if before else at_on(last + dt.timedelta(days=1), dt.time(0))
    begins_at = at_on(first, after)
    if ends_at <= begins_at:
        raise ClosedBackwards
    closure = Closure.objects.create(
        place=place, room=room, begins_at=begins_at, ends_at=ends_at, reason=reason, entered_by=by,
        entered_at=at,
    )  # fmt: skip
    append_audit("bookings.closure", about=closure, by=by, at=at)
    _count_what_it_shuts(closure, by=by, at=at)
    return closure


def _count_what_it_shuts(closure: Closure, *, by: Account | None, at: dt.datetime) -> None:
    """How many bedrooms there are on the nights it shuts."""
    if closure.room is not None:
        count_beds_of(closure.room, by=by, at=at)
    else:
        count_anew(place=closure.place, today=in_london(at).date(), by=by, at=at)


@transaction.atomic
def withdraw_closure(closure: Closure, *, by: Account, at: dt.datetime) -> None:
    """It is open after all."""
    if Closure.objects.standing().filter(pk=closure.pk).update(withdrawn_by=by, withdrawn_at=at):
        append_audit("bookings.closure_withdrawn", about=closure, by=by, at=at)
        _count_what_it_shuts(closure, by=by, at=at)


@transaction.atomic
def restore_closure(closure: Closure, *, by: Account, at: dt.datetime) -> None:
    Closure.objects.filter(pk=closure.pk).update(withdrawn_by=None, withdrawn_at=None)
    append_audit("bookings.closure", about=closure, by=by, at=at)
    _count_what_it_shuts(closure, by=by, at=at)


@transaction.atomic
def save_kind(
    kind: AppointmentKind | None,
    *,
    takers: Collection[Account] = (),
    services: Collection[Service] = (),
    by: Account | None,
    at: dt.datetime,
    **values: Any,
) -> AppointmentKind:
    """Add a kind of appointment, or correct it; what is booked already stays as it is."""
    held = kind or AppointmentKind()
    for name, value in values.items():
        setattr(held, name, value)
    held.save()
    held.services.set(services)
    KindTaker.objects.filter(kind=held).exclude(account__in=takers).delete()
    KindTaker.objects.bulk_create(
        [KindTaker(kind=held, account=each) for each in takers], ignore_conflicts=True
    )
    append_audit("bookings.kind", about=held, by=by, at=at)
    return held


@transaction.atomic
def retire_kind(kind: AppointmentKind, *, by: Account, at: dt.datetime) -> None:
    """It is not offered any more; what is booked stands."""
    AppointmentKind.objects.filter(pk=kind.pk).update(retired_at=at)
    append_audit("bookings.kind_retired", about=kind, by=by, at=at)


@transaction.atomic
def restore_kind(kind: AppointmentKind, *, by: Account, at: dt.datetime) -> None:
    AppointmentKind.objects.filter(pk=kind.pk).update(retired_at=None)
    append_audit("bookings.kind", about=kind, by=by, at=at)


def hours_in_force(place: Place, room: Resource | None, *, on: dt.date) -> dict[int, list[OpeningHours]]:
    """The hours of each day of the week, as they are on that day; two where it is shut between."""
    found: dict[int, list[OpeningHours]] = {}
    for row in OpeningHours.objects.in_force(on, on).filter(place=place, room=room):
        found.setdefault(row.weekday, []).append(row)
    return found
