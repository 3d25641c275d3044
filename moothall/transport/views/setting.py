"""Who is entitled and what things cost, as the office keeps them: dated, each with its source."""

from django.contrib import messages
from django.db.models import Q
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
from moothall.transport.forms.setting import RateForm
from moothall.transport.models import EligibilityRule, TransportRate
from moothall.transport.models.passenger import NATIONS, manages
from moothall.transport.rules import setting


@needs("transport.use")
@require_GET
def eligibility_rules(request: StaffRequest) -> HttpResponse:
    """The rules of each nation in the order in which they are looked at, and the rates of today."""
    day = today()
    rules = [(words, list(EligibilityRule.objects.in_force(day, nation=key))) for key, words in NATIONS]
    still = Q(until_on=None) | Q(until_on__gte=day)
    rates = TransportRate.objects.filter(still, from_on__lte=day).order_by("key", "-from_on")
    context = {"rules": rules, "rates": rates, "manages": manages(request.user)}
    return render(request, "transport/rules.html", context)


@needs("transport.use")
@require_POST
@managing
def confirm_eligibility_rule(request: StaffRequest, number: int) -> HttpResponse:
    found = EligibilityRule.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    setting.confirm_rule(found, by=request.user, at=now(), today=today())
    messages.success(request, _("Kept: you have read the source."))
    return redirect("eligibility_rules")


@needs("transport.use")
@managing
def set_transport_rate(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, RateForm, initial={"from_on": today()}), title=_("What something costs"),
        back=reverse("eligibility_rules"), words=_("It holds from that day on."),
        rule=lambda data: setting.set_rate(**data, by=request.user, at=now()),
    )  # fmt: skip
