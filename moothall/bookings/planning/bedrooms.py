"""Which bedroom each stay gets: put to the planner as it knows rooms and stays, and its answer checked."""

import datetime as dt
from collections.abc import Sequence

from moothall.bookings.models import Closure, Resource, Stay
from moothall.core.clock import LONDON
from moothall.people.models import Place
from planner.bedrooms.checking import check
from planner.bedrooms.problem import Bedroom, Rooming
from planner.bedrooms.problem import Stay as Asked

STEP_FREE = "step-free"
EVENING = dt.time(22)
DAY = dt.timedelta(days=1)


class BadRooming(ValueError):
    """The plan breaks a rule; it is never used."""


def plan_rooms(place: Place, stays: Sequence[Stay], *, today: dt.date, until: dt.date) -> Rooming:
    """The room of every stay by its number, who is moved and who has none; takes up to some seconds.

    The solver is only loaded where it is asked. Raises BadRooming where the independent check finds a fault.
    """
    from planner.bedrooms.choosing import choose_rooms

    rooms, asked = bedrooms_of(place, today, until), asked_of(stays)
    made = choose_rooms(rooms, asked, today=today)
    if wrong := check(rooms, asked, made, today):
        raise BadRooming(" ".join(wrong))
    return made


def bedrooms_of(place: Place, today: dt.date, until: dt.date) -> tuple[Bedroom, ...]:
    """Every bedroom in use, with what it has and the nights on which it is shut."""
    closures = list(Closure.objects.between(_evening(today), _evening(until)))
    return tuple(
        Bedroom(
            name=str(each.pk), kind=each.bed_kind.level if each.bed_kind else 0, corridor=each.corridor,
            number=each.along, has=has(each),
            shut=tuple(span for one in closures if (span := _nights_shut(one, each)) is not None),
        )
        for each in Resource.objects.bedrooms(place).prefetch_related("features")
    )  # fmt: skip


def has(room: Resource) -> frozenset[str]:
    """The keys of what a room has."""
    found = {each.key for each in room.features.all()}
    return frozenset(found | {STEP_FREE} if room.step_free else found)


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, EVENING, tzinfo=LONDON)


def _nights_shut(closure: Closure, room: Resource) -> tuple[dt.date, dt.date] | None:
    """A night is that of its evening, as the database counts it."""
    if closure.room_id not in {None, room.pk} or closure.place_id not in {None, room.place_id}:
        return None
    begins, ends = closure.begins_at.astimezone(LONDON), closure.ends_at.astimezone(LONDON)
    first = begins.date() + (DAY if begins.time() > EVENING else DAY * 0)
    until = ends.date() + (DAY if ends.time() > EVENING else DAY * 0)
    return (first, until) if first < until else None


def asked_of(stays: Sequence[Stay]) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            name=str(each.pk), arrives=each.arrives_on, leaves=each.leaves_on, kind=each.kind.level,
            needs=frozenset(each.needs), group=each.corridor_for,
            beside=str(each.beside_id) if each.beside_id else "",
            room=str(each.room_id) if each.room_id else "",
            in_house=each.state == Stay.HERE and each.room_id is not None,
            locked=each.room_is_promised and each.room_id is not None,
        )
        for each in stays
    )  # fmt: skip
