"""My leave: the balance, asking with the effect shown first, one request, and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled
from moothall.core.refusals import Refusal
from moothall.leave.forms import AskForm
from moothall.leave.models import LeaveEvent, LeaveKind, LeaveLink, LeaveRequest
from moothall.leave.rules import asking
from moothall.leave.rules.balance import balance_of
from moothall.leave.rules.cover import cover_of_requests, what_would_fit
from moothall.leave.rules.deciding import may_decide
from moothall.people.requests import StaffRequest

from .finding import feed_address, find_request, is_own, own_employment

SHOWN = 40


@require_GET
@signed_in
def my_leave(request: StaffRequest) -> HttpResponse:
    """What I have, what I asked for, what is to come."""
    day, employment = today(), own_employment(request)
    context: dict[str, Any] = {"employment": employment, "today": day}
    links = {row.shows: row for row in LeaveLink.objects.filter(account=request.user, ended_at=None)}
    context["links"] = [
        (shows, words, links.get(shows), feed_address(links.get(shows))) for shows, words in LeaveLink.SHOWS
    ]
    if employment is not None:
        rows = LeaveRequest.objects.filter(employment=employment).select_related("kind")
        context["balance"] = balance_of(employment, on=day, today=day)
        context["coming"] = list(rows.filter(until_on__gte=day).order_by("from_on", "id")[:SHOWN])
        context["past"] = list(rows.filter(until_on__lt=day).order_by("-from_on", "-id")[:SHOWN])
    return render(request, "leave/mine.html", context)


@signed_in
def ask_leave(request: StaffRequest) -> HttpResponse:
    """First the effect, then the request: nothing is sent by the first press."""
    employment = own_employment(request)
    if employment is None:
        raise Http404
    form = filled(request, AskForm, kinds=list(LeaveKind.objects.in_use()), initial=_initial(request))
    context: dict[str, Any] = {"form": form, "employment": employment}
    if form.is_valid():
        asked = form.asked()
        try:
            if "send" in request.POST:
                made = asking.ask_for_leave(employment, asked, by=request.user, at=now(), today=today())
                undo = reverse("withdraw_leave", args=[made.pk])
                messages.success(request, _("Sent. It waits for your manager."), extra_tags=undo)
                return redirect("leave_request", request_id=made.pk)
            context["effect"] = asking.work_out_effect(employment, asked, today=today())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    effect = context.get("effect")
    if effect is not None and not effect.cover.fits:
        context["fitting"] = what_would_fit(employment, [day for day, _h in effect.days], today=today())
    return render(request, "leave/ask.html", context, status=422 if form.errors else 200)


def _initial(request: StaffRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("kind", "from_on", "until_on") if name in request.GET}


@require_GET
@signed_in
def leave_request(request: StaffRequest, request_id: int) -> HttpResponse:
    """One request: for whom, the cover day by day with the reason, what happened, and what can be done."""
    found, day = find_request(request, request_id), today()
    own, decides = is_own(request, found), may_decide(request.user, found, on=today())
    events = list(found.events.select_related("by"))
    last = next((each for each in events if each.undone_at is None), None)
    context = {
        "leave": found, "own": own, "decides": decides, "events": events, "today": day,
        "last": last if last and last.before and _may_undo(request, last, own, decides) else None,
        "days": list(found.days.all()),
        "balance": balance_of(found.employment, on=found.from_on, today=day),
    }  # fmt: skip
    if found.state == LeaveRequest.REQUESTED:
        found = LeaveRequest.objects.shown().prefetch_related("days").get(pk=found.pk)
        cover = cover_of_requests([found])[found.pk]
        days = [row.day for row in found.days.all()]
        context |= {
            "cover": cover,
            "fitting": [] if cover.fits else what_would_fit(found.employment, days, today=day),
        }
    return render(request, "leave/request.html", context)


def _may_undo(request: StaffRequest, event: LeaveEvent, own: bool, decides: bool) -> bool:
    """The person takes back what they did themselves; whoever decides, any decision."""
    return (own and event.by_id == request.user.pk) or decides


@require_POST
@signed_in
def withdraw_leave(request: StaffRequest, request_id: int) -> HttpResponse:
    """By the person, or by whoever decides."""
    found = find_request(request, request_id)
    if not is_own(request, found) and not may_decide(request.user, found, on=today()):
        raise Http404
    event = asking.withdraw_leave(found, by=request.user, at=now())
    messages.success(
        request, _("Withdrawn: its days are free again."),
        extra_tags=reverse("undo_leave", args=[found.pk, event.pk]),
    )  # fmt: skip
    return redirect("leave_request", request_id=found.pk)
