"""Students: one student’s way, a tutor’s students, one’s own way, and what is done on them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.training.forms.students import (
    EndForm,
    RecourseForm,
    SignOffForm,
    StudentForm,
    TakerForm,
)
from moothall.training.models import Attachment, PathwayItem, SignOff, Student
from moothall.training.rules.pathways import signing
from moothall.training.rules.pathways import students as rules
from moothall.training.rules.pathways.attaching import attach_by_hand
from moothall.training.rules.pathways.progress import read_progress


def find_student(account: Account, number: int) -> Student:
    """Only whom this account may see exists for it."""
    found = Student.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _shown(request: StaffRequest, student: Student, template: str) -> HttpResponse:
    day = today()
    attachments = student.attachments.in_full().order_by("first_on", "pk")
    moves = student.moves.select_related("module", "from_cohort", "to_cohort", "by")
    context: dict[str, Any] = {
        "student": student, "progress": read_progress([student], today=day)[student.pk], "today": day,
        "attachments": attachments, "moves": moves,
        "classes": student.group.classes.select_related("module", "trainer__person") if student.group else (),
        "needed": student.needs.all(), "manages": request.user.may("training.manage"),
        "case": Case.objects.visible_to(request.user).filter(way_of_student__student=student).first(),
        "signs": student.is_on and signing.may_sign(request.user, student),
    }  # fmt: skip
    return render(request, template, context)


@require_GET
@signed_in
def student(request: StaffRequest, number: int) -> HttpResponse:
    """One student: how far they are, what is next, with whom, and what can be done."""
    return _shown(request, find_student(request.user, number), "training/student.html")


@require_GET
@signed_in
def my_pathway(request: StaffRequest) -> HttpResponse:
    """The student’s own page: the way they are on, or the last they were on."""
    mine = Student.objects.of_account(request.user).in_full().order_by("-joined_at", "-pk")
    found = mine.on_the_way().first() or mine.first()
    if found is None:
        return render(request, "training/my_pathway.html", {"student": None})
    return _shown(request, found, "training/my_pathway.html")


@require_GET
@signed_in
def my_students(request: StaffRequest) -> HttpResponse:
    """Those whose tutor I am, was of late or will be, each in one line with what is to be signed off."""
    day = today()
    rows = Student.objects.tutored_by(request.user).in_full()
    rows = rows.order_by("state", "employment__person__folded_name", "pk")
    found = list(rows.on_the_way()) + list(rows.exclude(state=Student.ON)[:20])
    context = {"progress": list(read_progress(found, today=day).values()), "today": day}
    return render(request, "training/my_students.html", context)


@signed_in
def sign_off_item(request: StaffRequest, number: int, item: int) -> HttpResponse:
    """Seen and signed off, or to be seen again. For whoever may not sign there is no such thing."""
    held = find_student(request.user, number)
    wanted = PathwayItem.objects.filter(pk=item, module__pathway=held.cohort.pathway_id).first()
    if wanted is None or not signing.may_sign(request.user, held):
        raise Http404
    return show_form(
        request, filled(request, SignOffForm, initial={"result": SignOff.PASSED}), title=wanted.name,
        lead=held.employment.person.full_name, words=_("Kept with their way."), button=_("Save"),
        back=reverse("student", args=[number]),
        undo=lambda made: reverse("take_back_sign_off", args=[made.pk]),
        rule=lambda data: signing.sign_off(held, wanted, by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


@require_POST
@signed_in
def take_back_sign_off(request: StaffRequest, number: int) -> HttpResponse:
    rows = SignOff.objects.filter(
        pk=number, student__in=Student.objects.visible_to(request.user).values("pk")
    )
    found = rows.select_related("student__employment").first()
    if found is None or not signing.may_sign(request.user, found.student):
        raise Http404
    signing.take_back_sign_off(found, by=request.user, at=now())
    messages.success(request, _("Taken back: it does not count."))
    return redirect("student", number=found.student_id)


@needs("training.manage")
def change_student(request: StaffRequest, number: int) -> HttpResponse:
    held = find_student(request.user, number)
    given = {"district": held.district_id, "needs": [str(each.pk) for each in held.needs.all()]}
    return show_form(
        request, filled(request, StudentForm, initial=given), title=_("Change what is known of a student"),
        lead=held.employment.person.full_name, back=reverse("student", args=[number]),
        words=_("Changed. Hosts that no longer suit were found anew."),
        rule=lambda data: rules.change_student(held, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("training.manage")
def recourse_student(request: StaffRequest, number: int) -> HttpResponse:
    """Back into the next group that begins a module."""
    held = find_student(request.user, number)
    modules = list(held.cohort.pathway.modules.order_by("number"))
    return show_form(
        request, filled(request, RecourseForm, modules=modules), title=_("Take a module again"),
        lead=held.employment.person.full_name, back=reverse("student", args=[number]), warning=True,
        words=_("They go on with the later group, and are told."), button=_("Move them"),
        rule=lambda data: rules.recourse(held, by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


@needs("training.manage")
def end_studies(request: StaffRequest, number: int) -> HttpResponse:
    held = find_student(request.user, number)
    return show_form(
        request, filled(request, EndForm, initial={"on": today()}), title=_("Leave the pathway"),
        lead=held.employment.person.full_name, back=reverse("student", args=[number]), button=_("They leave"),
        words=_("They are on the pathway no more."),
        undo=lambda _done: reverse("return_to_pathway", args=[number]),
        rule=lambda data: rules.leave_pathway(held, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def return_to_pathway(request: StaffRequest, number: int) -> HttpResponse:
    rules.return_to_pathway(find_student(request.user, number), by=request.user, at=now())
    messages.success(request, _("They are on the way again."))
    return redirect("student", number=number)


@require_POST
@needs("training.manage")
def confirm_student(request: StaffRequest, number: int) -> HttpResponse:
    rules.confirm_student(find_student(request.user, number), by=request.user, at=now(), today=today())
    messages.success(request, _("Confirmed. They are told."))
    return redirect("student", number=number)


@needs("training.manage")
def change_attachment(request: StaffRequest, number: int) -> HttpResponse:
    """Another host or tutor, by hand."""
    held = Attachment.objects.in_full().filter(pk=number).first()
    if held is None:
        raise Http404
    given = {"taker": held.host_id or held.tutor_id or ""}
    return show_form(
        request, filled(request, TakerForm, attachment=held, initial=given), title=_("Choose by hand"),
        lead=f"{held.student} · {held.module}", words=_("Chosen by hand."),
        back=reverse("student", args=[held.student_id]),
        rule=lambda data: attach_by_hand(held, to=data["taker"], by=request.user, at=now()),
    )  # fmt: skip
