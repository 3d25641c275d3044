"""Checks and references as recruitment sees them: whose turn each is, what came, and which wait too long."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Step
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import Column, Empty, FlagFilter, Listing, show_list
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import application_to_run, find_campaign
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.check import CheckStepForm, RefereeForm, ReferenceForm
from moothall.recruitment.models import Application, Campaign, Clearance, Referee
from moothall.recruitment.rules import checking, references
from moothall.recruitment.rules.check_chasing import late_by_department
from moothall.recruitment.rules.checks import AHEAD, checks_of_many, in_words

ASKED: Final = {name: field.label for name, field in ReferenceForm.base_fields.items()}


class CampaignChecks(Listing[Application]):
    """Whoever goes on in a campaign, with each check that has begun."""

    key, title = "campaign_checks", gettext_lazy("Checks")
    sort = "sent"
    page_template = "recruitment/campaign_checks.html"
    row_template = "recruitment/parts/check_row.html"
    columns = (
        Column("number", gettext_lazy("Application"), value=lambda row: row.number),
        Column("name", gettext_lazy("Name"), value=lambda row: row.applicant.person.full_name),
        Column("sent", gettext_lazy("Sent"), sort="submitted_at", value=lambda row: row.submitted_at),
        Column("checks", gettext_lazy("Checks"), value=lambda row: [in_words(each) for each in row.begun]),
    )
    filters = (
        FlagFilter(
            "short", gettext_lazy("Runs out before the first day"),
            apply=lambda rows: rows.filter(clearances__in=Clearance.objects.too_short()).distinct(),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody is being checked"), gettext_lazy("Checks begin once an offer is accepted.")
    )

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    def rows(self, request: Any) -> QuerySet[Application]:
        rows = Application.objects.visible_to(request.user).running().filter(campaign=self.campaign)
        return rows.select_related("applicant__person")

    def prepare(self, rows: list[Application], request: Any) -> None:
        for each in rows:
            each.campaign = self.campaign
        found = checks_of_many(rows)
        for each in rows:
            each.begun = [check for check in found[each.pk] if check.state != AHEAD]  # type: ignore[attr-defined]

    def address(self, row: Application) -> str:
        return reverse("application", args=[row.pk])


@needs("cases.view")
def campaign_checks(request: StaffRequest, number: int) -> HttpResponseBase:
    """Whose turn every check of a campaign is."""
    found = find_campaign(request.user, number)
    return show_list(request, CampaignChecks(found), context={"campaign": found})


@require_GET
@needs("cases.view")
def late_checks(request: StaffRequest) -> HttpResponse:
    """What departments are late with, the one with most first."""
    context = {"departments": late_by_department(request.user, today=today()), "today": today()}
    return render(request, "recruitment/late_checks.html", context)


def _own_step(application: Application, number: int) -> Step:
    """A step of the application, or of its set of checks, that no department does."""
    rows = Step.objects.select_related("case__version", "case__service").filter(pk=number)
    its = Q(case=application.case_id) | Q(case__parent_step__case=application.case_id)
    found = rows.filter(its, Q(team=None) | Q(team=application.campaign.team_id)).first()
    if found is None:
        raise Http404
    return found


@needs("cases.work")
def application_check(request: StaffRequest, number: int, step: int) -> HttpResponse:
    """A check that recruitment does itself."""
    found = application_to_run(request.user, number)
    held = _own_step(found, step)
    at = checking.check_at(held)
    if at is None:
        raise Http404
    definition = definition_of(held.case.version)
    declared, kind = definition.step(held.key), at[1]
    outcomes = [(key, definition.outcome_name(key, language_now())) for key in declared.outcomes]
    form = filled(request, CheckStepForm, outcomes=outcomes, dated=held.key == kind.dated_at, private=False)
    return show_form(
        request, form, title=kind.name_in(language_now()), lead=found.applicant.person.full_name,
        button=_("Done"), words=_("The check is done."), back=reverse("application", args=[number]),
        rule=lambda data: checking.finish_check_step(held, by=request.user, at=now(), **data),
        undo=lambda _made: reverse("take_back_application_check", args=[number, step]),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def take_back_application_check(request: StaffRequest, number: int, step: int) -> HttpResponse:
    found = application_to_run(request.user, number)
    checking.take_back_check_step(_own_step(found, step), by=request.user, at=now())
    return redirect("application", number=number)


@needs("cases.work")
def add_referee(request: StaffRequest, number: int) -> HttpResponse:
    """By the desk, because the applicant said so."""
    found = application_to_run(request.user, number)
    form = filled(request, RefereeForm)
    return show_form(
        request, form, title=_("Name a referee"), lead=found.applicant.person.full_name,
        button=_("Name them"),
        words=_("They are named. They are asked once references are taken up."),
        back=reverse("application", args=[number]),
        rule=lambda _data: references.name_referee(found, form.content(), by=request.user, at=now()),
        undo=lambda made: reverse("remove_referee", args=[number, made.pk]),
    )  # fmt: skip


def _referee(application: Application, referee: int) -> Referee:
    found = application.referees.filter(pk=referee).in_full().first()
    if found is None:
        raise Http404
    return found


@require_POST
@needs("cases.work")
def remove_referee(request: StaffRequest, number: int, referee: int) -> HttpResponse:
    found = application_to_run(request.user, number)
    references.remove_referee(_referee(found, referee), by=request.user, at=now())
    return redirect("application", number=number)


@require_POST
@needs("cases.work")
def restore_referee(request: StaffRequest, number: int, referee: int) -> HttpResponse:
    found = application_to_run(request.user, number)
    references.restore_referee(_referee(found, referee), by=request.user, at=now())
    return redirect("application", number=number)


@require_POST
@needs("cases.work")
def open_reference(request: StaffRequest, number: int, referee: int) -> HttpResponse:
    """What a referee wrote, for those who run the campaign alone; opening it is written down."""
    found = application_to_run(request.user, number)
    held = _referee(found, referee)
    made = getattr(held, "reference", None)
    if made is None or made.sent_at is None:
        raise Http404
    said = references.read_reference(made, by=request.user, at=now())
    lines = [(label, said.get(name, "")) for name, label in ASKED.items()]
    context = {"application": found, "referee": held, "reference": made, "lines": lines}
    return render(request, "recruitment/reference.html", context)
