"""The Planning Schedule: its list, one with its versions, a version as a picture, and two side by side."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms.schedule import ScheduleForm
from moothall.training.models import Nomination, Repair, Schedule, ScheduleVersion
from moothall.training.rules import schedule as rules
from moothall.training.rules.abstraction import abstraction_of
from moothall.training.rules.checking import find_problems
from moothall.training.rules.comparing import side_by_side
from moothall.training.rules.picture import DAYS, MONTHS, WEEKS, ZOOMS, draw
from moothall.training.rules.publishing import differences_of, published_of

A_PAGE = 200
TEAM_WEEKS = 4
REPAIRS = 6
INWARDS = {MONTHS: WEEKS, WEEKS: DAYS}


def find_schedule(number: int) -> Schedule:
    found = Schedule.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def find_version(schedule: int, number: int) -> ScheduleVersion:
    rows = ScheduleVersion.objects.select_related(
        "schedule", "made_by", "consulted_by", "published_by", "ended_by"
    )
    found = rows.filter(schedule=schedule, number=number).first()
    if found is None:
        raise Http404
    return found


def day_from(words: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return otherwise


def with_counts(schedule: Schedule) -> list[ScheduleVersion]:
    rows = schedule.versions.select_related("made_by", "published_by", "ended_by")
    return list(rows.annotate(sessions=Count("lines"), people=Sum("lines__planned")).order_by("-number"))


@require_GET
@needs("training.manage")
def planning_schedules(request: StaffRequest) -> HttpResponse:
    schedules = Schedule.objects.prefetch_related("versions").order_by("-from_on", "-id")
    return render(request, "training/schedules.html", {"schedules": schedules[:A_PAGE], "today": today()})


@needs("training.manage")
def open_planning_schedule(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, ScheduleForm), title=_("Open a schedule"), words=_("The schedule is open."),
        back=reverse("planning_schedules"), onward=lambda made: reverse("planning_schedule", args=[made.pk]),
        rule=lambda data: rules.open_schedule(by=request.user, at=now(), **data),
    )  # fmt: skip


@require_GET
@needs("training.manage")
def planning_schedule(request: StaffRequest, number: int) -> HttpResponse:
    """One schedule with every version of it."""
    schedule = find_schedule(number)
    versions = with_counts(schedule)
    published = next((each for each in versions if each.state == ScheduleVersion.PUBLISHED), None)
    context = {"schedule": schedule, "versions": versions, "published": published}
    return render(request, "training/schedule.html", context)


@require_POST
@needs("training.manage")
def draft_schedule(request: StaffRequest, number: int) -> HttpResponse:
    """A draft that begins as the published version is, or with nothing."""
    schedule = find_schedule(number)
    published = published_of(schedule)
    if published is None:
        made = rules.draft(schedule=schedule, lines=(), by=request.user, at=now())
    else:
        made = rules.draft_from(published, by=request.user, at=now())
    return redirect("schedule_lines", number=number, version=made.number)


@require_GET
@needs("training.manage")
def schedule_version(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """The picture: sites and months, weeks or days, with what is short."""
    found = find_version(number, version)
    zoom = request.GET.get("zoom", "")
    zoom = zoom if zoom in ZOOMS else MONTHS
    start = max(found.schedule.from_on, today()) if zoom == DAYS else found.schedule.from_on
    picture = draw(found, zoom, day_from(request.GET.get("from", ""), start))
    span = picture.last - picture.first + dt.timedelta(days=1)
    context = about(found) | {
        "picture": picture, "zooms": [(MONTHS, _("Months")), (WEEKS, _("Weeks")), (DAYS, _("One week"))],
        "inwards": INWARDS.get(zoom, ""), "before": picture.first - span,
        "after": picture.last + dt.timedelta(days=1),
    }  # fmt: skip
    return render(request, "training/schedule_version.html", context)


def about(version: ScheduleVersion) -> dict[str, Any]:
    """What every page of a version shows above."""
    context: dict[str, Any] = {
        "schedule": version.schedule,
        "version": version,
        "today": today(),
        "differ": 0,
    }
    if version.is_open:
        differences = differences_of(version, today=today())
        problems = find_problems(version, differences, today=today())
        context |= {
            "problems": problems, "stops": [each for each in problems if each.stops],
            "differ": len(differences), "notices": _notices(version),
        }  # fmt: skip
        if version.consulted_at is not None:
            context["repairs"] = _repairs(version)[:REPAIRS]
    elif version.state == ScheduleVersion.PUBLISHED:
        others = version.schedule.versions.filter(state=ScheduleVersion.CHANGED)
        context |= {"can_step_back": others.exists(), "notices": _notices(version)}
        context["waiting"] = _waiting(version)[:A_PAGE]
        context["repairs"] = _repairs(version)[:REPAIRS]
    return context


def _waiting(version: ScheduleVersion) -> Any:
    """Those whom publishing gave no place, and who still wait."""
    rows = Nomination.objects.in_turn().filter(schedule_news__version=version).in_full()
    return rows.order_by("session__first_on", "employment__person__full_name", "pk")


def _repairs(version: ScheduleVersion) -> Any:
    """Those that were looked for on this version, and the one that made it."""
    rows = Repair.objects.filter(Q(version=version) | Q(told=version)).select_related("version", "asked_by")
    return rows.order_by("-asked_at", "-pk")


def _notices(version: ScheduleVersion) -> Any:
    rows = version.notices.defer("rows", "headings").select_related("reader__place")
    return rows.order_by("reader__sort", "reader__name", "pk")


@require_GET
@needs("training.manage")
def schedule_teams(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """Four weeks of what the version takes from teams, against their minimum."""
    found = find_version(number, version)
    start = day_from(request.GET.get("from", ""), max(found.schedule.from_on, today()))
    first = start - dt.timedelta(days=start.weekday())
    last = first + dt.timedelta(days=7 * TEAM_WEEKS - 1)
    lines = abstraction_of(found, first, last)
    context = about(found) | {
        "lines": lines[:A_PAGE], "many": len(lines), "short": sum(each.short > 0 for each in lines),
        "first": first, "last": last, "before": first - dt.timedelta(days=7 * TEAM_WEEKS),
        "after": last + dt.timedelta(days=1),
    }  # fmt: skip
    return render(request, "training/schedule_teams.html", context)


@require_GET
@needs("training.manage")
def compare_schedule_versions(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """Two versions next to each other: their sums, and every session that differs."""
    found = find_version(number, version)
    others = list(found.schedule.versions.exclude(pk=found.pk).order_by("-number"))
    asked = request.GET.get("with", "")
    usual = next((each for each in others if each.state == ScheduleVersion.PUBLISHED), None)
    other = next(
        (each for each in others if str(each.number) == asked), usual or (others[0] if others else None)
    )
    context = about(found) | {"others": others, "other": other}
    if other is not None:
        other.schedule = found.schedule
        context["compared"] = side_by_side(other, found, most=A_PAGE)
    return render(request, "training/schedule_comparison.html", context)
