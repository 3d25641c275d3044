"""Plans of an event: asked for, followed, put in force, taken back; and what came of the event."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import may_run
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.events import MendForm, PlanForm
from moothall.recruitment.models import EventPlan
from moothall.recruitment.rules import event_plans as rules
from moothall.recruitment.rules import event_results as results
from moothall.recruitment.rules import event_why
from moothall.recruitment.rules.event_scoring import standings_of

from .event_finding import event_to_run, find_event, plan_of


@needs("cases.work")
def plan_event(request: StaffRequest, number: int) -> HttpResponse:
    """Everybody's day at once."""
    found = event_to_run(request.user, number)
    return show_form(
        request, filled(request, PlanForm, initial={"seconds": "10"}), title=_("Plan the event"),
        lead=_("Each candidate gets their exercises on one day: nobody in two places, nobody before "
               "somebody they know, with what was agreed to help, and the work shared fairly."),
        words=_("The planner begins. You can leave this page; it goes on."), button=_("Plan"),
        back=reverse("selection_event", args=[number]),
        onward=lambda made: reverse("event_plan", args=[number, made.pk]),
        rule=lambda data: rules.ask_for_plan(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("cases.work")
def mend_event(request: StaffRequest, number: int) -> HttpResponse:
    """The plan in force with the least change."""
    found = event_to_run(request.user, number)
    return show_form(
        request, filled(request, MendForm), title=_("Mend the plan"), button=_("Look for it"),
        lead=_("You see who would be moved before anything is changed."),
        words=_("It is being looked for. Nothing is changed yet."),
        back=reverse("selection_event", args=[number]),
        onward=lambda made: reverse("event_plan", args=[number, made.pk]),
        rule=lambda data: rules.ask_for_mending(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_GET
@needs("cases.view")
def event_plan(request: StaffRequest, number: int, part: int) -> HttpResponse:
    """How far it is; once it is made, who has no time and why, and who would be moved."""
    found = find_event(request.user, number)
    plan = plan_of(found, part)
    context: dict[str, Any] = {
        "event": found, "plan": plan, "busy": plan.is_busy(now()), "words": state_words(plan),
        "runs": may_run(request.user, found.campaign), "last": plan.points[-1] if plan.points else None,
        "in_force": found.plan_id == plan.pk,
    }  # fmt: skip
    if plan.is_made:
        names, days = event_why.names_of(found, language_now()), list(found.days.all())
        changes = event_why.changes_of(plan, names, days)
        context |= {
            "without": event_why.without_time(plan, names), "moved": [each for each in changes if each.told],
            "handed": [each for each in changes if not each.told],
        }  # fmt: skip
    page, part_of_it = "recruitment/event_plan.html", "recruitment/parts/event_plan.html"
    return render_page_or_part(request, page, part_of_it, context)


def state_words(plan: EventPlan) -> str:
    """How it stands, also where its process is gone and nobody has written that down yet."""
    return str(_("Broken off")) if plan.is_broken(now()) else str(plan.get_state_display())


@require_POST
@needs("cases.work")
def stop_event_plan(request: StaffRequest, number: int, part: int) -> HttpResponse:
    plan = plan_of(event_to_run(request.user, number), part)
    rules.ask_to_stop(plan, by=request.user, at=now())
    messages.success(request, _("It ends with the best plan it has."))
    return redirect("event_plan", number=number, part=part)


@require_POST
@needs("cases.work")
def publish_event_plan(request: StaffRequest, number: int, part: int) -> HttpResponse:
    plan = plan_of(event_to_run(request.user, number), part)
    rules.publish_plan(plan, by=request.user, at=now())
    back = reverse("take_back_event_plan", args=[number, part])
    messages.success(request, _("The plan is in force. Nobody is told yet."), extra_tags=back)
    return redirect("selection_event", number=number)


@require_POST
@needs("cases.work")
def take_back_event_plan(request: StaffRequest, number: int, part: int) -> HttpResponse:
    plan = plan_of(event_to_run(request.user, number), part)
    rules.take_back_plan(plan, by=request.user, at=now())
    messages.success(request, _("Everything stands as it stood before."))
    return redirect("event_plan", number=number, part=part)


@require_GET
@needs("cases.view")
def event_results(request: StaffRequest, number: int) -> HttpResponse:
    """Who came, their marks once a panel is complete, and what came of it."""
    found = find_event(request.user, number)
    those = standings_of(found, found.candidates.standing().in_full())
    exercises = list(found.exercises.all())
    rows = [(one, [(one.marks.get(each.pk), each in one.below) for each in exercises]) for one in those]
    context = {
        "event": found, "exercises": exercises, "rows": rows, "runs": may_run(request.user, found.campaign),
        "ready": sum(one.is_ready and one.has_time for one in those),
        "all": sum(one.has_time for one in those),
    }  # fmt: skip
    return render(request, "recruitment/event_results.html", context)


@require_POST
@needs("cases.work")
def decide_event_results(request: StaffRequest, number: int) -> HttpResponse:
    results.decide_results(event_to_run(request.user, number), by=request.user, at=now())
    said = _("The results are decided, each with its reason. Nobody is told yet.")
    messages.success(request, said, extra_tags=reverse("reopen_event_results", args=[number]))
    return redirect("event_results", number=number)


@require_POST
@needs("cases.work")
def reopen_event_results(request: StaffRequest, number: int) -> HttpResponse:
    results.reopen_results(event_to_run(request.user, number), by=request.user, at=now())
    messages.success(request, _("The results are open again; marks stay."))
    return redirect("event_results", number=number)
