"""Beds of sessions that are published together: sold by kind, and named in the week before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.db import transaction

from moothall.bookings.models import BedKind, Reservation, Resource, Stay
from moothall.bookings.rules.beds import Beds, sell
from moothall.bookings.rules.named_beds import give_bed, give_bed_back
from moothall.bookings.rules.nights import DAY, Nights, left
from moothall.bookings.rules.reserving import reserve
from moothall.core.clock import in_london
from moothall.people.models import Account, Place
from moothall.training.models import CourseVersion, Nomination, Session

from .beds import KIND, whole_of
from .carrying_out import Work
from .planned import WITHDRAWN, Difference

WEEK: Final = dt.timedelta(days=7)


@dataclass
class Taken:
    """How many beds a publishing took, and how many more were wanted."""

    beds: int = 0
    short: int = 0


def take_beds(work: Work) -> Taken:
    """For whoever comes to a session of several days in a row at a site with bedrooms, of the kind the
    schedule says, as far as there are any. The nights are sold by kind; nobody is named yet."""
    found = Taken()
    kind = work.version.schedule.bed_kind
    if kind is None:
        return found
    houses = set(
        Resource.objects.filter(bed_kind__isnull=False, retired_at=None).values_list("place", flat=True)
    )
    wanted = [each for each in work.differences if each.sort != WITHDRAWN and _sleeps(work, each, houses)]
    places = Place.objects.in_bulk([each.line.place_id for each in wanted])
    versions = CourseVersion.objects.select_related("course").in_bulk(
        {each.line.course_version_id for each in wanted}
    )
    booked = houses_of([work.sessions[each.key].pk for each in wanted])
    for each in wanted:
        session, version = work.sessions[each.key], versions[each.line.course_version_id]
        if version.room != CourseVersion.ONLINE:
            session.version = version
            _take(work, session, kind, places[each.line.place_id], booked.get(session.pk), found, each)
    return found


def _sleeps(work: Work, each: Difference, houses: Collection[int]) -> bool:
    """Whether its days follow each other, so that people stay in between."""
    nights = any(later - day == DAY for day, later in pairwise(each.line.days))
    return nights and each.line.place_id in houses and work.sessions[each.key].is_standing


def _take(
    work: Work, session: Session, kind: BedKind, place: Place, house: Reservation | None, found: Taken,
    each: Difference,
) -> None:  # fmt: skip
    people = len(each.line.people) or each.line.places
    there = house.stays.standing().count() if house is not None else 0
    begins, ends = whole_of(session)
    first, until = Beds(1, place, kind).nights(begins, ends)
    nights = Nights(place, kind, first, until)
    number = min(people - there, max(min(left(nights).values()), 0))
    if people > there:
        found.short += people - there - number
    if number < 1:
        return
    found.beds += number
    if house is not None:
        sell(nights=nights, guests=[""] * number, by=work.by, at=work.at, reservation=house)
        return
    reserve(
        title=str(session.version.course), resources=[], starts_at=begins, ends_at=ends, by=work.by,
        at=work.at, about_kind=KIND, about_id=session.pk, beds=[Beds(number, place, kind)],
    )  # fmt: skip


def houses_of(sessions: Collection[int]) -> dict[int, Reservation]:
    """The bookings of the beds of these sessions."""
    rows = Reservation.objects.standing().filter(about_kind=KIND, about_id__in=sessions)
    return {each.about_id: each for each in rows if each.about_id is not None}


def name_beds(*, today: dt.date, at: dt.datetime) -> int:
    """Each night: beds of sessions that begin within a week are in the names of those who have a place, and
    of nobody who has none any more. Again it changes nothing; the answer is how many were named."""
    until = today + WEEK
    rows = Reservation.objects.standing().filter(about_kind=KIND, ends_at__gte=at)
    soon = [each for each in rows.order_by("pk") if in_london(each.starts_at).date() <= until]
    return sum(_name(each, at=at) for each in soon)


@transaction.atomic
def _name(house: Reservation, *, at: dt.datetime) -> int:
    session = Session.objects.select_for_update(of=("self",)).filter(pk=house.about_id or 0).first()
    if session is None:
        return 0
    rows = Nomination.objects.placed().filter(session=session).select_related("employment__person")
    people = [each.employment.person for each in rows.order_by("placed_at", "pk")]
    unname([house], {each.pk for each in people}, by=None, at=at)
    there = set(house.stays.standing().exclude(person=None).values_list("person", flat=True))
    free = house.stays.to_come().filter(person=None, guest="").count()
    fresh = [each for each in people if each.pk not in there][:free]
    for person in fresh:
        give_bed(reservation=house, person=person, by=None, at=at)
    return len(fresh)


def unname(
    houses: Sequence[Reservation], coming: Collection[int], *, by: Account | None, at: dt.datetime
) -> None:
    """Beds of these in the name of somebody who does not come are in nobody's."""
    rows = Stay.objects.to_come().filter(reservation__in=houses, person__isnull=False)
    by_house = {each.pk: each for each in houses}
    for each in rows.exclude(person__in=coming).select_related("person").order_by("pk"):
        if each.person is not None and each.reservation_id is not None:
            give_bed_back(reservation=by_house[each.reservation_id], person=each.person, by=by, at=at)


def unname_those_who_left(work: Work) -> None:
    """Whoever lost their place by this publishing has no bed of that session either."""
    houses = houses_of([each.pk for each in work.sessions.values()])
    if not houses:
        return
    coming: dict[int, set[int]] = defaultdict(set)
    rows = Nomination.objects.placed().filter(session__in=houses).order_by()
    for session, person in rows.values_list("session_id", "employment__person_id"):
        coming[session].add(person)
    for number, house in houses.items():
        unname([house], coming[number], by=work.by, at=work.at)
