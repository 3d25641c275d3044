"""Which times are free: a room is open and nobody is in it, a colleague works and sees nobody. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from moothall.bookings.models import (
    Appointment,
    AppointmentKind,
    Closure,
    KindTaker,
    OpeningHours,
    Resource,
    Taking,
)
from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.wall import for_the_office
from moothall.core.clock import LONDON
from moothall.people.barring import Bar, bars_of_accounts
from moothall.people.models import Account, Place
from moothall.people.models.working import (
    LanguageSkill,
    Span,
    Working,
    at_on,
    days_between,
    without,
    working_times,
)

Busy = dict[int, list[Span]]


@dataclass(frozen=True)
class Slot:
    """A time at which this kind of appointment can take place: with any of these, in any of these rooms."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    staff: tuple[Account, ...]
    rooms: tuple[Resource, ...]

    @property
    def key(self) -> str:
        return self.starts_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")


@dataclass
class Book:
    """Everything that decides what is free between two days, read once."""

    kind: AppointmentKind
    staff: list[Account]
    rooms: list[Resource]
    working: Working
    known: set[int]
    busy_staff: Busy
    busy_rooms: Busy
    opening: "Opening"
    day_load: dict[tuple[int, dt.date], int] = field(default_factory=dict)
    barred: dict[int, list[Bar]] = field(default_factory=dict)

    def may(self, account: Account, day: dt.date) -> bool:
        """Whether somebody may be given this kind of appointment on that day."""
        return not any(bar.holds(day) for bar in self.barred.get(account.pk, ()))


@dataclass
class Opening:
    """When places and rooms are open."""

    hours: dict[tuple[int, int | None], list[OpeningHours]]
    closures: list[Closure]
    holidays: set[dt.date]

    def of_room(self, room: Resource, day: dt.date) -> list[Span]:
        rows = self._rows(room.place_id, room.pk, day) or self._rows(room.place_id, None, day)
        missed = [
            (each.begins_at, each.ends_at)
            for each in self.closures
            if (each.room_id or room.pk) == room.pk and (each.place_id or room.place_id) == room.place_id
        ]
        return without(self._spans(rows, day), missed)

    def of_place(self, place_id: int, day: dt.date) -> list[Span]:
        """When a place is open, whatever its rooms do; also for what needs no room."""
        missed = [
            (each.begins_at, each.ends_at)
            for each in self.closures
            if each.room_id is None and (each.place_id or place_id) == place_id
        ]
        return without(self._spans(self._rows(place_id, None, day), day), missed)

    def _rows(self, place_id: int, room_id: int | None, day: dt.date) -> list[OpeningHours]:
        found = self.hours.get((place_id, room_id), [])
        return [row for row in found if row.from_on <= day and (row.until_on is None or row.until_on >= day)]

    def _spans(self, rows: list[OpeningHours], day: dt.date) -> list[Span]:
        if day in self.holidays:
            return []
        return [
            (at_on(day, row.opens), at_on(day, row.closes)) for row in rows if row.weekday == day.weekday()
        ]


def places_for_appointments() -> QuerySet[Place]:
    """Where there are rooms in which appointments take place."""
    rooms = Resource.objects.filter(kind=Resource.ROOM, for_appointments=True, retired_at=None)
    return Place.objects.filter(pk__in=rooms.values("place_id")).order_by("name", "id")


def read_opening(first: dt.date, last: dt.date) -> Opening:
    hours: dict[tuple[int, int | None], list[OpeningHours]] = defaultdict(list)
    for row in OpeningHours.objects.in_force(first, last):
        hours[row.place_id, row.room_id].append(row)
    begins, ends = at_on(first, dt.time(0)), at_on(last + dt.timedelta(days=1), dt.time(0))
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    holidays = {
        day for day in days_between(first, last) if day.weekday() < 5 and not calendar.is_working_day(day)
    }
    return Opening(hours, list(Closure.objects.between(begins, ends)), holidays)


def takers_of(kind: AppointmentKind, *, language: str = "") -> list[Account]:
    """Who may take it, those who work in the person's language first."""
    named = KindTaker.objects.filter(kind=kind)
    people = Account.objects.filter(pk__in=named.values("account_id"), is_active=True).order_by("name", "id")
    found = list(people) or list(Account.objects.working_in(kind.team_id))
    welsh = LanguageSkill.objects.filter(language="cy", level__gte=LanguageSkill.WORKING)
    speakers = set(welsh.filter(account__in=found).values_list("account_id", flat=True))
    if kind.welsh_needed:
        return [each for each in found if each.pk in speakers]
    if language == "cy":
        return sorted(found, key=lambda each: each.pk not in speakers)
    return found


