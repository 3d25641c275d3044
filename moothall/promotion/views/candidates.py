"""One candidate at the desk: may they go before the board, what professional standards says, appeals."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.promotion.finding import candidate_to_run
from moothall.promotion.forms import AppealOutcomeForm, EligibilityForm, StandardsForm, WhyForm, language_now
from moothall.promotion.models import Appeal, Board, EligibilityCheck
from moothall.promotion.rules import appealing, checking
from moothall.recruitment.models import Application


def _back(application: Application) -> str:
    board = Board.objects.get(campaign=application.campaign_id)
    return reverse("promotion_board", args=[board.pk])


@needs("cases.work")
def check_candidate(request: StaffRequest, number: int) -> HttpResponse:
    """What the rules say, each on its own day; a person decides."""
    found = candidate_to_run(request.user, number)
    rows = checking.looked_at(found, today=today(), language=language_now())
    stopping = [each.told for each in rows if each.stops]
    form = filled(request, EligibilityForm, initial={"eligible": not stopping, "because": " ".join(stopping)})
    context = {
        "findings": rows, "application": found,
        "checks": EligibilityCheck.objects.filter(application=found).select_related("by"),
        "endorsement": getattr(found, "endorsement", None),
    }  # fmt: skip
    return show_form(
        request, form, title=_("May they go before the board?"), lead=found.applicant.person.full_name,
        words=_("It is decided."), back=_back(found), template="promotion/check.html", context=context,
        undo=lambda _made: reverse("take_back_check", args=[number]),
        rule=lambda data: checking.decide_eligibility(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def take_back_check(request: StaffRequest, number: int) -> HttpResponse:
    checking.take_back_check(candidate_to_run(request.user, number), by=request.user, at=now())
    messages.success(request, _("Nothing is decided about them; decide anew."))
    return redirect("check_candidate", number=number)


@needs("cases.work")
def note_standards(request: StaffRequest, number: int) -> HttpResponse:
    found = candidate_to_run(request.user, number)
    return show_form(
        request, filled(request, StandardsForm), title=_("Professional standards and vetting"),
        lead=found.applicant.person.full_name, words=_("It is noted."), back=_back(found),
        rule=lambda data: checking.note_standards(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("cases.work")
def turn_down_candidate(request: StaffRequest, number: int) -> HttpResponse:
    found = candidate_to_run(request.user, number)
    return show_form(
        request, filled(request, WhyForm), title=_("A candidate goes no further"),
        lead=found.applicant.person.full_name, warning=True, button=_("End their application"),
        words=_("Their application has ended, and they are told why."), back=_back(found),
        rule=lambda data: checking.turn_down(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("cases.work")
def decide_promotion_appeal(request: StaffRequest, number: int) -> HttpResponse:
    found = candidate_to_run(request.user, number)
    appeal = Appeal.objects.filter(application=found).first()
    if appeal is None:
        raise Http404
    return show_form(
        request, filled(request, AppealOutcomeForm), title=_("Decide an appeal"),
        lead=found.applicant.person.full_name, words=_("The appeal is decided, and the candidate is told."),
        back=_back(found), template="promotion/appeal.html", context={"appeal": appeal},
        rule=lambda data: appealing.decide_appeal(appeal, by=request.user, at=now(), **data),
    )  # fmt: skip
