"""Appointments for programs: what is free, what is booked; booked, moved and cancelled by the same rules."""

import datetime as dt
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import Router, Schema, Status
from pydantic import Field

from moothall.cases.models import Case
from moothall.cases.rules.access import may_read
from moothall.cases.rules.acting import may_act
from moothall.core.api import Day, Id, Text, wrong
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.people.models import Account, Person, Place
from moothall.people.models.working import days_between
from moothall.people.requests import StaffRequest

from .models import Appointment, AppointmentKind
from .rules import booking
from .rules.slots import free_slots, places_for_appointments, read_book

MOST, MOST_DAYS = 100, 31
router = Router(tags=["Appointments"])


class AppointmentLine(Schema):
    id: int
    kind: str
    kind_id: int
    person: str
    case: str | None
    room: str | None
    staff: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: str


class FreeTime(Schema):
    starts_at: dt.datetime
    ends_at: dt.datetime
    staff: list[str]


class NewAppointment(Schema):
    """`person` and `case` are references, `staff` the address somebody signs in with, `place` an id."""

    kind: Id
    starts_at: dt.datetime
    person: Text
    place: Id | None = None
    staff: Text = ""
    case: Text = ""
    note: Annotated[Text, Field(max_length=300)] = ""


class Moving(Schema):
    starts_at: dt.datetime
    reason: Annotated[Text, Field(max_length=300)] = ""


class Cancelling(Schema):
    reason: Annotated[Text, Field(min_length=1, max_length=300)]
    tell: bool = True


def line(found: Appointment) -> AppointmentLine:
    return AppointmentLine(
        id=found.pk, kind=found.kind.name, kind_id=found.kind_id, person=found.person.reference,
        case=found.case.reference if found.case else None, room=found.room.name if found.room else None,
        staff=found.staff.email, starts_at=found.starts_at, ends_at=found.ends_at, state=found.state,
    )  # fmt: skip


def _aware(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None or not 1900 < at.year < 2200:
        raise wrong("starts_at", "Say which zone the time is in, such as 2026-11-24T10:00:00Z.")
    return at.astimezone(dt.UTC)


def _kind(request: StaffRequest, pk: int) -> AppointmentKind:
    kind = AppointmentKind.objects.in_use().filter(pk=pk).first()
    if kind is None or not request.user.standing().covers("bookings.book", [kind.team_id]):
        raise Http404
    return kind


def _place(pk: int | None) -> Place | None:
    places = places_for_appointments()
    found = places.filter(pk=pk).first() if pk else places.first()
    if pk and found is None:
        raise wrong("place", "No place with rooms has this id.")
    return found


def _find(request: StaffRequest, pk: int) -> Appointment:
    found = Appointment.objects.visible_to(request.user).shown().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/appointments", url_name="api_appointments", response=list[AppointmentLine])
@needs("bookings.book")
def find_appointments(
    request: StaffRequest,
    first: Day | None = None,
    last: Day | None = None,
    after: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> list[AppointmentLine]:
    """The appointments of one's teams between two days, by id; `after` is the id of the last one seen."""
    rows = Appointment.objects.visible_to(request.user).shown()
    rows = rows.filter(starts_at__date__gte=first) if first else rows
    rows = rows.filter(starts_at__date__lte=last) if last else rows
    rows = rows.filter(pk__gt=after) if after else rows
    return [line(each) for each in rows.order_by("pk")[:limit]]


@router.get("/free", url_name="api_free_times", response=list[FreeTime])
@needs("bookings.book")
def find_free_times(
    request: StaffRequest,
    kind: Id,
    first: Day,
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 7,
    place: Id | None = None,
) -> list[FreeTime]:
    """When a kind of appointment can take place."""
    wanted, where = _kind(request, kind), _place(place)
    last = first + dt.timedelta(days=days - 1)
    book = read_book(wanted, place=where, first=first, last=last)
    return [
        FreeTime(starts_at=slot.starts_at, ends_at=slot.ends_at, staff=[each.email for each in slot.staff])
        for slot in free_slots(book, days_between(first, last), place=where, after=now())
    ]


@router.post("/appointments", url_name="api_appointments", response={201: AppointmentLine})
@needs("bookings.book")
def book_one(request: StaffRequest, asked: NewAppointment) -> Status[AppointmentLine]:
    """Book, as the page does; a time that is taken is refused with the next free ones."""
    person = Person.objects.visible_to(request.user).filter(reference=asked.person.upper()).first()
    if person is None:
        raise wrong("person", "Nobody has this reference.")
    case = None
    if asked.case:
        case = Case.objects.visible_to(request.user).filter(reference=asked.case.upper()).first()
        if case is None or not may_read(case, request.user, at=now()):
            raise wrong("case", "No case has this reference.")
        if not may_act(case, request.user, "bookings.book"):
            raise PermissionDenied
    staff = Account.objects.filter(email__iexact=asked.staff, is_active=True).first() if asked.staff else None
    if asked.staff and staff is None:
        raise wrong("staff", "Nobody signs in with this address.")
    made = booking.book_appointment(
        kind=_kind(request, asked.kind), starts_at=_aware(asked.starts_at), person=person, case=case,
        place=_place(asked.place), staff=staff, note=asked.note, by=request.user, at=now(),
    )  # fmt: skip
    return Status(201, line(_find(request, made.pk)))


@router.post("/appointments/{appointment_id}/moving", url_name="api_moving", response=AppointmentLine)
@needs("bookings.book")
def move_one(request: StaffRequest, appointment_id: Id, asked: Moving) -> AppointmentLine:
    """Move it to another time, as the page does; the person is told."""
    found = _find(request, appointment_id)
    moved = booking.move_appointment(
        found, starts_at=_aware(asked.starts_at), reason=asked.reason, by=request.user, at=now()
    )
    return line(_find(request, moved.pk))


@router.post(
    "/appointments/{appointment_id}/cancellation", url_name="api_cancellation", response=AppointmentLine
)
@needs("bookings.book")
def cancel_one(request: StaffRequest, appointment_id: Id, asked: Cancelling) -> AppointmentLine:
    """Cancel it, with the reason."""
    found = _find(request, appointment_id)
    booking.cancel_appointment(found, reason=asked.reason, tell=asked.tell, by=request.user, at=now())
    return line(_find(request, found.pk))
