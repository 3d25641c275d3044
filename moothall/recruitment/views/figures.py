"""Figures of recruitment: the funnel, what each number counts, and the same by what was said of oneself."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from moothall.cases.models import Case, Step
from moothall.core.clock import today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, DateFilter, Empty, Listing, show_list
from moothall.people.requests import StaffRequest
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.figures import ChosenForm, FairnessForm
from moothall.recruitment.models import Application, Campaign, FigureRule, Monitoring, Route
from moothall.recruitment.rules.figures.choosing import Rules
from moothall.recruitment.rules.figures.fairness import any_counted, characteristics
from moothall.recruitment.rules.figures.funnel import funnel_of
from moothall.recruitment.rules.figures.reached import how_far, passing, stages


@require_GET
@needs("cases.view")
def recruitment_figures(request: StaffRequest) -> HttpResponse:
    """How many came through each stage, and how everybody ended."""
    form = ChosenForm(request.GET or None, account=request.user)
    chosen, ladder, language = form.chosen(), stages(), language_now()
    rows = how_far(chosen.applications(request.user), ladder)
    found = funnel_of(rows, ladder, lambda each: each.name_in(language), gettext_lazy("Applied"))
    context = {"form": form, "chosen": chosen, "funnel": found, "here": "funnel"}
    return render(request, "recruitment/figures/funnel.html", context)


@require_GET
@needs("cases.view")
def recruitment_fairness(request: StaffRequest) -> HttpResponse:
    """The same by what was said for monitoring, with small numbers hidden. It leads to no application."""
    form = FairnessForm(request.GET or None, account=request.user)
    asked, ladder, rules, language = form.asked(), stages(), Rules(today()), language_now()
    found = characteristics(asked, request.user, ladder, rules, language=language)
    kinds = (FigureRule.HIDE_BELOW, FigureRule.ROUND_TO, FigureRule.ADVERSE, FigureRule.FEWEST)
    context = {
        "form": form, "asked": asked, "found": found, "ladder": ladder, "here": "fairness",
        "counted": any_counted(found),
        "rules": [rule for rule in map(rules.find, kinds) if rule is not None],
    }  # fmt: skip
    return render(request, "recruitment/figures/fairness.html", context)


def _through(rows: Any, values: list[str]) -> Any:
    """Those who are through this stage, or a later one."""
    ladder = stages()
    least = min((each.place for each in ladder if each.key in values), default=0)
    done = Q(pk__in=[])
    for stage in ladder:
        done |= passing(stage) if stage.place >= least else Q(pk__in=[])
    steps = Step.objects.filter(done, case=OuterRef("case_id"), state=Step.DONE)
    return rows.filter(Exists(steps))


def _ended(rows: Any, values: list[str]) -> Any:
    ladder = stages()
    last = passing(ladder[-1]) if ladder else Q(pk__in=[])
    joined = Exists(Step.objects.filter(last, case=OuterRef("case_id"), state=Step.DONE))
    closed = Q(case__status=Case.CLOSED)
    wanted = {
        Monitoring.JOINED: Q(joined), Monitoring.WITHDREW: ~Q(joined) & Q(withdrawn_at__isnull=False),
        Monitoring.REJECTED: ~Q(joined) & Q(withdrawn_at=None) & closed,
        Monitoring.RUNNING: ~Q(joined) & Q(withdrawn_at=None) & ~closed,
    }  # fmt: skip
    return rows.filter(wanted[values[0]])


def campaigns_seen(request: Any) -> list[tuple[str, str]]:
    seen = Campaign.objects.visible_to(request.user)
    return [(str(each.pk), each.name_in(language_now())) for each in seen[:500]]


def routes_there(_request: Any) -> list[tuple[str, str]]:
    rows = Route.objects.order_by("place", "id")
    return [(each.key, each.name_in(language_now())) for each in rows]


def _stages(_request: Any) -> list[tuple[str, str]]:
    return [(each.key, each.name_in(language_now())) for each in stages()]


class FigureRows(Listing[Application]):
    """The applications that a figure counts."""

    key, title = "figure_rows", gettext_lazy("Applications counted")
    sort = "-sent"
    page_template = "recruitment/figures/rows.html"
    columns = (
        Column("number", gettext_lazy("Application"), value=lambda row: row.number),
        Column("name", gettext_lazy("Name"), value=lambda row: row.applicant.person.full_name),
        Column("campaign", gettext_lazy("Campaign"), value=lambda row: row.campaign.name_in(language_now())),
        Column("route", gettext_lazy("Way in"), value=lambda row: row.route.name_in(language_now())),
        Column(
            "sent", gettext_lazy("Sent"), sort="submitted_at", descending=True,
            value=lambda row: row.submitted_at,
        ),
        Column("stage", gettext_lazy("Stage"), value=lambda row: row.stage_name or "–"),
    )  # fmt: skip
    filters = (
        ChoiceFilter(
            "campaign", gettext_lazy("Campaign"), options=campaigns_seen, field="campaign_id", several=False
        ),
        ChoiceFilter(
            "route", gettext_lazy("Way in"), options=routes_there, field="route__key", several=False
        ),
        DateFilter("sent", gettext_lazy("Sent"), field="submitted_at"),
        ChoiceFilter(
            "through", gettext_lazy("Through the stage"), options=_stages, apply=_through, several=False
        ),
        ChoiceFilter(
            "ended", gettext_lazy("How it ended"), options=Monitoring.ENDS, apply=_ended, several=False
        ),
    )
    empty = Empty(
        gettext_lazy("No application is counted"), gettext_lazy("Choose other days, or another campaign.")
    )

    def rows(self, request: Any) -> QuerySet[Application]:
        rows = Application.objects.visible_to(request.user).with_stage()
        return rows.select_related("applicant__person", "campaign", "route", "case")

    def address(self, row: Application) -> str:
        return reverse("application", args=[row.pk])


@needs("cases.view")
def figure_rows_of_recruitment(request: StaffRequest) -> HttpResponseBase:
    return show_list(request, FigureRows())
