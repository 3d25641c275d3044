"""What is free for a whole session: rooms on all of its days, and first days on which it could be held."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.bookings.models import Closure, Resource, Taking
from moothall.bookings.models.resource import ResourceQuerySet
from moothall.bookings.rules.beds import fitting_along
from moothall.bookings.rules.free import free_resources, with_parts
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.refusals import Refusal
from moothall.people.models import Place
from moothall.people.models.working import Span, at_on
from moothall.training.models import CourseVersion, Session, TrainerDay

from .beds import house_of
from .rooms import KIND, diaries_of, reservations_of

ONE: Final = dt.timedelta(days=1)
AROUND, OFFERED, MOST = 40, 3, 60  # working days to either side; so many offered; so many rooms shown


class CannotBeThen(Refusal):
    """What stands in the way of a session, and the nearest first days on which nothing would."""


def free_for(session: Session, *, kind: str, place: Place | None = None, capacity: int = 0) -> list[Resource]:
    """What is free on every day of it, what it has itself included, the smallest that will do first."""
    own = {each.pk for each in reservations_of(session)}
    found: set[int] | None = None
    rows: list[Resource] = []
    for day in session.days:
        span = at_on(day, session.begins), at_on(day, session.ends)
        mine = [pk for pk in own if found is None or found]
        rows = _free_on(span, kind=kind, place=place, capacity=capacity, own=mine)
        ids = {each.pk for each in rows}
        found = ids if found is None else found & ids
    return [each for each in rows if each.pk in (found or ())][:MOST]


def _free_on(
    span: Span, *, kind: str, place: Place | None, capacity: int, own: Collection[int]
) -> list[Resource]:
    free = free_resources(kind=kind, starts_at=span[0], ends_at=span[1], place=place, capacity=capacity)
    rows = list(free.select_related("place").prefetch_related("features"))
    if own:
        there = {each.pk for each in rows}
        mine = Resource.objects.of_kind(kind).filter(takings__reservation__in=own, takings__stands=True)
        rows += [each for each in mine.prefetch_related("features").distinct() if each.pk not in there]
    return rows


def of_sort(sort: str, place: Place | None) -> ResourceQuerySet:
    """The rooms that are for courses of this sort, by what they are marked with."""
    rooms = Resource.objects.filter(kind=Resource.ROOM, retired_at=None)
    here = rooms.filter(place=place) if place is not None else rooms
    marked = CourseVersion.MARKED
    if sort in marked:
        mine = here.filter(features__key=marked[sort])
        if mine.exists():
            return mine
    plain = here.exclude(features__key__in=list(marked.values()))
    return plain if plain.exists() else here


def smallest_room(
    days: Sequence[dt.date], begins: dt.time, ends: dt.time, *, place: Place | None, capacity: int,
    sort: str = CourseVersion.CLASSROOM,
) -> Resource | None:  # fmt: skip
    """The smallest room of a site that will do on all of these days."""
    found = free_rooms(days, begins, ends, place=place, capacity=capacity, sort=sort)
    return found[0] if found else None


def free_rooms(
    days: Sequence[dt.date], begins: dt.time, ends: dt.time, *, place: Place | None, capacity: int,
    sort: str = CourseVersion.CLASSROOM,
) -> list[Resource]:  # fmt: skip
    """The rooms of a site that seat so many, are of the sort that the course needs, and are free on all of
    these days, the smallest first. Gyms, ranges and the like are taken for what needs them alone; where there
    is none of a sort, any room will do."""
    wanted = of_sort(sort, place).order_by().values("pk")
    found: set[int] | None = None
    rows: list[Resource] = []
    for day in days:
        free = free_resources(
            kind=Resource.ROOM, starts_at=at_on(day, begins), ends_at=at_on(day, ends), place=place,
            capacity=capacity,
        )  # fmt: skip
        rows = list(free.filter(asks_approval=False, pk__in=wanted))
        ids = {each.pk for each in rows}
        found = ids if found is None else found & ids
    return [each for each in rows if each.pk in (found or ())]


def nearest_first_days(
    session: Session,
    things: Sequence[Resource],
    trainers: Collection[int],
    *,
    wanted: dt.date,
    today: dt.date,
) -> list[dt.date]:
    """The three first days nearest to the one wanted on which its trainers and all it takes are free."""
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    length = len(session.days)
    days = [wanted]
    for _number in range(AROUND + length):
        days.append(calendar.add_working_days(days[-1], 1))
    before = wanted - ONE * (AROUND * 2)
    earlier = [
        day
        for number in range((wanted - before).days)
        if calendar.is_working_day(day := before + ONE * number)
    ]
    line = [*earlier, *days]
    busy = _busy_days(session, things, trainers, line[0], line[-1])
    house = house_of(session)
    sleep = fitting_along(house) if house is not None else None
    runs = [line[number : number + length] for number in range(len(line) - length + 1)]
    free = [run for run in runs if run[0] > today and not busy.intersection(run)]
    found: list[dt.date] = []
    for run in sorted(free, key=lambda run: (abs((run[0] - wanted).days), run[0])):
        if sleep is None or sleep(at_on(run[0], session.begins), at_on(run[-1], session.ends)):
            found.append(run[0])
        if len(found) == OFFERED:
            break
    return sorted(found)


def _busy_days(
    session: Session, things: Sequence[Resource], trainers: Collection[int], first: dt.date, last: dt.date
) -> set[dt.date]:
    """The days on which a trainer teaches elsewhere, or one of the things is taken or shut at its hours."""
    teaching = TrainerDay.objects.filter(trainer__in=trainers, day__gte=first, day__lte=last)
    found = set(teaching.exclude(session=session).values_list("day", flat=True))
    wanted = [*things, *diaries_of(trainers)]
    if not wanted:
        return found
    around = (at_on(first, dt.time(0)), at_on(last + ONE, dt.time(0)))
    spans = _taken(session, wanted, around)
    before = dt.timedelta(minutes=max(each.setup_minutes for each in wanted))
    after = dt.timedelta(minutes=max(each.cleardown_minutes for each in wanted))
    day = first
    while day <= last:
        begins, ends = at_on(day, session.begins) - before, at_on(day, session.ends) + after
        if any(one < ends and begins < other for one, other in spans):
            found.add(day)
        day += ONE
    return found


def _taken(session: Session, wanted: Sequence[Resource], around: Span) -> list[Span]:
    ids = with_parts([each.pk for each in wanted])
    rows = Taking.objects.between(*around).filter(resource__in=ids).filter(
        Q(reservation=None) | ~Q(reservation__about_kind=KIND, reservation__about_id=session.pk)
    )  # fmt: skip
    spans = [(each.lower, each.upper) for each in rows.values_list("blocked", flat=True)]
    places = {each.place_id for each in wanted}
    shut = Closure.objects.between(*around).filter(
        Q(room__in=ids) | Q(room=None, place__in=places) | Q(room=None, place=None)
    )
    return spans + list(shut.values_list("begins_at", "ends_at"))


def cannot_be_then(
    refusal: Refusal, session: Session, things: Sequence[Resource], trainers: Collection[int], *,
    wanted: dt.date, today: dt.date,
) -> CannotBeThen:  # fmt: skip
    """The same refusal, with the nearest first days on which all of it could be held."""
    days = nearest_first_days(session, things, trainers, wanted=wanted, today=today)
    if not days:
        return CannotBeThen(
            refusal.sentence, _("Nothing within eight weeks suits all of it: take another room.")
        )
    said = "; ".join(date_format(day, "l j F Y") for day in days)
    return CannotBeThen(refusal.sentence, _("It could begin on: %(days)s.") % {"days": said})
