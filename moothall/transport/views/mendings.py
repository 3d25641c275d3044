"""Something has changed: three options that change as little as can be, side by side, and one taken."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.plans import MendForm
from moothall.transport.models import Mending, Passenger, RunPlan
from moothall.transport.models.plan import SILENT
from moothall.transport.planning.mending import accept_option
from moothall.transport.rules import mendings as rules

from .run_plans import plan_for


@needs("transport.use")
@managing
def mend_run_plan(request: StaffRequest, number: int) -> HttpResponse:
    plan = plan_for(request.user, number)
    first = max(today(), plan.from_on)
    return show_form(
        request, filled(request, MendForm, initial={"from_on": first, "until_on": first}),
        title=_("Something has changed"), button=_("Look for options"),
        back=reverse("run_plan", args=[plan.pk]),
        lead=_("First put on record what happened: a passenger who is away, new or has moved house, a "
               "vehicle off the road, a school that closes early. Then the plan is brought up to date for "
               "these days."),
        words=_("The planner looks for options that move as few as can be."),
        onward=lambda made: reverse("mending", args=[made.pk]),
        rule=lambda data: rules.ask_for_mending(plan, **data, by=request.user, at=now(), today=today()),
    )  # fmt: skip


def _mending(request: StaffRequest, number: int) -> Mending:
    rows = Mending.objects.filter(plan__in=RunPlan.objects.visible_to(request.user).order_by().values("pk"))
    found = rows.select_related("plan", "accepted").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
@managing
def mending(request: StaffRequest, number: int) -> HttpResponse:
    found = _mending(request, number)
    return render_page_or_part(
        request, "transport/mending.html", "transport/parts/mending.html", _shown(found)
    )


def _shown(found: Mending) -> dict[str, Any]:
    """The options with the names of those they move."""
    who = {each[0] for one in found.options for each in (*one["moved"], *one["shifted"])}
    people = Passenger.objects.select_related("person").in_bulk(who)
    cheapest = min((one["cost"] for one in found.options), default=0)
    options = [
        {
            "number": number, "cost": one["cost"], "without": one["without"],
            "more": round(one["cost"] - cheapest, 2),
            "moved": [
                (people[who], way, before, after, _(why)) for who, way, before, after, why in one["moved"]
            ],
            "shifted": [(people[who], way, minutes) for who, way, minutes in one["shifted"]],
        }
        for number, one in enumerate(found.options, start=1)
    ]  # fmt: skip
    silent = found.heard_at is not None and now() - found.heard_at > SILENT
    busy = found.making in RunPlan.BUSY and not (found.making == RunPlan.RUNNING and silent)
    return {"mending": found, "plan": found.plan, "options": options, "busy": busy}


@needs("transport.use")
@require_POST
@managing
def accept_mending(request: StaffRequest, number: int) -> HttpResponse:
    """The option becomes a version of the plan; the count follows, and then it is published."""
    found = _mending(request, number)
    said = request.POST.get("option", "")
    option = int(said) if said.isdecimal() and len(said) < 4 else 0
    made = accept_option(found, option, by=request.user, at=now())
    messages.success(
        request, _("It is another version of the plan now. Look at the count, then publish it."),
        extra_tags=reverse("take_back_mending", args=[found.pk]),
    )  # fmt: skip
    return redirect("publish_run_plan", made.pk)


@needs("transport.use")
@require_POST
@managing
def take_back_mending(request: StaffRequest, number: int) -> HttpResponse:
    """None of the options is taken after all."""
    found = rules.take_back_option(_mending(request, number), by=request.user, at=now())
    messages.success(request, _("Taken back. Choose another option, or none."))
    return redirect("mending", found.pk)
