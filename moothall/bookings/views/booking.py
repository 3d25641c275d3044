"""Booking an appointment, one appointment, moving and cancelling it, and noting who came."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.booking import BookForm, CancelForm, MoveForm, TimesForm
from moothall.bookings.models import Appointment, AppointmentEvent, AppointmentKind
from moothall.bookings.rules import booking
from moothall.bookings.rules.calendar_file import calendar_file
from moothall.bookings.rules.slots import Slot, free_slots, read_book
from moothall.bookings.rules.writing import fields_of, mail_address_of, postal_address_of
from moothall.cases.models import Case
from moothall.cases.rules.access import may_read
from moothall.cases.visiting import case_address, find_case, may_act_here, with_case
from moothall.core.clock import in_london, now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.parts import is_part
from moothall.core.refusals import Refusal
from moothall.people.barring import Bar, reasons
from moothall.people.before_contact import care_for
from moothall.people.models import Account, Person, Place
from moothall.people.models.often_asked import cautions_of
from moothall.people.models.working import days_between
from moothall.people.requests import StaffRequest

from .finding import chosen_day, chosen_place, find_appointment, kinds_for, places_with_rooms

DAYS = 7


class Looking:
    """For which kind, where, with whom and from which day free times are looked for, as the address says."""

    def __init__(self, request: StaffRequest, kinds: list[AppointmentKind], kind: AppointmentKind) -> None:
        self.kind, self.places = kind, places_with_rooms()
        self.place: Place | None = chosen_place(request, self.places)
        self.on = max(chosen_day(request), today())
        initial = {
            "kind": str(kind.pk), "place": str(self.place.pk) if self.place else "", "on": self.on,
            "staff": request.GET.get("staff", ""),
        }  # fmt: skip
        self.form = TimesForm(kinds=kinds, places=self.places, kind=kind, initial=initial)
        self.barred: list[tuple[Account, list[Bar]]] = []
        self.staff: Account | None = self.form.people.get(request.GET.get("staff", ""))

    def slots(self, *, language: str = "", leave_out: Appointment | None = None) -> list[Slot]:
        last = self.on + dt.timedelta(days=DAYS - 1)
        book = read_book(
            self.kind, place=self.place, first=self.on, last=last, language=language, staff=self.staff,
            leave_out=leave_out,
        )  # fmt: skip
        self.barred = [(each, book.barred[each.pk]) for each in book.staff if each.pk in book.barred]
        return free_slots(book, days_between(self.on, last), place=self.place, after=now())

    def shown(self, form: Any) -> dict[str, Any]:
        days: dict[dt.date, list[tuple[str, Slot]]] = {}
        for key, slot in form.slots.items():
            days.setdefault(in_london(slot.starts_at).date(), []).append((key, slot))
        return {
            "times": self.form, "days": list(days.items()), "on": self.on, "kind": self.kind,
            "earlier": max(self.on - dt.timedelta(days=DAYS), today()),
            "later": self.on + dt.timedelta(days=DAYS), "until": self.on + dt.timedelta(days=DAYS - 1),
            "barred": [(each.name, reasons(why)) for each, why in self.barred],
        }  # fmt: skip


def _asked_for(request: StaffRequest) -> tuple[Case | None, Person | None]:
    """The case and the person that the address names, if it does."""
    reference = request.GET.get("case", "")
    case = find_case(request, reference) if reference else None
    if case is not None and not may_read(case, request.user, at=now()):
        raise Http404
    if case is not None and not may_act_here(request, case):
        raise PermissionDenied
    if case is not None:
        return case, case.requester
    person = Person.objects.visible_to(request.user).filter(reference=request.GET.get("person", "").upper())
    return None, person.first() if request.GET.get("person") else None


@needs("bookings.book")
def book(request: StaffRequest) -> HttpResponse:
    """Choose what for, see what is free, press a time, say who comes."""
    kinds = kinds_for(request)
    case, person = _asked_for(request)
    if not kinds:
        return render(request, "bookings/nothing_to_book.html", {})
    kind = _chosen_kind(request, kinds, case)
    looking = Looking(request, kinds, kind)
    initial = {"person": person, "language": person.language if person else ""}
    form = filled(request, BookForm, account=request.user, slots=looking.slots(), initial=initial)
    if form.is_valid():
        try:
            return _booked(request, looking, form.cleaned_data, case)
        except Refusal as refusal:
            form.add_error("slot", str(refusal))
    cautions = cautions_of(person=person.pk, on=today()) if person else []
    context = {
        **looking.shown(form), "form": form, "case": case, "person": person, "cautions": cautions,
        "care": care_for(request.user, person.pk if person else None, on=today()),
    }  # fmt: skip
    return render(request, "bookings/book.html", context, status=422 if form.errors else 200)


def _chosen_kind(request: StaffRequest, kinds: list[AppointmentKind], case: Case | None) -> AppointmentKind:
    """The kind asked for, else one for the service of the case, else the first."""
    asked = request.GET.get("kind", "")
    if found := next((each for each in kinds if str(each.pk) == asked), None):
        return found
    if case is not None:
        for_service = set(
            AppointmentKind.objects.filter(services=case.service_id).values_list("pk", flat=True)
        )
        return next((each for each in kinds if each.pk in for_service), kinds[0])
    return kinds[0]


def _booked(request: StaffRequest, looking: Looking, data: dict[str, Any], case: Case | None) -> HttpResponse:
    made = booking.book_appointment(
        kind=looking.kind, starts_at=data["slot"].starts_at, person=data["person"], case=case,
        place=looking.place, staff=looking.staff, language=data["language"], note=data["note"],
        by=request.user, at=now(),
    )  # fmt: skip
    written = made.letters.filter(letter__isnull=False).exists()
    messages.success(
        request, _("Booked. They have a letter with the time.") if written
        else _("Booked. No address is known to write to: tell them the time."),
    )  # fmt: skip
    return redirect(case_address(case) if case else reverse("appointment", args=[made.pk]))


@require_GET
@needs("bookings.book")
@with_case
def book_for_case(request: StaffRequest, case: Case) -> HttpResponse:
    """From the case page to the free times."""
    address = f"{reverse('book')}?case={case.reference}"
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@require_GET
@needs("bookings.book")
def appointment(request: StaffRequest, appointment_id: int) -> HttpResponse:
    found = find_appointment(request, appointment_id)
    events = list(found.events.select_related("by"))
    last = next((each for each in events if each.undone_at is None), None)
    context = {
        "appointment": found, "events": events, "last": last if last and last.before else None, "now": now(),
        "cautions": cautions_of(person=found.person_id, on=today()),
        "care": care_for(request.user, found.person_id, on=today()),
        "letters": found.letters.select_related("letter").order_by("-at", "-id"),
        "reached": mail_address_of(found) or postal_address_of(found),
    }  # fmt: skip
    return render(request, "bookings/appointment.html", context)


@needs("bookings.book")
def move(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """The same appointment at another free time."""
    found = find_appointment(request, appointment_id)
    looking = Looking(request, [found.kind], found.kind)
    slots = looking.slots(language=found.language, leave_out=found)
    form = filled(request, MoveForm, slots=slots)
    if form.is_valid():
        try:
            booking.move_appointment(
                found, starts_at=form.cleaned_data["slot"].starts_at, place=looking.place,
                staff=looking.staff, reason=form.cleaned_data["reason"], by=request.user, at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("slot", str(refusal))
        else:
            messages.success(request, _("Moved."), extra_tags=_undo(found))
            return redirect("appointment", appointment_id=found.pk)
    context = {**looking.shown(form), "form": form, "appointment": found}
    return render(request, "bookings/move.html", context, status=422 if form.errors else 200)


def _undo(appointment: Appointment) -> str:
    last = appointment.events.filter(undone_at=None).first()
    return reverse("undo_appointment", args=[appointment.pk, last.pk]) if last else ""


@needs("bookings.book")
def cancel(request: StaffRequest, appointment_id: int) -> HttpResponse:
    found = find_appointment(request, appointment_id)
    return show_form(
        request, filled(request, CancelForm), title=_("Cancel the appointment"), warning=True,
        button=_("Cancel the appointment"), words=_("Cancelled."),
        back=reverse("appointment", args=[found.pk]),
        undo=lambda event: reverse("undo_appointment", args=[found.pk, event.pk]),
        rule=lambda data: booking.cancel_appointment(
            found, reason=data["reason"], tell=data["tell"], by=request.user, at=now()
        ),
    )  # fmt: skip


def _note(request: StaffRequest, appointment_id: int, kind: str, words: str) -> HttpResponse:
    found = find_appointment(request, appointment_id)
    event = booking.note_attendance(found, kind=kind, by=request.user, at=now())
    undo = reverse("undo_appointment", args=[found.pk, event.pk])
    messages.success(request, words, extra_tags=undo)
    return redirect(reverse("reception") + (f"?place={found.room.place_id}" if found.room else ""))


@require_POST
@needs("bookings.book")
def arrived(request: StaffRequest, appointment_id: int) -> HttpResponse:
    return _note(request, appointment_id, AppointmentEvent.ARRIVED, _("They are here."))


@require_POST
@needs("bookings.book")
def missed(request: StaffRequest, appointment_id: int) -> HttpResponse:
    return _note(request, appointment_id, AppointmentEvent.MISSED, _("They did not come."))


@require_POST
@needs("bookings.book")
def left(request: StaffRequest, appointment_id: int) -> HttpResponse:
    return _note(request, appointment_id, AppointmentEvent.LEFT, _("They have left."))


@require_POST
@needs("bookings.book")
def undo_appointment(request: StaffRequest, appointment_id: int, event_id: int) -> HttpResponse:
    found = find_appointment(request, appointment_id)
    event = found.events.filter(pk=event_id).select_related("appointment").first()
    if event is None:
        raise Http404
    booking.take_back_event(event, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect("appointment", appointment_id=found.pk)


@require_GET
@needs("bookings.book")
def appointment_file(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """The appointment for somebody's own calendar."""
    found = find_appointment(request, appointment_id)
    words = fields_of(found, found.language or "en")
    content = calendar_file(
        found, words=words["appointment.what"], where=words["appointment.where"],
        host=request.get_host().partition(":")[0], at=now(),
    )  # fmt: skip
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="appointment.ics"'},
    )
