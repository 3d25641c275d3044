"""Who arrives today, who is here and who leaves: found while typing, checked in with their key in one go."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.stays import houses
from moothall.bookings.models import DeskMessage, KeyLoan, Stay, StayEvent
from moothall.bookings.rules import house
from moothall.core.clock import in_london, now, today
from moothall.core.door import needs
from moothall.core.parts import render_page_or_part
from moothall.core.refusals import Refusal
from moothall.people.models import Place
from moothall.people.requests import StaffRequest

from .finding import chosen_day, chosen_place
from .stays import find_stay, name_needs

LATE, DAY = dt.time(20), dt.timedelta(days=1)
ORDERS = {"name": ("guest", "id"), "room": ("room__corridor", "room__along", "room__name", "id")}


@require_GET
@needs("bookings.book")
def arrivals(request: StaffRequest) -> HttpResponse:
    """Today's, or another day's; `q` narrows it to a name, an organisation, an event or a room."""
    places, day, words = houses(), chosen_day(request), request.GET.get("q", "").strip()[:80]
    place = chosen_place(request, places)
    order = request.GET.get("by", "")
    context: dict[str, Any] = {
        "places": places, "place": place, "day": day, "today": today(), "words": words,
        "by": order if order in ORDERS else "name", "before": day - DAY, "after": day + DAY,
    }  # fmt: skip
    if place is not None:
        context |= _lists(place, day, words, ORDERS[context["by"]])
    return render_page_or_part(request, "bookings/arrivals.html", "bookings/parts/arrivals.html", context)


def _lists(place: Place, day: dt.date, words: str, order: tuple[str, ...]) -> dict[str, Any]:
    """Everybody of the day in four lists; asks as often for sixty as for six."""
    of_day = Stay.objects.filter(place=place, arrives_on__lte=day, leaves_on__gte=day)
    overdue = Stay.objects.in_house().filter(place=place, leaves_on__lt=day)
    rows = list((of_day | overdue).exclude(state=Stay.CANCELLED).about_words(words).shown().order_by(*order))
    name_needs(rows)
    messages_ = DeskMessage.objects.filter(place=place, given_at=None).values_list("for_whom", "words")
    said = {whom.casefold(): text for whom, text in messages_}
    loans = KeyLoan.objects.filter(stay__place=place, back_at=None)
    keys = dict(loans.values_list("stay_id", "resource__name"))
    for each in rows:
        each.message = said.get(each.guest.casefold(), "")  # type: ignore[attr-defined]
        each.key_out = keys.get(each.pk, "")  # type: ignore[attr-defined]
    coming = [each for each in rows if each.state == Stay.BOOKED and each.leaves_on > day]
    late = [each for each in coming if each.expected and each.expected >= LATE]
    return {
        "coming": [each for each in coming if each not in late] + late, "late": late,
        "came": [each for each in rows if each.state == Stay.HERE and each.leaves_on > day],
        "leaving": [each for each in rows if each.state == Stay.HERE and each.leaves_on <= day],
        "left": [each for each in rows if each.state == Stay.LEFT and _on(each.state_since, day)],
        "missed": [each for each in rows if each.state == Stay.MISSED and each.leaves_on > day],
    }  # fmt: skip


def _on(at: dt.datetime, day: dt.date) -> bool:
    return in_london(at).date() == day


def _done(
    request: StaffRequest, stay_id: int, rule: Callable[[Stay], StayEvent], words: Callable[[Stay], str]
) -> HttpResponse:
    """Do it and go back to the list of that place; a refusal is said there."""
    found = find_stay(request, stay_id)
    try:
        event = rule(found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        found.refresh_from_db()
        undo = reverse("undo_stay", args=[found.pk, event.pk])
        messages.success(request, words(found), extra_tags=undo)
    return redirect(f"{reverse('arrivals')}?place={found.place_id}")


@require_POST
@needs("bookings.book")
def guest_came(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Here, and the key is theirs; with `without_key` the key stays."""
    key = not request.POST.get("without_key")
    return _done(
        request, stay_id,
        lambda found: house.check_in(stay=found, key=key, by=request.user, at=now(), today=today()),
        lambda found: _("%(guest)s is here: %(room)s.") % {"guest": found, "room": found.room},
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def guest_left(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Left, and the key is back; with `without_key` it is still out."""
    back = not request.POST.get("without_key")
    return _done(
        request, stay_id,
        lambda found: house.check_out(stay=found, key_is_back=back, by=request.user, at=now(), today=today()),
        lambda found: _("%s has left.") % found,
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def guest_missed(request: StaffRequest, stay_id: int) -> HttpResponse:
    return _done(
        request, stay_id,
        lambda found: house.did_not_come(stay=found, by=request.user, at=now()),
        lambda found: _("%s did not come; the nights are free.") % found,
    )  # fmt: skip
