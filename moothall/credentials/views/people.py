"""What one person holds, and sending in what they hold now."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import LONDON, now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.credentials.forms import CredentialForm, DeskForm, EntryForm
from moothall.credentials.models import Credential
from moothall.credentials.rules.recording import record_credential, withdraw_own_entry
from moothall.credentials.rules.standing import asked_of_people, held_by, lines_of
from moothall.people.models import Person
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import keep_document
from moothall.workforce.models import Employment
from moothall.workforce.visiting import with_employment

from .finding import find_kept, rights_over

SHOWN, STAYS = 10, ("kind", "issuer", "issued_on")


@signed_in
@require_GET
@with_employment
def employee_credentials(request: StaffRequest, employment: Employment) -> HttpResponse:
    return _shown(request, employment)


def _shown(request: StaffRequest, employment: Employment) -> HttpResponse:
    """What is asked of them and what they hold, and what they held before."""
    day = today()
    held = held_by([employment.person_id]).get(employment.person_id, [])
    before = Credential.objects.filter(person=employment.person_id).select_related("kind")
    before = before.exclude(pk__in=[each.pk for each in held]).stating(day)
    context = {
        "employment": employment, "lines": lines_of(employment, asked_of_people(day), held),
        "before": before.order_by("-issued_on", "-id"), "rights": rights_over(request.user, employment),
    }  # fmt: skip
    return render(request, "credentials/person.html", context)


@signed_in
def add_credential(request: StaffRequest, number: str) -> HttpResponse:
    """The person sends in what they hold, or the desk records it."""
    return _add(request, number)


@with_employment
def _add(request: StaffRequest, employment: Employment) -> HttpResponse:
    rights = rights_over(request.user, employment)
    if not rights.may_add:
        raise PermissionDenied
    form = _form(request, DeskForm if rights.keeps and not rights.own else CredentialForm)
    waits = _("It is on the record, and counts once a colleague has verified it.")
    return show_form(
        request, form, title=_("Add a credential"), words=waits if rights.own else _("It is on the record."),
        back=reverse("employee_credentials", args=[employment.number]), lead=employment.person.full_name,
        rule=lambda data: _record(request, employment.person, data),
        onward=lambda made: reverse("credential", args=[made.pk]),
    )  # fmt: skip


def _form(request: StaffRequest, form: type[CredentialForm]) -> CredentialForm:
    if request.method == "POST":
        return form(request.POST, request.FILES)
    return form(initial={"kind": request.GET.get("kind", "")})


def _record(request: StaffRequest, person: Person, data: dict[str, Any]) -> Credential:
    file = data.get("evidence")
    kept = keep_document(file, name=file.name, by=request.user, at=now()) if file else None
    names = ("kind", "number", "issuer", "issued_on", "expires_on", "restrictions")
    given = {name: data[name] for name in names}
    return record_credential(
        person, evidence=kept, seen=data.get("seen", False), by=request.user, at=now(), **given
    )


@needs("workforce.edit")
def enter_credentials(request: StaffRequest) -> HttpResponse:
    """One after another by the keyboard: Enter keeps one, and what is mostly the same stays for the next."""
    initial = {name: request.GET.get(name, "") for name in STAYS} | {"seen": True}
    form = filled(request, EntryForm, account=request.user, initial=initial)

    def save(data: dict[str, Any]) -> Credential:
        if not rights_over(request.user, data["employee"]).keeps:
            raise PermissionDenied
        return _record(request, data["employee"].person, data)

    def onward(made: Credential) -> str:
        stays = {"kind": made.kind_id, "issuer": made.issuer, "issued_on": f"{made.issued_on:%d/%m/%Y}"}
        return f"{reverse('enter_credentials')}?{urlencode(stays)}"

    return show_form(
        request, form, title=_("Enter credentials one after another"), words=_("It is on the record."),
        back=reverse("credential_list"), button=_("Save, and the next"), rule=save, onward=onward,
        undo=lambda made: reverse("undo_credential_entry", args=[made.pk]),
        template="credentials/entry.html", context={"entered": _entered(request)},
    )  # fmt: skip


def _entered(request: StaffRequest) -> list[Credential]:
    """What this account entered today, the last first."""
    begins = now().astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Credential.objects.standing().filter(recorded_by=request.user, recorded_at__gte=begins)
    shown = rows.exclude(person=request.user.person_id).stating(today()).select_related("person", "kind")
    return list(shown.order_by("-recorded_at", "-id")[:SHOWN])


@needs("workforce.edit")
@require_POST
def undo_credential_entry(request: StaffRequest, number: int) -> HttpResponse:
    credential = find_kept(request, number)
    withdraw_own_entry(credential, by=request.user, at=now())
    messages.success(request, _("Taken back."), extra_tags=reverse("restore_credential", args=[number]))
    return redirect(f"{reverse('enter_credentials')}?kind={credential.kind_id}")


@signed_in
@require_GET
def my_credentials(request: StaffRequest) -> HttpResponse:
    """One's own, by the employment that is in force, else the one that ended last."""
    theirs = Employment.objects.of_account(request.user).with_assignment(today())
    own = theirs.order_by("-started_on", "-id").first()
    return _shown(request, own) if own else render(request, "credentials/nobody.html")
