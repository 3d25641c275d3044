"""Who comes: the reception page of today, a day room by room, and a week."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.bookings.models import Appointment, DeskMessage, KeyLoan, Resource, Stay, Taking, Visitor
from moothall.bookings.rules.slots import read_opening
from moothall.core.clock import in_london, now, today
from moothall.core.door import needs
from moothall.core.parts import render_page_or_part
from moothall.people.models import CautionMarker, Place
from moothall.people.models.working import at_on, days_between
from moothall.people.requests import StaffRequest

from .finding import (
    chosen_day,
    chosen_place,
    chosen_week,
    places_with_anything,
    places_with_rooms,
)
from .rooms import words_of

STEP = dt.timedelta(minutes=30)
USUAL = (dt.time(9), dt.time(17))


def _of_days(request: StaffRequest, place: Place | None, first: dt.date, last: dt.date) -> list[Appointment]:
    """The appointments of these days in this place, and those in no room, in order, with the warnings."""
    begins, ends = at_on(first, dt.time(0)), at_on(last + dt.timedelta(days=1), dt.time(0))
    found = Appointment.objects.visible_to(request.user).between(begins, ends).shown()
    rows = [each for each in found if each.room is None or (place and each.room.place_id == place.pk)]
    cautions = CautionMarker.objects.in_force(first).filter(person__in=[each.person_id for each in rows])
    warned = {caution.person_id: caution for caution in cautions}
    for each in rows:
        each.caution = warned.get(each.person_id)  # type: ignore[attr-defined]
    return rows


@require_GET
@needs("bookings.book")
def reception(request: StaffRequest) -> HttpResponse:
    """Who comes today, who is here and since when they wait, who did not come."""
    places = places_with_anything()
    place, day = chosen_place(request, places), today()
    rows = _of_days(request, place, day, day)
    context = {
        "places": places, "place": place, "day": day, "rows": rows, "now": now(),
        "waiting": [each for each in rows if each.state == Appointment.ARRIVED],
        "coming": [each for each in rows if each.state == Appointment.BOOKED],
        "next": None if rows else _next(request, place), **_front_desk(request, place, day),
    }  # fmt: skip
    return render_page_or_part(request, "bookings/reception.html", "bookings/parts/reception.html", context)


def _front_desk(request: StaffRequest, place: Place | None, day: dt.date) -> dict[str, Any]:
    """Visitors, what is booked, keys that are out and messages that wait, in this place."""
    if place is None:
        return {}
    begins, ends = at_on(day, dt.time(0)), at_on(day + dt.timedelta(days=1), dt.time(0))
    takings = Taking.objects.between(begins, ends).filter(
        resource__place=place, asked_for=True, reservation__isnull=False, shown__overlap=(begins, ends)
    )
    rows = takings.select_related("resource", "reservation__made_by").order_by(
        "shown", "resource__name", "id"
    )
    loans = KeyLoan.objects.filter(resource__place=place, back_at=None).select_related("resource")
    return {
        "visitors": list(Visitor.objects.of_day(place, begins, ends)),
        "booked": [(each, words_of(each, request.user)) for each in rows],
        "loans": list(loans),
        "guests": Stay.objects.filter(place=place, arrives_on__lte=day).aggregate(
            come=Count("pk", filter=Q(state=Stay.BOOKED, leaves_on__gt=day)),
            leave=Count("pk", filter=Q(state=Stay.HERE, leaves_on__lte=day)),
        ),
        "waiting_messages": list(DeskMessage.objects.filter(place=place, given_at=None)),
    }  # fmt: skip


def _next(request: StaffRequest, place: Place | None) -> Appointment | None:
    ahead = Appointment.objects.visible_to(request.user).filter(state=Appointment.BOOKED, starts_at__gt=now())
    return ahead.filter(Q(room=None) | Q(room__place=place)).shown().order_by("starts_at", "id").first()


@require_GET
@needs("bookings.book")
def appointment_day(request: StaffRequest) -> HttpResponse:
    """One day, room by room, half hour by half hour."""
    places, day = places_with_rooms(), chosen_day(request)
    place = chosen_place(request, places)
    rows = _of_days(request, place, day, day)
    rooms: list[Resource | None] = [*Resource.objects.rooms().filter(place=place)]
    if any(each.room is None for each in rows):
        rooms.append(None)
    context = {
        "places": places, "place": place, "day": day, "rooms": rooms,
        "lines": _lines(rows, rooms, place, day), "today": today(),
        "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1),
        "hidden": [each for each in rows if not each.is_standing],
    }  # fmt: skip
    return render(request, "bookings/day.html", context)


def _lines(
    rows: list[Appointment], rooms: list[Resource | None], place: Place | None, day: dt.date
) -> list[dict[str, Any]]:
    """A line for each half hour: for each room what begins then, goes on, is free or shut."""
    opening = read_opening(day, day)
    standing = [each for each in rows if each.is_standing]
    spans = {room: opening.of_room(room, day) for room in rooms if room is not None}
    every = [span for found in spans.values() for span in found]
    every += [(each.starts_at, each.ends_at) for each in standing]
    first = min([begins for begins, _ends in every], default=at_on(day, USUAL[0]))
    last = max([ends for _begins, ends in every], default=at_on(day, USUAL[1]))
    start = first - dt.timedelta(minutes=in_london(first).minute % 30)
    lines = []
    while start < last:
        end = start + STEP
        cells = [
            _cell(standing, room, spans.get(room, []) if room else [(first, last)], start, end)
            for room in rooms
        ]
        lines.append({"at": in_london(start), "cells": cells})
        start = end
    return lines


def _cell(
    rows: list[Appointment], room: Resource | None, spans: list[Any], start: dt.datetime, end: dt.datetime
) -> dict[str, Any]:
    here = [each for each in rows if each.room_id == (room.pk if room else None)]
    begins = [each for each in here if start <= each.starts_at < end]
    goes_on = any(each.starts_at < start < each.ends_at for each in here)
    is_open = any(one < end and start < other for one, other in spans)
    return {"begins": begins, "goes_on": goes_on, "open": is_open}


@require_GET
@needs("bookings.book")
def appointment_week(request: StaffRequest) -> HttpResponse:
    """A week, day beside day."""
    places, monday = places_with_rooms(), chosen_week(request)
    place = chosen_place(request, places)
    rows = _of_days(request, place, monday, monday + dt.timedelta(days=6))
    opening = read_opening(monday, monday + dt.timedelta(days=6))
    days = [
        {
            "day": each,
            "rows": [row for row in rows if in_london(row.starts_at).date() == each and row.is_standing],
            "open": bool(place and opening.of_place(place.pk, each)),
        }
        for each in days_between(monday, monday + dt.timedelta(days=6))
    ]
    days = [each for each in days if each["rows"] or each["open"] or each["day"].weekday() < 5]  # type: ignore[attr-defined]
    context = {
        "places": places, "place": place, "days": days, "monday": monday, "today": today(),
        "before": monday - dt.timedelta(days=7), "after": monday + dt.timedelta(days=7),
    }  # fmt: skip
    return render(request, "bookings/week.html", context)
