"""Audits of contractors: those planned and carried out, who is due by when, and planning one."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.transport.finding import contractor_for, managing
from moothall.transport.forms.auditing import PlanAuditForm
from moothall.transport.models import AuditRating, Contractor, Inspection
from moothall.transport.models.audit import DONE, PLANNED, WITHDRAWN
from moothall.transport.models.checklist import SUBJECTS
from moothall.transport.models.passenger import manages
from moothall.transport.rules import auditing, due

STATES = [
    (PLANNED, gettext_lazy("Planned")), (DONE, gettext_lazy("Carried out")),
    (WITHDRAWN, gettext_lazy("Withdrawn")),
]  # fmt: skip
ASKS = {
    PLANNED: Q(finished_at=None, withdrawn_at=None),
    DONE: Q(finished_at__isnull=False, withdrawn_at=None),
    WITHDRAWN: Q(withdrawn_at__isnull=False),
}


def standing_as(rows: Any, chosen: list[str]) -> Any:
    found = Q(pk=None)
    for each in chosen:
        found |= ASKS.get(each, Q(pk=None))
    return rows.filter(found)


def named(thing: Any) -> str:
    """What it is called in the language of the reader."""
    return str(thing.name_in(get_language() or "en")) if thing is not None else ""


# What lists of visits share with those of audits.
STANDING_VIEWS = (
    (gettext_lazy("Planned and carried out"), "stands=PLANNED&stands=DONE"),
    (gettext_lazy("Planned"), "stands=PLANNED&sort=planned"),
    (gettext_lazy("Day has passed"), "stands=PLANNED&passed=1&sort=planned"),
    (gettext_lazy("All"), ""),
)
WHEN = (
    Column("planned", gettext_lazy("Planned for"), sort="planned_on", value=lambda row: row.planned_on),
    Column("auditor", gettext_lazy("By whom"), value=lambda row: row.auditor.name),
    Column("done", gettext_lazy("Carried out"), sort="carried_out_on", descending=True,
           value=lambda row: row.carried_out_on),
    Column("score", gettext_lazy("Met, per cent"), sort="score", numeric=True,
           value=lambda row: row.score),
)  # fmt: skip
STANDS = Column("stands", gettext_lazy("How it stands"), value=lambda row: dict(STATES)[row.stands])
BY_STANDING = (
    ChoiceFilter("stands", gettext_lazy("How it stands"), options=STATES, apply=standing_as, several=True),
    FlagFilter(
        "passed", gettext_lazy("Day has passed"), apply=lambda rows: rows.filter(planned_on__lt=today())
    ),
)
DUE_VIEWS = (
    (gettext_lazy("All"), ""),
    (gettext_lazy("Late"), "late=1"),
    (gettext_lazy("Due within 42 days"), "soon=1"),
    (gettext_lazy("Due, and nothing planned"), "soon=1&unplanned=1"),
)
BY_DUE = (
    FlagFilter("late", gettext_lazy("Late"), apply=lambda rows: due.late(rows, on=today())),
    FlagFilter("soon", gettext_lazy("Due within 42 days"), apply=lambda rows: due.soon(rows, on=today())),
    FlagFilter(
        "unplanned", gettext_lazy("Nothing planned"), apply=lambda rows: rows.filter(planned_for=None)
    ),
)


class AuditList(Listing[Inspection]):
    """Every audit of a contractor, of a vehicle or crew of theirs, or of a run."""

    key, title = "audits", gettext_lazy("Audits")
    sort, opens_with = "-planned", "stands=PLANNED&stands=DONE"
    ready_views = STANDING_VIEWS
    columns = (
        Column("contractor", gettext_lazy("Contractor"), value=lambda row: named(row.contractor)),
        Column("subject", gettext_lazy("What was looked at"), value=lambda row: row.looked_at),
        Column("checklist", gettext_lazy("Checklist"), value=lambda row: named(row.checklist)),
        *WHEN,
        Column("rating", gettext_lazy("Rating"), value=lambda row: named(row.rating)),
        STANDS,
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Contractor, vehicle or crew member"),
            apply=lambda rows, words: rows.filter(
                Q(contractor__name__icontains=words) | Q(contractor__number__iexact=words)
                | Q(vehicle__registration__icontains="".join(words.split()))
                | Q(member__person__full_name__icontains=words)
            ),
        ),
        ChoiceFilter("of", gettext_lazy("Of what"), options=SUBJECTS[:-1], field="checklist__of"),
        *BY_STANDING,
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No audits here"),
        gettext_lazy("Plan one from the page of a contractor, or from the plan of audits."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Inspection]:
        return Inspection.objects.visible_to(request.user).audits().in_full()

    def address(self, row: Inspection) -> str:
        return reverse("inspection", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [
            Link(_("Plan of audits"), reverse("audit_plan")),
            Link(_("Findings"), reverse("findings")),
            Link(_("What is looked at"), reverse("audit_rules")),
        ]


@needs("transport.use")
def audits(request: StaffRequest) -> Any:
    return show_list(request, AuditList())


class AuditPlanList(Listing[Contractor]):
    """Every contractor who works for us with the day by which they are audited again, the latest first."""

    key, title = "audit-plan", gettext_lazy("Plan of audits")
    sort = "due"
    row_template = "transport/parts/audit_due_row.html"
    ready_views = DUE_VIEWS
    columns = (
        Column("name", gettext_lazy("Contractor"), sort="name", value=named),
        Column("last", gettext_lazy("Last audit"), value=lambda row: row.last_on),
        Column("rating", gettext_lazy("Rating"), value=lambda row: named(row.rated)),
        Column("due", gettext_lazy("Due by"), sort="due_on", value=lambda row: row.due_on),
        Column("planned", gettext_lazy("Planned for"), value=lambda row: row.planned_for),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name or number"),
            apply=lambda rows, words: rows.filter(Q(name__icontains=words) | Q(number__iexact=words)),
        ),
        *BY_DUE,
    )  # fmt: skip
    empty = Empty(gettext_lazy("Nobody is due here"), gettext_lazy("Choose All to see every contractor."))
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Contractor]:
        day = today()
        working = Contractor.objects.visible_to(request.user).working(day)
        return due.contractors_due(working, on=day)

    def prepare(self, rows: list[Any], request: Any) -> None:
        ratings = AuditRating.objects.in_bulk({row.last_rating for row in rows if row.last_rating})
        for row in rows:
            row.rated, row.day, row.manages = ratings.get(row.last_rating), today(), manages(request.user)

    def address(self, row: Contractor) -> str:
        return reverse("contractor", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Audits"), reverse("audits")), Link(_("Findings"), reverse("findings"))]


@needs("transport.use")
def audit_plan(request: StaffRequest) -> Any:
    return show_list(request, AuditPlanList())


@needs("transport.use")
@managing
def plan_audit(request: StaffRequest, number: int) -> HttpResponse:
    """Somebody looks at a contractor, a vehicle or crew member of theirs, or a run, on a day."""
    found = contractor_for(request.user, number)
    initial = {"planned_on": today(), "auditor": request.user.pk, "whom": "contractor"}
    form = filled(request, PlanAuditForm, contractor=found, initial=initial)
    return show_form(
        request, form, title=_("Plan an audit"), lead=named(found), words=_("It is planned."),
        back=reverse("contractor", args=[number]), onward=lambda made: reverse("inspection", args=[made.pk]),
        rule=lambda _data: auditing.plan_audit(found, **form.entry(), by=request.user, at=now()),
    )  # fmt: skip
