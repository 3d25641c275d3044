"""References given: entered, verified, consented to, written, checked by another person, sent or declined."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.personnel import forms
from moothall.personnel.models import ReferenceRequest
from moothall.personnel.rules import references as rules
from moothall.personnel.rules.offering import letters_for
from moothall.personnel.rules.parts import Part
from moothall.personnel.rules.policy import text_from_record
from moothall.personnel.rules.telling import words_of
from moothall.personnel.rules.wording.references import DECLINED, FACTUAL, FULL

from .finding import from_record, kept_employment, with_reference


def page_of(reference: ReferenceRequest) -> str:
    return reverse("reference_page", args=[reference.pk])


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def enter_reference(request: StaffRequest) -> HttpResponse:
    form = filled(
        request,
        forms.ReferenceForm,
        by=request.user,
        initial={"employee": from_record(request), "received_on": today(), "asks": ReferenceRequest.FACTUAL},
    )

    def enter(data: dict[str, Any]) -> ReferenceRequest:
        given = {key: value for key, value in data.items() if key != "employee"}
        return rules.receive(kept_employment(request, data["employee"]), **given, by=request.user, at=now())

    return show_form(
        request,
        form,
        title=_("Somebody asks for a reference"),
        back=reverse("staff_requests"),
        onward=page_of,
        words=_("On record: it is answered within five working days."),
        rule=enter,
    )


@require_GET
@needs("workforce.edit")
@with_reference()
def reference_page(request: StaffRequest, reference: ReferenceRequest, part: Part) -> HttpResponse:
    """What is asked, what was checked, what is said, and what is next."""
    context = {
        "reference": reference,
        "part": part,
        "today": today(),
        "letters": letters_for(reference),
        "wording": rules.settled_wording(reference.employment),
        "happenings": list(reference.happenings.select_related("by")),
        "may_check": reference.drafted_at is not None and reference.drafted_by_id != request.user.pk,
        "sees_case": reference.case is not None and request.user.may("cases.view"),
    }
    return render(request, "personnel/reference.html", context)


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
@with_reference()
def verify_reference(request: StaffRequest, reference: ReferenceRequest, _part: Part) -> HttpResponse:
    form = filled(request, forms.VerifyForm, initial={"address": reference.address})
    return show_form(
        request,
        form,
        title=_("Is whoever asks who they say?"),
        lead=reference.organisation,
        back=page_of(reference),
        words=_("Verified. The answer goes to this address and no other."),
        rule=lambda data: rules.verify(reference, **data, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
@with_reference()
def record_reference_consent(request: StaffRequest, reference: ReferenceRequest, _part: Part) -> HttpResponse:
    form = filled(request, forms.ConsentForm, initial={"on": today(), "consent": reference.consent})
    return show_form(
        request,
        form,
        title=_("Does the person agree?"),
        lead=reference.employment.person.full_name,
        back=page_of(reference),
        words=_("Written down."),
        rule=lambda data: rules.record_consent(reference, **data, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
@with_reference()
def keep_reference_wording(request: StaffRequest, reference: ReferenceRequest, _part: Part) -> HttpResponse:
    return show_form(
        request,
        filled(request, forms.WordingForm, initial={"agreed_on": today()}),
        title=_("Words of a settlement"),
        lead=reference.employment.person.full_name,
        back=page_of(reference),
        words=_("From now on these words are given, and no others."),
        rule=lambda data: rules.keep_wording(reference, **data, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
@with_reference()
def write_reference(request: StaffRequest, reference: ReferenceRequest, _part: Part) -> HttpResponse:
    wording = rules.settled_wording(reference.employment)
    begun = (
        wording.text if wording is not None else reference.text or text_from_record(reference, today=today())
    )
    form = filled(
        request,
        forms.DraftForm,
        initial={
            "text": begun,
            "days_absent": reference.days_absent,
            "protected_left_out": reference.protected_left_out,
        },
    )
    return show_form(
        request,
        form,
        title=_("Write the reference"),
        lead=reference.employment.person.full_name,
        back=page_of(reference),
        words=_("Written. A second person checks it now."),
        rule=lambda data: rules.draft(reference, **data, by=request.user, at=now()),
    )


@require_POST
@needs("workforce.edit")
@with_reference()
def check_reference(request: StaffRequest, reference: ReferenceRequest, _part: Part) -> HttpResponse:
    rules.check(reference, by=request.user, at=now())
    messages.success(request, _("Checked against the file. It can be sent."))
    return redirect(page_of(reference))


def _begun(request: StaffRequest, reference: ReferenceRequest, built_in: Any) -> dict[str, Any]:
    language = "cy" if request.GET.get("language") == "cy" else "en"
    subject, text = words_of(reference, built_in, language=language, by=request.user, at=now())
    channel = "MAIL" if "@" in reference.address else "PRINT"
    return {
        "channel": channel,
        "address": reference.address,
        "language": language,
        "subject": subject,
        "text": text,
    }


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
@with_reference()
def send_reference(request: StaffRequest, reference: ReferenceRequest, _part: Part) -> HttpResponse:
    full = reference.asks == ReferenceRequest.FULL and not reference.is_settled
    form = filled(request, forms.LetterForm, initial=_begun(request, reference, FULL if full else FACTUAL))
    return show_form(
        request,
        form,
        title=_("Send the reference"),
        lead=_("It goes to the verified address, whatever stands here."),
        back=page_of(reference),
        button=_("Send"),
        words=_("Sent; what was said is kept here."),
        rule=lambda _data: rules.send(reference, sent=form.sent(), by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
@with_reference()
def decline_reference(request: StaffRequest, reference: ReferenceRequest, _part: Part) -> HttpResponse:
    form = filled(request, forms.DeclineForm, initial=_begun(request, reference, DECLINED))
    return show_form(
        request,
        form,
        title=_("Give no reference"),
        warning=True,
        lead=reference.employment.person.full_name,
        back=page_of(reference),
        button=_("Decline"),
        words=_("Declined; whoever asked is told."),
        rule=lambda data: rules.decline(
            reference, because=data["because"], sent=form.sent(), by=request.user, at=now()
        ),
    )
