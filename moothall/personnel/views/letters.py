"""Letters about requests, leaves and references: looked at before they leave, recalled within seconds."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.clock import now
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.letters.rules.outbox import recall_letter
from moothall.people.requests import StaffRequest
from moothall.personnel import forms
from moothall.personnel.models import FamilyLeave, FlexibleRequest, ReferenceRequest, SentOnce
from moothall.personnel.rules import letters as rules
from moothall.personnel.rules.noting import Record
from moothall.personnel.rules.offering import offered
from moothall.personnel.rules.parts import Part
from moothall.personnel.rules.telling import address_of, language_of, words_of

from .finding import with_family, with_flexible, with_reference


def write_letter(request: StaffRequest, record: Record, key: str, back: str) -> HttpResponse:
    """The letter as it will leave, in the person's language; nothing is sent by looking."""
    found = offered(record, key)
    if found is None:
        raise Http404
    built_in, about_on = found
    asked = request.GET.get("language")
    language = asked if asked in ("en", "cy") else language_of(record)
    channel, address = address_of(record)
    subject, text = words_of(record, built_in, language=language, by=request.user, at=now())
    begun = {"channel": channel, "address": address, "language": language, "subject": subject, "text": text}
    form = filled(request, forms.LetterForm, initial=begun)
    name = built_in.name_cy if get_language() == "cy" else built_in.name
    return show_form(
        request, form, title=name, lead=record.employment.person.full_name, back=back, button=_("Send"),
        words=_("The letter leaves in a few seconds."),
        undo=lambda letter: reverse("recall_request_letter", args=[letter.pk]),
        rule=lambda _data: rules.write(
            record, built_in, sent=form.sent(), about_on=about_on, by=request.user, at=now()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible(lambda part: part.decides)
def write_flexible_letter(
    request: StaffRequest, asked: FlexibleRequest, _part: Part, key: str
) -> HttpResponse:
    return write_letter(request, asked, key, reverse("flexible_page", args=[asked.pk]))


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_family(lambda part: part.private)
def write_family_letter(request: StaffRequest, leave: FamilyLeave, _part: Part, key: str) -> HttpResponse:
    return write_letter(request, leave, key, reverse("family_page", args=[leave.pk]))


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
@with_reference()
def write_reference_letter(
    request: StaffRequest, reference: ReferenceRequest, _part: Part, key: str
) -> HttpResponse:
    return write_letter(request, reference, key, reverse("reference_page", args=[reference.pk]))


@require_POST
@signed_in
def recall_request_letter(request: StaffRequest, number: int) -> HttpResponse:
    """Whoever wrote it takes it back before it has left."""
    held = (
        SentOnce.objects.filter(letter=number, letter__written_by=request.user)
        .select_related("letter")
        .first()
    )
    if held is None:
        raise Http404
    recall_letter(held.letter, by=request.user, at=now())
    messages.success(request, _("The letter was called back. It was not sent."))
    return redirect(_page(held))


def _page(held: SentOnce) -> str:
    routes: dict[str, Any] = {
        "flexible_page": held.flexible_id, "family_page": held.family_id, "reference_page": held.reference_id,
        "shared_page": held.shared_id,
    }  # fmt: skip
    return next(reverse(route, args=[pk]) for route, pk in routes.items() if pk is not None)
