"""One appraisal, for both sides: the page, the talk at mid-year, the own view, the rating, signing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.appraisal.forms.appraising import (
    BecauseForm,
    LeaveOutForm,
    LookForm,
    RatingForm,
    SaidForm,
    SignForm,
)
from moothall.appraisal.models import Appraisal, Objective
from moothall.appraisal.rules import objectives, rating
from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

from .finding import find_appraisal, find_for


@signed_in
@require_GET
def appraisal(request: StaffRequest, number: int) -> HttpResponse:
    """The whole of it: objectives, evidence, both views, the rating, and what happened."""
    found, employment, rights = find_appraisal(request, number)
    rows = found.objectives.filter(withdrawn_at=None).prefetch_related("notes__by", "changes__by")
    evidence = found.evidence.filter(withdrawn_at=None).select_related("document", "by")
    context: dict[str, Any] = {
        "appraisal": found, "employment": employment, "rights": rights, "today": today(),
        "due": found.cycle.due_on(found.stage), "objectives": list(rows),
        "evidence": list(evidence.prefetch_related("competencies")),
        "ratings": list(found.ratings.filter(replaced_at=None).select_related("competency", "mark")),
        "events": list(found.events.select_related("by")), "running": found.cycle.is_running,
        "others": employment.appraisals.exclude(pk=found.pk).in_full().order_by("-cycle__from_on", "-id")[:5],
    }  # fmt: skip
    context |= _may(found, rights, context["objectives"])
    return render(request, "appraisal/appraisal.html", context)


def _may(found: Appraisal, rights: Any, objectives_shown: list[Objective]) -> dict[str, bool]:
    """Which buttons stand on the page."""
    stage, running = found.stage, found.cycle.is_running
    before = running and rights.takes_part and stage in objectives.BEFORE_THE_RATING
    overdue = stage == Appraisal.SELF and today() > found.cycle.self_by
    side = "employee_agreed_at" if rights.own else "manager_agreed_at"
    return {
        "writes": before, "waits_for_me": any(getattr(each, side) is None for each in objectives_shown),
        "sends_view": running and rights.own and stage in (Appraisal.SELF, Appraisal.RATING),
        "rates": running and rights.manages and (stage == Appraisal.RATING or overdue),
        "looks": running and rights.looks_again and stage == Appraisal.SECOND,
        "signs": running and rights.own and stage == Appraisal.SIGN and found.employee_signed_at is None,
        "signs_too": running and rights.manages and stage == Appraisal.SIGN
        and found.manager_signed_at is None,
        "reopens": running and rights.decides and stage in rating.RATED,
        "leaves_out": running and rights.decides and stage not in Appraisal.SETTLED,
        "takes_in": running and rights.decides and stage == Appraisal.EXEMPT,
    }  # fmt: skip


def _page(found: Appraisal) -> str:
    return reverse("appraisal", args=[found.pk])


def _lead(found: Appraisal) -> str:
    return f"{found.employment.person.full_name} · {found.cycle}"


@signed_in
def write_mid_year(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "manages", "own")
    return show_form(
        request, filled(request, SaidForm, initial={"said": found.mid_year}), title=_("Mid-year talk"),
        words=_("Kept. Both of you can read it."), back=_page(found), lead=_lead(found),
        rule=lambda data: rating.hold_mid_year(found, said=data["said"], by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def write_own_view(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "own")
    return show_form(
        request, filled(request, SaidForm, initial={"said": found.own_view}), title=_("Your own view"),
        words=_("Sent in. Your manager can rate now; until then you can still change it."),
        button=_("Send it in"), back=_page(found), lead=_lead(found),
        rule=lambda data: rating.send_own_view(found, said=data["said"], by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def rate_appraisal(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "manages")
    form = filled(request, RatingForm, appraisal=found)

    def save(data: dict[str, Any]) -> Appraisal:
        return rating.rate(
            found, ratings=form.ratings(), overall=form.overall(), because=data["overall-why"],
            by=request.user, at=now(),
        )  # fmt: skip

    return show_form(
        request, form, title=_("Rate"), words=_("Rated."), back=_page(found), lead=_lead(found), rule=save
    )


@signed_in
def look_again(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "looks_again")
    return show_form(
        request, filled(request, LookForm), title=_("Second look"), words=_("Kept."),
        back=_page(found), lead=f"{_lead(found)} · {found.overall or ''}",
        rule=lambda data: rating.look_again(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@signed_in
def sign_appraisal(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "own")
    return show_form(
        request, filled(request, SignForm), title=_("Sign your appraisal"), button=_("Sign"),
        words=_("Signed."), back=_page(found), lead=f"{_lead(found)} · {found.overall or ''}",
        rule=lambda data: rating.sign_own(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@signed_in
@require_POST
def sign_as_manager(request: StaffRequest, number: int) -> HttpResponse:
    found = rating.sign_as_manager(find_for(request, number, "manages"), by=request.user, at=now())
    messages.success(request, _("Signed."))
    return redirect("appraisal", found.pk)


@signed_in
def reopen_appraisal(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "decides")
    return show_form(
        request, filled(request, BecauseForm), title=_("Open it again"), warning=True,
        button=_("Open it again"), words=_("Open again. It is rated anew, and both sign again."),
        back=_page(found), lead=_lead(found),
        rule=lambda data: rating.reopen(found, because=data["because"], by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def leave_out(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "decides")
    return show_form(
        request, filled(request, LeaveOutForm), title=_("Leave out of this cycle"), button=_("Leave out"),
        words=_("Left out. They read why."), back=_page(found), lead=_lead(found),
        undo=lambda held: reverse("take_back_in", args=[held.pk]),
        rule=lambda data: rating.leave_out(
            found, reason=data["reason"], note_of_it=data["note"], by=request.user, at=now()
        ),
    )  # fmt: skip


@signed_in
@require_POST
def take_back_in(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, "decides")
    rating.take_back_in(found, by=request.user, at=now())
    messages.success(request, _("They are in it after all."))
    return redirect("appraisal", found.pk)
