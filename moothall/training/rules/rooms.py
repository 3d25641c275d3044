"""The rooms, equipment and diaries that a session takes: on all its days together, or on none.

Each day of a session is one reservation of the bookings, made for it and changed only here. Whoever teaches
and has a diary there is taken with the rooms, so that nobody books them meanwhile. Locks are taken in one
order everywhere: the session, its people and their teams' lines, its trainers' days, then what it takes.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

from django.db import transaction

from moothall.bookings.models import Reservation, Resource, Taking
from moothall.bookings.rules.refusals import TooSmall
from moothall.bookings.rules.reserving import cancel, move, reserve
from moothall.people.models import Account
from moothall.people.models.working import Span, at_on
from moothall.records.rules.audit import append_audit
from moothall.training.models import Session
from moothall.workforce.models import Employment

from .inviting import tell_trainers
from .placing import hold_session
from .refusals import SessionOver
from .telling import tell_of_moving

KIND: Final = "training.session"


def reservations_of(session: Session) -> list[Reservation]:
    """What stands for it, one for each day, in their order."""
    return list(Reservation.objects.about(KIND, session.pk).standing())


def things_of(session: Session) -> list[Resource]:
    """The rooms and equipment it takes, rooms first."""
    taken = Taking.objects.standing().filter(
        reservation__about_kind=KIND, reservation__about_id=session.pk, asked_for=True
    )
    found = Resource.objects.filter(pk__in=taken.order_by().values("resource"))
    rows = found.exclude(kind=Resource.PERSON).select_related("place").order_by("place__name", "name", "id")
    return sorted(rows, key=lambda each: each.kind != Resource.ROOM)


def teaching(session: Session) -> set[int]:
    """Who teaches it, by the numbers of their employments."""
    return set(session.trainer_days.order_by().values_list("trainer_id", flat=True))


def diaries_of(trainers: Collection[int]) -> list[Resource]:
    """The diaries of those who teach, where they have one that can be booked."""
    people = Employment.objects.filter(pk__in=trainers).order_by().values("person")
    found = Resource.objects.in_use().filter(kind=Resource.PERSON, account__person__in=people)
    return list(found.order_by("pk")) if trainers else []


def spans_of(session: Session) -> list[Span]:
    return [(at_on(day, session.begins), at_on(day, session.ends)) for day in session.days]


def take_together(
    session: Session, things: Sequence[Resource], *, by: Account | None, at: dt.datetime, because: str = ""
) -> None:
    """These and the diaries of its trainers, on each of its days; what it had otherwise is free. The caller
    holds the session and is in a transaction: where one thing is taken, nothing has changed."""
    wanted = [*things, *diaries_of(teaching(session))]
    standing, spans = reservations_of(session), spans_of(session)
    if not wanted or len(standing) != len(spans):
        for each in standing:
            cancel(reservation=each, because=because or str(session.version.course), by=by, at=at)
        standing = []
    if not wanted:
        return
    if not standing:
        for span in spans:
            _reserve(session, wanted, span, by=by, at=at)
        return
    Reservation.objects.filter(pk__in=[each.pk for each in standing]).update(people=_seats(session, wanted))
    pairs = list(zip(standing, spans, strict=True))
    later = spans[0][0] > standing[0].starts_at
    for reservation, span in reversed(pairs) if later else pairs:  # so that it never stands in its own way
        reservation.people = _seats(session, wanted)
        if _differs(reservation, wanted, span):
            move(
                reservation=reservation, starts_at=span[0], ends_at=span[1], resources=wanted, by=by, at=at,
                reason=because,
            )  # fmt: skip


def _seats(session: Session, wanted: Collection[Resource]) -> int:
    """For how many the rooms have to be; without a room nobody has to sit."""
    return session.capacity if any(each.kind == Resource.ROOM for each in wanted) else 0


def _reserve(
    session: Session, wanted: Sequence[Resource], span: Span, *, by: Account | None, at: dt.datetime
) -> None:
    reserve(
        title=str(session.version.course), resources=wanted, starts_at=span[0], ends_at=span[1], by=by, at=at,
        about_kind=KIND, about_id=session.pk, people=_seats(session, wanted),
    )  # fmt: skip


def _differs(reservation: Reservation, wanted: Collection[Resource], span: Span) -> bool:
    """Whether there is anything to move; rooms that are too small now are, too."""
    taken = reservation.takings.filter(asked_for=True).values_list("resource_id", flat=True)
    same = set(taken) == {each.pk for each in wanted}
    if same and reservation.people > sum(each.capacity for each in wanted if each.kind == Resource.ROOM) > 0:
        raise TooSmall.of([each for each in wanted if each.kind == Resource.ROOM], reservation.people)
    return not same or (reservation.starts_at, reservation.ends_at) != span


def free_everything(session: Session, *, because: str, by: Account | None, at: dt.datetime) -> None:
    """It takes nothing any more."""
    for each in reservations_of(session):
        cancel(reservation=each, because=because, by=by, at=at)


def name_where(session: Session, things: Sequence[Resource]) -> None:
    """The session says in words where it is, in both languages. Does not save."""
    rooms = [each for each in things if each.kind == Resource.ROOM]
    if not rooms:
        return
    session.place = rooms[0].place
    session.room = ", ".join(each.name for each in rooms)[:300]
    session.room_cy = ", ".join(each.name_in("cy") for each in rooms)[:300]


@transaction.atomic
def choose_rooms(session: Session, things: Sequence[Resource], *, by: Account, at: dt.datetime) -> Session:
    """It takes these rooms and this equipment and no others. Whoever comes hears of another room."""
    held = hold_session(session.pk)
    if not held.is_standing:
        raise SessionOver
    before = (held.place_id, held.room)
    had_rooms = any(each.kind == Resource.ROOM for each in things_of(held))
    if had_rooms and not any(each.kind == Resource.ROOM for each in things):
        held.room, held.room_cy = "", ""
    take_together(held, things, by=by, at=at)
    name_where(held, things)
    held.save(update_fields=["place", "room", "room_cy"])
    detail = {"things": [each.pk for each in things]}
    append_audit("training.choose_rooms", about=held, by=by, at=at, detail=detail)
    if before != (held.place_id, held.room):
        tell_of_moving(held, by=by, at=at)
        tell_trainers(held, by=by, at=at)
    return held
