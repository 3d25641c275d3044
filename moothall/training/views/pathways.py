"""Pathways and their cohorts: opened, joined, planned, looked at as one picture, and told to everybody."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms.pathways import CohortForm, PathwayForm, RoutesForm, as_lines
from moothall.training.forms.students import ClassForm, JoinForm
from moothall.training.models import Attachment, Beginner, Cohort, CohortClass, Pathway, Student
from moothall.training.rules.pathways import beginners
from moothall.training.rules.pathways import cohorts as rules
from moothall.training.rules.pathways.case_steps import say_moments
from moothall.training.rules.pathways.making import add_pathway, change_pathway
from moothall.training.rules.pathways.picture import draw
from moothall.training.rules.pathways.progress import read_progress
from moothall.workforce.beginnings import known_routes

from .finding import staff_by_number

A_PAGE = 100
SHOWN = 60
USUAL = {"group_size": "20", "spare": "2", "rooms": "8", "most_minutes": "75"}


@require_GET
@needs("training.manage")
def training_cohorts(request: StaffRequest) -> HttpResponse:
    """Pathways, and the cohorts on them with how many are on the way, left and confirmed."""
    rows = Cohort.objects.in_full().annotate(
        on=Count("students", filter=Q(students__state=Student.ON)),
        left=Count("students", filter=Q(students__state=Student.LEFT)),
        confirmed=Count("students", filter=Q(students__state=Student.CONFIRMED)),
    )
    context = {
        "cohorts": rows[:SHOWN], "pathways": Pathway.objects.in_use(), "today": today(),
        "waiting": Beginner.objects.waiting().in_full()[:SHOWN],
    }  # fmt: skip
    return render(request, "training/cohorts.html", context)


def find_cohort(number: int) -> Cohort:
    found = Cohort.objects.in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("training.manage")
def open_training_cohort(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, CohortForm), title=_("Open a cohort"), back=reverse("training_cohorts"),
        words=_("The cohort is open. Add its students, and plan it."),
        onward=lambda made: reverse("training_cohort", args=[made.pk]),
        rule=lambda data: beginners.open_and_fill_cohort(by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


@require_GET
@needs("training.manage")
def training_cohort(request: StaffRequest, number: int) -> HttpResponse:
    """The cohort as a picture, groups by weeks, and each of its students in one line."""
    cohort, day = find_cohort(number), today()
    rows = cohort.students.in_full().order_by("group__number", "employment__person__folded_name", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    alone = Attachment.objects.in_full().standing().filter(student__cohort=cohort).exclude(why="")
    context = {
        "cohort": cohort, "picture": draw(cohort, today=day), "page": page, "today": day,
        "progress": list(read_progress(list(page.object_list), today=day).values()),
        "begun": cohort.has_begun(day) and cohort.planned_at is not None,
        "alone": alone.order_by("module__number", "student__employment__person__folded_name", "pk")[:A_PAGE],
        "untold": Attachment.objects.standing().filter(
            student__cohort=cohort, told_at=None, why=""
        ).count(),
        "expected": beginners.expected_in(cohort, request.user),
        "running_out": beginners.running_out(cohort, request.user),
    }  # fmt: skip
    return render(request, "training/cohort.html", context)


@needs("training.manage")
def join_training_cohort(request: StaffRequest, number: int) -> HttpResponse:
    cohort = find_cohort(number)

    def save(data: dict[str, Any]) -> list[Student]:
        people = staff_by_number(data["numbers"])
        return rules.join_cohort(cohort, people, district=data["district"], by=request.user, at=now())

    return show_form(
        request, filled(request, JoinForm), title=_("Add students"), lead=cohort.name, button=_("Add"),
        words=_("They are in the cohort."), back=reverse("training_cohort", args=[number]), rule=save,
    )  # fmt: skip


@require_POST
@needs("training.manage")
def plan_training_cohort(request: StaffRequest, number: int) -> HttpResponse:
    """Groups, weeks, trainers, hosts and tutors; nobody is told yet."""
    plan = rules.plan_cohort(find_cohort(number), by=request.user, at=now(), today=today())
    without = sum(bool(each.why) for each in plan.stays)
    if without or plan.without:
        words = ngettext(
            "Planned. %(count)s placement has nobody yet: the reasons stand below.",
            "Planned. %(count)s placements have nobody yet: the reasons stand below.",
            without,
        )
        messages.info(request, words % {"count": without})
    else:
        messages.success(request, _("Planned: everybody has a group, a host and a tutor."))
    return redirect("training_cohort", number=number)


@require_POST
@needs("training.manage")
def tell_training_cohort(request: StaffRequest, number: int) -> HttpResponse:
    count = rules.tell_cohort(find_cohort(number), by=request.user, at=now())
    words = ngettext("%(count)s placement was told.", "%(count)s placements were told.", count)
    messages.success(request, words % {"count": count})
    return redirect("training_cohort", number=number)


@needs("training.manage")
def change_cohort_class(request: StaffRequest, number: int) -> HttpResponse:
    """Other weeks or another trainer for one class, by hand."""
    rows = CohortClass.objects.select_related("group__cohort", "module__pathway", "trainer")
    held = rows.filter(pk=number).first()
    if held is None:
        raise Http404
    given = {"first_on": held.first_on, "trainer": held.trainer.number if held.trainer else ""}

    def save(data: dict[str, Any]) -> CohortClass:
        return rules.change_class(held, to=rules.Weeks(**data), by=request.user, at=now())

    return show_form(
        request, filled(request, ClassForm, initial=given), title=_("Change a class"), rule=save,
        lead=f"{held.group} · {held.module}", words=_("Changed by hand."),
        back=reverse("training_cohort", args=[held.group.cohort_id]),
    )  # fmt: skip


def find_pathway(key: str) -> Pathway:
    found = Pathway.objects.select_related("tutor_skill", "grants").filter(key=key).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("training.manage")
def training_pathway(request: StaffRequest, key: str) -> HttpResponse:
    """Its modules in their order, and what is signed off in each."""
    pathway = find_pathway(key)
    modules = list(pathway.modules.select_related("skill").prefetch_related("items__course"))
    context = {
        "pathway": pathway, "modules": modules, "weeks": sum(each.weeks for each in modules),
        "running": pathway.cohorts.exists(), "cohorts": pathway.cohorts.in_full()[:SHOWN],
        "routes": [name for key, name in known_routes(get_language() or "en") if key in pathway.routes],
    }  # fmt: skip
    return render(request, "training/pathway.html", context)


@needs("training.manage")
def add_training_pathway(request: StaffRequest) -> HttpResponse:
    form = filled(request, PathwayForm, initial=USUAL)

    def save(data: dict[str, Any]) -> Pathway:
        return add_pathway(
            name=data["name"], name_cy=data["name_cy"], content=form.content(), by=request.user, at=now()
        )

    return show_form(
        request, form, title=_("Add a pathway"), words=_("The pathway is there. Open its first cohort."),
        back=reverse("training_cohorts"), rule=save,
        onward=lambda made: reverse("training_pathway", args=[made.key]),
    )  # fmt: skip


@needs("training.manage")
def change_training_pathway(request: StaffRequest, key: str) -> HttpResponse:
    """Until a cohort is on it."""
    pathway = find_pathway(key)
    names = ("name", "name_cy", *USUAL)
    given: dict[str, Any] = {name: getattr(pathway, name) for name in names}
    given |= {
        "tutor_skill": pathway.tutor_skill_id or "", "grants": pathway.grants_id or "",
        "service": pathway.service, "moments": say_moments(pathway.moments),
    }  # fmt: skip
    form = filled(request, PathwayForm, initial=given | {"modules": as_lines(pathway)})

    def save(data: dict[str, Any]) -> Pathway:
        return change_pathway(
            pathway, name=data["name"], name_cy=data["name_cy"], content=form.content(), by=request.user,
            at=now(),
        )  # fmt: skip

    return show_form(
        request, form, title=_("Change the pathway"), words=_("The pathway is changed."), rule=save,
        back=reverse("training_pathway", args=[key]),
    )  # fmt: skip


@needs("training.manage")
def lead_onto_pathway(request: StaffRequest, key: str) -> HttpResponse:
    """By which routes of entry people come onto it; also while cohorts are on it."""
    pathway = find_pathway(key)
    return show_form(
        request, filled(request, RoutesForm, initial={"routes": pathway.routes}),
        title=_("Who comes onto this pathway"), lead=str(pathway),
        back=reverse("training_pathway", args=[key]),
        words=_("Kept. Whoever begins by these routes from now on goes into its cohorts."),
        rule=lambda data: beginners.lead_onto(pathway, by=request.user, at=now(), **data),
    )  # fmt: skip
