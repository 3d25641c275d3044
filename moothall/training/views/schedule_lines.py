"""The sessions of a version: the list with what stands against each, and a draft changed by hand."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms.schedule import LineForm
from moothall.training.models import ScheduleLine, ScheduleVersion
from moothall.training.rules import schedule as rules
from moothall.training.rules.checking import find_problems
from moothall.training.rules.planned import PlannedLine
from moothall.training.rules.publishing import differences_of, published_of
from moothall.training.rules.sessions import days_from
from moothall.workforce.models import Employment

from .finding import staff_by_number
from .schedules import about, find_version

A_PAGE = 50


@require_GET
@needs("training.manage")
def schedule_lines(request: StaffRequest, number: int, version: int) -> HttpResponse:
    """Every session, the first day first; those with something against them can be shown alone."""
    found = find_version(number, version)
    context = about(found)
    problems: dict[str, list[Any]] = {}
    for each in context.get("problems", ()):
        problems.setdefault(each.key, []).append(each)
    rows = found.lines.in_full().order_by("first_on", "id")
    only = request.GET.get("only", "")
    if only:
        rows = rows.filter(key__in=problems)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = [(each, problems.get(each.key, ())) for each in page]
    return render(
        request, "training/schedule_lines.html", context | {"page": page, "lines": lines, "only": only}
    )


def _find_line(version: ScheduleVersion, number: int) -> ScheduleLine:
    found = version.lines.in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _planned(data: dict[str, Any], before: ScheduleLine | None) -> PlannedLine:
    """What was typed as a planned session; days that were chosen one by one stay unless the first moves."""
    course, first = data["course"], data["first_on"]
    days = days_from(first, course.days)
    if before is not None and before.first_on == first and before.course_version_id == course.pk:
        days = list(before.days)
    staff = {each.number: each.pk for each in staff_by_number([*data["trainers"], *data["people"]])}
    return PlannedLine(
        key=before.key if before else rules.new_key(), course_version_id=course.pk, place_id=data["place"].pk,
        days=tuple(days), begins=data["begins"], ends=data["ends"], places=data["places"] or course.most,
        trainers=tuple(staff[each] for each in data["trainers"]),
        people=tuple(staff[each] for each in data["people"]), language=data["language"],
    )  # fmt: skip


def _tell_problems(request: StaffRequest, version: ScheduleVersion, key: str) -> None:
    """What stands against the session is said at once."""
    found = find_problems(version, differences_of(version, today=today()), today=today())
    for each in found:
        if each.key == key:
            messages.warning(request, each.words)


@needs("training.manage")
def add_schedule_line(request: StaffRequest, number: int, version: int) -> HttpResponse:
    found = find_version(number, version)
    versions = rules.courses_to_plan(max(found.schedule.from_on, today()))
    initial = {"language": "en", "begins": "09:00", "ends": "17:00", "first_on": request.GET.get("on", "")}
    form = filled(request, LineForm, versions=versions, initial=initial)

    def save(data: dict[str, Any]) -> ScheduleLine:
        made = rules.add_line(found, _planned(data, None), by=request.user, at=now())
        _tell_problems(request, found, made.key)
        return made

    return show_form(
        request, form, title=_("Plan a session"), lead=str(found.schedule), rule=save,
        words=_("It is in the draft. Nothing is held before it is published."),
        back=reverse("schedule_lines", args=[number, version]),
    )  # fmt: skip


@needs("training.manage")
def change_schedule_line(request: StaffRequest, number: int, version: int, line: int) -> HttpResponse:
    """On other days, elsewhere, larger, with other trainers or people."""
    found = find_version(number, version)
    row = _find_line(found, line)
    versions = [
        each for each in rules.courses_to_plan(row.first_on) if each.course_id != row.course_version.course_id
    ]
    form = filled(request, LineForm, versions=[row.course_version, *versions], initial=_as_now(row))

    def save(data: dict[str, Any]) -> ScheduleLine:
        made = rules.change_line(found, _planned(data, row), by=request.user, at=now())
        _tell_problems(request, found, made.key)
        return made

    return show_form(
        request, form, title=_("Change the planned session"), lead=str(row.course_version.course), rule=save,
        words=_("Changed in the draft. Nothing is held before it is published."),
        back=reverse("schedule_lines", args=[number, version]),
    )  # fmt: skip


def _as_now(row: ScheduleLine) -> dict[str, Any]:
    people = list(row.people.order_by("id").values_list("employment__number", flat=True))
    numbers = dict(Employment.objects.filter(pk__in=row.trainers).values_list("pk", "number"))
    return {
        "course": row.course_version.course_id, "first_on": row.first_on, "place": row.place_id,
        "begins": f"{row.begins:%H:%M}", "ends": f"{row.ends:%H:%M}", "language": row.language,
        "places": row.places, "people": "\n".join(people),
        "trainers": ", ".join(numbers[each] for each in row.trainers if each in numbers),
    }  # fmt: skip


@require_POST
@needs("training.manage")
def take_out_schedule_line(request: StaffRequest, number: int, version: int, line: int) -> HttpResponse:
    found = find_version(number, version)
    row = _find_line(found, line)
    rules.take_out_line(found, row.key, by=request.user, at=now())
    published = published_of(found.schedule)
    there = published.lines.filter(key=row.key).first() if published else None
    undo = reverse("put_back_schedule_line", args=[number, version, there.pk]) if there else ""
    messages.success(request, _("Taken out of the draft."), extra_tags=undo)
    return redirect("schedule_lines", number=number, version=version)


@require_POST
@needs("training.manage")
def put_back_schedule_line(request: StaffRequest, number: int, version: int, line: int) -> HttpResponse:
    """As the published version has it."""
    found = find_version(number, version)
    row = ScheduleLine.objects.filter(version__schedule=number, pk=line).select_related("version").first()
    if row is None:
        raise Http404
    rules.put_back_line(found, row, by=request.user, at=now())
    messages.success(request, _("It is in the draft again."))
    return redirect("schedule_lines", number=number, version=version)
