"""Who is away: the month of a unit, and calendars for somebody's own programme."""

import datetime as dt
from calendar import monthrange
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import public, signed_in
from moothall.core.signed_links import unsign
from moothall.leave.models import LeaveLink
from moothall.leave.rules import feeding
from moothall.leave.rules.cover import Staffing, read_staffing
from moothall.people.models.working import days_between
from moothall.people.requests import StaffRequest

from .finding import led_units, own_units

MONTHS_AROUND = 36


@require_GET
@signed_in
def leave_calendar(request: StaffRequest) -> HttpResponse:
    """A month of one unit: who is away, without why, and how many are left where a rule speaks of it."""
    led = led_units(request.user)
    units = sorted({*led, *own_units(request.user)}, key=lambda unit: (unit.name, unit.pk))
    asked = request.GET.get("unit", "")
    unit = next((each for each in units if str(each.pk) == asked), units[0] if units else None)
    first = _chosen_month(request.GET.get("month", ""))
    last = first.replace(day=monthrange(first.year, first.month)[1])
    context: dict[str, Any] = {
        "units": units, "unit": unit, "first": first, "today": today(), "days": days_between(first, last),
        "before": first - dt.timedelta(days=1), "after": last + dt.timedelta(days=1), "leads": unit in led,
    }  # fmt: skip
    if unit is not None:
        staffing = read_staffing([unit.pk], first, last)
        context |= _month(staffing, unit.pk, context["days"], sees_asked=unit in led)
    return render(request, "leave/calendar.html", context)


def _chosen_month(words: str) -> dt.date:
    here = today().replace(day=1)
    try:
        found = dt.datetime.strptime(words, "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        return here
    return found if abs((found - here).days) <= MONTHS_AROUND * 31 else here


def _month(staffing: Staffing, unit: int, days: list[dt.date], *, sees_asked: bool) -> dict[str, Any]:
    """A line for each person and day: away, asked for (for whoever leads), at work, or not to work at all."""
    people = []
    for each in staffing.teams.get(unit, []):
        pk, cells = each.employment.pk, []
        for day in days:
            if (pk, day) in staffing.away:
                cells.append("away")
            elif sees_asked and staffing.asked.get((pk, day)):
                cells.append("asked")
            else:
                cells.append("work" if each.hours_on(day) > 0 else "off")
        people.append({"name": each.employment.person.full_name, "cells": cells})
    cover = [staffing.of_unit(unit, day) for day in days]
    by_day = [
        {
            "day": day, "rules": cover[at],
            "away": [each["name"] for each in people if each["cells"][at] == "away"],
            "asked": [each["name"] for each in people if each["cells"][at] == "asked"],
        }
        for at, day in enumerate(days)
    ]  # fmt: skip
    return {"people": people, "cover": cover if any(cover) else [], "by_day": by_day}


@require_POST
@signed_in
def make_leave_link(request: StaffRequest) -> HttpResponse:
    """A new secret address; the one before is dead."""
    shows = request.POST.get("shows", "")
    if shows not in dict(LeaveLink.SHOWS):
        raise Http404
    feeding.make_link(request.user, shows=shows, at=now())
    messages.success(
        request, _("The address is made. Whoever has it sees the calendar: keep it to yourself.")
    )
    return redirect("my_leave")


@require_POST
@signed_in
def end_leave_link(request: StaffRequest, link_id: int) -> HttpResponse:
    link = LeaveLink.objects.filter(account=request.user, pk=link_id, ended_at=None).first()
    if link is None:
        raise Http404
    feeding.end_link(link, by=request.user, at=now())
    messages.success(request, _("The address is dead: calendars that use it stay empty."))
    return redirect("my_leave")


@require_GET
@public
def leave_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address, for as long as its owner can sign in."""
    link = LeaveLink.objects.filter(token=unsign(token, "leave"), ended_at=None, account__is_active=True)
    found = link.select_related("account").first()
    if found is None:
        raise Http404
    host = request.get_host().partition(":")[0]
    content = feeding.calendar_of(found, host=host, at=now(), today=today())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
