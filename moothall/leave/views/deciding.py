"""Requests to decide: the list, approving those that fit, one decision, undoing, and sickness."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.leave.forms import RefuseForm, SickForm
from moothall.leave.models import LeaveRequest
from moothall.leave.rules import deciding
from moothall.leave.rules.balance import read_balances
from moothall.leave.rules.cover import cover_of_requests
from moothall.people.requests import StaffRequest

from .finding import find_request, find_to_decide, is_own

SHOWN = 100


@require_GET
@signed_in
def leave_to_decide(request: StaffRequest) -> HttpResponse:
    """What waits for my decision, each with the cover and the balance, the first to be away first."""
    day = today()
    rows = list(
        LeaveRequest.objects.waiting_for(request.user, on=day).shown().prefetch_related("days")[:SHOWN]
    )
    covers = cover_of_requests(rows)
    balances = read_balances(
        {each.employment_id: each.employment for each in rows}.values(), on=day, today=day
    )
    context = {
        "rows": [(each, covers[each.pk], balances[each.employment_id]) for each in rows], "today": day,
        "fitting": sum(covers[each.pk].fits for each in rows),
    }  # fmt: skip
    return render(request, "leave/to_decide.html", context)


@require_POST
@signed_in
def approve_fitting_leave(request: StaffRequest) -> HttpResponse:
    """Those ticked, as far as the cover is kept; the rest stay where they are."""
    ids = [int(each) for each in request.POST.getlist("ids")[:SHOWN] if each.isdecimal()]
    rows = LeaveRequest.objects.waiting_for(request.user, on=today()).filter(pk__in=ids)
    approved, left = deciding.approve_those_that_fit(rows, by=request.user, at=now())
    words = ngettext("%(count)s request is approved.", "%(count)s requests are approved.", approved)
    said = words % {"count": approved}
    if left:
        more = ngettext("%(count)s does not fit.", "%(count)s do not fit.", left) % {"count": left}
        said = f"{said} {more}"
    messages.success(request, said)
    return redirect("leave_to_decide")


@require_POST
@signed_in
def approve_leave(request: StaffRequest, request_id: int) -> HttpResponse:
    found = find_to_decide(request, request_id)
    event = deciding.approve_leave(found, by=request.user, at=now(), despite=request.POST.get("despite", ""))
    messages.success(
        request, _("Approved. They are told."), extra_tags=reverse("undo_leave", args=[found.pk, event.pk])
    )
    return redirect("leave_to_decide")


@signed_in
def refuse_leave(request: StaffRequest, request_id: int) -> HttpResponse:
    found = find_to_decide(request, request_id)
    return show_form(
        request, filled(request, RefuseForm), title=_("Refuse leave"), button=_("Refuse"), warning=True,
        lead=str(found.employment.person.full_name), words=_("Refused. They are told why."),
        back=reverse("leave_request", args=[found.pk]),
        undo=lambda event: reverse("undo_leave", args=[found.pk, event.pk]),
        rule=lambda data: deciding.refuse_leave(found, reason=data["reason"], by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def give_back_leave(request: StaffRequest, request_id: int) -> HttpResponse:
    """They were sick on their leave: those days are not used up."""
    found = find_to_decide(request, request_id)
    initial = {"first": found.from_on, "last": found.until_on}
    return show_form(
        request, filled(request, SickForm, initial=initial), title=_("Sick while on leave"),
        lead=_(
            "The working days between these are given back. "
            "What is left at the end of the leave year may be carried over for 18 months."
        ),
        words=_("The days are given back."), back=reverse("leave_request", args=[found.pk]),
        undo=lambda event: reverse("undo_leave", args=[found.pk, event.pk]),
        rule=lambda data: deciding.give_back(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@signed_in
def undo_leave(request: StaffRequest, request_id: int, event_id: int) -> HttpResponse:
    """Whoever decides takes back any last step; the person takes back their own."""
    found = find_request(request, request_id)
    event = found.events.filter(pk=event_id).select_related("request__employment").first()
    own = event is not None and is_own(request, found) and event.by_id == request.user.pk
    if event is None or not (own or deciding.may_decide(request.user, found, on=today())):
        raise Http404
    deciding.take_back(event, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect("leave_request", request_id=found.pk)
