"""Requests for flexible working: entered by the desk, their page, and every step to a decision."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.personnel import forms
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest
from moothall.personnel.rules import deciding
from moothall.personnel.rules import flexible as rules
from moothall.personnel.rules.fields import ground_name
from moothall.personnel.rules.offering import letters_for
from moothall.personnel.rules.parts import Part

from .finding import from_record, kept_employment, with_flexible

DAY = dt.timedelta(days=1)


def page_of(request: FlexibleRequest) -> str:
    return reverse("flexible_page", args=[request.pk])


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def enter_flexible(request: StaffRequest) -> HttpResponse:
    """A request that came on paper or by mail."""
    initial = {"employee": from_record(request), "received_on": today()}
    form = filled(request, forms.EnterFlexibleForm, by=request.user, initial=initial)
    return show_form(
        request,
        form,
        title=_("A request for flexible working"),
        back=reverse("staff_requests"),
        words=_("It is on record, and its time runs."),
        onward=page_of,
        rule=lambda data: rules.ask_flexible(
            kept_employment(request, data["employee"]),
            asks_for=data["asks_for"],
            effect=data["effect"],
            wanted_from=data["wanted_from"],
            received_on=data["received_on"],
            wanted=form.wanted(),
            outside=data["outside"],
            by=request.user,
            at=now(),
        ),
    )


@require_GET
@signed_in
@with_flexible()
def flexible_page(request: StaffRequest, asked: FlexibleRequest, part: Part) -> HttpResponse:
    """What was asked, by when it is decided, and what can be done now."""
    day = today()
    rule = rules.rule_for(asked.employment, asked.received_on)
    context: dict[str, Any] = {
        "asked": asked,
        "part": part,
        "today": day,
        "rule": rule,
        "meetings": list(asked.meetings.select_related("arranged_by")),
        "happenings": list(asked.happenings.select_related("by")) if part.decides else [],
        "letters": letters_for(asked),
        "ground": ground_name(asked.ground, request.LANGUAGE_CODE),
        "sees_case": asked.case is not None and part.decides and request.user.may("cases.view"),
        "may_undo": asked.state == FlexibleRequest.WITHDRAWN and asked.withdrawn_on == day,
    }
    return render(request, "personnel/flexible.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible(lambda part: part.decides)
def arrange_flexible_meeting(request: StaffRequest, asked: FlexibleRequest, _part: Part) -> HttpResponse:
    form = filled(request, forms.MeetingForm)
    return show_form(
        request,
        form,
        title=_("Arrange a meeting"),
        lead=asked.employment.person.full_name,
        back=page_of(asked),
        button=_("Arrange it"),
        words=_("Arranged. Now invite them."),
        onward=lambda _made: reverse("write_flexible_letter", args=[asked.pk, "fw_meeting"]),
        rule=lambda data: rules.arrange_meeting(
            asked,
            starts_at=form.starts_at(),
            place=data["place"],
            companion=data["companion"],
            by=request.user,
            at=now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible(lambda part: part.decides)
def write_down_flexible_meeting(
    request: StaffRequest, asked: FlexibleRequest, _part: Part, meeting: int
) -> HttpResponse:
    found: FlexibleMeeting | None = asked.meetings.filter(pk=meeting).first()
    if found is None:
        raise Http404
    found.request = asked
    return show_form(
        request,
        filled(request, forms.MeetingOutcomeForm, initial={"state": "HELD"}),
        title=_("What came of the meeting"),
        lead=asked.employment.person.full_name,
        back=page_of(asked),
        words=_("Written down."),
        rule=lambda data: rules.write_down_meeting(found, **data, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible(lambda part: part.decides)
def decide_flexible(request: StaffRequest, asked: FlexibleRequest, _part: Part) -> HttpResponse:
    home = {True: "yes", False: "no", None: ""}[asked.is_home_based]
    after = asked.trial_until + DAY if asked.trial_until is not None else asked.wanted_from
    initial = {
        "agreed_from": after,
        "weekly_hours": asked.weekly_hours,
        "pattern": asked.pattern_id,
        "home": home,
    }
    form = filled(request, forms.DecideForm, received_on=asked.received_on, initial=initial)
    return show_form(
        request,
        form,
        title=_("Decide on the request"),
        lead=asked.employment.person.full_name,
        back=page_of(asked),
        button=_("Decide"),
        words=_("Decided, and on the staff record from its day. Now tell them in writing."),
        onward=lambda made: reverse("write_flexible_letter", args=[made.pk, LETTER_OF[made.state]]),
        rule=lambda _data: deciding.decide(asked, form.decision(), by=request.user, at=now()),
    )


LETTER_OF = {
    FlexibleRequest.AGREED: "fw_agreed",
    FlexibleRequest.TRIAL: "fw_trial",
    FlexibleRequest.REFUSED: "fw_refused",
}


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible(lambda part: part.decides)
def extend_flexible(request: StaffRequest, asked: FlexibleRequest, _part: Part) -> HttpResponse:
    return show_form(
        request,
        filled(request, forms.ExtendForm),
        title=_("More time to decide"),
        lead=asked.employment.person.full_name,
        back=page_of(asked),
        words=_("The later day is on record."),
        onward=lambda made: reverse("write_flexible_letter", args=[made.pk, "fw_extension"]),
        rule=lambda data: rules.extend(asked, **data, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible(lambda part: part.own or part.keeps)
def appeal_flexible(request: StaffRequest, asked: FlexibleRequest, _part: Part) -> HttpResponse:
    return show_form(
        request,
        filled(request, forms.AppealForm, initial={"on": today()}),
        title=_("Appeal against the refusal"),
        lead=asked.employment.person.full_name,
        back=page_of(asked),
        words=_("Somebody who had no part in the decision looks at it again."),
        rule=lambda data: rules.appeal(asked, **data, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible(lambda part: part.decides)
def decide_flexible_appeal(request: StaffRequest, asked: FlexibleRequest, _part: Part) -> HttpResponse:
    form = filled(request, forms.AppealDecisionForm, initial={"agreed_from": asked.wanted_from})
    return show_form(
        request,
        form,
        title=_("Decide on the appeal"),
        lead=asked.employment.person.full_name,
        back=page_of(asked),
        words=_("Decided. Now tell them in writing."),
        onward=lambda made: reverse("write_flexible_letter", args=[made.pk, "fw_appeal_outcome"]),
        rule=lambda data: deciding.decide_appeal(asked, **data, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@with_flexible()
def withdraw_flexible(request: StaffRequest, asked: FlexibleRequest, _part: Part) -> HttpResponse:
    return show_form(
        request,
        filled(request, forms.BecauseForm),
        title=_("Withdraw the request"),
        warning=True,
        lead=_("It still counts as a request of these twelve months."),
        back=page_of(asked),
        words=_("Withdrawn."),
        undo=lambda made: reverse("put_back_flexible", args=[made.pk]),
        rule=lambda data: rules.withdraw(asked, because=data["because"], by=request.user, at=now()),
    )


@require_POST
@signed_in
@with_flexible()
def put_back_flexible(request: StaffRequest, asked: FlexibleRequest, _part: Part) -> HttpResponse:
    rules.put_back(asked, by=request.user, at=now())
    messages.success(request, _("It is being looked at again."))
    return redirect(page_of(asked))
