"""The manager's page: what the next weeks will bring, who is there for it, and where that is too few."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Account, Team
from moothall.people.models.working import absences_by_account, present_on, working_times
from moothall.people.requests import StaffRequest
from moothall.workload.forms import PaceForm
from moothall.workload.models import Pace
from moothall.workload.rules.demand import set_pace
from moothall.workload.rules.sharing import crew_of
from moothall.workload.rules.staffing import HalfDay, Staffing, hours_this_week, staffing_of

from .finding import chosen_team, team_called

HEIGHT, WIDE = 120.0, 14.0


@require_GET
@needs("cases.manage")
def workload(request: StaffRequest) -> HttpResponse:
    """Demand, people, shortfalls."""
    teams, team = chosen_team(request)
    found = staffing_of(team, today=today())
    context = {
        "teams": teams, "team": team, "found": found, "chart": _chart(found), "hourly": _hourly(found),
        "people": _people(team), "today": today(), "rows": found.halves,
    }  # fmt: skip
    return render(request, "workload/workload.html", context)


def _chart(found: Staffing) -> dict[str, Any] | None:
    """A bar for what each half day needs or brings, and a line for who is there, as an SVG draws them."""
    rows = found.halves
    values = [row.needed if found.pace else row.expected for row in rows]
    most = max([*values, *(row.there for row in rows)], default=0.0)
    if not most or not found.forecast.days:
        return None
    bars = [
        _bar(number, row, value, most) for number, (row, value) in enumerate(zip(rows, values, strict=True))
    ]
    there = " ".join(
        f"{number * WIDE + WIDE / 2:.1f},{HEIGHT - HEIGHT * row.there / most:.1f}"
        for number, row in enumerate(rows)
    )
    weeks = [
        {"x": f"{number * WIDE:.1f}", "day": row.day}
        for number, row in enumerate(rows)
        if row.half == 0 and row.day.weekday() == 0
    ]
    return {"bars": bars, "there": there, "wide": f"{len(rows) * WIDE:.0f}", "weeks": weeks, "most": most}


def _bar(number: int, row: HalfDay, value: float, most: float) -> dict[str, Any]:
    tall = HEIGHT * value / most
    return {
        "x": f"{number * WIDE + 2:.1f}", "y": f"{HEIGHT - tall:.1f}", "tall": f"{tall:.1f}",
        "wide": f"{WIDE - 4:.1f}", "short": row.is_short, "words": row.words,
    }  # fmt: skip


def _hourly(found: Staffing) -> dict[str, Any] | None:
    """The mean of each hour of the week over the last year, as a table with shades."""
    if not found.hourly:
        return None
    hours = sorted({hour for _day, hour in found.hourly if 7 <= hour <= 19} | {9, 16})
    most = max(found.hourly.values())
    days = sorted({day for day, _hour in found.hourly} | {0, 1, 2, 3, 4})
    lines = [
        {
            "hour": f"{hour:02}:00",
            "cells": [_cell(found.hourly.get((day, hour), 0.0), most) for day in days],
        }
        for hour in hours
    ]
    return {"days": [WEEKDAYS_ABBR[day] for day in days], "lines": lines}


def _cell(count: float, most: float) -> dict[str, Any]:
    return {"count": f"{count:.1f}", "shade": min(int(5 * count / most), 4) if most else 0}


def _people(team: Team) -> list[dict[str, Any]]:
    """Everybody in the team: hours this week, what they have open, whether they are in, who is away when."""
    day = today()
    monday = day - dt.timedelta(days=day.weekday())
    people = list(Account.objects.working_in(team.pk))
    ids = [each.pk for each in people]
    working = working_times(ids, monday, monday + dt.timedelta(days=6))
    known = {account for account, _day in working}
    away = absences_by_account(ids, day, day + dt.timedelta(days=27))
    crew = {each.account.pk: each for each in crew_of(team, today=day).colleagues}
    said = present_on(day)
    return [
        {
            "account": each, "known": each.pk in known, "hours": hours_this_week(working, each.pk),
            "away": away[each.pk], "is_in": said.get(each.pk), "there": each.pk in crew,
            "load": round(crew[each.pk].load) if each.pk in crew else None,
        }
        for each in people
    ]  # fmt: skip


@needs("cases.manage")
def workload_pace(request: StaffRequest, key: str) -> HttpResponse:
    """How long one thing takes, and which share of the hours there is for it."""
    team = team_called(request, key)
    held = Pace.objects.in_force(team, on=today())
    initial = {"from_on": today()} | ({"minutes": held.minutes, "percent": held.percent} if held else {})
    return show_form(
        request, filled(request, PaceForm, initial=initial), title=_("How long one thing takes"),
        rule=lambda data: set_pace(team, by=request.user, at=now(), **data), words=_("Saved."),
        back=f"{reverse('workload')}?team={key}",
    )  # fmt: skip
