"""One credential: how it stands, its evidence, and verifying, refusing, withdrawing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.credentials.forms import BecauseForm
from moothall.credentials.models import Credential
from moothall.credentials.rules import recording
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response

from .finding import find_credential, find_kept


@signed_in
@require_GET
def credential(request: StaffRequest, number: int) -> HttpResponse:
    found, employment, rights = find_credential(request, number)
    state = found.state(today())
    others = Credential.objects.filter(person=found.person_id, kind=found.kind_id).exclude(pk=found.pk)
    others = others.select_related("kind").stating(today())
    context = {
        "credential": found, "employment": employment, "rights": rights, "state": state,
        "others": others.order_by("-issued_on", "-id"),
        "verifies": rights.keeps and not rights.own and found.recorded_by_id != request.user.pk,
        "seen": found.seen.select_related("by")[:20] if rights.may_see_all else [],
        "reminders": found.reminders.all(), "case": case_of(found, request.user),
    }  # fmt: skip
    return render(request, "credentials/credential.html", context)


def case_of(found: Credential, account: Account) -> Case | None:
    """The case in which its renewal is seen to, for whoever sees that."""
    return Case.objects.visible_to(account).filter(renewal_of_credential__credential=found).first()


@signed_in
@require_POST
def credential_evidence(request: StaffRequest, number: int) -> Any:
    """The document itself; who looked at it is written down."""
    found, _employment, rights = find_credential(request, number)
    if not rights.may_see_all:
        raise PermissionDenied
    if found.evidence is None:
        raise Http404
    recording.see_evidence(found, by=request.user, at=now())
    return download_response(found.evidence)


@needs("workforce.edit")
@require_POST
def verify_credential(request: StaffRequest, number: int) -> HttpResponse:
    found = find_kept(request, number)
    recording.verify_credential(found, by=request.user, at=now())
    messages.success(request, _("Verified. It counts from its first day."))
    return redirect("credential", found.pk)


@needs("workforce.edit")
def refuse_credential(request: StaffRequest, number: int) -> HttpResponse:
    found = find_kept(request, number)
    return show_form(
        request, filled(request, BecauseForm), title=_("Do not accept it"), warning=True,
        button=_("Do not accept it"), words=_("Not accepted. They read why, and can send it in again."),
        back=reverse("credential", args=[found.pk]), lead=f"{found.person}: {found}",
        rule=lambda data: recording.refuse_credential(
            found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("workforce.edit")
def withdraw_credential(request: StaffRequest, number: int) -> HttpResponse:
    found = find_kept(request, number)
    return show_form(
        request, filled(request, BecauseForm), title=_("Withdraw the credential"), warning=True,
        button=_("Withdraw the credential"), words=_("Withdrawn. It does not count any more."),
        back=reverse("credential", args=[found.pk]), lead=f"{found.person}: {found}",
        undo=lambda held: reverse("restore_credential", args=[held.pk]),
        rule=lambda data: recording.withdraw_credential(
            found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("workforce.edit")
@require_POST
def restore_credential(request: StaffRequest, number: int) -> HttpResponse:
    found = find_kept(request, number)
    recording.restore_credential(found, by=request.user, at=now())
    messages.success(request, _("It was not withdrawn after all."))
    return redirect("credential", found.pk)
