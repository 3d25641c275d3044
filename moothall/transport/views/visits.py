"""Visits to schools and centres: those planned and carried out, where one is due, and planning one."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    Empty,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.visiting import PlanVisitForm
from moothall.transport.models import Centre, Inspection
from moothall.transport.models.passenger import manages
from moothall.transport.rules import due
from moothall.transport.rules.visiting import plan_visit as plan

from .audits import BY_DUE, BY_STANDING, DUE_VIEWS, STANDING_VIEWS, STANDS, WHEN, named
from .centres import centre_for


class VisitList(Listing[Inspection]):
    """Every visit to a school or centre."""

    key, title = "visits", gettext_lazy("Visits")
    sort, opens_with = "-planned", "stands=PLANNED&stands=DONE"
    ready_views = STANDING_VIEWS
    columns = (
        Column("centre", gettext_lazy("School or centre"), value=lambda row: named(row.centre)),
        *WHEN,
        STANDS,
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("School or centre"),
            apply=lambda rows, words: rows.filter(
                Q(centre__name__icontains=words) | Q(centre__name_cy__icontains=words)
            ),
        ),
        *BY_STANDING,
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No visits here"),
        gettext_lazy("Plan one from the page of a school or centre, or from the plan of visits."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Inspection]:
        return Inspection.objects.visible_to(request.user).visits().in_full()

    def address(self, row: Inspection) -> str:
        return reverse("inspection", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Plan of visits"), reverse("visit_plan")), Link(_("Findings"), reverse("findings"))]


@needs("transport.use")
def visits(request: StaffRequest) -> Any:
    return show_list(request, VisitList())


class VisitPlanList(Listing[Centre]):
    """Every school and centre with the day by which somebody goes there again."""

    key, title = "visit-plan", gettext_lazy("Plan of visits")
    sort = "due"
    row_template = "transport/parts/visit_due_row.html"
    ready_views = DUE_VIEWS
    columns = (
        Column("name", gettext_lazy("School or centre"), sort="name", value=named),
        Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display()),
        Column("last", gettext_lazy("Last visit"), value=lambda row: row.last_on),
        Column("due", gettext_lazy("Due by"), sort="due_on", value=lambda row: row.due_on),
        Column("planned", gettext_lazy("Planned for"), value=lambda row: row.planned_for),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name"),
            apply=lambda rows, words: rows.filter(Q(name__icontains=words) | Q(name_cy__icontains=words)),
        ),
        ChoiceFilter("kind", gettext_lazy("Kind"), options=Centre.KINDS, several=True),
        *BY_DUE,
    )  # fmt: skip
    empty = Empty(gettext_lazy("Nobody is due here"), gettext_lazy("Choose All to see every one."))
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Centre]:
        day = today()
        return due.centres_due(Centre.objects.filter(Q(closed_on=None) | Q(closed_on__gte=day)), on=day)

    def prepare(self, rows: list[Any], request: Any) -> None:
        for row in rows:
            row.day, row.manages = today(), manages(request.user)

    def address(self, row: Centre) -> str:
        return reverse("centre", args=[row.key])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Visits"), reverse("visits")), Link(_("Schools and centres"), reverse("centres"))]


@needs("transport.use")
def visit_plan(request: StaffRequest) -> Any:
    return show_list(request, VisitPlanList())


@needs("transport.use")
@managing
def plan_visit(request: StaffRequest, key: str) -> HttpResponse:
    """Somebody goes to this school or centre on a day."""
    found = centre_for(key)
    initial = {"planned_on": today(), "auditor": request.user.pk}
    return show_form(
        request, filled(request, PlanVisitForm, initial=initial), title=_("Plan a visit"), lead=named(found),
        words=_("It is planned."), back=reverse("centre", args=[key]),
        onward=lambda made: reverse("inspection", args=[made.pk]),
        rule=lambda data: plan(found, **data, by=request.user, at=now()),
    )  # fmt: skip
