"""Plans of runs: the list, asking for one, watching it while it is made, and what came of it."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, show_list
from moothall.core.parts import render_page_or_part
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.plans import RunPlanForm
from moothall.transport.models import PlanHalf, RunPlan
from moothall.transport.models.passenger import manages
from moothall.transport.models.plan import BOTH
from moothall.transport.rules import run_plans as rules

from .plan_shown import compared, shown, total


class RunPlanList(Listing[RunPlan]):
    """Every plan of runs, the latest first."""

    key, title = "run_plans", gettext_lazy("Plans of runs")
    sort = "-asked"
    columns = (
        Column("name", gettext_lazy("Plan"), value=lambda row: row.name),
        Column("state", gettext_lazy("How it stands"), value=lambda row: state_words(row)),
        Column("from", gettext_lazy("From"), value=lambda row: row.from_on),
        Column("vehicles", gettext_lazy("Vehicles"), numeric=True,
               value=lambda row: total(row, "vehicles")),
        Column("hours", gettext_lazy("Hours"), numeric=True, value=lambda row: total(row, "hours")),
        Column("cost", gettext_lazy("Pounds a day"), numeric=True, value=lambda row: total(row, "cost")),
        Column("without", gettext_lazy("Without a run"), numeric=True,
               value=lambda row: total(row, "without")),
        Column("longest", gettext_lazy("Closest to the longest ride"),
               value=lambda row: total(row, "longest")),
        Column("asked", gettext_lazy("Asked for"), sort="asked_at", descending=True,
               value=lambda row: row.asked_at, shown=False),
    )  # fmt: skip
    filters = (ChoiceFilter("state", gettext_lazy("How it stands"), options=RunPlan.STATES),)
    empty = Empty(
        gettext_lazy("No plan of runs yet"),
        gettext_lazy("Ask for one: it reads who travels where and when, and what there is to take them."),
    )
    export_permission: ClassVar[str | None] = "cases.manage"

    def rows(self, request: Any) -> QuerySet[RunPlan]:
        return RunPlan.objects.visible_to(request.user).defer("points")

    def address(self, row: RunPlan) -> str:
        return reverse("run_plan", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        asking = [Link(_("Ask for a plan"), reverse("ask_for_run_plan"))] if manages(request.user) else []
        return [*asking, Link(_("Compare plans"), reverse("compare_run_plans")),
                Link(_("Travel times"), reverse("travel_times")),
                Link(_("Vehicles"), reverse("vehicles"))]  # fmt: skip


def state_words(plan: RunPlan) -> str:
    """How it stands, also where its process is gone and nobody has written that down yet."""
    if plan.is_made:
        return str(plan.get_state_display())
    return str(_("Broken off")) if plan.is_broken(now()) else str(plan.get_making_display())


def plan_for(account: Account, number: int) -> RunPlan:
    found = RunPlan.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
def run_plans(request: StaffRequest) -> Any:
    return show_list(request, RunPlanList())


@needs("transport.use")
@managing
def ask_for_run_plan(request: StaffRequest) -> HttpResponse:
    start = {"direction": BOTH, "weekdays": [str(each) for each in range(5)], "seconds": "30", "seed": "1"}
    form = filled(request, RunPlanForm, initial=start)
    return show_form(
        request, form, title=_("Ask for a plan of runs"), button=_("Plan"), back=reverse("run_plans"),
        lead=_("Everybody who travels on these days is put on a run: nobody rides longer than their limit, "
               "everybody is there before the bell, and whoever cannot be placed is named with the reason."),
        words=_("The planner begins. You can leave this page; it goes on."),
        onward=lambda plan: reverse("run_plan", args=[plan.pk]),
        rule=lambda _data: rules.ask_for_plan(by=request.user, at=now(), today=today(), **form.asked()),
    )  # fmt: skip


@needs("transport.use")
@managing
def plan_runs_again(request: StaffRequest, number: int) -> HttpResponse:
    """Another plan for the same days; what is locked in this one stays as it is."""
    plan = plan_for(request.user, number)
    start = {
        "name": plan.name, "direction": plan.direction, "weekdays": [str(each) for each in plan.weekdays],
        "from_on": max(plan.from_on, today() + dt.timedelta(days=1)), "until_on": plan.until_on,
        "seconds": str(plan.seconds), "seed": str(plan.seed + 1),
    }  # fmt: skip
    form = filled(request, RunPlanForm, initial=start)
    return show_form(
        request, form, title=_("Plan again"), button=_("Plan"), back=reverse("run_plan", args=[plan.pk]),
        lead=_("Runs that are locked, and runs on which somebody is locked, go into the new plan as they "
               "are. Everybody else is planned anew around them."),
        words=_("The planner begins. You can leave this page; it goes on."),
        onward=lambda made: reverse("run_plan", args=[made.pk]),
        rule=lambda _data: rules.ask_for_plan(
            by=request.user, at=now(), today=today(), starts_from=plan, **form.asked()
        ),
    )  # fmt: skip


@needs("transport.use")
@require_GET
def run_plan(request: StaffRequest, number: int) -> HttpResponse:
    """How far it is; once it is made, its figures, board and map."""
    plan = plan_for(request.user, number)
    found = shown(plan, request.user, way=request.GET.get("way", ""), at=now())
    return render_page_or_part(request, "transport/run_plan.html", "transport/parts/run_plan.html", found)


@needs("transport.use")
@require_POST
@managing
def stop_run_plan(request: StaffRequest, number: int) -> HttpResponse:
    rules.ask_to_stop(plan_for(request.user, number), by=request.user, at=now())
    messages.success(request, _("It ends with the best plan it has."))
    return redirect("run_plan", number)


@needs("transport.use")
@require_POST
@managing
def start_run_plan_again(request: StaffRequest, number: int) -> HttpResponse:
    rules.start_again(plan_for(request.user, number), by=request.user, at=now())
    messages.success(request, _("It begins anew."))
    return redirect("run_plan", number)


@needs("transport.use")
@require_POST
@managing
def consider_run_plan(request: StaffRequest, number: int) -> HttpResponse:
    """Marked as one to choose from, or not any more."""
    wanted = request.POST.get("considered") == "yes"
    rules.consider(plan_for(request.user, number), considered=wanted, by=request.user, at=now())
    messages.success(request, _("Marked as considered.") if wanted else _("A draft again."))
    return redirect("run_plan", number)


@needs("transport.use")
@require_GET
def compare_run_plans(request: StaffRequest) -> HttpResponse:
    """Up to four plans side by side; those that are open where none is chosen."""
    chosen = [int(each) for each in request.GET.getlist("plan") if each.isdecimal() and len(each) < 18]
    return render(request, "transport/compare_plans.html", compared(request.user, chosen))


@needs("transport.use")
@require_GET
@managing
def run_plan_file(request: StaffRequest, number: int, way: str, part: str) -> HttpResponse:
    """What went in and what came out, in the published form: `moothall plan` plans and checks it again."""
    half = PlanHalf.objects.select_related("case").filter(plan=plan_for(request.user, number), direction=way)
    found = half.first()
    if found is None:
        raise Http404
    kept = {"case": found.case.case, "tables": found.case.tables, "plan": found.said}
    ending = "npz" if part == "tables" else "json.gz"
    name = f"{'plan' if part == 'plan' else 'case'}-{number}-{way.lower()}.{ending}"
    return HttpResponse(
        bytes(kept[part]), content_type="application/octet-stream",
        headers={"Content-Disposition": str(content_disposition_header(True, name))},
    )  # fmt: skip
