"""Setting up appointments: places and rooms, when they are open, when they are shut, and the kinds."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.setting import ClosureForm, KindForm, PlaceForm, RoomForm, WeekForm
from moothall.bookings.models import AppointmentKind, Closure, OpeningHours, Resource
from moothall.bookings.rules import setting
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Place
from moothall.people.requests import StaffRequest


def _one(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("bookings.manage")
def appointment_setup(request: StaffRequest) -> HttpResponse:
    """Everything that decides what can be booked, on one page."""
    week = Prefetch(
        "opening_hours", OpeningHours.objects.in_force(today(), today()).filter(room=None), "week"
    )
    rooms = Resource.objects.filter(kind=Resource.ROOM, for_appointments=True).order_by("name", "id")
    seen_in = Prefetch("resources", rooms, "seen_in")
    places = Place.objects.prefetch_related(seen_in, week).order_by("name", "id")
    closures = Closure.objects.standing().filter(ends_at__gte=now()).select_related("place", "room")
    kinds = AppointmentKind.objects.select_related("team").order_by("retired_at", "name", "id")
    context = {"places": places, "closures": closures.order_by("begins_at", "id"), "kinds": kinds}
    return render(request, "bookings/setup.html", context)


def _form(request: StaffRequest, form: Any, rule: Any, title: str, words: str, **more: Any) -> HttpResponse:
    return show_form(
        request, form, title=title, rule=rule, words=words, back=reverse("appointment_setup"), **more
    )


@needs("bookings.manage")
def add_place(request: StaffRequest) -> HttpResponse:
    return _save_place(request, None, _("Add a place"))


@needs("bookings.manage")
def edit_place(request: StaffRequest, place_id: int) -> HttpResponse:
    place = _one(Place.objects, place_id)
    return _save_place(request, place, place.name)


def _save_place(request: StaffRequest, place: Place | None, title: str) -> HttpResponse:
    initial = {name: getattr(place, name) for name in ("name", "name_cy", "address")} if place else {}
    return _form(
        request, filled(request, PlaceForm, initial=initial),
        lambda data: setting.save_place(place, by=request.user, at=now(), **data), title, _("Saved."),
    )  # fmt: skip


@needs("bookings.manage")
def add_room(request: StaffRequest) -> HttpResponse:
    form = filled(
        request, RoomForm, initial={"place": request.GET.get("place", ""), "seats": 3, "step_free": True}
    )
    return _form(
        request, form, lambda data: setting.save_room(None, by=request.user, at=now(), **data),
        _("Add a room"), _("The room is added."),
    )  # fmt: skip


@needs("bookings.manage")
def edit_room(request: StaffRequest, room_id: int) -> HttpResponse:
    room = _one(Resource.objects, room_id)
    names = ("name", "name_cy", "step_free")
    initial = {"place": str(room.place_id), "seats": room.capacity}
    initial |= {name: getattr(room, name) for name in names}
    return _form(
        request, filled(request, RoomForm, initial=initial),
        lambda data: setting.save_room(room, by=request.user, at=now(), **data), room.name, _("Saved."),
    )  # fmt: skip


@require_POST
@needs("bookings.manage")
def retire_room(request: StaffRequest, room_id: int) -> HttpResponse:
    """Take a room out of use, or, if it is, put it back."""
    room = _one(Resource.objects, room_id)
    if room.retired_at is None:
        setting.retire_room(room, by=request.user, at=now())
        undo = reverse("retire_room", args=[room.pk])
        messages.success(request, _("The room is out of use."), extra_tags=undo)
    else:
        setting.restore_room(room, by=request.user, at=now())
        messages.success(request, _("The room is in use again."))
    return redirect("appointment_setup")


@needs("bookings.manage")
def place_hours(request: StaffRequest, place_id: int) -> HttpResponse:
    place = _one(Place.objects, place_id)
    return _save_hours(request, place, None, _("Opening hours of %s") % place.name)


@needs("bookings.manage")
def room_hours(request: StaffRequest, room_id: int) -> HttpResponse:
    room = _one(Resource.objects.select_related("place"), room_id)
    return _save_hours(request, room.place, room, _("Opening hours of %s") % room.name)


def _save_hours(request: StaffRequest, place: Place, room: Resource | None, title: str) -> HttpResponse:
    held = setting.hours_in_force(place, room, on=today())
    initial: dict[str, Any] = {"from_on": today()}
    for weekday, rows in held.items():
        initial |= {f"begins_{weekday}": rows[0].opens, f"ends_{weekday}": rows[-1].closes}
        if len(rows) > 1:
            initial |= {"lunch_begins": rows[0].closes, "lunch_ends": rows[-1].opens}
    form = filled(request, WeekForm, initial=initial)
    return _form(
        request, form,
        lambda data: setting.set_opening_hours(
            place, room=room, hours=form.hours(), from_on=data["from_on"], by=request.user, at=now()
        ),
        title, _("The hours are saved."), template="bookings/week_form.html",
        lead=_("A day left empty is shut. A room without hours keeps those of its place."),
    )  # fmt: skip


@needs("bookings.manage")
def add_closure(request: StaffRequest) -> HttpResponse:
    form = filled(request, ClosureForm)

    def shut(data: dict[str, Any]) -> Closure:
        place, room = form.what()
        first, after, last, before = form.span()
        return setting.shut(
            place=place, room=room, first=first, after=after, last=last, before=before,
            reason=data["reason"], by=request.user, at=now(),
        )  # fmt: skip

    return _form(
        request, form, shut, _("Shut for a while"), _("Nothing can be booked then."),
        undo=lambda closure: reverse("withdraw_closure", args=[closure.pk]),
        lead=_("What is booked already stays booked: look at the day and move it."),
    )  # fmt: skip


@require_POST
@needs("bookings.manage")
def withdraw_closure(request: StaffRequest, closure_id: int) -> HttpResponse:
    """Open after all, or, if it was taken back, shut again."""
    closure = _one(Closure.objects, closure_id)
    if closure.withdrawn_at is None:
        setting.withdraw_closure(closure, by=request.user, at=now())
        undo = reverse("withdraw_closure", args=[closure.pk])
        messages.success(request, _("It is open after all."), extra_tags=undo)
    else:
        setting.restore_closure(closure, by=request.user, at=now())
        messages.success(request, _("It is shut again."))
    return redirect("appointment_setup")


@needs("bookings.manage")
def add_kind(request: StaffRequest) -> HttpResponse:
    return _save_kind(request, None, _("Add a kind of appointment"))


@needs("bookings.manage")
def edit_kind(request: StaffRequest, kind_id: int) -> HttpResponse:
    kind = _one(AppointmentKind.objects, kind_id)
    return _save_kind(request, kind, kind.name)


def _save_kind(request: StaffRequest, kind: AppointmentKind | None, title: str) -> HttpResponse:
    names = (
        *("name", "name_cy", "how", "minutes", "buffer_minutes", "every_minutes", "welsh_needed"),
        *("bring", "bring_cy", "needs"),
    )
    initial: dict[str, Any] = {}
    if kind is not None:
        initial = {name: getattr(kind, name) for name in names} | {
            "team": str(kind.team_id),
            "takers": [str(each.account_id) for each in kind.takers.all()],
            "services": [str(each.pk) for each in kind.services.all()],
        }
    return _form(
        request, filled(request, KindForm, initial=initial),
        lambda data: setting.save_kind(kind, by=request.user, at=now(), **data), title, _("Saved."),
    )  # fmt: skip


@require_POST
@needs("bookings.manage")
def retire_kind(request: StaffRequest, kind_id: int) -> HttpResponse:
    """Offer it no more, or, if it is not offered, offer it again."""
    kind = _one(AppointmentKind.objects, kind_id)
    if kind.retired_at is None:
        setting.retire_kind(kind, by=request.user, at=now())
        undo = reverse("retire_kind", args=[kind.pk])
        messages.success(request, _("It is not offered any more."), extra_tags=undo)
    else:
        setting.restore_kind(kind, by=request.user, at=now())
        messages.success(request, _("It is offered again."))
    return redirect("appointment_setup")
