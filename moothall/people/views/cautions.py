"""Placing, reviewing and lifting caution markers; protecting an address."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.people.forms.cautions import CautionForm, ReasonForm, ReviewForm
from moothall.people.models import CautionMarker, Person
from moothall.people.requests import StaffRequest
from moothall.people.rules import cautions

from .acting import act, bound, find_person


@needs("people.caution")
@require_http_methods(["GET", "POST"])
def place_caution(request: StaffRequest, reference: str) -> HttpResponse:
    person = find_person(request, reference)

    def rule(data: dict[str, Any]) -> CautionMarker:
        return cautions.place_caution(person, by=request.user, at=now(), **data)

    return act(
        request, bound(request, CautionForm), title=_("Caution about %(name)s") % {"name": person},
        rule=rule, words=_("The caution marker is placed."), back=_page_of(person),
        button=_("Place the marker"),
    )  # fmt: skip


@needs("people.caution")
@require_http_methods(["GET", "POST"])
def review_caution(request: StaffRequest, reference: str, marker_id: int) -> HttpResponse:
    marker = _find_marker(request, reference, marker_id)

    def rule(data: dict[str, Any]) -> CautionMarker:
        return cautions.review_caution(marker, by=request.user, at=now(), **data)

    return act(
        request, bound(request, ReviewForm), title=_("Let “%(kind)s” stand") % {"kind": marker.kind},
        rule=rule, words=_("The marker stands until the new day."), back=_page_of(marker.person),
        lead=marker.reason,
    )  # fmt: skip


@needs("people.caution")
@require_http_methods(["GET", "POST"])
def lift_caution(request: StaffRequest, reference: str, marker_id: int) -> HttpResponse:
    marker = _find_marker(request, reference, marker_id)

    def rule(data: dict[str, Any]) -> CautionMarker:
        return cautions.lift_caution(marker, reason=data["reason"], by=request.user, at=now())

    return act(
        request, bound(request, ReasonForm), title=_("Lift “%(kind)s”") % {"kind": marker.kind}, rule=rule,
        words=_("The caution marker is lifted."), back=_page_of(marker.person), button=_("Lift the marker"),
        warning=True,
    )  # fmt: skip


@needs("people.caution")
@require_http_methods(["GET", "POST"])
def protect_address(request: StaffRequest, reference: str) -> HttpResponse:
    person = find_person(request, reference)

    def rule(data: dict[str, Any]) -> Any:
        return cautions.protect_address(person, reason=data["reason"], by=request.user, at=now())

    return act(
        request, bound(request, ReasonForm), title=_("Protect the address of %(name)s") % {"name": person},
        rule=rule, words=_("The address is protected."), back=_page_of(person),
        button=_("Protect the address"),
        lead=_("From then on only those who may place caution markers see where this person lives."),
    )  # fmt: skip


@needs("people.caution")
@require_POST
def unprotect_address(request: StaffRequest, reference: str) -> HttpResponse:
    person = find_person(request, reference)
    cautions.unprotect_address(person, by=request.user, at=now())
    messages.success(request, _("The address is no longer protected."))
    return redirect(_page_of(person))


def _find_marker(request: StaffRequest, reference: str, marker_id: int) -> CautionMarker:
    person = find_person(request, reference)
    found = person.cautions.select_related("person").filter(pk=marker_id, lifted_at=None)
    marker: CautionMarker | None = found.order_by("pk").first()
    if marker is None:
        raise Http404
    return marker


def _page_of(person: Person) -> str:
    return reverse("person_page", args=[person.reference])
