"""Rows for tests of appointments: a place that is open from nine to five on working days, with one room."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.bookings.models import (
    Appointment,
    AppointmentKind,
    BedKind,
    Reservation,
    Resource,
    ResourcePart,
    Stay,
)
from moothall.bookings.rules.beds import sell
from moothall.bookings.rules.booking import book_appointment
from moothall.bookings.rules.nights import Nights
from moothall.bookings.rules.reserving import reserve
from moothall.bookings.rules.setting import Hours, save_kind, save_room, set_opening_hours
from moothall.cases.tests.make import AT, WORKER
from moothall.core.clock import LONDON
from moothall.letters.tests.make import make_template
from moothall.people.models import Account, Place, Team
from moothall.people.tests.make import make_account, make_person, make_team

BOOKER = (*WORKER, "bookings.book")
SETTER = (*BOOKER, "bookings.manage")
SINCE = dt.date(2026, 1, 1)
MONDAY = dt.date(2026, 11, 30)
NINE_TO_FIVE = tuple(Hours(day, dt.time(9), dt.time(17)) for day in range(5))
_numbers = count(1)


def make_place(*, hours: tuple[Hours, ...] = NINE_TO_FIVE, rooms: int = 1, **changes: Any) -> Place:
    given = {"name": f"Hall {next(_numbers)}", "address": "1 High Street"}
    place = Place.objects.create(**given | changes)
    set_opening_hours(place, room=None, hours=hours, from_on=SINCE, by=None, at=AT)
    for number in range(1, rooms + 1):
        make_room(place=place, name=f"Room {number}")
    return place


def make_room(*, place: Place, **changes: Any) -> Resource:
    given: dict[str, Any] = {"name": f"Room {next(_numbers)}", "by": None, "at": AT}
    return save_room(None, place=place, **given | changes)


def make_booker(*, team: Team, **changes: Any) -> Account:
    return make_account(*BOOKER, team=team, **changes)


def make_kind(*, team: Team | None = None, **changes: Any) -> AppointmentKind:
    """Half an hour in a room, on the half hour, with anybody in the team."""
    given: dict[str, Any] = {
        "name": f"Advice {next(_numbers)}", "team": team or make_team(), "minutes": 30, "every_minutes": 30,
        "by": None, "at": AT,
    }  # fmt: skip
    return save_kind(None, **given | changes)


def wall(hour: int, minute: int = 0, *, on: dt.date = MONDAY) -> dt.datetime:
    """That time on the wall of that day, in UTC."""
    return dt.datetime.combine(on, dt.time(hour, minute), tzinfo=LONDON).astimezone(dt.UTC)


def make_appointment(kind: AppointmentKind, place: Place | None, **changes: Any) -> Appointment:
    person = changes.pop("person", None) or make_person()
    given: dict[str, Any] = {
        "kind": kind, "place": place, "starts_at": wall(10), "person": person, "by": None, "at": AT,
    }  # fmt: skip
    return book_appointment(**given | changes)


def make_letters() -> None:
    words = "{person.greeting} {appointment.day} {appointment.time} {appointment.where}"
    for name in ("booked", "moved", "cancelled", "reminder"):
        make_template(
            key=f"appointment-{name}", subject_en=f"It is {name}", body_en=words,
            subject_cy=f"Mae {name}", body_cy=words,
        )  # fmt: skip


def make_resource(*, place: Place | None = None, **changes: Any) -> Resource:
    """A room for ten people, in a place of its own unless one is given."""
    given: dict[str, Any] = {
        "name": f"Hall {next(_numbers)}", "kind": Resource.ROOM, "capacity": 10, "for_appointments": False,
    }  # fmt: skip
    where = place or Place.objects.create(name=f"Site {next(_numbers)}")
    return Resource.objects.create(place=where, **given | changes)


def make_divided(*, place: Place | None = None) -> tuple[Resource, Resource, Resource]:
    """A hall that a wall divides, and its two halves."""
    whole = make_resource(place=place, capacity=20)
    halves = [make_resource(place=whole.place) for _ in range(2)]
    ResourcePart.objects.bulk_create(ResourcePart(whole=whole, part=each) for each in halves)
    return whole, halves[0], halves[1]


def make_reservation(*resources: Resource, **changes: Any) -> Reservation:
    """From ten to eleven on a Monday."""
    given: dict[str, Any] = {
        "title": "Interview board", "starts_at": wall(10), "ends_at": wall(11), "by": None, "at": AT,
        "resources": resources or ([] if "resources" in changes else [make_resource()]),
    }  # fmt: skip
    return reserve(**given | changes)


def make_bed_kinds() -> list[BedKind]:
    """Two kinds, the second better than the first."""
    return [
        BedKind.objects.get_or_create(level=level, defaults={"name": f"Kind {level}", "rate": 40 + level})[0]
        for level in range(2)
    ]


def make_bedrooms(*numbers: int, corridor: str = "A") -> Place:
    """A place with so many bedrooms of the first kind, of the second, and so on, along one corridor."""
    place = Place.objects.create(name=f"House {next(_numbers)}")
    along = count(1)
    for kind, number in zip(make_bed_kinds(), numbers, strict=False):
        for _each in range(number):
            make_resource(
                place=place,
                kind=Resource.BED,
                bed_kind=kind,
                corridor=corridor,
                along=next(along),
                capacity=1,
            )
    return place


def make_stay(place: Place, *, level: int = 0, needs: tuple[str, ...] = (), **changes: Any) -> Stay:
    """The night of the Monday, for somebody with a name."""
    first = changes.pop("arrives_on", MONDAY)
    until = changes.pop("leaves_on", first + dt.timedelta(days=1))
    guest = changes.pop("guest", f"Guest {next(_numbers)}")
    nights = Nights(place, make_bed_kinds()[level], first, until, needs)
    given: dict[str, Any] = {"by": None, "at": AT}
    [stay] = sell(nights=nights, guests=[guest], **given | changes)
    return stay
