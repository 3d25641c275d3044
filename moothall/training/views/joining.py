"""Where a session is held and what those who come need: rooms, the page of its trainers, a person's needs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.bookings.models import Resource
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Place
from moothall.people.requests import StaffRequest
from moothall.training.forms import place_choices
from moothall.training.forms.joining import BedsForm, NeedsForm, RoomsForm
from moothall.training.models import Nomination
from moothall.training.rules import nominating
from moothall.training.rules.attending import teaches
from moothall.training.rules.beds import choose_beds, stays_of
from moothall.training.rules.nearest import free_for, of_sort
from moothall.training.rules.rooms import choose_rooms, things_of
from moothall.training.rules.wording import getting_there

from .finding import find_place, find_session


@needs("training.manage")
def choose_session_rooms(request: StaffRequest, number: int) -> HttpResponse:
    """What is free on all its days, at its site or another, with what it has ticked; rooms of the sort its
    course needs stand first."""
    session = find_session(number)
    asked = request.GET.get("place", "")
    place = Place.objects.filter(pk=int(asked) if asked.isdecimal() and len(asked) < 18 else 0).first()
    place = place or (None if asked == "all" else session.place)
    held = things_of(session)
    suits = set(of_sort(session.version.room, place).order_by().values_list("pk", flat=True))
    free = sorted(free_for(session, kind=Resource.ROOM, place=place), key=lambda each: each.pk not in suits)
    rooms = _first(held, free, Resource.ROOM)
    kinds = (Resource.EQUIPMENT, Resource.VEHICLE)
    things = [
        each for kind in kinds for each in _first(held, free_for(session, kind=kind, place=place), kind)
    ]
    form = filled(
        request, RoomsForm, rooms=rooms, things=things, several_sites=place is None,
        initial={name: [str(each.pk) for each in held] for name in ("rooms", "things")},
    )  # fmt: skip
    context = {
        "session": session, "place": place, "places": place_choices(), "nothing": not rooms and not things,
        "needed": [each.needs for each in session.nominations.standing().exclude(needs="").order_by("needs")],
    }  # fmt: skip
    return show_form(
        request, form, title=_("Rooms and equipment"), template="training/rooms.html", context=context,
        words=_("Taken, on all its days. Those with a place are told where it is."),
        back=reverse("training_session", args=[number]),
        rule=lambda _data: choose_rooms(session, form.chosen(), by=request.user, at=now()),
    )  # fmt: skip


def _first(held: list[Resource], free: list[Resource], kind: str) -> list[Resource]:
    """What it has already, then what else is free."""
    mine = [each for each in held if each.kind == kind]
    return [*mine, *(each for each in free if each not in mine)]


@needs("training.manage")
def choose_session_beds(request: StaffRequest, number: int) -> HttpResponse:
    """Bedrooms for those who come from far: sold by the night, moved and called off with the session."""
    session = find_session(number)
    stays = stays_of(session)
    initial: dict[str, Any] = {
        "number": str(len(stays) or session.capacity),
        "place": str(session.place_id or ""),
    }
    if stays:
        initial |= {
            "place": str(stays[0].place_id), "kind": str(stays[0].kind_id),
            "evening_before": stays[0].arrives_on < session.first_on,
        }  # fmt: skip
    return show_form(
        request, filled(request, BedsForm, initial=initial), title=_("Bedrooms"),
        lead=str(session.version.course),
        words=_("Taken for all of its nights."), back=reverse("training_session", args=[number]),
        rule=lambda data: choose_beds(
            session, number=data["number"], kind=data["kind"], place=data["place"],
            nights_before=int(data["evening_before"]), by=request.user, at=now(),
        ),
    )  # fmt: skip


@signed_in
def say_training_needs(request: StaffRequest, number: int) -> HttpResponse:
    """The person themselves, or whoever looks after training, says what they need to take part."""
    place = find_place(request.user, number)
    if not (nominating.is_own(request.user, place) or request.user.may("training.manage")):
        raise Http404
    return show_form(
        request, filled(request, NeedsForm, initial={"needs": place.needs}),
        title=_("What you need to take part"),
        lead=str(place.session.version.course), words=_("Saved. Those who arrange it read it."),
        back=reverse("training_place", args=[number]),
        rule=lambda data: nominating.say_needs(place, needs=data["needs"], by=request.user, at=now()),
    )  # fmt: skip


@require_GET
@signed_in
def taught_session(request: StaffRequest, number: int) -> HttpResponse:
    """For whoever teaches it: when and where, who comes, and what they need."""
    session = find_session(number)
    if not teaches(request.user, session):
        raise Http404
    rows = session.nominations.filter(state=Nomination.PLACED).select_related("employment__person")
    context: dict[str, Any] = {
        "session": session, "things": things_of(session), "getting_there": getting_there(session),
        "placed": list(rows.order_by("employment__person__folded_name", "id")),
        "told": {each.employment_id: each for each in session.invitations.filter(stands=True)},
        "begun": session.first_on <= today(), "over": session.last_on <= today(),
        "results": Nomination.RESULTS,
    }  # fmt: skip
    return render(request, "training/taught.html", context)
