"""How long stages took and who held them, how long hiring took, cohorts at risk, and the yearly return."""

import datetime as dt
import io
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Step
from moothall.core.audit import write_down
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, DateFilter, Empty, Listing, show_list
from moothall.core.lists.exporting import KINDS, cell
from moothall.people.requests import StaffRequest
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.figures import ChosenForm, FairnessForm
from moothall.recruitment.models import Application, FigureRule, FunnelStage, Route
from moothall.recruitment.rules.figures.choosing import Rules
from moothall.recruitment.rules.figures.cohorts import cohorts_at_risk
from moothall.recruitment.rules.figures.fairness import Characteristic, any_counted, characteristics
from moothall.recruitment.rules.figures.reached import stages
from moothall.recruitment.rules.figures.times import Processes, done_steps, hire_lines, hired, stage_times

from .figures import campaigns_seen, routes_there

MEASURES = {"offer": FigureRule.HIRE, "start": FigureRule.START}
WALES = "wales"


@require_GET
@needs("cases.view")
def recruitment_times(request: StaffRequest) -> HttpResponse:
    """Median and ninth of ten of each stage, and of whoever held it, in working days."""
    form = ChosenForm(request.GET or None, account=request.user)
    chosen = form.chosen()
    found, held = stage_times(chosen.applications(request.user), Processes(language_now()))
    context = {"form": form, "chosen": chosen, "stages": found, "held": held, "here": "times"}
    return render(request, "recruitment/figures/times.html", context)


class StepRows(Listing[Step]):
    """The steps of which a time is made."""

    key, title = "figure_steps", gettext_lazy("Times counted")
    sort = "-sent"
    page_template = "recruitment/figures/rows.html"
    columns = (
        Column("number", gettext_lazy("Application"), value=lambda row: row.case.job_application.number),
        Column(
            "sent", gettext_lazy("Sent"), sort="case__job_application__submitted_at", descending=True,
            value=lambda row: row.case.job_application.submitted_at,
        ),
        Column("began", gettext_lazy("Began"), value=lambda row: row.ready_at),
        Column("done", gettext_lazy("Done"), value=lambda row: row.done_at),
        Column("days", gettext_lazy("Working days"), numeric=True, value=lambda row: row.days),
    )  # fmt: skip
    filters = (
        ChoiceFilter(
            "campaign", gettext_lazy("Campaign"), options=campaigns_seen, several=False,
            field="case__job_application__campaign_id",
        ),
        ChoiceFilter(
            "route", gettext_lazy("Way in"), options=routes_there, several=False,
            field="case__job_application__route__key",
        ),
        DateFilter("sent", gettext_lazy("Sent"), field="case__job_application__submitted_at"),
    )  # fmt: skip
    empty = Empty(gettext_lazy("No application is counted"))

    def __init__(self, service: str, step: str) -> None:
        self.service, self.step = service, step
        self.processes = Processes(language_now())

    def rows(self, request: Any) -> QuerySet[Step]:
        seen = Application.objects.visible_to(request.user)
        rows = done_steps(seen).filter(case__service__key=self.service, key=self.step)
        return rows.select_related("case__job_application")

    def prepare(self, rows: list[Step], request: Any) -> None:
        for each in rows:
            if each.ready_at is not None and each.done_at is not None:
                each.days = self.processes.days(self.service, each.ready_at, each.done_at)  # type: ignore[attr-defined]

    def address(self, row: Step) -> str:
        return reverse("application", args=[row.case.job_application.pk])


@needs("cases.view")
def recruitment_time_rows(request: StaffRequest, service: str, step: str) -> HttpResponseBase:
    listing = StepRows(service, step)
    if step not in listing.processes.later.get(service, ()):
        raise Http404
    return show_list(request, listing)


@require_GET
@needs("cases.view")
def recruitment_hiring(request: StaffRequest) -> HttpResponse:
    """How long it took to an offer and to the start, by way in and month, against the target."""
    form = ChosenForm(request.GET or None, account=request.user)
    chosen, ladder, rules = form.chosen(), stages(), Rules(today())
    seen, processes = chosen.applications(request.user), Processes(language_now())
    measures = [
        (
            key,
            dict(FigureRule.KEYS)[kind],
            hire_lines(list(hired(seen, kind, ladder, processes)), kind, rules),
        )
        for key, kind in MEASURES.items()
    ]
    kept = [rule for kind in MEASURES.values() for rule in rules.of(kind)]
    context = {"form": form, "chosen": chosen, "measures": measures, "rules": kept, "here": "hiring"}
    return render(request, "recruitment/figures/hiring.html", context)


