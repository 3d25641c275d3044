"""One stay and everything done to it; nights sold, alone or with an event."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.reserving import BecauseForm
from moothall.bookings.forms.stays import ChangeStayForm, GiveRoomForm, NamesForm, SellForm, day_given
from moothall.bookings.models import BedKind, Feature, Reservation, Stay
from moothall.bookings.rules import beds, house, rooming
from moothall.bookings.rules.nights import Nights, left
from moothall.core.clock import in_london, now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Place
from moothall.people.requests import StaffRequest

from .reserving import find_reservation

SHOWN = dt.timedelta(days=14)


def find_stay(request: StaffRequest, stay_id: int) -> Stay:
    """Reception knows every guest; what a private event is called is not said."""
    rows = Stay.objects.shown().select_related("place", "made_by", "room__bed_kind")
    found = rows.filter(pk=stay_id).first()
    if found is None:
        raise Http404
    return found


def name_needs(stays: Iterable[Stay]) -> None:
    """What each cannot do without, in words; asks once for all."""
    language = get_language() or "en"
    names = {each.key: each.name_in(language) for each in Feature.objects.all()} | {
        "step-free": _("No steps")
    }
    for each in stays:
        words = ", ".join(names.get(key, key) for key in each.needs)
        each.need_words = words  # type: ignore[attr-defined]


def stay_address(stay: Stay) -> str:
    return reverse("stay", args=[stay.pk])


@needs("bookings.book")
def sell_beds(request: StaffRequest) -> HttpResponse:
    """Nights for people who are named, or for so many of an event; with what is left of each night."""
    event = _event(request)
    first = day_given(request.GET.get("on"), today())
    initial: dict[str, Any] = {"arrives_on": first, "leaves_on": first + dt.timedelta(days=1)}
    if event is not None:
        begins, ends = in_london(event.starts_at).date(), in_london(event.ends_at).date()
        until = max(ends, begins + dt.timedelta(days=1))
        initial = {"arrives_on": begins, "leaves_on": until, "number": event.people or None}
    form = filled(request, SellForm, initial=initial)
    return show_form(
        request, form, title=_("Sell bedrooms"), button=_("Sell them"), words=_("Sold."),
        lead=event.title if event else "", back=_after_sale(event), template="bookings/sell_beds.html",
        context=_what_is_left(form, initial["arrives_on"]),
        onward=lambda made: stay_address(made[0]) if len(made) == 1 and event is None else _after_sale(event),
        rule=lambda data: beds.sell(
            nights=form.nights(), guests=form.named(), reservation=event, by=request.user, at=now(),
            organisation=data["organisation"], **form.details(),
        ),
    )  # fmt: skip


def _event(request: StaffRequest) -> Reservation | None:
    asked = request.GET.get("event", "")
    return find_reservation(request, int(asked)) if asked.isdecimal() and len(asked) < 18 else None


def _after_sale(event: Reservation | None) -> str:
    return reverse("reservation", args=[event.pk]) if event else reverse("arrivals")


def _what_is_left(form: SellForm, first: dt.date) -> dict[str, Any]:
    """Night by night, of each kind, at the place chosen or the first."""
    chosen = form.data.get("place") if form.is_bound else None
    place: Place | None = form.places.get(chosen or "") or next(iter(form.places.values()), None)
    if place is None:
        return {"left": [], "kinds": []}
    kinds: list[BedKind] = list(form.kinds.values())
    by_kind = [left(Nights(place, each, first, first + SHOWN)) for each in kinds]
    nights = [(night, [found[night] for found in by_kind]) for night in (by_kind[0] if by_kind else {})]
    return {"left": nights, "kinds": kinds, "house": place}


@require_GET
@needs("bookings.book")
def stay(request: StaffRequest, stay_id: int) -> HttpResponse:
    found = find_stay(request, stay_id)
    name_needs([found])
    events = list(found.events.select_related("by"))
    last = next((each for each in events if each.undone_at is None), None)
    context = {
        "stay": found, "events": events, "today": today(),
        "undo": last if last and last.kind in house.UNDONE and last.before else None,
        "keys": list(found.key_loans.filter(back_at=None).select_related("resource")),
        "cost": found.rate * found.nights,
    }  # fmt: skip
    return render(request, "bookings/stay.html", context)


@needs("bookings.book")
def change_stay(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Another name, other nights, another kind or other needs."""
    found = find_stay(request, stay_id)
    form = filled(request, ChangeStayForm, stay=found, initial=ChangeStayForm.of(found))
    return show_form(
        request, form, title=_("Change the stay"), words=_("Changed."), back=stay_address(found),
        rule=lambda _data: house.change_stay(stay=found, by=request.user, at=now(), **form.values()),
    )  # fmt: skip


@needs("bookings.book")
def cancel_stay(request: StaffRequest, stay_id: int) -> HttpResponse:
    found = find_stay(request, stay_id)
    return show_form(
        request, filled(request, BecauseForm), title=_("Cancel the stay"), warning=True,
        button=_("Cancel the stay"), words=_("Cancelled; the nights are free."), back=stay_address(found),
        undo=lambda event: reverse("undo_stay", args=[found.pk, event.pk]),
        rule=lambda data: house.cancel_stay(
            stay=found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("bookings.book")
def give_room(request: StaffRequest, stay_id: int) -> HttpResponse:
    """A room by hand: whoever was to have it and has not come has the other one instead, if it does."""
    found = find_stay(request, stay_id)
    suiting = rooming.rooms_that_suit(found, today=today())
    initial = {"room": str(found.room_id or ""), "promised": found.room_is_promised}
    form = filled(request, GiveRoomForm, stay=found, suiting=suiting, initial=initial)
    return show_form(
        request, form, title=_("Give a bedroom"), words=_("Saved."), back=stay_address(found),
        rule=lambda data: rooming.give_room(
            stay=found, room=form.rooms.get(data["room"]), promised=data["promised"], reason=data["reason"],
            by=request.user, at=now(), today=today(),
        ),
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def undo_stay(request: StaffRequest, stay_id: int, event_id: int) -> HttpResponse:
    found = find_stay(request, stay_id)
    event = found.events.filter(pk=event_id).select_related("stay__place").first()
    if event is None:
        raise Http404
    house.undo_stay(event=event, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect(stay_address(found))


@needs("bookings.book")
def name_guests(request: StaffRequest, reservation_id: int) -> HttpResponse:
    """Who comes to an event that only said how many."""
    found = find_reservation(request, reservation_id)
    open_ = found.stays.to_come().filter(guest="").count()
    form = filled(request, NamesForm)
    said = ngettext("%s bed has no name yet.", "%s beds have no name yet.", open_) % open_
    return show_form(
        request, form, title=_("Name the guests"), lead=said, words=_("Saved."),
        back=reverse("reservation", args=[found.pk]),
        rule=lambda _data: beds.name_guests(
            reservation=found, names=form.listed(), by=request.user, at=now()
        ),
    )  # fmt: skip
