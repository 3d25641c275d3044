"""A department’s checks: what waits for it, one of them, and its steps. No application is here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, FlagFilter, Listing, SearchFilter, show_list
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import WORKS
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.check import CheckStepForm
from moothall.recruitment.models import CheckKind
from moothall.recruitment.models.check import check_cases
from moothall.recruitment.rules import checking
from moothall.recruitment.rules.check_cases import kind_of
from moothall.recruitment.rules.check_chasing import next_check

from .applications import TURNS


def _services() -> list[str]:
    return [each.service for each in CheckKind.objects.of_departments()]


def _due_first(rows: QuerySet[Case]) -> QuerySet[Case]:
    ready = Step.objects.filter(case=OuterRef("pk"), state=Step.READY).order_by("due_on", "position")
    rows = rows.annotate(step_due=Subquery(ready.values("due_on")[:1]))
    return rows.alias(step_turn=Subquery(ready.values("waiting_on")[:1]))


def _first_steps(rows: list[Case]) -> dict[int, Step]:
    """Of each case the step that is due first, of those to be done."""
    ready = Step.objects.filter(case__in=[each.pk for each in rows], state=Step.READY)
    found: dict[int, Step] = {}
    for step in ready.order_by("due_on", "position"):
        found.setdefault(step.case_id, step)
    return found


class CheckList(Listing[Case]):
    """The checks of one’s departments, those due first at the head."""

    key, title = "checks", gettext_lazy("Checks to do")
    sort = "due"
    opens_with = "state=going"
    row_template = "recruitment/parts/check_to_do.html"
    ready_views = (
        (gettext_lazy("Your turn"), "turn=US&state=going"),
        (gettext_lazy("Waiting for the applicant"), "turn=PERSON&state=going"),
        (gettext_lazy("On hold"), "state=held"),
        (gettext_lazy("Late"), "late=1"),
        (gettext_lazy("Done"), "state=done"),
    )
    columns = (
        Column("person", gettext_lazy("Name"), value=lambda row: str(row.subject or "–")),
        Column("service", gettext_lazy("Check"), value=lambda row: row.service.name_in(language_now())),
        Column("asked", gettext_lazy("Asked for"), sort="received_at", value=lambda row: row.received_at),
        Column("step", gettext_lazy("What is to be done"), value=lambda row: row.words),
        Column("turn", gettext_lazy("Whose turn"), value=lambda row: row.turn),
        Column("due", gettext_lazy("Due"), sort="step_due", value=lambda row: row.step_due),
        Column("held", gettext_lazy("On hold until"), value=lambda row: row.held_until),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name"),
            apply=lambda rows, words: rows.filter(subject__full_name__icontains=words),
        ),
        ChoiceFilter(
            "turn", gettext_lazy("Whose turn"), options=list(TURNS.items()), several=False,
            apply=lambda rows, chosen: rows.filter(step_turn=chosen[0]),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), several=False,
            options=[("going", gettext_lazy("Going on")), ("held", gettext_lazy("On hold")),
                     ("done", gettext_lazy("Done"))],
            apply=lambda rows, chosen: rows.filter({
                "going": ~Q(status=Case.CLOSED) & Q(held_until=None),
                "held": Q(held_until__isnull=False), "done": Q(status=Case.CLOSED),
            }[chosen[0]]),
        ),
        FlagFilter(
            "late", gettext_lazy("Late"),
            apply=lambda rows: rows.filter(step_due__lt=today()).exclude(status=Case.CLOSED),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No checks wait here"),
        gettext_lazy("They come by themselves once somebody has accepted an offer."),
    )

    def rows(self, request: Any) -> QuerySet[Case]:
        rows = check_cases(request.user, _services()).select_related(None)
        return _due_first(rows.select_related("subject", "service"))

    def prepare(self, rows: list[Case], request: Any) -> None:
        first = _first_steps(rows)
        for row in rows:
            each: Any = row
            step = None if each.is_closed else first.get(each.pk)
            each.turn = "" if step is None else TURNS[step.waiting_on]
            declared = None if step is None else definition_of(each.version).step(step.key)
            each.words = declared.name_in(language_now()) if declared else _("Done")

    def address(self, row: Case) -> str:
        return reverse("check", args=[row.reference])


@needs("cases.view")
def checks(request: HttpRequest) -> HttpResponseBase:
    """Opened without a choice, it shows what waits for the department."""
    return show_list(request, CheckList())


def find_check(account: Account, reference: str) -> Case:
    """Only a check of one’s own department exists."""
    found = check_cases(account, _services()).filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def _works(account: Account, case: Case) -> bool:
    return account.standing().covers(WORKS, case.seen_by_teams)


@require_GET
@needs("cases.view")
def check(request: StaffRequest, reference: str) -> HttpResponse:
    """One check: for whom, at which level and by when; what is done, and what is to be done now."""
    found = find_check(request.user, reference)
    definition = definition_of(found.version)
    steps = list(found.steps.select_related("done_by").exclude(state=Step.SKIPPED))
    for each in steps:
        each.words = definition.step(each.key).name_in(language_now())  # type: ignore[attr-defined]
        each.ended = definition.outcome_name(each.outcome, language_now()) if each.outcome else ""  # type: ignore[attr-defined]
    role = found.answers.get("role") or {}
    context = {
        "case": found, "ready": [each for each in steps if each.state == Step.READY],
        "done": [each for each in steps if each.state == Step.DONE],
        "ahead": [each for each in steps if each.state == Step.PENDING], "works": _works(request.user, found),
        "level": role.get("vetting_level", ""), "starts": found.answers.get("start_date", ""),
        "following": next_check(request.user, after=found),
    }  # fmt: skip
    return render(request, "recruitment/check.html", context)


def _step(request: StaffRequest, reference: str, number: int) -> Step:
    found = find_check(request.user, reference)
    if not _works(request.user, found):
        raise PermissionDenied(WORKS)
    step = found.steps.filter(pk=number).select_related("case__version", "case__service").first()
    if step is None:
        raise Http404
    return step


@needs("cases.work")
def check_step(request: StaffRequest, reference: str, number: int) -> HttpResponse:
    """One step: how it ended, until when somebody is cleared, and a note for the department."""
    step = _step(request, reference, number)
    kind, definition = kind_of(step.case), definition_of(step.case.version)
    if kind is None:
        raise Http404
    declared = definition.step(step.key)
    outcomes = [(key, definition.outcome_name(key, language_now())) for key in declared.outcomes]
    form = filled(
        request, CheckStepForm, outcomes=outcomes, dated=checking.asks_until_when(step, kind),
        private=kind.is_private,
    )  # fmt: skip
    return show_form(
        request, form, title=declared.name_in(language_now()), lead=str(step.case.subject or ""),
        button=_("Done"), words=_("The step is done."), back=reverse("check", args=[reference]),
        rule=lambda data: checking.finish_check_step(step, by=request.user, at=now(), **data),
        undo=lambda _made: reverse("take_back_check_step", args=[reference, number]),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def take_back_check_step(request: StaffRequest, reference: str, number: int) -> HttpResponse:
    checking.take_back_check_step(_step(request, reference, number), by=request.user, at=now())
    return redirect("check", reference=reference)
