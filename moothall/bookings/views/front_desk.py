"""What is done at the front desk: visitors, keys and messages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.bookings.forms.keeping import KeyForm, MessageForm, VisitorForm
from moothall.bookings.models import DeskMessage, KeyLoan, Visitor
from moothall.bookings.rules import front_desk
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Place
from moothall.people.models.working import at_on
from moothall.people.requests import StaffRequest


def _place(place_id: int) -> Place:
    found = Place.objects.filter(pk=place_id).first()
    if found is None:
        raise Http404
    return found


def _back(place_id: int) -> str:
    return f"{reverse('reception')}?place={place_id}"


@needs("bookings.book")
def add_visitor(request: StaffRequest, place_id: int) -> HttpResponse:
    place = _place(place_id)
    form = filled(request, VisitorForm, initial={"on": today()})
    return show_form(
        request, form, title=_("A visitor is to come"), words=_("The visitor is expected."),
        back=_back(place.pk),
        rule=lambda data: front_desk.expect_visitor(
            name=data["name"], organisation=data["organisation"], place=place,
            expected_at=at_on(data["on"], data["expected"]), host=form.hosts.get(data["host"]),
            needs=data["needs"], by=request.user, at=now(),
        ),
    )  # fmt: skip


@needs("bookings.book")
def hand_out_key(request: StaffRequest, place_id: int) -> HttpResponse:
    place = _place(place_id)
    form = filled(request, KeyForm, place=place)
    return show_form(
        request, form, title=_("Hand out a key"), words=_("The key is out."), back=_back(place.pk),
        rule=lambda data: front_desk.hand_out_key(
            resource=form.known[data["resource"]], to_whom=data["to_whom"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("bookings.book")
def leave_message(request: StaffRequest, place_id: int) -> HttpResponse:
    place = _place(place_id)
    return show_form(
        request, filled(request, MessageForm), title=_("Leave a message"), words=_("The message waits."),
        back=_back(place.pk),
        rule=lambda data: front_desk.leave_message(place=place, by=request.user, at=now(), **data),
    )  # fmt: skip


def _visitor(request: StaffRequest, visitor_id: int, rule: Callable[..., Any], words: str) -> HttpResponse:
    found = Visitor.objects.filter(pk=visitor_id).first()
    if found is None:
        raise Http404
    rule(visitor=found, by=request.user, at=now())
    messages.success(request, words)
    return redirect(_back(found.place_id))


@require_POST
@needs("bookings.book")
def visitor_came(request: StaffRequest, visitor_id: int) -> HttpResponse:
    return _visitor(request, visitor_id, front_desk.visitor_came, _("They are here."))


@require_POST
@needs("bookings.book")
def visitor_left(request: StaffRequest, visitor_id: int) -> HttpResponse:
    return _visitor(request, visitor_id, front_desk.visitor_left, _("They have left."))


@require_POST
@needs("bookings.book")
def visitor_missed(request: StaffRequest, visitor_id: int) -> HttpResponse:
    return _visitor(request, visitor_id, front_desk.visitor_missed, _("They did not come."))


@require_POST
@needs("bookings.book")
def key_back(request: StaffRequest, loan_id: int) -> HttpResponse:
    """It is back, or, with `lost`, will not come back."""
    loan = KeyLoan.objects.filter(pk=loan_id).select_related("resource").first()
    if loan is None:
        raise Http404
    is_lost = bool(request.POST.get("lost"))
    front_desk.take_key_back(loan=loan, by=request.user, at=now(), is_lost=is_lost)
    messages.success(request, _("The key is written down as lost.") if is_lost else _("The key is back."))
    return redirect(_back(loan.resource.place_id))


@require_POST
@needs("bookings.book")
def give_message(request: StaffRequest, message_id: int) -> HttpResponse:
    found = DeskMessage.objects.filter(pk=message_id).first()
    if found is None:
        raise Http404
    front_desk.give_message(message=found, by=request.user, at=now())
    messages.success(request, _("They have the message."))
    return redirect(_back(found.place_id))
