"""The board of the day: runs × time, each manned or in alarm; cover, and the sheets of crews."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.aside import StillAtIt
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.models import Cover, Duty
from moothall.transport.models.journey import FROM, TO
from moothall.transport.models.passenger import manages
from moothall.transport.rules import covering
from moothall.transport.rules.board import board_of
from moothall.transport.rules.crew_refusals import NobodyToCover, OptionIsGone
from moothall.transport.rules.sheet import own_duties, own_hires, sheet_of
from moothall.transport.rules.why_nobody import why

COVERS = 5
FRESH, WAITS = dt.timedelta(minutes=1), dt.timedelta(minutes=5)  # options are taken, and waited for, so long


def _day(said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return today()


@needs("transport.use")
@require_GET
def crew_board(request: StaffRequest) -> HttpResponse:
    day, way = _day(request.GET.get("day", "")), FROM if request.GET.get("way") == FROM else TO
    covers = Cover.objects.filter(day=day, undone_at=None).select_related("by")
    context = {
        "board": board_of(day, way, now()), "day": day, "way": way,
        "ways": [(TO, _("Morning")), (FROM, _("Afternoon"))],
        "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1), "at": now(),
        "covers": covers[:COVERS], "manages": manages(request.user),
    }  # fmt: skip
    return render(request, "transport/crew_board.html", context)


def _exact_day(said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except ValueError as wrong:
        raise Http404 from wrong


def _ways(day: dt.date, asked: str) -> Sequence[Any]:
    """What the planner offers; it is only loaded where it is asked."""
    from moothall.transport.planning.crew_cover import ask_for_ways

    return ask_for_ways(day, asked)


def _asked(said: str, *, at: dt.datetime, within: dt.timedelta) -> str:
    """When the options were asked for, in seconds: as it was said, if that is not long ago, else now."""
    moment = int(at.timestamp())
    if said.isdecimal() and len(said) < 12 and 0 <= moment - int(said) <= within.total_seconds():
        return said
    return str(moment)


@needs("transport.use")
@require_GET
@managing
def crew_cover(request: StaffRequest, day: str) -> HttpResponse:
    """Three options side by side at most, the least change first; while it waits, the page says so."""
    on = _exact_day(day)
    asked = _asked(request.GET.get("asked", ""), at=now(), within=WAITS)
    context: dict[str, Any] = {"day": on, "asked": asked}
    try:
        context["options"] = [
            {
                "way": way,
                "name": name(way.name),
                "open": [(run, role, why(reason)) for run, role, reason in way.open],
            }
            for way in _ways(on, asked)
        ]
    except StillAtIt:
        context["waits"] = True
    page, part = "transport/crew_cover.html", "transport/parts/crew_cover.html"
    return render_page_or_part(request, page, part, context)


def name(key: str) -> str:
    return {
        "FREE": _("Nobody is moved from a run"),
        "ONE": _("One is moved for each gap, where it must be"),
        "ANY": _("As many are moved as it takes"),
    }[key]


@needs("transport.use")
@require_POST
@managing
def cover_day(request: StaffRequest, day: str) -> HttpResponse:
    """The option that was chosen, or the one with the least change."""
    on, digest = _exact_day(day), request.POST.get("option", "")
    asked = _asked(request.POST.get("asked", ""), at=now(), within=FRESH)
    try:
        ways = [way for way in _ways(on, asked) if way.helps]
    except StillAtIt:
        return redirect(reverse("crew_cover", args=[day], query={"asked": asked}))
    if not ways:
        raise NobodyToCover
    chosen = [way for way in ways if digest in ("", way.digest)]
    if not chosen:
        raise OptionIsGone
    made = covering.apply_cover(
        day=on, name=chosen[0].name, changes=chosen[0].changes, by=request.user, at=now()
    )
    messages.success(request, _("The day is covered."), extra_tags=reverse("undo_cover", args=[made.pk]))
    return redirect(reverse("crew_board", query={"day": on.isoformat()}))


@needs("transport.use")
@require_POST
@managing
def undo_cover(request: StaffRequest, number: int) -> HttpResponse:
    found = Cover.objects.filter(pk=number, undone_at=None).first()
    if found is None:
        raise Http404
    covering.take_back_cover(found, by=request.user, at=now())
    messages.success(request, _("Everybody has again what they had."))
    return redirect(reverse("crew_board", query={"day": found.day.isoformat()}))


def _duties() -> Any:
    return Duty.objects.select_related("run__kind", "run__depot", "vehicle")


@needs("transport.use")
@require_GET
def crew_sheet(request: StaffRequest, number: int) -> HttpResponse:
    duty = _duties().filter(pk=number).first()
    if duty is None:
        raise Http404
    return render(request, "transport/crew_sheet.html", {"sheets": [sheet_of(duty)], "own": False})


@signed_in
@require_GET
def my_runs(request: StaffRequest) -> HttpResponse:
    """The runs of whoever is signed in, of today alone."""
    day = today()
    sheets = [sheet_of(duty) for duty in own_duties(request.user, day)]
    context = {"sheets": sheets, "own": True, "day": day, "hires": own_hires(request.user, day)}
    return render(request, "transport/crew_sheet.html", context)
