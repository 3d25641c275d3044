"""Looking for something free and booking it on one page; one booking, and everything done to it."""

import datetime as dt
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.reserving import (
    BecauseForm,
    FreeForm,
    InviteForm,
    MoveReservationForm,
    ReserveForm,
)
from moothall.bookings.models import Layout, Reservation, Resource, Stay, Wish
from moothall.bookings.rules import arranging, deciding, inviting
from moothall.bookings.rules.costing import charges_of, total
from moothall.bookings.rules.free import free_resources
from moothall.bookings.rules.refusals import BelongsElsewhere, Taken
from moothall.bookings.rules.reserving import may_agree
from moothall.bookings.rules.series import spans_of_series
from moothall.core.clock import in_london, now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.refusals import Refusal
from moothall.people.requests import StaffRequest

MOST_OFFERED = 60
LATEST = dt.time(22)


class Looking:
    """What is looked for, as the address says, and what of it is free."""

    def __init__(self, request: StaffRequest) -> None:
        self.account = request.user
        initial = _usual(request)
        given = {name: request.GET.get(name) or value for name, value in initial.items()}
        self.form = FreeForm(given if "begins" in request.GET else _shown(initial))
        self.resource = Resource.objects.in_use().filter(pk=_number(request.GET.get("resource"))).first()
        self.asked = self.form.asked() if self.form.is_valid() else None

    def free(self) -> tuple[list[Resource], list[Resource]]:
        """Of what was asked for, and of everything else."""
        if self.asked is None:
            return [], []
        found = list(free_resources(**self.asked)[:MOST_OFFERED])
        plain = {name: self.asked[name] for name in ("starts_at", "ends_at", "place")}
        kinds = [kind for kind, _words in Resource.KINDS if kind not in {self.asked["kind"], Resource.BED}]
        also = [each for kind in kinds for each in free_resources(kind=kind, **plain)[:MOST_OFFERED]]
        if self.resource is not None and self.resource not in found:
            found.insert(0, self.resource)
        return found, also


def _usual(request: StaffRequest) -> dict[str, Any]:
    local = in_london(now())
    begins = dt.time(min(local.hour + 1, 20)) if 7 <= local.hour < 20 else dt.time(9)
    resource = Resource.objects.filter(pk=_number(request.GET.get("resource"))).first()
    return {
        "on": request.GET.get("on") or today(), "begins": begins, "ends": dt.time(begins.hour + 1),
        "last_on": "", "kind": resource.kind if resource else Resource.ROOM,
        "place": str(resource.place_id) if resource else "", "people": "", "feature": "",
    }  # fmt: skip


def _shown(initial: dict[str, Any]) -> dict[str, Any]:
    found = dict(initial)
    for name, value in initial.items():
        if isinstance(value, dt.time):
            found[name] = f"{value:%H:%M}"
        elif isinstance(value, dt.date):
            found[name] = f"{value:%d/%m/%Y}"
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


@needs("bookings.book")
def reserve(request: StaffRequest) -> HttpResponse:
    """Say when and for how many, see what is free, tick it, say what for."""
    looking = Looking(request)
    offered, also = looking.free()
    everything = list(Resource.objects.in_use()) if request.method == "POST" else []
    initial = {"resources": [str(looking.resource.pk)] if looking.resource else []}
    form = filled(
        request, ReserveForm, offered=everything or offered, also=everything or also, initial=initial
    )
    context: dict[str, Any] = {}
    if looking.asked is not None and form.is_valid():
        try:
            return _reserved(request, looking, form)
        except Refusal as refusal:
            context["wish"] = _wish(looking, form) if isinstance(refusal, Taken) else None
            form.add_error("resources", str(refusal))
    if request.method == "POST":
        form.field("resources").choices = ReserveForm(offered=offered, also=also).field("resources").choices
        form.field("also").choices = ReserveForm(offered=offered, also=also).field("also").choices
    context |= {"looking": looking.form, "form": form, "offered": offered, "asked": looking.asked}
    return render(request, "bookings/reserve.html", context, status=422 if form.errors else 200)


def _wish(looking: Looking, form: Any) -> dict[str, Any] | None:
    chosen = form.chosen()
    if looking.asked is None or len(chosen) != 1:
        return None
    begins, ends = looking.asked["starts_at"], looking.asked["ends_at"]
    return {"resource": chosen[0], "title": form.cleaned_data["title"], "begins": begins, "ends": ends}


