"""Applications for help with travel: the facts, what the rules say, the decision, and appeals."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms import BecauseForm
from moothall.transport.forms.applying import AppealForm, ApplicationForm, DecisionForm, FactsForm
from moothall.transport.models import Appeal, Application, Assessment, Decision, Entitlement
from moothall.transport.models.eligibility import PRIMARY
from moothall.transport.models.passenger import manages
from moothall.transport.rules import appealing, applying, deciding
from moothall.transport.rules.costing import costs_of
from moothall.transport.rules.eligibility import last_day_of

FACTS, DECIDE, APPEAL = "facts", "decide", "appeal"
STATES = [
    (FACTS, gettext_lazy("Facts to be entered")), (DECIDE, gettext_lazy("To be decided")),
    (APPEAL, gettext_lazy("On appeal")), ("agreed", gettext_lazy("Agreed")),
    ("refused", gettext_lazy("Refused")),
]  # fmt: skip
NAMES = dict(STATES)
ASKS = {
    FACTS: Q(has_facts=False, outcome_now=None),
    DECIDE: Q(has_facts=True, outcome_now=None),
    APPEAL: Q(appeal_now__gt=F("stage_now")),
    "agreed": Q(outcome_now=Decision.AGREED),
    "refused": Q(outcome_now=Decision.REFUSED) & ~Q(appeal_now__gt=F("stage_now")),
}


def state_of(row: Any) -> str:
    """How far an application has come; `row` is one of `standing`."""
    if row.outcome_now is None:
        return DECIDE if row.has_facts else FACTS
    if row.appeal_now is not None and row.appeal_now > row.stage_now:
        return APPEAL
    return str(row.outcome_now).lower()


def standing(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Each with its facts, its last decision and its last appeal."""
    last = Decision.objects.filter(application=OuterRef("pk")).order_by("-stage")
    return rows.annotate(
        has_facts=Exists(Assessment.objects.filter(application=OuterRef("pk"))),
        outcome_now=Subquery(last.values("outcome")[:1]),
        stage_now=Subquery(last.values("stage")[:1]),
        appeal_now=Subquery(
            Appeal.objects.filter(application=OuterRef("pk")).order_by("-stage").values("stage")[:1]
        ),
    )


