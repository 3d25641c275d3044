"""The catalogue: courses, one course with its versions, and of whom it is asked."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms import AskedForm, CourseForm, VersionForm
from moothall.training.models import Course, CourseRequirement, CourseVersion, Session
from moothall.training.rules import courses as rules

from .finding import find_course

USUAL = {"days": "1", "least": "4", "most": "12", "trainers": "1", "room": CourseVersion.CLASSROOM}


@require_GET
@needs("training.manage")
def training_courses(request: StaffRequest) -> HttpResponse:
    """Every course as it is taught today, with how many sessions are to come."""
    day = today()
    coming = Count("sessions", filter=Q(sessions__cancelled_at=None, sessions__first_on__gte=day))
    versions = CourseVersion.objects.in_force(day).filter(course__retired_at=None).annotate(coming=coming)
    context = {
        "versions": versions.select_related("course", "skill", "grants").order_by("course__name", "pk"),
        "later": Course.objects.in_use().filter(versions__from_on__gt=day).exclude(
            versions__from_on__lte=day
        ),
        "retired": Course.objects.filter(retired_at__isnull=False),
    }  # fmt: skip
    return render(request, "training/courses.html", context)


@needs("training.manage")
def add_training_course(request: StaffRequest) -> HttpResponse:
    form = filled(request, CourseForm, initial=USUAL | {"from_on": today()})

    def save(data: dict[str, Any]) -> Course:
        return rules.add_course(
            name=data["name"], name_cy=data["name_cy"], content=form.content(), from_on=data["from_on"],
            by=request.user, at=now(),
        )  # fmt: skip

    return show_form(
        request, form, title=_("Add a course"), words=_("The course is in the catalogue."), rule=save,
        back=reverse("training_courses"), onward=lambda made: reverse("training_course", args=[made.key]),
    )  # fmt: skip


@require_GET
@needs("training.manage")
def training_course(request: StaffRequest, key: str) -> HttpResponse:
    course, day = find_course(key), today()
    versions = list(
        course.versions.select_related("skill", "grants", "made_by").prefetch_related("prerequisites")
    )
    requirements = course.requirements.filter(withdrawn_at=None).select_related("unit", "post", "added_by")
    context = {
        "course": course, "versions": versions, "requirements": requirements,
        "current": next((each for each in versions if each.from_on <= day), None),
        "sessions": Session.objects.filter(version__course=course).to_come(day).in_full()[:20],
    }  # fmt: skip
    return render(request, "training/course.html", context)


@needs("training.manage")
def add_course_version(request: StaffRequest, key: str) -> HttpResponse:
    """As it is taught from a day on; it begins with what holds now."""
    course = find_course(key)
    form = filled(request, VersionForm, course=course, initial=_as_now(course) | {"from_on": today()})
    return show_form(
        request, form, title=_("A new version"), lead=str(course),
        back=reverse("training_course", args=[key]),
        words=_("The new version is kept. Sessions that are open keep theirs."),
        rule=lambda data: rules.add_version(
            course, content=form.content(), from_on=data["from_on"], by=request.user, at=now()
        ),
    )  # fmt: skip


def _as_now(course: Course) -> dict[str, Any]:
    last = course.versions.first()
    if last is None:
        return dict(USUAL)
    names = ("days", "least", "most", "room", "trainers", "price", "about", "about_cy", "bring", "bring_cy")
    found: dict[str, Any] = {name: getattr(last, name) for name in names}
    found |= {
        "skill": last.skill_id or "",
        "grants": last.grants_id or "",
        "valid_months": last.valid_months or "",
    }
    return found | {"prerequisites": [str(each.pk) for each in last.prerequisites.all()]}


@require_POST
@needs("training.manage")
def retire_training_course(request: StaffRequest, key: str) -> HttpResponse:
    """Not held any more; or, if it was retired, held again."""
    course = find_course(key)
    if course.retired_at is None:
        rules.retire_course(course, by=request.user, at=now())
        undo = reverse("retire_training_course", args=[key])
        messages.success(request, _("The course is not held any more."), extra_tags=undo)
    else:
        rules.take_up_course(course, by=request.user, at=now())
        messages.success(request, _("The course is held again."))
    return redirect("training_course", key=key)


@needs("training.manage")
def require_training(request: StaffRequest, key: str) -> HttpResponse:
    course = find_course(key)
    form = filled(request, AskedForm, initial={"within_days": "90", "from_on": today()})
    return show_form(
        request, form, title=_("Who has to take it"), lead=str(course), words=_("It is asked of them."),
        back=reverse("training_course", args=[key]),
        undo=lambda made: reverse("withdraw_training_requirement", args=[made.pk]),
        rule=lambda data: rules.require_course(course, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def withdraw_training_requirement(request: StaffRequest, number: int) -> HttpResponse:
    found = CourseRequirement.objects.select_related("course").filter(pk=number).first()
    if found is None:
        raise Http404
    if found.withdrawn_at is None:
        rules.withdraw_course_requirement(found, by=request.user, at=now())
        undo = reverse("withdraw_training_requirement", args=[number])
        messages.success(request, _("It is not asked of them any more."), extra_tags=undo)
    else:
        rules.restore_course_requirement(found, by=request.user, at=now())
        messages.success(request, _("It is asked of them again."))
    return redirect("training_course", key=found.course.key)