def _reserved(request: StaffRequest, looking: Looking, form: Any) -> HttpResponse:
    data, asked = form.cleaned_data, looking.asked or {}
    layout = Layout.objects.filter(pk=_number(data["layout"])).first()
    details = arranging.Details(
        layout=layout, recharge_to=data["recharge_to"], refreshments=form.wanted_refreshments(),
        invited=data["invited"].split(),
    )  # fmt: skip
    given = {
        "title": data["title"], "resources": form.chosen(), "note": data["note"], "people": asked["capacity"],
        "is_private": data["is_private"], "setup_minutes": data["setup_minutes"] or 0,
        "cleardown_minutes": data["cleardown_minutes"] or 0, "by": request.user, "at": now(),
    }  # fmt: skip
    if data["every"]:
        return _made_series(request, asked, data, details, given)
    span = (asked["starts_at"], asked["ends_at"])
    until = now() + dt.timedelta(days=int(data["hold"])) if data["hold"] else None
    made = arranging.book(span=span, details=details, held_until=until, **given)
    words = {
        Reservation.HELD: _("Held. Confirm it before the hold runs out."),
        Reservation.ASKED: _("Asked for. It is booked once its team agrees."),
    }
    messages.success(request, words.get(made.state, _("Booked.")))
    return redirect("reservation", reservation_id=made.pk)


def _made_series(
    request: StaffRequest, asked: dict[str, Any], data: dict[str, Any], details: Any, given: dict[str, Any]
) -> HttpResponse:
    begins, ends = in_london(asked["starts_at"]), in_london(asked["ends_at"])
    spans = spans_of_series(
        first=begins.date(), last=data["until_on"], begins=begins.time(), ends=ends.time(),
        every_days=int(data["every"]),
    )  # fmt: skip
    found = arranging.book_series(spans=spans, every_days=int(data["every"]), details=details, **given)
    if not found.made:
        raise Taken(found.missed[0].why, _("None of these times is free: nothing was booked."))
    messages.success(request, _("%s bookings are made.") % len(found.made))
    return redirect("reservation_series", series_id=found.series.pk)


def find_reservation(request: StaffRequest, reservation_id: int) -> Reservation:
    rows = Reservation.objects.visible_to(request.user).select_related("made_by", "layout", "series")
    found = rows.filter(pk=reservation_id).first()
    if found is None:
        raise Http404
    return found


def own_reservation(request: StaffRequest, reservation_id: int) -> Reservation:
    """One that is changed here, and not where it was made."""
    found = find_reservation(request, reservation_id)
    if found.about_kind and request.method == "POST":
        raise BelongsElsewhere
    return found


@require_GET
@needs("bookings.book")
def reservation(request: StaffRequest, reservation_id: int) -> HttpResponse:
    found = find_reservation(request, reservation_id)
    takings = list(found.takings.select_related("resource__place", "resource__team"))
    asking = [each.resource for each in takings if each.resource.asks_approval]
    events = list(found.events.select_related("by"))
    last = next((each for each in events if each.undone_at is None), None)
    charges = charges_of(found, get_language() or "en")
    context = {
        "reservation": found, "takings": [each for each in takings if each.asked_for], "events": events,
        "may_agree": bool(asking) and all(may_agree(request.user, each) for each in asking),
        "undo": last if last and last.kind in {"moved", "cancelled"} and last.before else None,
        "attendees": list(found.attendees.all()), "asking": asking, "charges": charges,
        "total": total(charges), "refreshments": list(found.refreshments.select_related("refreshment")),
        **_beds(found),
    }  # fmt: skip
    return render(request, "bookings/reservation.html", context)


def _beds(found: Reservation) -> dict[str, Any]:
    """Who stays for it, and in short how many of which kind for which nights."""
    stays = list(found.stays.shown().order_by("guest", "id"))
    standing = [each for each in stays if each.is_standing]
    language = get_language() or "en"
    lines = Counter(
        f"{each.kind.name_in(language)}, {each.arrives_on:%d/%m/%Y}–{each.leaves_on:%d/%m/%Y}"
        for each in standing
    )
    return {
        "stays": stays, "beds": [f"{number} × {line}" for line, number in lines.items()],
        "unnamed": any(each.state == Stay.BOOKED and not each.guest for each in standing),
    }  # fmt: skip


def _back(reservation_id: int) -> str:
    return reverse("reservation", args=[reservation_id])


