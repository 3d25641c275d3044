"""Certificates of one absence: taken in, looked at, withdrawn, decided upon."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.absence.forms.certifying import DecisionForm, OwnForm, PaperForm
from moothall.absence.models import Certificate, Episode
from moothall.absence.rules import certifying as rules
from moothall.core import fields
from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.models import Document
from moothall.records.rules.documents import download_response, keep_document

from .episodes import address_of
from .finding import find_episode, find_to_record


def with_files(request: HttpRequest, form: type[fields.Form], **named: Any) -> Any:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return form(*sent, **named)


def kept_scan(data: dict[str, Any], *, by: Account) -> Document | None:
    file = data.get("scan")
    return keep_document(file, name=file.name, by=by, at=now()) if file else None


def begun_with(episode: Episode) -> dict[str, Any]:
    """What a certificate of this absence most likely says: it begins where the last one ends."""
    return {
        "from_on": min(episode.lacking_from or episode.first_day, today()), "issued_on": today(),
        "kind": Certificate.SELF if episode.calendar_days(today()) <= 7 else Certificate.NOTE,
    }  # fmt: skip


@signed_in
def certify_absence(request: StaffRequest, number: int) -> HttpResponse:
    """The desk and the manager take in a certificate; the person certifies the first days themself."""
    episode, sight = find_episode(request, number)
    if not sight.may_record and not sight.own:
        raise PermissionDenied
    if sight.may_record:
        form = with_files(request, PaperForm, initial=begun_with(episode))
    else:
        form = filled(request, OwnForm, initial={"from_on": episode.first_day, "until": episode.last_day})

    def record(data: dict[str, Any]) -> Certificate:
        scan = kept_scan(data, by=request.user)
        return rules.record_certificate(
            episode, paper=form.as_paper(), document=scan, by=request.user, at=now()
        )

    return show_form(
        request, form, title=_("Record a certificate") if sight.may_record else _("Certify your absence"),
        rule=record, words=_("Kept."), back=address_of(episode),
        undo=lambda made: reverse("withdraw_certificate", args=[made.episode_id, made.pk])
        if sight.may_record else "",
    )  # fmt: skip


def _find(episode: Episode, certificate_id: int) -> Certificate:
    found = episode.certificates.standing().select_related("document", "episode__employment").filter(
        pk=certificate_id
    ).first()  # fmt: skip
    if found is None:
        raise Http404
    return found


@signed_in
@require_GET
def certificate_scan(request: StaffRequest, number: int, certificate_id: int) -> Any:
    """The paper itself says what somebody suffers from: for themself and for those who keep records."""
    episode, sight = find_episode(request, number)
    found = _find(episode, certificate_id)
    if found.document is None or not sight.sees_reason:
        raise Http404
    return download_response(found.document, inline=True)


@signed_in
@require_POST
def withdraw_certificate(request: StaffRequest, number: int, certificate_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    rules.withdraw_certificate(_find(episode, certificate_id), by=request.user, at=now())
    messages.success(request, _("Withdrawn."))
    return redirect(address_of(episode))


@signed_in
def decide_adjustments(request: StaffRequest, number: int, certificate_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    found = _find(episode, certificate_id)
    if not found.waits_for_manager:
        raise Http404
    ticked = set(found.adjustments)
    asked = ", ".join(str(words) for key, words in Certificate.ADJUSTMENTS if key in ticked)
    return show_form(
        request, filled(request, DecisionForm), title=_("May be fit for work"), lead=asked,
        rule=lambda data: rules.decide_adjustments(found, **data, by=request.user, at=now()),
        words=_("Decided."), back=address_of(episode),
    )  # fmt: skip
