"""What every page of appointments begins with: places, kinds, a day, one appointment."""

import datetime as dt

from django.http import Http404
from django.utils.dateparse import parse_date

from moothall.bookings.models import Appointment, AppointmentKind, Resource
from moothall.bookings.rules.slots import places_for_appointments
from moothall.core.clock import today
from moothall.people.models import Place
from moothall.people.requests import StaffRequest

FARTHEST = dt.timedelta(days=3 * 366)
SATURDAY = 5


def places_with_rooms() -> list[Place]:
    return list(places_for_appointments())


def places_with_anything() -> list[Place]:
    """Where something can be booked at all: those that have a front desk."""
    used = Resource.objects.filter(retired_at=None)
    return list(Place.objects.filter(pk__in=used.values("place_id")).order_by("name", "id"))


def chosen_place(request: StaffRequest, places: list[Place]) -> Place | None:
    """The place asked for, else the first."""
    asked = request.GET.get("place", "")
    return next((each for each in places if str(each.pk) == asked), places[0] if places else None)


def chosen_day(request: StaffRequest) -> dt.date:
    """The day asked for, else today."""
    try:
        day = parse_date(request.GET.get("on", "").strip())
    except ValueError:
        day = None
    here = today()
    return day if day is not None and abs(day - here) <= FARTHEST else here


def chosen_week(request: StaffRequest) -> dt.date:
    """The Monday of the week asked for; else of this one, and at a weekend of the one that comes."""
    day = chosen_day(request)
    if not request.GET.get("on") and day.weekday() >= SATURDAY:
        day += dt.timedelta(days=7)
    return day - dt.timedelta(days=day.weekday())


def find_appointment(request: StaffRequest, appointment_id: int) -> Appointment:
    found = Appointment.objects.visible_to(request.user).shown().filter(pk=appointment_id).first()
    if found is None:
        raise Http404
    return found


def kinds_for(request: StaffRequest) -> list[AppointmentKind]:
    """The kinds that this account may book: those of the teams in which it books."""
    kinds, standing = AppointmentKind.objects.in_use(), request.user.standing()
    if not standing.everywhere_for("bookings.book"):
        kinds = kinds.filter(team_id__in=standing.teams_for("bookings.book"))
    return list(kinds)