@needs("bookings.book")
def move_reservation(request: StaffRequest, reservation_id: int) -> HttpResponse:
    """To another time or other resources, all of it together."""
    found = own_reservation(request, reservation_id)
    begins, ends = in_london(found.starts_at), in_london(found.ends_at)
    held = list(found.takings.filter(asked_for=True).values_list("resource_id", flat=True))
    initial = {
        "on": begins.date(), "begins": begins.time(), "ends": ends.time(),
        "resources": [str(pk) for pk in held],
        "last_on": ends.date() if ends.date() != begins.date() else None,
    }  # fmt: skip
    kinds = Resource.objects.filter(pk__in=held).values("kind")
    offered = list(Resource.objects.in_use().filter(kind__in=kinds))
    form = filled(request, MoveReservationForm, offered=offered, initial=initial)
    return show_form(
        request, form, title=_("Move the booking"), button=_("Move it"), words=_("Moved."),
        back=_back(found.pk), undo=lambda moved: _undo(moved),
        rule=lambda data: arranging.move_and_tell(
            reservation=found, span=form.span(), resources=form.chosen(), reason=data["reason"],
            by=request.user, at=now(),
        ),
    )  # fmt: skip


def _undo(reservation: Reservation) -> str:
    last = reservation.events.filter(undone_at=None).first()
    return reverse("undo_reservation", args=[reservation.pk, last.pk]) if last else ""


@needs("bookings.book")
def cancel_reservation(request: StaffRequest, reservation_id: int) -> HttpResponse:
    found = own_reservation(request, reservation_id)
    return show_form(
        request, filled(request, BecauseForm), title=_("Cancel the booking"), warning=True,
        button=_("Cancel the booking"), words=_("Cancelled."), back=_back(found.pk),
        undo=lambda event: reverse("undo_reservation", args=[found.pk, event.pk]),
        rule=lambda data: arranging.cancel_and_tell(
            reservation=found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def confirm_reservation(request: StaffRequest, reservation_id: int) -> HttpResponse:
    found = own_reservation(request, reservation_id)
    arranging.confirm_and_tell(reservation=found, by=request.user, at=now())
    messages.success(request, _("Booked."))
    return redirect(_back(found.pk))


@require_POST
@needs("bookings.book")
def agree_reservation(request: StaffRequest, reservation_id: int) -> HttpResponse:
    found = own_reservation(request, reservation_id)
    deciding.agree(reservation=found, by=request.user, at=now())
    messages.success(request, _("Agreed to."))
    return redirect(_back(found.pk))


@needs("bookings.book")
def refuse_reservation(request: StaffRequest, reservation_id: int) -> HttpResponse:
    found = own_reservation(request, reservation_id)
    return show_form(
        request, filled(request, BecauseForm), title=_("Do not agree to the booking"), warning=True,
        button=_("Do not agree"), words=_("Not agreed to; its time is free."), back=_back(found.pk),
        rule=lambda data: deciding.refuse(
            reservation=found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def undo_reservation(request: StaffRequest, reservation_id: int, event_id: int) -> HttpResponse:
    found = own_reservation(request, reservation_id)
    event = found.events.filter(pk=event_id).select_related("reservation").first()
    if event is None:
        raise Http404
    stands = deciding.take_back(event=event, by=request.user, at=now())
    inviting.tell_attendees(stands, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect(_back(found.pk))


@needs("bookings.book")
def invite_people(request: StaffRequest, reservation_id: int) -> HttpResponse:
    found = own_reservation(request, reservation_id)
    emails = "\n".join(found.attendees.values_list("email", flat=True))
    return show_form(
        request, filled(request, InviteForm, initial={"emails": emails}), title=_("Who is invited"),
        words=_("Saved. Whoever is new has an invitation."), back=_back(found.pk),
        rule=lambda data: inviting.invite(
            reservation=found, emails=data["emails"].split(), by=request.user, at=now()
        ),
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def wait_for_room(request: StaffRequest, resource_id: int) -> HttpResponse:
    resource = Resource.objects.in_use().filter(pk=resource_id).first()
    begins, ends = (_moment(request.POST.get(name, "")) for name in ("begins", "ends"))
    if resource is None or begins is None or ends is None or ends <= begins:
        raise Http404
    title = request.POST.get("title", "").strip() or resource.name
    deciding.wait_for(
        resource=resource, title=title, starts_at=begins, ends_at=ends, by=request.user, at=now()
    )
    messages.success(request, _("You wait for it. Once it is free it is held for you for a day."))
    return redirect("my_bookings")


def _moment(text: str) -> dt.datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


@require_POST
@needs("bookings.book")
def withdraw_wish(request: StaffRequest, wish_id: int) -> HttpResponse:
    wish = Wish.objects.filter(pk=wish_id, made_by=request.user).first()
    if wish is None:
        raise Http404
    deciding.withdraw_wish(wish=wish, by=request.user, at=now())
    messages.success(request, _("You wait no longer."))
    return redirect("my_bookings")
