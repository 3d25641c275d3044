"""Asking occupational health, a phased return, and the scheme of sick pay."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.absence.forms import recovery as forms
from moothall.absence.models import PayBand, PhasedPlan, Referral
from moothall.absence.rules import paying
from moothall.absence.rules import recovering as rules
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

from .episodes import address_of
from .finding import find_to_record


@signed_in
def refer_to_occupational_health(request: StaffRequest, number: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    form = filled(request, forms.ReferralForm, initial={"asked_on": today(), "sends_copy": True})
    return show_form(
        request, form, title=_("Ask occupational health"), back=address_of(episode), button=_("Keep it"),
        lead=_("Only with their consent. Nothing medical is written down here."), words=_("Kept."),
        rule=lambda data: rules.refer(episode, **data, by=request.user, at=now()),
    )  # fmt: skip


def _referral(episode_id: int, number: int) -> Referral:
    found = Referral.objects.filter(episode=episode_id, pk=number).first()
    if found is None:
        raise Http404
    return found


@signed_in
def answer_referral(request: StaffRequest, number: int, referral_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    found = _referral(episode.pk, referral_id)
    return show_form(
        request, filled(request, forms.AnswerForm, initial={"answered_on": today()}), lead=found.asks,
        title=_("What occupational health answered"), back=address_of(episode), words=_("Kept."),
        rule=lambda data: rules.answer_referral(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def withdraw_referral(request: StaffRequest, number: int, referral_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    found = _referral(episode.pk, referral_id)
    return show_form(
        request, filled(request, forms.WhyForm), title=_("Take the question back"), lead=found.asks,
        back=address_of(episode), words=_("Taken back."), warning=True,
        rule=lambda data: rules.withdraw_referral(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def agree_phased_return(request: StaffRequest, number: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    usual = rules.usual_hours(episode, today())
    return show_form(
        request, filled(request, forms.PlanForm, initial={"from_on": today()}), title=_("Phased return"),
        lead=_("Their usual week has %(hours)s hours.") % {"hours": usual.normalize()},
        back=address_of(episode), words=_("Agreed. It ends by itself after its last week."),
        rule=lambda data: rules.agree_plan(episode, **data, by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def end_phased_return(request: StaffRequest, number: int, plan_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    plan = PhasedPlan.objects.filter(episode=episode.pk, pk=plan_id).first()
    if plan is None:
        raise Http404
    return show_form(
        request, filled(request, forms.EndPlanForm, initial={"ended_on": today()}), back=address_of(episode),
        title=_("End the phased return"), words=_("Ended."),
        rule=lambda data: rules.end_plan(plan, **data, by=request.user, at=now()),
    )  # fmt: skip


@require_GET
@needs("workforce.edit")
def sick_pay_scheme(request: StaffRequest) -> HttpResponse:
    """The bands, each with whether it is switched on."""
    bands = list(PayBand.objects.select_related("switched_on_by"))
    context = {"bands": bands}
    return render(request, "absence/sick_pay.html", context)


@require_POST
@needs("workforce.edit")
def switch_sick_pay_band(request: StaffRequest, number: int) -> HttpResponse:
    """On, if it is the office's; off again, if it is not."""
    band = PayBand.objects.filter(pk=number).first()
    if band is None:
        raise Http404
    on = band.switched_on_at is None
    paying.switch_band(band, on=on, by=request.user, at=now())
    messages.success(request, _("Switched on.") if on else _("Switched off."), extra_tags=reverse(
        "switch_sick_pay_band", args=[band.pk]
    ))  # fmt: skip
    return redirect("sick_pay_scheme")
