"""Who stands in for a manager when leave is decided on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.leave.forms import DeputyForm
from moothall.leave.models import LeaveDeputy
from moothall.leave.rules import deputising
from moothall.people.requests import StaffRequest

from .finding import one_of


@require_GET
@signed_in
def leave_deputies(request: StaffRequest) -> HttpResponse:
    """Who decides for me, and for whom I decide."""
    rows = LeaveDeputy.objects.filter(withdrawn_at=None, until_on__gte=today()).order_by("from_on", "id")
    context = {
        "mine": rows.filter(manager=request.user).select_related("deputy"),
        "for_others": rows.filter(deputy=request.user).select_related("manager"), "today": today(),
    }  # fmt: skip
    return render(request, "leave/deputies.html", context)


@signed_in
def name_leave_deputy(request: StaffRequest) -> HttpResponse:
    form = filled(request, DeputyForm, account=request.user, initial={"from_on": today()})
    return show_form(
        request, form, title=_("Name somebody who stands in"), back=reverse("leave_deputies"),
        lead=_("They decide on the leave of your people on these days, and on nothing else."),
        words=_("They stand in for you."),
        undo=lambda made: reverse("withdraw_leave_deputy", args=[made.pk]),
        rule=lambda data: deputising.name_deputy(
            request.user, **data, by=request.user, at=now(), today=today()
        ),
    )  # fmt: skip


@require_POST
@signed_in
def withdraw_leave_deputy(request: StaffRequest, number: int) -> HttpResponse:
    deputy = one_of(LeaveDeputy.objects.filter(manager=request.user), number)
    deputising.withdraw_deputy(deputy, by=request.user, at=now())
    messages.success(request, _("They stand in no more."))
    return redirect("leave_deputies")
