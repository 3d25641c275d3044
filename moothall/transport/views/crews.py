"""Crews: who drives and escorts, and weeks manned by the planner."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.crews import CrewMemberForm, CrewNeedForm, CrewWeekForm
from moothall.transport.models import CrewMember, CrewNeed, CrewWeek, HoursRule
from moothall.transport.models.crew import DRIVER
from moothall.transport.models.passenger import manages
from moothall.transport.rules import crew_weeks, why_nobody
from moothall.transport.rules import crews as rules
from moothall.transport.rules.voicing import voices_about

SHOWN = 10
INITIAL = {"seconds": "20", "standby_drivers": 1, "standby_escorts": 1}


@needs("transport.use")
@require_GET
def crews(request: StaffRequest) -> HttpResponse:
    """Everybody of the crews, the weeks that were made, and the hours they may work."""
    day = today()
    context = {
        "members": CrewMember.objects.visible_to(request.user).there(day, day),
        "weeks": [(each, state_words(each)) for each in CrewWeek.objects.visible_to(request.user)[:SHOWN]],
        "needs": CrewNeed.objects.from_now(day).select_related("credential", "kind"),
        "hours": HoursRule.objects.between(day, day), "manages": manages(request.user),
        "voices": voices_about(request.user, crew_member__isnull=False),
    }  # fmt: skip
    return render(request, "transport/crews.html", context)


@needs("transport.use")
@managing
def join_crew(request: StaffRequest) -> HttpResponse:
    form = filled(request, CrewMemberForm)
    return show_form(
        request, form, title=_("Add a driver or escort"), back=reverse("crews"), button=_("Add"),
        lead=_("They get runs of their depot from the next week that is manned."),
        words=_("They are of the crews now."), undo=lambda made: reverse("leave_crew", args=[made.pk]),
        rule=lambda _data: rules.join_crew(**form.entry(), by=request.user, at=now(), today=today()),
    )  # fmt: skip


def _member(number: int) -> CrewMember:
    found = CrewMember.objects.select_related("employment__person").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_POST
@managing
def leave_crew(request: StaffRequest, number: int) -> HttpResponse:
    rules.leave_crew(_member(number), by=request.user, at=now(), today=today())
    said = _("They get no runs from tomorrow on.")
    messages.success(request, said, extra_tags=reverse("stay_in_crew", args=[number]))
    return redirect("crews")


@needs("transport.use")
@require_POST
@managing
def stay_in_crew(request: StaffRequest, number: int) -> HttpResponse:
    rules.stay_in_crew(_member(number), by=request.user, at=now())
    messages.success(request, _("They stay in the crews."))
    return redirect("crews")


@needs("transport.use")
@managing
def ask_of_crews(request: StaffRequest) -> HttpResponse:
    form = filled(request, CrewNeedForm, initial={"from_on": today(), "role": DRIVER})
    return show_form(
        request, form, title=_("Ask something of crews"), back=reverse("crews"),
        lead=_("Nobody gets a run in this role without it, and a run whose crew lacks it is in alarm."),
        words=_("It is asked from that day on."), undo=lambda made: reverse("ask_no_more", args=[made.pk]),
        rule=lambda _data: rules.ask_of_crews(**form.entry(), by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def ask_no_more(request: StaffRequest, number: int) -> HttpResponse:
    found = CrewNeed.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    rules.ask_no_more(found, by=request.user, at=now())
    messages.success(request, _("It is not asked any more."))
    return redirect("crews")


@needs("transport.use")
@managing
def man_week(request: StaffRequest) -> HttpResponse:
    form = filled(request, CrewWeekForm, today=today(), initial=INITIAL)
    return show_form(
        request, form, title=_("Man a week"), button=_("Plan"), back=reverse("crews"),
        lead=_("Each run of the week from today on gets a driver and its escorts: nobody in two places, "
               "nobody over their hours, with the papers the run asks for, and whom passengers know."),
        words=_("The planner begins. You can leave this page; it goes on."),
        onward=lambda week: reverse("crew_week", args=[week.pk]),
        rule=lambda data: crew_weeks.ask_for_week(**data, by=request.user, at=now(), today=today()),
    )  # fmt: skip


def _week(request: StaffRequest, number: int) -> CrewWeek:
    found = CrewWeek.objects.visible_to(request.user).select_related("asked_by").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def crew_week(request: StaffRequest, number: int) -> HttpResponse:
    """How far it is; once it is made, what came out, and of everybody why not."""
    week = _week(request, number)
    unmanned = [
        {
            **each, "why": why_nobody.why(each["reason"]),
            "nobody": [(no["person"], why_nobody.of_person(no)) for no in each["people"]],
        }
        for each in week.unmanned
    ]  # fmt: skip
    context: dict[str, Any] = {
        "week": week, "busy": week.is_busy(now()), "words": state_words(week), "unmanned": unmanned,
        "manages": manages(request.user), "last": week.points[-1] if week.points else None,
    }  # fmt: skip
    return render_page_or_part(request, "transport/crew_week.html", "transport/parts/crew_week.html", context)


@needs("transport.use")
@require_POST
@managing
def stop_crew_week(request: StaffRequest, number: int) -> HttpResponse:
    crew_weeks.ask_to_stop(_week(request, number), by=request.user, at=now())
    messages.success(request, _("It ends with the best week it has."))
    return redirect("crew_week", number)


def state_words(week: CrewWeek) -> str:
    """How it stands, also where its process is gone and nobody has written that down yet."""
    return str(_("Broken off")) if week.is_broken(now()) else str(week.get_state_display())
