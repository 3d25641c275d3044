"""The kinds of credential as the office keeps them, and what asks for them."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.credentials import forms
from moothall.credentials.models import CredentialKind, Requirement, Validity
from moothall.credentials.rules import setting
from moothall.people.requests import StaffRequest


@require_GET
@needs("workforce.edit")
def credential_kinds(request: StaffRequest) -> HttpResponse:
    """Every kind in use, with its ladder, its months, and what asks for it."""
    asked = Requirement.objects.in_force(today()).select_related("activity", "post", "unit")
    held = Validity.objects.filter(until_on=None).order_by("-from_on", "-id")
    kinds = CredentialKind.objects.in_use().prefetch_related(
        Prefetch("requirements", asked, to_attr="asked_by"), Prefetch("validities", held, to_attr="counts")
    )
    return render(request, "credentials/kinds.html", {"kinds": kinds})


def _kind(number: int) -> CredentialKind:
    found = CredentialKind.objects.in_use().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("workforce.edit")
def change_credential_kind(request: StaffRequest, number: int) -> HttpResponse:
    kind = _kind(number)
    initial = {
        "ladder": ", ".join(map(str, kind.ladder)), "evidence_months": kind.evidence_months or "",
        "must_expire": kind.must_expire, "second_check": kind.second_check,
        "opens_case": kind.opens_case,
    }  # fmt: skip
    return show_form(
        request, filled(request, forms.KindForm, initial=initial), title=_("Change a kind of credential"),
        lead=kind.name_in(get_language() or "en"), back=reverse("credential_kinds"), words=_("Changed."),
        rule=lambda data: setting.change_kind(kind, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("workforce.edit")
def set_credential_validity(request: StaffRequest, number: int) -> HttpResponse:
    kind = _kind(number)
    return show_form(
        request, filled(request, forms.ValidityForm, initial={"from_on": today()}),
        title=_("How long it counts"), lead=kind.name_in(get_language() or "en"),
        back=reverse("credential_kinds"), words=_("It holds from that day on."),
        rule=lambda data: setting.set_validity(kind, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("workforce.edit")
def add_credential_requirement(request: StaffRequest, number: int) -> HttpResponse:
    kind = _kind(number)
    return show_form(
        request, filled(request, forms.RequirementForm, initial={"from_on": today()}),
        title=_("What asks for it?"), lead=kind.name_in(get_language() or "en"),
        back=reverse("credential_kinds"), words=_("It is asked for from that day on."),
        undo=lambda made: reverse("withdraw_credential_requirement", args=[made.pk]),
        rule=lambda data: setting.add_requirement(kind, **data, by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("workforce.edit")
def withdraw_credential_requirement(request: StaffRequest, number: int) -> HttpResponse:
    found = Requirement.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    setting.withdraw_requirement(found, by=request.user, at=now())
    messages.success(request, _("It is asked for no more."))
    return redirect("credential_kinds")
