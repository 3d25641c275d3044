"""Cycles: planning one, who would be in it, opening it, and how far it has come."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.appraisal.forms.appraising import CycleForm, TakeInForm
from moothall.appraisal.models import Appraisal, Cycle, Framework
from moothall.appraisal.rules import cycles
from moothall.appraisal.rules.completion import MANAGER, UNIT, completion, total
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment

from .finding import find_cycle, teams_of

SHOWN = 100


@needs("workforce.view")
@require_GET
def appraisal_cycles(request: StaffRequest) -> HttpResponse:
    """Every cycle, the newest first, and the frameworks that are in use."""
    rows = Cycle.objects.select_related("framework").order_by("-from_on", "-id")[:SHOWN]
    context = {"cycles": rows, "frameworks": Framework.objects.in_use()}
    if request.user.may("workforce.edit"):
        context["drafts"] = Framework.objects.drafts()
    return render(request, "appraisal/cycles.html", context)


@needs("workforce.edit")
def plan_cycle(request: StaffRequest) -> HttpResponse:
    form = filled(request, CycleForm)
    return show_form(
        request, form, title=_("Plan a cycle"), button=_("Plan it"),
        words=_("Planned. Nobody is in it before it is opened."), back=reverse("appraisal_cycles"),
        rule=lambda data: cycles.plan_cycle(by=request.user, at=now(), **data),
        onward=lambda made: reverse("appraisal_cycle", args=[made.pk]),
    )  # fmt: skip


@needs("workforce.view")
@require_GET
def appraisal_cycle(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Before it is opened: who would be in it. Then: how far it has come, by unit or by manager."""
    cycle = find_cycle(cycle_id)
    context: dict[str, Any] = {"cycle": cycle, "keeps": request.user.may("workforce.edit")}
    if cycle.opened_at is None:
        return render(request, "appraisal/planned.html", context | _preview(cycle))
    by = MANAGER if request.GET.get("by") == MANAGER else UNIT
    lines = completion(cycle, today(), by=by, teams=teams_of(request.user))
    context |= {"lines": lines, "total": total(lines), "by": by}
    return render(request, "appraisal/cycle.html", context)


def _preview(cycle: Cycle) -> dict[str, Any]:
    seen = cycles.preview(cycle, on=today())
    reasons = dict(Appraisal.REASONS)
    shown = [*seen.out[:SHOWN], *seen.without_manager[:SHOWN]]
    people = Employment.objects.select_related("person").in_bulk([each.employment_id for each in shown])
    return {
        "seen": seen, "counts": [(reasons[key], count) for key, count in seen.many_out.most_common()],
        "out": [(people[each.employment_id], reasons[each.because]) for each in seen.out[:SHOWN]],
        "unmanaged": [people[each.employment_id] for each in seen.without_manager[:SHOWN]],
    }  # fmt: skip


@needs("workforce.edit")
@require_POST
def open_cycle(request: StaffRequest, cycle_id: int) -> HttpResponse:
    cycle = cycles.open_cycle(find_cycle(cycle_id), by=request.user, at=now())
    messages.success(request, _("Opened. Everybody in it is written to within the hour."))
    return redirect("appraisal_cycle", cycle.pk)


@needs("workforce.edit")
@require_POST
def close_cycle(request: StaffRequest, cycle_id: int) -> HttpResponse:
    cycle = cycles.close_cycle(find_cycle(cycle_id), by=request.user, at=now())
    messages.success(
        request,
        _("Closed. Nothing in it changes any more."),
        extra_tags=reverse("reopen_cycle", args=[cycle.pk]),
    )
    return redirect("appraisal_cycle", cycle.pk)


@needs("workforce.edit")
@require_POST
def reopen_cycle(request: StaffRequest, cycle_id: int) -> HttpResponse:
    cycle = cycles.reopen_cycle(find_cycle(cycle_id), by=request.user, at=now())
    messages.success(request, _("It is open again."))
    return redirect("appraisal_cycle", cycle.pk)


@needs("workforce.edit")
def take_in(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Somebody who joined since is appraised too."""
    cycle = find_cycle(cycle_id)
    return show_form(
        request, filled(request, TakeInForm, account=request.user), title=_("Take somebody in"),
        words=_("They are in it now."), back=reverse("appraisal_cycle", args=[cycle.pk]), lead=cycle.name,
        rule=lambda data: cycles.take_in(cycle, data["employee"], by=request.user, at=now()),
    )  # fmt: skip