class ApplicationList(Listing[Application]):
    """Who asks for help with travel, and how far each has come."""

    key, title = "travel_applications", gettext_lazy("Applications for travel")
    sort = "-received"
    ready_views = (
        (gettext_lazy("Facts to be entered"), "state=facts&sort=received"),
        (gettext_lazy("To be decided"), "state=decide&sort=received"),
        (gettext_lazy("On appeal"), "state=appeal&sort=received"),
        (gettext_lazy("Refused"), "state=refused"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("name", gettext_lazy("Who is to travel"), value=lambda row: row.name),
        Column("case", gettext_lazy("Case"), value=lambda row: row.case.reference),
        Column("centre", gettext_lazy("School or centre"), value=lambda row: row.centre),
        Column(
            "received", gettext_lazy("Received"), sort="received_on", descending=True,
            value=lambda row: row.received_on,
        ),
        Column("due", gettext_lazy("Due"), value=lambda row: row.case.due_on),
        Column("state", gettext_lazy("How it stands"), value=lambda row: NAMES[state_of(row)]),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name or reference"),
            apply=lambda rows, words: rows.filter(name__icontains=words)
            | rows.filter(case__reference__iexact=words),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STATES, several=False,
            apply=lambda rows, chosen: rows.filter(ASKS[chosen[0]]),
        ),
        DateFilter("received", gettext_lazy("Received"), field="received_on"),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No applications here"),
        gettext_lazy("They come by the public form, or are entered at the desk."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Application]:
        return standing(Application.objects.visible_to(request.user).select_related("case", "centre"))

    def address(self, row: Application) -> str:
        return reverse("travel_application", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [
            Link(_("Enter an application"), reverse("add_travel_application")),
            Link(_("Who is entitled"), reverse("eligibility_rules")),
        ]


@needs("transport.use")
def travel_applications(request: StaffRequest) -> Any:
    return show_list(request, ApplicationList())


@needs("transport.use")
def add_travel_application(request: StaffRequest) -> HttpResponse:
    form = filled(request, ApplicationForm, account=request.user)
    return show_form(
        request, form, title=_("Enter an application"), words=_("The case is open. Now enter the facts."),
        back=reverse("travel_applications"),
        onward=lambda made: reverse("travel_application", args=[made.pk]),
        rule=lambda data: applying.apply_at_desk(**data, by=request.user, at=now()),
    )  # fmt: skip


def _application(request: StaffRequest, number: int) -> Any:
    rows = Application.objects.visible_to(request.user)
    found = rows.select_related("case__team", "centre", "passenger__person").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def travel_application(request: StaffRequest, number: int) -> HttpResponse:
    """The facts, each rule with what was met and what was not, what each way would cost, the decisions."""
    found = _application(request, number)
    facts = found.assessments.select_related("rule", "made_by").first()
    decisions = list(found.decisions.select_related("decided_by", "entitlement__rule").order_by("stage"))
    appeals = list(found.appeals.visible_to(request.user).select_related("case").order_by("stage"))
    needs_now = found.passenger.needs.in_force(today()).first() if found.passenger else None
    refused = appealing.open_to_appeal(found)
    context = {
        "application": found, "facts": facts, "decisions": decisions, "appeals": appeals,
        "costs": costs_of(facts.miles, needs_now, on=max(facts.on, today())) if facts else [],
        "stage": _stage_to_decide(decisions, appeals), "refused": refused,
        "ask_by": appealing.last_day_to_ask(refused) if refused else None,
        "manages": manages(request.user),
    }  # fmt: skip
    return render(request, "transport/application.html", context)


def _stage_to_decide(decisions: list[Decision], appeals: list[Appeal]) -> int | None:
    """The stage that waits for a decision; None where none does."""
    decided = {each.stage for each in decisions}
    if not decided:
        return Decision.FIRST
    return next((each.stage for each in appeals if each.stage not in decided), None)


@needs("transport.use")
def enter_travel_facts(request: StaffRequest, number: int) -> HttpResponse:
    found = _application(request, number)
    before = found.assessments.first()
    initial = {
        "nation": before.nation if before else "ENG", "phase": before.phase if before else PRIMARY,
        "born_on": found.born_on, "centre": found.centre_id or "", "on": found.starts_on or today(),
        "passenger": found.passenger, "facts": before.facts if before else [],
        "miles": before.miles if before and before.measured == "WALKED" else "",
        "evidence": before.evidence if before else "",
    }  # fmt: skip
    form = filled(request, FactsForm, account=request.user, initial=initial)

    def save(data: dict[str, Any]) -> Any:
        home = applying.home_of(data["passenger"], on=today())
        return applying.assess(found, home=home, **data, by=request.user, at=now())

    return show_form(
        request, form, title=_("Enter the facts"), lead=found.name, words=_("The rules were looked at."),
        button=_("Look at the rules"), back=reverse("travel_application", args=[found.pk]), rule=save,
    )  # fmt: skip


@needs("transport.use")
@managing
def decide_travel(request: StaffRequest, number: int, stage: int) -> HttpResponse:
    found = _application(request, number)
    if stage not in dict(Decision.STAGES):
        raise Http404
    facts = found.assessments.select_related("rule").first()
    ends = None
    if facts is not None and found.born_on is not None:
        ends = last_day_of(facts.rule, found.born_on, after=facts.on)
    agreed = Decision.AGREED if facts is not None and facts.is_entitled else Decision.REFUSED
    initial = {"outcome": agreed, "way": Entitlement.TRANSPORT, "until_on": ends}
    return show_form(
        request, filled(request, DecisionForm, initial=initial),
        title=dict(Decision.STAGES)[stage], lead=found.name, button=_("Decide and write"),
        words=_("Decided. The letter leaves in a moment."),
        back=reverse("travel_application", args=[found.pk]),
        rule=lambda data: deciding.decide(found, stage=stage, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
def record_travel_appeal(request: StaffRequest, number: int) -> HttpResponse:
    found = _application(request, number)
    return show_form(
        request, filled(request, AppealForm, initial={"received_on": today()}), title=_("An appeal came"),
        lead=found.name, words=_("The appeal is open on a case of its own."),
        back=reverse("travel_application", args=[found.pk]),
        rule=lambda data: appealing.record_appeal(found, **data, by=request.user, at=now()),
    )  # fmt: skip


def _entitlement(number: int) -> Entitlement:
    found = Entitlement.objects.select_related("passenger__person").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@managing
def end_travel_entitlement(request: StaffRequest, number: int) -> HttpResponse:
    found = _entitlement(number)
    return show_form(
        request, filled(request, BecauseForm), title=_("End the entitlement"), lead=str(found.passenger),
        warning=True, words=_("Ended."), back=reverse("passenger", args=[found.passenger_id]),
        undo=lambda held: reverse("restore_travel_entitlement", args=[held.pk]),
        rule=lambda data: deciding.end_entitlement(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def restore_travel_entitlement(request: StaffRequest, number: int) -> HttpResponse:
    found = _entitlement(number)
    deciding.restore_entitlement(found, by=request.user, at=now())
    messages.success(request, _("It was not ended after all."))
    return redirect("passenger", found.passenger_id)
