"""What is booked: a week of rooms, a day as a list for the floor, and one's own bookings."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.bookings.models import Reservation, Resource, Taking, Wish
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.models import Account, Place
from moothall.people.models.working import at_on, days_between
from moothall.people.requests import StaffRequest

from .finding import chosen_day, chosen_week
from .week import week_of

MOST = 200
DIGITS = re.compile(r"(\d+)")
DAY = dt.timedelta(days=1)


def _choosing(request: StaffRequest) -> dict[str, Any]:
    """The kind and the place asked for, and what can be asked for."""
    kinds = dict(Resource.KINDS)
    used = Resource.objects.filter(retired_at=None).values("place_id")
    places = list(Place.objects.filter(pk__in=used).order_by("name", "id"))
    asked = request.GET.get("place", "")
    kind = request.GET.get("kind", "")
    return {
        "kinds": Resource.KINDS, "kind": kind if kind in kinds else Resource.ROOM, "places": places,
        "place": next((each for each in places if str(each.pk) == asked), None),
    }  # fmt: skip


def _resources(chosen: dict[str, Any]) -> list[Resource]:
    rows = Resource.objects.of_kind(chosen["kind"])
    if chosen["place"] is not None:
        rows = rows.filter(place=chosen["place"])
    return in_order(rows[: MOST + 1])


def in_order(resources: Iterable[Resource]) -> list[Resource]:
    """By place, and as people count: Classroom 2 stands before Classroom 10."""

    def key(one: Resource) -> tuple[str, list[str | int], int]:
        parts = enumerate(DIGITS.split(one.name))
        return one.place.name, [int(part) if at % 2 else part for at, part in parts], one.pk

    return sorted(resources, key=key)


@require_GET
@needs("bookings.book")
def rooms_week(request: StaffRequest) -> HttpResponse:
    """Rooms down, the days of a week across."""
    chosen, monday = _choosing(request), chosen_week(request)
    found = _resources(chosen)
    days = days_between(monday, monday + 6 * DAY)
    here = today()
    context = {
        **chosen, "rows": week_of(found[:MOST], days, request.user, ahead_of=here), "days": days,
        "monday": monday, "today": here, "more": len(found) > MOST, "before": monday - 7 * DAY,
        "after": monday + 7 * DAY,
    }  # fmt: skip
    return render(request, "bookings/rooms_week.html", context)


def words_of(taking: Taking, account: Account) -> SafeString | str:
    """What somebody may know of what takes it: its title and the way to it, or that it is taken."""
    reservation = taking.reservation
    if reservation is None:
        return _("Appointment")
    if not may_know(reservation, account):
        return _("Private booking")
    held = "" if reservation.state == Reservation.CONFIRMED else f" ({reservation.get_state_display()})"
    address = reverse("reservation", args=[reservation.pk])
    return format_html('<a class="govuk-link" href="{}">{}</a>{}', address, reservation.title, held)


def may_know(reservation: Reservation, account: Account) -> bool:
    mine = reservation.made_by_id == account.pk
    return mine or not reservation.is_private or account.may("bookings.manage")


@require_GET
@needs("bookings.book")
def rooms_day(request: StaffRequest) -> HttpResponse:
    """One day as a list to put up by the door: room by room, with layout, set-up and refreshments."""
    chosen, day = _choosing(request), chosen_day(request)
    found = {each.pk: each for each in _resources(chosen)[:MOST]}
    begins, ends = at_on(day, dt.time(0)), at_on(day + DAY, dt.time(0))
    at = {each: number for number, each in enumerate(found)}
    takings = Taking.objects.between(begins, ends).filter(resource__in=found, shown__overlap=(begins, ends))
    rows = takings.select_related("reservation__made_by", "reservation__layout").prefetch_related(
        "reservation__refreshments__refreshment"
    )
    lines = [
        (found[each.resource_id], each, words_of(each, request.user))
        for each in sorted(rows.order_by("shown", "id"), key=lambda each: at[each.resource_id])
    ]
    context = {
        **chosen,
        "lines": lines,
        "day": day,
        "today": today(),
        "before": day - DAY,
        "after": day + DAY,
    }
    return render(request, "bookings/rooms_day.html", context)


@require_GET
@needs("bookings.book")
def my_bookings(request: StaffRequest) -> HttpResponse:
    """What one has booked from today on, what one waits for, and what one is to agree to."""
    ahead = Reservation.objects.standing().filter(ends_at__gte=at_on(today(), dt.time(0)))
    mine = ahead.filter(made_by=request.user).prefetch_related("takings__resource")
    asked = ahead.filter(state=Reservation.ASKED).visible_to(request.user)
    context = {
        "rows": list(mine.order_by("starts_at", "id")[:MOST]), "now": now(),
        "asked": list(asked.prefetch_related("takings__resource").select_related("made_by")[:50]),
        "wishes": list(
            Wish.objects.filter(made_by=request.user, settled_at=None)
            .select_related("resource", "offered").order_by("made_at", "id")
        ),
    }  # fmt: skip
    return render(request, "bookings/my_bookings.html", context)
