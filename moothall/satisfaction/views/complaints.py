"""Complaints by stage with what is due, what is done to one, and what is learned from them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from moothall.cases.models import Case, Reading
from moothall.cases.rules.access import may_read
from moothall.cases.rules.acting import may_act
from moothall.cases.visiting import act, bound, case_address, may_act_here, with_case
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, FlagFilter, Link, Listing, show_list
from moothall.people.requests import StaffRequest
from moothall.satisfaction import forms
from moothall.satisfaction.models import Complaint, Lesson, Ombudsman
from moothall.satisfaction.rules import complaining
from moothall.satisfaction.rules.ombudsman import save_ombudsman

STAGES = [("1", gettext_lazy("First stage")), ("2", gettext_lazy("Second stage"))]
FINDINGS = [
    ("upheld", gettext_lazy("Upheld")),
    ("part_upheld", gettext_lazy("Upheld in part")),
    ("not_upheld", gettext_lazy("Not upheld")),
]


class ComplaintList(Listing[Complaint]):
    """Every complaint the person may see, at either stage."""

    key, title = "complaints", gettext_lazy("Complaints")
    sort = "due"
    opens_with = "open=1"
    ready_views = (
        (gettext_lazy("Not closed"), "open=1"),
        (gettext_lazy("First stage"), "open=1&stage=1"),
        (gettext_lazy("Second stage"), "open=1&stage=2"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("title", gettext_lazy("Title"), value=lambda row: row.case.title),
        Column("stage", gettext_lazy("Stage"), value=lambda row: dict(STAGES)[str(row.stage)]),
        Column("assignee", gettext_lazy("Assigned to"),
               value=lambda row: row.case.assignee.name if row.case.assignee else ""),
        Column("due", gettext_lazy("Due"), sort="case__due_on", value=lambda row: row.case.due_on),
        Column("longer", gettext_lazy("More time until"),
               value=lambda row: max((each.until for each in row.extensions.all()), default=None)),
        Column("finding", gettext_lazy("Finding"),
               value=lambda row: dict(FINDINGS).get(row.finding, "")),
        Column("reference", gettext_lazy("Reference"), value=lambda row: row.case.reference),
    )  # fmt: skip
    filters = (
        FlagFilter(
            "open", gettext_lazy("Not closed"), apply=lambda rows: rows.exclude(case__status="CLOSED")
        ),
        ChoiceFilter("stage", gettext_lazy("Stage"), options=STAGES, several=False),
        ChoiceFilter("finding", gettext_lazy("Finding"), options=FINDINGS, several=False),
    )
    empty = Empty(
        gettext_lazy("No complaints"),
        gettext_lazy("A case on the complaints service appears here, with the stage it is at."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Complaint]:
        rows = Complaint.objects.visible_to(request.user)
        return rows.select_related("case__assignee").prefetch_related("extensions")

    def address(self, complaint: Complaint) -> str:
        return case_address(complaint.case)

    def row_name(self, complaint: Complaint) -> str:
        return complaint.case.reference

    def actions(self, request: StaffRequest) -> list[Link]:
        found = [Link(_("What was learned"), reverse("lesson_list"))]
        if request.user.may("cases.services"):
            found.append(Link(_("The Ombudsman"), reverse("ombudsman")))
        return found


@needs("cases.view")
def complaint_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, ComplaintList())


class LessonList(Listing[Lesson]):
    """What complaints taught, and whether what was to change has changed."""

    key, title = "lessons", gettext_lazy("What was learned")
    row_template = "satisfaction/parts/lesson_row.html"
    sort = "-at"
    columns = (
        Column("at", gettext_lazy("Written"), sort="at", descending=True, value=lambda row: row.at),
        Column("text", gettext_lazy("What we learn from it"), value=lambda row: row.text),
        Column("action", gettext_lazy("What changes because of it"), value=lambda row: row.action),
        Column("due", gettext_lazy("By when"), value=lambda row: row.due_on),
        Column("done", gettext_lazy("Done"), value=lambda row: row.done_at),
        Column("case", gettext_lazy("Case"), value=lambda row: row.complaint.case.reference),
    )
    filters = (
        FlagFilter("open", gettext_lazy("Not done yet"), apply=lambda rows: rows.filter(done_at=None)),
    )
    empty = Empty(
        gettext_lazy("Nothing has been written down yet"),
        gettext_lazy("What a complaint taught is written down when its finding is."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Lesson]:
        """Of a sealed case only while it is open to this person."""
        opened = Reading.objects.filter(account=request.user, until__gt=now()).values("case")
        told = ~Q(complaint__case__confidentiality=Case.SEALED) | Q(complaint__case__in=opened)
        return Lesson.objects.visible_to(request.user).filter(told).select_related("complaint__case")

    def prepare(self, rows: list[Lesson], request: StaffRequest) -> None:
        for row in rows:
            row.may_finish = may_act(row.complaint.case, request.user, "cases.work")  # type: ignore[attr-defined]


@needs("cases.view")
def lesson_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, LessonList())


@require_POST
@needs("cases.work")
def finish_lesson(request: StaffRequest, lesson_id: int) -> HttpResponse:
    rows = Lesson.objects.visible_to(request.user).select_related("complaint__case")
    lesson = rows.filter(pk=lesson_id).first()
    if lesson is None or not may_read(lesson.complaint.case, request.user, at=now()):
        raise Http404
    if not may_act_here(request, lesson.complaint.case):
        raise PermissionDenied
    complaining.finish_lesson(lesson, by=request.user, at=now())
    messages.success(request, _("Written down as done."))
    return redirect("lesson_list")


@needs("cases.work")
@with_case
def escalate(request: StaffRequest, case: Case) -> HttpResponse:
    def go(data: dict[str, Any]) -> None:
        second = complaining.escalate(case, because=data["because"], by=request.user, at=now())
        messages.success(request, _("The second stage is case %s.") % second.reference)

    return act(
        request, case, bound(request, forms.EscalateForm), title=_("Second stage"),
        button=_("Begin the second stage"), words=_("The complaint is at its second stage."), rule=go,
        warning=True,
    )  # fmt: skip


@needs("cases.work")
@with_case
def extend_complaint(request: StaffRequest, case: Case) -> HttpResponse:
    return act(
        request, case, bound(request, forms.ExtendForm), title=_("More time"), button=_("Save"),
        words=_("Written down. Now send them the letter that it takes longer."),
        rule=lambda data: complaining.extend(case, **data, by=request.user, at=now(), today=today()),
    )  # fmt: skip


@needs("cases.close")
@with_case
def conclude_complaint(request: StaffRequest, case: Case) -> HttpResponse:
    return act(
        request, case, bound(request, forms.ConcludeForm), title=_("Finding and lesson"),
        button=_("Save and close"), words=_("Closed, with its finding."),
        rule=lambda data: complaining.conclude(case, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("cases.services")
def ombudsman(request: StaffRequest) -> HttpResponse:
    current = Ombudsman.objects.current()
    names = forms.OmbudsmanForm.base_fields
    initial = {name: getattr(current, name) for name in names} if current is not None else {}
    form = forms.OmbudsmanForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        save_ombudsman(**form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Saved. Letters about complaints say this from now on."))
        return redirect("ombudsman")
    context = {"form": form, "current": current, "missing": current is None or not current.how}
    return render(request, "satisfaction/ombudsman.html", context, status=422 if form.errors else 200)
