"""Rooms and sites that are shut on days of sessions, and which other room each of those could have."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from moothall.bookings.models import Closure, Feature, Resource, ResourcePart, Taking
from moothall.people.models.working import Span
from moothall.training.models import RepairMove, Session
from moothall.training.rules.nearest import free_rooms
from moothall.training.rules.rooms import KIND, spans_of

Ids = tuple[int, ...]
Days = frozenset[dt.date]


@dataclass(frozen=True)
class Rooms:
    """All that a session takes, rooms and equipment, as it is and as it could be."""

    before: Ids
    after: Ids


def read_shut(sessions: Sequence[Session], *, rooms: bool = True) -> tuple[dict[int, str], dict[int, Rooms]]:
    """The sessions that cannot be held, with the reason, and those that could have another room. Without
    `rooms`, of sessions that have taken none yet, only sites are looked at."""
    spans = {each.pk: spans_of(each) for each in sessions}
    moments = [moment for each in spans.values() for span in each for moment in span]
    closures = list(Closure.objects.between(min(moments), max(moments)).order_by("begins_at", "pk"))
    off = {
        each.pk: RepairMove.CLOSED for each in sessions if any(_shuts(one, each, spans) for one in closures)
    }
    of_rooms = [each for each in closures if each.room_id is not None]
    if not of_rooms or not rooms:
        return off, {}
    open_still = [each for each in sessions if each.pk not in off]
    struck = _struck(open_still, of_rooms, spans)
    rehoused: dict[int, Rooms] = {}
    given: dict[int, list[Days]] = defaultdict(list)
    for each in open_still:
        if (shut := struck.get(each.pk)) is None:
            continue
        if (found := _instead(each, shut, given)) is None:
            off[each.pk] = RepairMove.SHUT
        else:
            rehoused[each.pk] = found
    return off, rehoused


def _shuts(closure: Closure, session: Session, spans: Mapping[int, Sequence[Span]]) -> bool:
    """Whether its site, or the whole office, is shut while it is held."""
    if closure.room_id is not None or session.place_id is None:
        return False
    here = closure.place_id in (None, session.place_id)
    return here and _meets(closure, spans[session.pk])


def _meets(closure: Closure, spans: Iterable[Span]) -> bool:
    return any(begins < closure.ends_at and closure.begins_at < ends for begins, ends in spans)


@dataclass(frozen=True)
class _Struck:
    things: Sequence[Resource]
    shut: Collection[int]
    """Of the things, the rooms that are shut, or a part of which is."""


def _struck(
    sessions: Iterable[Session], closures: Iterable[Closure], spans: Mapping[int, Sequence[Span]]
) -> dict[int, _Struck]:
    by_number = {each.pk: each for each in sessions}
    taken = Taking.objects.standing().filter(
        reservation__about_kind=KIND, reservation__about_id__in=by_number, asked_for=True
    )
    rows = taken.exclude(resource__kind=Resource.PERSON).select_related("resource").order_by("resource")
    things: dict[int, dict[int, Resource]] = defaultdict(dict)
    for row in rows.select_related("resource", "reservation"):
        if row.reservation is not None and row.reservation.about_id is not None:
            things[row.reservation.about_id][row.resource_id] = row.resource
    whole_of = defaultdict(set)
    for whole, part in ResourcePart.objects.values_list("whole_id", "part_id"):
        whole_of[part].add(whole)
    found = {}
    for number, those in things.items():
        shut = {
            room
            for closure in closures
            if _meets(closure, spans[number])
            for room in {closure.room_id or 0, *whole_of[closure.room_id or 0]}
            if room in those
        }
        if shut:
            found[number] = _Struck(list(those.values()), shut)
    return found


def _instead(session: Session, struck: _Struck, given: dict[int, list[Days]]) -> Rooms | None:
    """For each room that is shut the smallest other at the site that will do, and that no other session of
    this repair is given on one of the days; None where one of them cannot be replaced."""
    days = frozenset(session.days)
    stay = [each for each in struck.things if each.pk not in struck.shut]
    after = [each.pk for each in stay]
    seats = sum(each.capacity for each in stay if each.kind == Resource.ROOM)
    for each in struck.things:
        if each.pk not in struck.shut:
            continue
        wanted = min(each.capacity, max(session.capacity - seats, 1))
        room = _room_like(each, session, wanted, [*after, *(one.pk for one in struck.things)], given)
        if room is None:
            return None
        after.append(room.pk)
        given[room.pk].append(days)
        seats += room.capacity
    return Rooms(tuple(sorted(each.pk for each in struck.things)), tuple(sorted(after)))


def _room_like(
    room: Resource, session: Session, seats: int, leave_out: Collection[int], given: Mapping[int, list[Days]]
) -> Resource | None:
    """Without steps where this one has none, and with what people may need to take part."""
    days = frozenset(session.days)
    access = set(Feature.objects.filter(resources=room, is_access=True).values_list("pk", flat=True))
    rows = free_rooms(
        session.days, session.begins, session.ends, place=room.place, capacity=seats,
        sort=session.version.room,
    )  # fmt: skip
    for each in rows:
        busy = any(not days.isdisjoint(others) for others in given.get(each.pk, ()))
        if busy or each.pk in leave_out or (room.step_free and not each.step_free):
            continue
        if not access or access <= set(each.features.values_list("pk", flat=True)):
            return each
    return None
