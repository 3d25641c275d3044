"""Selection events at the desk: drawn up, changed, cancelled; their page and their timetable."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import campaign_to_run, find_campaign, may_run
from moothall.recruitment.forms import WhyForm, language_now
from moothall.recruitment.forms.events import EventForm
from moothall.recruitment.models import AssessorAway, Conflict, SelectionEvent
from moothall.recruitment.rules import event_telling
from moothall.recruitment.rules import event_timetable as tables
from moothall.recruitment.rules import events as rules
from moothall.recruitment.rules.conflicts import on_record
from moothall.recruitment.rules.event_candidates import waiting_at
from moothall.recruitment.rules.event_plans import is_used

from .event_finding import event_to_run, find_event

PLANS = 10


@require_GET
@needs("cases.view")
def selection_events(request: StaffRequest, number: int) -> HttpResponse:
    """The events of one campaign."""
    found = find_campaign(request.user, number)
    rows = found.events.prefetch_related("days")
    context = {"campaign": found, "events": rows, "runs": may_run(request.user, found)}
    return render(request, "recruitment/events.html", context)


@needs("cases.work")
def draw_up_event(request: StaffRequest, number: int) -> HttpResponse:
    found = campaign_to_run(request.user, number)
    form = filled(request, EventForm, campaign=found)
    return show_form(
        request, form, title=_("Draw up an event"), lead=found.name_in(language_now()),
        words=_("It is drawn up. Say what is sat there, in which rooms and before whom."),
        back=reverse("selection_events", args=[number]), button=_("Draw it up"),
        rule=lambda _data: rules.draw_up_event(found, form.content(), by=request.user, at=now()),
        onward=lambda made: reverse("selection_event", args=[made.pk]),
    )  # fmt: skip


def _given(event: SelectionEvent) -> dict[str, Any]:
    days = list(event.days.all())
    names = ("kind", "name", "name_cy", "step", "about", "about_cy", "spare", "choose_until")
    return {name: getattr(event, name) for name in names} | {
        "first_on": days[0].on, "last_on": days[-1].on, "opens": days[0].opens, "closes": days[0].closes,
    }  # fmt: skip


@needs("cases.work")
def change_event(request: StaffRequest, number: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    form = filled(request, EventForm, campaign=found.campaign, initial=_given(found))
    return show_form(
        request, form, title=_("Change the event"), lead=found.name_in(language_now()),
        words=_("The event is changed."), back=reverse("selection_event", args=[number]),
        rule=lambda _data: rules.change_event(found, form.content(), by=request.user, at=now()),
    )  # fmt: skip


@needs("cases.work")
def cancel_event(request: StaffRequest, number: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    return show_form(
        request, filled(request, WhyForm), title=_("Cancel the event"), lead=found.name_in(language_now()),
        warning=True, button=_("Cancel the event"),
        words=_("It is cancelled: its rooms are free, and whoever was told of it is told."),
        back=reverse("selection_event", args=[number]),
        undo=lambda _made: reverse("hold_event_after_all", args=[number]),
        rule=lambda data: rules.cancel_event(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def hold_event_after_all(request: StaffRequest, number: int) -> HttpResponse:
    rules.hold_after_all(event_to_run(request.user, number), by=request.user, at=now())
    messages.success(request, _("It takes place; its rooms are booked again. Plan it anew."))
    return redirect("selection_event", number=number)


@require_GET
@needs("cases.view")
def selection_event(request: StaffRequest, number: int) -> HttpResponse:
    """What it needs, who comes, the plans made for it, and who has not been told."""
    found = find_event(request.user, number)
    candidates = list(found.candidates.standing().in_full())
    staff = list(found.assessors.standing().select_related("account__person").prefetch_related("exercises"))
    days = list(found.days.all())
    people, told = event_telling.to_tell(found)
    context = {
        "event": found, "days": days, "exercises": found.exercises.select_related("after", "needs"),
        "rooms": found.rooms.select_related("resource__place").prefetch_related("exercises"),
        "assessors": staff, "candidates": candidates, "runs": may_run(request.user, found.campaign),
        "away": AssessorAway.objects.filter(assessor__in=staff, undone_at=None).select_related(
            "assessor__account"
        ),
        "conflicts": Conflict.objects.filter(assessor__in=staff, undone_at=None).select_related(
            "assessor__account", "candidate__application__applicant__person"
        ),
        "known": _known(staff, candidates, on_record(staff, candidates, on=days[0].on)),
        "waiting": len(waiting_at(found)), "to_settle": sum(each.waits_for_help for each in candidates),
        "plans": found.plans.select_related("asked_by")[:PLANS], "untold": len(people) + len(told),
    }  # fmt: skip
    return render(request, "recruitment/event.html", context)


def _known(staff: Any, candidates: Any, found: Any) -> list[tuple[str, str]]:
    names = {each.pk: each.application.applicant.person.full_name for each in candidates}
    return [(str(one), names[each]) for one in staff for each in sorted(found.get(one.pk, ()))]


@require_GET
@needs("cases.view")
def event_timetable(request: StaffRequest, number: int) -> HttpResponse:
    """Room by time, or candidate by candidate; made to be printed."""
    found = find_event(request.user, number)
    cells, by = tables.cells_of(found), request.GET.get("by", "")
    context: dict[str, Any] = {"event": found, "by": by, "used": bool(cells)}
    if by == "candidate":
        context["people"] = tables.by_candidate(cells)
    else:
        context |= {"tables": tables.by_room(cells), "load": tables.minutes_of(cells)}
    return render(request, "recruitment/event_timetable.html", context)


@require_POST
@needs("cases.work")
def tell_event(request: StaffRequest, number: int) -> HttpResponse:
    """Everybody who has not heard how it stands is written to."""
    found = event_to_run(request.user, number)
    event_telling.tell_soon(found, only_told=not is_used(found))
    messages.success(request, _("They are being written to, each in their language."))
    return redirect("selection_event", number=number)
