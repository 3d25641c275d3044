"""Doing the steps of a case, and reading its clocks."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.cases import forms
from moothall.cases.models import Case, CaseClock, Step
from moothall.cases.rules import clocks, stepping
from moothall.cases.rules.definition import definition_of
from moothall.cases.templatetags.cases import clock_name, happened_words, outcome_words
from moothall.cases.visiting import act, bound, with_case
from moothall.core.clock import LONDON, now
from moothall.core.door import needs
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest


def _step_of(case: Case, step_id: int) -> Step:
    step = case.steps.filter(pk=step_id).first()
    if step is None:
        raise Http404
    return step


def _name(case: Case, step: Step) -> str:
    return definition_of(case.version).step(step.key).name_in(get_language() or "en")


@needs("cases.work")
@with_case
def complete_step(request: StaffRequest, case: Case, step_id: int) -> HttpResponse:
    step = _step_of(case, step_id)
    declared = definition_of(case.version).step(step.key)
    outcomes = [(key, outcome_words(key, case)) for key in declared.outcomes]
    form = bound(request, forms.StepForm, outcomes=outcomes, repeats=bool(declared.repeat))

    def complete(data: dict[str, Any]) -> None:
        stepping.complete_step(
            step, by=request.user, at=now(), outcome=data.get("outcome", ""), note=data["note"],
            again=bool(data.get("again")),
        )  # fmt: skip

    title = _name(case, step)
    return act(request, case, form, title=title, button=_("Done"), words=_("Step done."), rule=complete)


@needs("cases.work")
@with_case
def reopen_step(request: StaffRequest, case: Case, step_id: int) -> HttpResponse:
    step = _step_of(case, step_id)

    def reopen(data: dict[str, Any]) -> None:
        stepping.reopen_step(step, by=request.user, at=now(), because=data["because"])

    return act(
        request, case, bound(request, forms.ReasonForm),
        title=_("Not done after all: %s") % _name(case, step),
        button=_("Open the step again"), words=_("The step is open again."), rule=reopen,
    )  # fmt: skip


def _clock_of(case: Case, key: str) -> CaseClock:
    clock = case.clocks.filter(key=key).first()
    if clock is None:
        raise Http404
    return clock


@require_GET
@needs("cases.view")
@with_case
def clock_page(request: StaffRequest, case: Case, key: str) -> HttpResponse:
    """Why this clock says what it says, day by day."""
    clock = _clock_of(case, key)
    events = list(clock.events.select_related("by"))
    due = clocks.computed(clock, events)
    context = {
        "case": case, "clock": clock, "events": events, "due": due,
        "rule": clocks.remembered_rule(clock.rule),
        "explanation": due.explanation("cy" if get_language() == "cy" else "en"),
    }  # fmt: skip
    return render_page_or_part(request, "cases/clock.html", "cases/parts/clock.html", context)


@needs("cases.work")
@with_case
def move_clock(request: StaffRequest, case: Case, key: str) -> HttpResponse:
    clock = _clock_of(case, key)
    rule = clocks.remembered_rule(clock.rule)
    kinds = [(kind, happened_words(kind)) for kind in clocks.kinds_offered(rule)]
    form = bound(request, forms.ClockEventForm, kinds=kinds, clock=clock)

    def record(data: dict[str, Any]) -> None:
        at = now()
        day_at = at.astimezone(LONDON).replace(
            year=data["on"].year, month=data["on"].month, day=data["on"].day
        )
        clocks.record_event(
            clock, kind=data["kind"], event_at=day_at, by=request.user, at=at, reason=data["reason"]
        )

    return act(
        request, case, form, title=_("Move the clock: %s") % clock_name(clock, case), button=_("Record"),
        words=_("The clock has been worked out again."), rule=record,
    )  # fmt: skip