class HiredRows(Listing[Application]):
    """The applications of one line of the time to hire."""

    key, title = "figure_hired", gettext_lazy("Applications counted")
    sort = "-sent"
    page_template = "recruitment/figures/rows.html"
    columns = (
        Column("number", gettext_lazy("Application"), value=lambda row: row.number),
        Column("name", gettext_lazy("Name"), value=lambda row: row.applicant.person.full_name),
        Column(
            "sent", gettext_lazy("Sent"), sort="submitted_at", descending=True,
            value=lambda row: row.submitted_at,
        ),
        Column("days", gettext_lazy("Working days"), numeric=True, value=lambda row: row.days),
    )  # fmt: skip
    filters = (
        ChoiceFilter(
            "campaign", gettext_lazy("Campaign"), options=campaigns_seen, field="campaign_id", several=False
        ),
        DateFilter("sent", gettext_lazy("Sent"), field="submitted_at"),
    )
    empty = Empty(gettext_lazy("No application is counted"))

    def __init__(self, measure: str, route: Route, month: dt.date) -> None:
        self.measure, self.route, self.month = measure, route, month
        self.days: dict[int, int] = {}

    def rows(self, request: Any) -> QuerySet[Application]:
        seen = Application.objects.visible_to(request.user).filter(route=self.route)
        found = hired(seen, self.measure, stages(), Processes(language_now()))
        self.days = {each.application: each.days for each in found if each.on.replace(day=1) == self.month}
        return seen.filter(pk__in=list(self.days)).select_related("applicant__person")

    def prepare(self, rows: list[Application], request: Any) -> None:
        for each in rows:
            each.days = self.days.get(each.pk)  # type: ignore[attr-defined]

    def address(self, row: Application) -> str:
        return reverse("application", args=[row.pk])


@needs("cases.view")
def recruitment_hired_rows(
    request: StaffRequest, measure: str, route: str, year: int, month: int
) -> HttpResponseBase:
    found = Route.objects.filter(key=route).first()
    if found is None or measure not in MEASURES or not (1 <= month <= 12 and 1900 < year < 3000):
        raise Http404
    return show_list(request, HiredRows(MEASURES[measure], found, dt.date(year, month, 1)))


@require_GET
@needs("cases.view")
def recruitment_cohorts(request: StaffRequest) -> HttpResponse:
    """Cohorts with fewer cleared than places, and who lacks what by how many days."""
    seen = Application.objects.visible_to(request.user)
    found = cohorts_at_risk(seen, on=today())
    context = {"cohorts": [(each, each.days_left(today())) for each in found], "here": "cohorts"}
    return render(request, "recruitment/figures/cohorts.html", context)


def _return(request: StaffRequest, form: FairnessForm, ladder: list[FunnelStage]) -> list[Characteristic]:
    return characteristics(
        form.asked(), request.user, ladder, Rules(today()), language=language_now(), scope=WALES
    )


@require_GET
@needs("cases.view")
def recruitment_return(request: StaffRequest) -> HttpResponse:
    """The yearly return under the equality duty in Wales: who applied and who was successful."""
    form, ladder, rules = FairnessForm(request.GET or None, account=request.user), stages(), Rules(today())
    kinds = (FigureRule.HIDE_BELOW, FigureRule.ROUND_TO)
    found = _return(request, form, ladder)
    context = {
        "form": form, "asked": form.asked(), "found": found, "counted": any_counted(found), "here": "return",
        "rules": [rule for rule in (rules.find(kind, WALES) for kind in kinds) if rule is not None],
    }  # fmt: skip
    return render(request, "recruitment/figures/return.html", context)


@require_POST
@needs("cases.view")
def export_recruitment_return(request: StaffRequest) -> HttpResponse:
    """The same numbers as the page shows, as CSV or Excel; what is hidden stays hidden."""
    kind, form = request.POST.get("kind", "csv"), FairnessForm(request.POST, account=request.user)
    if kind not in KINDS:
        raise Http404
    write, media_type = KINDS[kind]
    rows = [
        [cell(of.words), cell(group.words), *(_said(each.shown) for each in group.ends)]
        for of in _return(request, form, stages())
        for group in of.groups
    ]
    file, year = io.BytesIO(), form.asked().year
    count = write(file, [_("Characteristic"), _("Group"), _("Applied"), _("Successful")], rows)
    detail = {"list": "recruitment return", "kind": kind, "query": form.asked().query, "rows": count}
    write_down("list.exported", by=request.user, at=now(), detail=detail)
    answer = HttpResponse(file.getvalue(), content_type=media_type)
    answer["Content-Disposition"] = str(content_disposition_header(True, f"recruitment-{year}.{kind}"))
    return answer


def _said(number: int | None) -> str | int:
    return _("hidden") if number is None else number
