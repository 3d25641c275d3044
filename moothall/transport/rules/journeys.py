"""Which journeys a day asks for, by the timetable alone: every passenger, day and direction once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from moothall.transport.models import Bell, Centre, Closure, Home, Stay, Term, Travel
from moothall.transport.models.journey import FROM, TO


@dataclass(frozen=True)
class Due:
    """One passenger is to be taken there or back on a day, from or to a home, for a bell."""

    passenger: int
    day: dt.date
    direction: str
    centre: int
    home: int | None
    bell_at: dt.time | None

    @property
    def unit(self) -> tuple[int, dt.date, str]:
        """What must never be lost."""
        return self.passenger, self.day, self.direction


@dataclass(frozen=True)
class Opening:
    """Which centres open on a day, and until when."""

    on: dt.date
    terms: frozenset[int]
    shut: Mapping[str, frozenset[int]]
    early: Mapping[tuple[str, int], dt.time]

    def is_open(self, centre: Centre) -> bool:
        if self.on.weekday() > 4 or (centre.closed_on is not None and centre.closed_on < self.on):
            return False
        if centre.pk in self.shut["centre"]:
            return False
        if centre.calendar_id is None:
            return True
        return centre.calendar_id in self.terms and centre.calendar_id not in self.shut["calendar"]

    def ends(self, centre: Centre, usual: dt.time | None) -> dt.time | None:
        """When the day ends there: early, if it closes early."""
        times = [self.early.get(("centre", centre.pk)), self.early.get(("calendar", centre.calendar_id or 0))]
        found = [each for each in (usual, *times) if each is not None]
        return min(found) if found else None


def opening_on(day: dt.date) -> Opening:
    """Two questions, however many centres there are."""
    terms = Term.objects.filter(first_on__lte=day, last_on__gte=day).values_list("calendar_id", flat=True)
    shut: dict[str, set[int]] = {"centre": set(), "calendar": set()}
    early: dict[tuple[str, int], dt.time] = {}
    for row in Closure.objects.between(day, day):
        kind = "centre" if row.centre_id is not None else "calendar"
        number = row.centre_id or row.calendar_id or 0
        if row.kind == Closure.EARLY and row.closes_at is not None:
            early[kind, number] = min(row.closes_at, early.get((kind, number), row.closes_at))
        else:
            shut[kind].add(number)
    return Opening(day, frozenset(terms), {key: frozenset(each) for key, each in shut.items()}, early)


def journeys_of(day: dt.date) -> list[Due]:
    """Every journey the timetable asks for on a day, in order: (passenger, day, direction) each once.

    Six questions to the database, however many passengers travel.
    """
    here = Q(passenger__left_on=None) | Q(passenger__left_on__gte=day)
    travels = Travel.objects.in_force(day).filter(here).select_related("centre")
    wanted = [each for each in travels if each.holds(day)]
    opening = opening_on(day)
    bells = _bells(day)
    homes = _homes(day, {each.passenger_id for each in wanted})
    found: dict[tuple[int, dt.date, str], Due] = {}
    for travel in wanted:
        if opening.is_open(travel.centre):
            for due in _of(travel, day, opening, bells, homes):
                found.setdefault(due.unit, due)
    return sorted(found.values(), key=lambda each: (each.direction != TO, each.passenger))


Bells = Mapping[tuple[int, str], Bell]
Homes = Mapping[tuple[int, str], int]


def _of(travel: Travel, day: dt.date, opening: Opening, bells: Bells, homes: Homes) -> Iterator[Due]:
    bell = bells.get((travel.centre_id, travel.session))
    begins = bell.begins if bell is not None else None
    ends = opening.ends(travel.centre, bell.ends if bell is not None else None)
    for direction, asked, rings in ((TO, travel.there, begins), (FROM, travel.back, ends)):
        if asked:
            home = homes.get((travel.passenger_id, direction))
            yield Due(travel.passenger_id, day, direction, travel.centre_id, home, rings)


def _bells(day: dt.date) -> Bells:
    rows = Bell.objects.in_force(day).filter(weekdays__contains=[day.weekday()])
    return {(each.centre_id, each.session): each for each in rows}


def _homes(day: dt.date, passengers: Iterable[int]) -> Homes:
    """Where each is fetched and brought: the main home, unless a pattern says another."""
    asked = list(passengers)
    found: dict[tuple[int, str], int] = {}
    for home in Home.objects.in_force(day).filter(passenger__in=asked, is_main=True):
        found[home.passenger_id, TO] = found[home.passenger_id, FROM] = home.pk
    stays: dict[int, list[Stay]] = defaultdict(list)
    for stay in Stay.objects.in_force(day).filter(passenger__in=asked):
        if stay.holds(day):
            stays[stay.passenger_id].append(stay)
    for passenger, rows in stays.items():
        for each in rows:
            if each.morning:
                found[passenger, TO] = each.home_id
            if each.afternoon:
                found[passenger, FROM] = each.home_id
    return found
