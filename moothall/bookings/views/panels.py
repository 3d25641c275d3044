"""Boards and panels, and what every meeting heeds: times kept free, and journeys between sites."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.meetings import JourneyForm, MemberForm, PanelForm, ProtectedForm
from moothall.bookings.models import Panel, PanelMember, ProtectedTime, SiteJourney
from moothall.bookings.rules import panels as rules
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest


def _find(panel_id: int) -> Panel:
    found = Panel.objects.select_related("place").filter(pk=panel_id).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("bookings.book")
def panels(request: StaffRequest) -> HttpResponse:
    """Every board and panel."""
    rows = Panel.objects.select_related("place").prefetch_related("members").order_by("name", "id")
    found = list(rows)
    context = {
        "panels": [each for each in found if each.retired_at is None],
        "retired": [each for each in found if each.retired_at is not None],
        "manages": request.user.may("bookings.manage"),
    }  # fmt: skip
    return render(request, "bookings/panels.html", context)


@require_GET
@needs("bookings.book")
def panel(request: StaffRequest, panel_id: int) -> HttpResponse:
    found = _find(panel_id)
    members = list(found.members.select_related("account", "deputy"))
    context = {"panel": found, "members": members}
    return render(request, "bookings/panel.html", context)


@needs("bookings.book")
def add_panel(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, PanelForm, initial={"minutes": "60"}), title=_("Add a board or panel"),
        words=_("Added. Now say who sits on it."), back=reverse("panels"),
        onward=lambda made: reverse("panel", args=[made.pk]),
        rule=lambda data: rules.save_panel(None, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("bookings.book")
def edit_panel(request: StaffRequest, panel_id: int) -> HttpResponse:
    found = _find(panel_id)
    initial = {
        "name": found.name, "name_cy": found.name_cy, "minutes": str(found.minutes),
        "quorum": found.quorum or None, "papers_days": found.papers_days or None,
        "place": str(found.place_id or ""),
    }  # fmt: skip
    return show_form(
        request, filled(request, PanelForm, initial=initial), title=found.name, words=_("Saved."),
        back=reverse("panel", args=[found.pk]),
        rule=lambda data: rules.save_panel(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def retire_panel(request: StaffRequest, panel_id: int) -> HttpResponse:
    """It meets no more; or, if that was so, again."""
    found = _find(panel_id)
    if rules.retire_panel(found, by=request.user, at=now()):
        messages.success(request, _("It meets again."))
    else:
        undo = reverse("retire_panel", args=[found.pk])
        messages.success(request, _("It meets no more."), extra_tags=undo)
    return redirect("panels")


@needs("bookings.book")
def add_panel_member(request: StaffRequest, panel_id: int) -> HttpResponse:
    found = _find(panel_id)
    return show_form(
        request, filled(request, MemberForm, initial={"role": PanelMember.NEEDED}), lead=found.name,
        title=_("Add somebody"), words=_("Added."), back=reverse("panel", args=[found.pk]),
        rule=lambda data: rules.add_member(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("bookings.book")
def remove_panel_member(request: StaffRequest, member_id: int) -> HttpResponse:
    found = PanelMember.objects.select_related("panel").filter(pk=member_id).first()
    if found is None:
        raise Http404
    rules.remove_member(found, by=request.user, at=now())
    messages.success(request, _("They do not sit on it any more."))
    return redirect("panel", panel_id=found.panel_id)


@require_GET
@needs("bookings.manage")
def meeting_rules(request: StaffRequest) -> HttpResponse:
    """What every meeting heeds: times kept free, and journeys between sites."""
    context = {
        "protected": list(ProtectedTime.objects.all()),
        "journeys": list(SiteJourney.objects.select_related("one", "other")),
    }
    return render(request, "bookings/meeting_rules.html", context)


@needs("bookings.manage")
def protect_time(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, ProtectedForm), title=_("Keep a time free of meetings"),
        back=reverse("meeting_rules"),
        words=_("Nobody is asked to a meeting then."),
        rule=lambda data: rules.protect_time(by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("bookings.manage")
def unprotect_time(request: StaffRequest, time_id: int) -> HttpResponse:
    found = ProtectedTime.objects.filter(pk=time_id).first()
    if found is None:
        raise Http404
    rules.unprotect_time(found, by=request.user, at=now())
    messages.success(request, _("Meetings may be then again."))
    return redirect("meeting_rules")


@needs("bookings.manage")
def set_journey(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, JourneyForm), title=_("How long is a journey?"),
        back=reverse("meeting_rules"),
        words=_("Saved. Those who are at one site have this time to come to the other."),
        rule=lambda data: rules.set_journey(by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("bookings.manage")
def forget_journey(request: StaffRequest, journey_id: int) -> HttpResponse:
    found = SiteJourney.objects.filter(pk=journey_id).first()
    if found is None:
        raise Http404
    rules.forget_journey(found, by=request.user, at=now())
    messages.success(request, _("Taken off the list."))
    return redirect("meeting_rules")
