"""The plan of bedrooms: rooms down, nights across; who has none yet and why; rooms chosen at a press."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.stays import houses
from moothall.bookings.models import Resource, RoomPlan, Stay
from moothall.bookings.rules.rooming import choose_rooms
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.models import Place
from moothall.people.models.working import days_between
from moothall.people.requests import StaffRequest

from .finding import chosen_day, chosen_place

WIDTHS = (7, 14, 28)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """So many nights of a room: of a stay, or free."""

    nights: int
    stay: Stay | None = None
    first: dt.date | None = None


@require_GET
@needs("bookings.book")
def bedroom_plan(request: StaffRequest) -> HttpResponse:
    places, first = houses(), chosen_day(request)
    place = chosen_place(request, places)
    asked = request.GET.get("nights", "")
    nights = int(asked) if asked in {str(each) for each in WIDTHS} else WIDTHS[1]
    context: dict[str, Any] = {
        "places": places, "place": place, "first": first, "today": today(), "nights": nights,
        "widths": WIDTHS, "before": first - nights * DAY, "after": first + nights * DAY,
    }  # fmt: skip
    if place is not None:
        context |= _plan(place, first, first + nights * DAY)
    return render(request, "bookings/bedroom_plan.html", context)


def _plan(place: Place, first: dt.date, until: dt.date) -> dict[str, Any]:
    stays = list(Stay.objects.sleeping(place, first, until).shown())
    by_room: dict[int, list[Stay]] = defaultdict(list)
    for each in stays:
        if each.room_id:
            by_room[each.room_id].append(each)
    rooms = list(Resource.objects.bedrooms(place))
    days = days_between(first, until - DAY)
    rows = [(room, pieces(by_room[room.pk], first, until), by_room[room.pk]) for room in rooms]
    asleep = [(day, sum(each.arrives_on <= day < each.leaves_on for each in stays)) for day in days]
    return {
        "rows": rows, "days": days, "asleep": asleep, "number": len(rooms),
        "without": [each for each in stays if each.room_id is None],
        "plan": RoomPlan.objects.filter(place=place).select_related("made_by").first(),
    }  # fmt: skip


def pieces(stays: list[Stay], first: dt.date, until: dt.date) -> list[Piece]:
    """A line of the plan from the first night until the last, free nights and stays in order."""
    found, at = [], first
    for each in sorted(stays, key=lambda one: one.room_from_on or one.arrives_on):
        begins = max(at, each.room_from_on or each.arrives_on)
        ends = min(until, each.leaves_on)
        if ends <= begins:
            continue
        found += [Piece(1, first=at + number * DAY) for number in range((begins - at).days)]
        found.append(Piece((ends - begins).days, each))
        at = ends
    return found + [Piece(1, first=at + number * DAY) for number in range((until - at).days)]


@require_POST
@needs("bookings.book")
def choose_bedrooms(request: StaffRequest, place_id: int) -> HttpResponse:
    """Rooms for everybody who is here or comes within a week, chosen now and not only in the night."""
    place = next((each for each in houses() if each.pk == place_id), None)
    if place is None:
        raise Http404
    plan: RoomPlan = choose_rooms(place=place, today=today(), by=request.user, at=now())
    said = {"rooms": plan.roomed, "without": plan.without, "moved": plan.moved}
    messages.success(
        request, _("%(rooms)s have a room, %(without)s have none, %(moved)s in the house are moved.") % said
    )
    return redirect(f"{reverse('bedroom_plan')}?place={place.pk}")