def read_book(
    kind: AppointmentKind,
    *,
    place: Place | None,
    first: dt.date,
    last: dt.date,
    language: str = "",
    staff: Account | None = None,
    leave_out: Appointment | None = None,
) -> Book:
    people = [each for each in takers_of(kind, language=language) if staff is None or each.pk == staff.pk]
    rooms = list(Resource.objects.rooms().filter(place=place)) if kind.needs_room and place else []
    working = working_times([each.pk for each in people], first, last)
    begins, ends = at_on(first, dt.time(0)), at_on(last + dt.timedelta(days=2), dt.time(0))
    taken = Appointment.objects.standing().filter(taken__overlap=(begins, ends))
    if leave_out is not None:
        taken = taken.exclude(pk=leave_out.pk)
    busy_staff: Busy = defaultdict(list)
    busy_rooms: Busy = defaultdict(list)
    load: dict[tuple[int, dt.date], int] = defaultdict(int)
    with for_the_office():  # what is taken is taken, also for a case that must not be known of
        spans = list(taken.values_list("staff_id", "room_id", "taken"))
    for staff_id, room_id, span in spans:
        busy_staff[staff_id].append((span.lower, span.upper))
        busy_rooms[room_id].append((span.lower, span.upper))
        load[staff_id, span.lower.astimezone(LONDON).date()] += 1
    for room_id, account_id, span in _taken_otherwise(rooms, people, (begins, ends)):
        busy_rooms[room_id].append((span.lower, span.upper))
        busy_staff[account_id].append((span.lower, span.upper))
    return Book(
        kind, people, rooms, working, {account for account, _day in working}, busy_staff, busy_rooms,
        read_opening(first, last), load,
        bars_of_accounts(people, activity=kind.needs, first=first, last=last),
    )  # fmt: skip


def _taken_otherwise(
    rooms: Collection[Resource], people: Collection[Account], within: Span
) -> list[tuple[int, int, Any]]:
    """What reservations take of these, and appointments in rooms of which these are parts."""
    taken = Taking.objects.between(*within).filter(Q(resource__in=rooms) | Q(resource__account__in=people))
    other = taken.filter(Q(appointment_number=None) | Q(asked_for=False))
    return list(other.values_list("resource_id", "resource__account_id", "blocked"))


def free_slots(
    book: Book, days: Collection[dt.date], *, place: Place | None, after: dt.datetime
) -> list[Slot]:
    """Every free time on these days, in order, none before `after`."""
    return [slot for day in days for slot in _slots_of(book, day, place=place) if slot.starts_at > after]


def _slots_of(book: Book, day: dt.date, *, place: Place | None) -> Iterator[Slot]:
    open_rooms = {room.pk: book.opening.of_room(room, day) for room in book.rooms}
    whole = [span for spans in open_rooms.values() for span in spans]
    if not book.kind.needs_room and place is not None:
        whole = book.opening.of_place(place.pk, day)
    for starts_at in _beginnings(book.kind, day, whole):
        ends_at = starts_at + dt.timedelta(minutes=book.kind.minutes)
        taken = (starts_at, ends_at + dt.timedelta(minutes=book.kind.buffer_minutes))
        rooms = tuple(
            room
            for room in book.rooms
            if _inside((starts_at, ends_at), open_rooms[room.pk]) and _free(taken, book.busy_rooms, room.pk)
        )
        staff = _staff_for(book, day, (starts_at, ends_at), taken)
        if staff and (rooms or not book.kind.needs_room):
            yield Slot(starts_at, ends_at, staff, rooms)


def _staff_for(book: Book, day: dt.date, seen: Span, taken: Span) -> tuple[Account, ...]:
    """Who is there and free, whoever sees fewest that day first. Of whom no hours are known, the opening
    hours count."""
    found = [
        each
        for each in book.staff
        if book.may(each, day)
        and (each.pk not in book.known or _inside(seen, book.working.get((each.pk, day), [])))
        and _free(taken, book.busy_staff, each.pk)
    ]
    return tuple(sorted(found, key=lambda each: book.day_load.get((each.pk, day), 0)))


def _beginnings(kind: AppointmentKind, day: dt.date, spans: list[Span]) -> list[dt.datetime]:
    """The times on the wall at which it may begin, on the steps of its kind, inside any of the spans."""
    minutes = range(0, 24 * 60, kind.every_minutes)
    walls = (dt.datetime.combine(day, dt.time(0)) + dt.timedelta(minutes=each) for each in minutes)
    found = []
    length = dt.timedelta(minutes=kind.minutes)
    for wall in walls:
        at = wall.replace(tzinfo=LONDON)
        exists = at.astimezone(dt.UTC).astimezone(LONDON).replace(tzinfo=None) == wall
        if exists and _inside((at.astimezone(dt.UTC), at.astimezone(dt.UTC) + length), spans):
            found.append(at.astimezone(dt.UTC))
    return found


def _inside(span: Span, others: list[Span]) -> bool:
    return any(begins <= span[0] and span[1] <= ends for begins, ends in others)


def _free(span: Span, busy: Busy, key: int) -> bool:
    return not any(begins < span[1] and span[0] < ends for begins, ends in busy.get(key, []))
