"""Which resources are free from one moment until another, and when all of some are. Reads only."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from moothall.bookings.models import Closure, Feature, Resource, ResourcePart, Taking
from moothall.core.clock import LONDON, in_london
from moothall.people.models import Place
from moothall.people.models.working import Span

LOOK_AROUND, STEP, OFFERED = dt.timedelta(days=7), dt.timedelta(minutes=30), 3
LOOK_FAR, DAY = dt.timedelta(days=28), dt.timedelta(days=1)
EARLIEST, LATEST = dt.time(7), dt.time(21)


@dataclass(frozen=True)
class Nearest:
    """What could be had instead: other times for the same, and others at the same time."""

    times: tuple[Span, ...]
    others: tuple[Resource, ...]


def free_resources(
    *,
    kind: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: Place | None = None,
    capacity: int = 0,
    features: Collection[Feature] = (),
    step_free: bool = False,
    setup_minutes: int = 0,
    cleardown_minutes: int = 0,
    leave_out: int | None = None,
) -> QuerySet[Resource]:
    """Those of a kind that nothing takes or shuts, the smallest that will do first. A room that a wall
    divides is free when all of it is. `leave_out` is the reservation that is to be moved."""
    begins, ends = _widened(starts_at, ends_at, setup_minutes, cleardown_minutes)
    taken = Taking.objects.between(begins, ends)
    if leave_out is not None:
        taken = taken.filter(Q(reservation=None) | ~Q(reservation=leave_out))
    wholes = ResourcePart.objects.filter(whole=OuterRef("pk"), part__in=taken.values("resource"))
    shut = Closure.objects.between(begins, ends).filter(
        Q(room=OuterRef("pk")) | Q(room=None, place=OuterRef("place")) | Q(room=None, place=None)
    )
    found = Resource.objects.of_kind(kind).filter(capacity__gte=capacity)
    found = found.exclude(pk__in=taken.values("resource")).exclude(Exists(wholes)).exclude(Exists(shut))
    if place is not None:
        found = found.filter(place=place)
    if step_free:
        found = found.filter(step_free=True)
    for feature in features:
        found = found.filter(features=feature)
    return found.order_by("capacity", "place__name", "name", "id")


def _widened(begins: dt.datetime, ends: dt.datetime, before: int, after: int) -> Span:
    return begins - dt.timedelta(minutes=before), ends + dt.timedelta(minutes=after)


def nearest_free(
    resources: Sequence[Resource],
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    at: dt.datetime,
    setup_minutes: int = 0,
    cleardown_minutes: int = 0,
    leave_out: int | None = None,
    also: Callable[[dt.datetime, dt.datetime], bool] | None = None,
) -> Nearest:
    """The three times nearest to the one asked for at which all of these are free, and up to three others of
    the same kind and size that are free at that time. What takes hours is looked for within a week, what goes
    over a night in the four weeks around, day by day. `also` says whether anything else stands in the way."""
    begins, ends = _widened(starts_at, ends_at, setup_minutes, cleardown_minutes)
    busy = sorted(_busy(resources, (begins - LOOK_FAR, ends + LOOK_FAR), leave_out=leave_out))
    times: list[Span] = []
    for one, other in _shifts(starts_at, ends_at):
        clear = one > at and _clear(busy, one - (starts_at - begins), other + (ends - ends_at))
        if clear and (also is None or also(one, other)):
            times.append((one, other))
        if len(times) == OFFERED:
            break
    if not resources:
        return Nearest(tuple(sorted(times)), ())
    first = resources[0]
    others = free_resources(
        kind=first.kind, starts_at=starts_at, ends_at=ends_at, place=first.place, capacity=first.capacity,
        setup_minutes=setup_minutes, cleardown_minutes=cleardown_minutes, leave_out=leave_out,
    ).exclude(pk__in=[each.pk for each in resources])  # fmt: skip
    return Nearest(tuple(sorted(times)), tuple(others[:OFFERED]))


def _busy(resources: Sequence[Resource], around: Span, *, leave_out: int | None) -> Iterator[Span]:
    ids = with_parts([each.pk for each in resources])
    taken = Taking.objects.between(*around).filter(resource__in=ids)
    for reservation, span in taken.values_list("reservation_id", "blocked"):
        if leave_out is None or reservation != leave_out:
            yield span.lower, span.upper
    places = {each.place_id for each in resources}
    shut = Closure.objects.between(*around)
    shut = shut.filter(Q(room__in=ids) | Q(room=None, place__in=places) | Q(room=None, place=None))
    yield from shut.values_list("begins_at", "ends_at")


def _shifts(starts_at: dt.datetime, ends_at: dt.datetime) -> Iterator[Span]:
    """Times on the wall around the one asked for, the nearest first; by day within the hours of a day."""
    first, last = in_london(starts_at).replace(tzinfo=None), in_london(ends_at).replace(tzinfo=None)
    by_day, over_night = _by_day(starts_at, ends_at), first.date() != last.date()
    step, most = (DAY, LOOK_FAR) if over_night else (STEP, LOOK_AROUND)
    for number in range(1, int(most / step) + 1):
        for sign in (1, -1):
            one, other = _on_the_wall(first + sign * number * step), _on_the_wall(last + sign * number * step)
            if one is None or other is None or other - one < ends_at - starts_at:
                continue
            if not by_day or _by_day(one, other):
                yield one, other


def _on_the_wall(wall: dt.datetime) -> dt.datetime | None:
    """None in the hour that the clocks leave out in spring."""
    at = wall.replace(tzinfo=LONDON).astimezone(dt.UTC)
    return at if in_london(at).replace(tzinfo=None) == wall else None


def _by_day(begins: dt.datetime, ends: dt.datetime) -> bool:
    first, last = in_london(begins), in_london(ends)
    return first.date() == last.date() and first.time() >= EARLIEST and last.time() <= LATEST


def _clear(busy: Sequence[Span], begins: dt.datetime, ends: dt.datetime) -> bool:
    return not any(one < ends and begins < other for one, other in busy)


def with_parts(ids: Collection[int]) -> list[int]:
    """These and the parts of those that a wall divides, in the order of their numbers."""
    parts = ResourcePart.objects.filter(whole__in=ids).values_list("part_id", flat=True)
    return sorted({*ids, *parts})
