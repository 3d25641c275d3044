"""A plan published with the count that proves it, who is told, and withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.plans import OwnerForm, WithdrawForm
from moothall.transport.models import Centre, Passenger, RunNotice
from moothall.transport.rules import plan_telling, publishing
from moothall.transport.rules.reliability import unreliable

from .run_plans import plan_for

AT_ONCE = 100


@needs("transport.use")
@managing
def publish_run_plan(request: StaffRequest, number: int) -> HttpResponse:
    """Everybody counted first; published only where the count holds."""
    plan = plan_for(request.user, number)
    if request.method == "POST":
        publishing.publish_plan(plan, by=request.user, at=now(), today=today())
        messages.success(request, _("Published. Families for whom something changes are told."))
        return redirect("run_plan", plan.pk)
    proof = publishing.prove_plan(plan)
    missing = proof.missing[:AT_ONCE]
    who = Passenger.objects.select_related("person").in_bulk({each[0] for each in missing})
    where = Centre.objects.in_bulk({each[3] for each in missing})
    named = sorted({(who[each[0]], each[1], where[each[3]]) for each in missing}, key=str)
    context = {
        "plan": plan, "proof": proof, "missing": named, "form": OwnerForm(), "unreliable": unreliable(plan),
        "manages": True,
    }  # fmt: skip
    return render(request, "transport/publish_plan.html", context)


@needs("transport.use")
@managing
def own_run_plan(request: StaffRequest, number: int) -> HttpResponse:
    """Somebody sees to those without a run."""
    plan = plan_for(request.user, number)
    form = filled(request, OwnerForm)
    back = reverse("publish_run_plan", args=[plan.pk])
    return show_form(
        request, form, title=_("Who sees to those without a run?"), lead=str(plan), back=back,
        words=_("They have somebody who sees to them."),
        rule=lambda data: publishing.own_without(
            plan, form.owners[data["owner"]], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("transport.use")
@managing
def withdraw_run_plan(request: StaffRequest, number: int) -> HttpResponse:
    plan = plan_for(request.user, number)
    return show_form(
        request, filled(request, WithdrawForm), title=_("Withdraw this plan"), lead=str(plan), warning=True,
        back=reverse("run_plan", args=[plan.pk]), button=_("Withdraw"),
        words=_("Withdrawn: journeys go by the plan before it, or as they are arranged."),
        rule=lambda data: publishing.withdraw_plan(plan, **data, by=request.user, at=now(), today=today()),
    )  # fmt: skip


@needs("transport.use")
@require_GET
def run_plan_notices(request: StaffRequest, number: int) -> HttpResponse:
    """Who is told what, by letter or by telephone."""
    plan = plan_for(request.user, number)
    said = request.GET.get("from", "0")
    first = int(said) if said.isdecimal() and len(said) < 7 else 0
    rows = plan.notices.select_related("passenger__person", "letter", "told_by")
    found = list(rows[first : first + AT_ONCE + 1])
    shown = [(each, [plan_telling.line_words(line) for line in each.lines]) for each in found[:AT_ONCE]]
    more = first + AT_ONCE if len(found) > AT_ONCE else None
    return render(request, "transport/plan_notices.html", {"plan": plan, "rows": shown, "more": more})


@needs("transport.use")
@require_POST
def ring_family(request: StaffRequest, number: int) -> HttpResponse:
    """Somebody rang them."""
    found = RunNotice.objects.select_related("plan").filter(pk=number).first()
    if found is None:
        raise Http404
    plan_telling.note_rung(found, by=request.user, at=now())
    messages.success(request, _("Kept: they were rung."))
    return redirect("run_plan_notices", found.plan_id)
