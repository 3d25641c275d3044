"""A student on the way: what is known of them, back into a later group, out of the pathway, and confirmed."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.models import Feature
from moothall.credentials.rules.recording import record_credential
from moothall.letters.models import Letterhead
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import (
    Attachment,
    CohortClass,
    CohortGroup,
    District,
    PathwayModule,
    Student,
    StudentMove,
)

from . import telling
from .attaching import attach_anew
from .progress import read_progress
from .refusals import NoLaterGroup, NotAllSignedOff, NotOnTheWay, OnAPathway, OnTheWay, ReasonWanted
from .student_cases import begin_again_with, end_case_of, go_on, take_up_again

MOST_NAMED = 5


def _hold(student: Student) -> Student:
    return Student.objects.select_for_update(of=("self",)).in_full().get(pk=student.pk)


@transaction.atomic
def change_student(
    student: Student, *, district: District, needs: Collection[Feature], by: Account, at: dt.datetime
) -> Student:
    """Where they live, and the access they need: hosts still to come that no longer suit are found anew."""
    held = _hold(student)
    held.district = district
    held.save(update_fields=["district"])
    held.needs.set(needs)
    append_audit("training.change_student", about=held, by=by, at=at)
    wanted = {each.pk for each in needs}
    unsuited = [
        each.module_id
        for each in held.attachments.filter(first_on__gt=at.date(), host__isnull=False).select_related("host")
        if each.host is not None
        and (
            each.host.district_id == district.pk
            or not wanted <= set(each.host.features.values_list("pk", flat=True))
        )
    ]
    nobody = list(held.attachments.exclude(why="").values_list("module_id", flat=True))
    _find_anew(held, [*unsuited, *nobody], by=by, at=at)
    return held


def _find_anew(student: Student, modules: Collection[int], *, by: Account | None, at: dt.datetime) -> None:
    if student.group_id is None or not modules:
        return
    rows = CohortClass.objects.filter(group=student.group_id, module__in=modules).order_by("first_on")
    wanted = [
        (each.module, tuple(each.weeks), [student])
        for each in rows.select_related("module__pathway")
        if each.module.kind != PathwayModule.TAUGHT
    ]
    made = attach_anew(wanted, by=by, at=at)
    if student.cohort.told_at is not None:
        telling.tell_of_attachments(made, by=by, at=at)


def later_group(student: Student, module: PathwayModule, *, today: dt.date) -> CohortGroup | None:
    """The group that begins this module next, after the student's own had it, and has a place."""
    had = (
        CohortClass.objects.filter(group=student.group_id, module=module).first()
        if student.group_id
        else None
    )
    after = max(today, had.first_on if had else today)
    pathway = student.cohort.pathway
    rows = CohortClass.objects.filter(
        group__cohort__pathway=pathway, module=module, first_on__gt=after
    ).exclude(group=student.group_id)
    most = pathway.group_size + pathway.spare
    for each in rows.select_related("group__cohort").order_by("first_on", "pk"):
        group = CohortGroup.objects.select_for_update().get(pk=each.group_id)
        if group.students.on_the_way().count() < most:
            return group
    return None


@transaction.atomic
def recourse(
    student: Student,
    *,
    module: PathwayModule,
    because: str,
    by: Account | None,
    at: dt.datetime,
    today: dt.date,
) -> StudentMove:
    """They take a module again with the next group that begins it, and go on from it with that group."""
    held = _hold(student)
    if not held.is_on:
        raise NotOnTheWay
    if not because.strip():
        raise ReasonWanted
    group = later_group(held, module, today=today)
    if group is None:
        raise NoLaterGroup
    move = StudentMove.objects.create(
        student=held, from_group=held.group, from_cohort=held.cohort, to_cohort=group.cohort, module=module,
        because=because.strip()[:300], at=at, by=by,
    )  # fmt: skip
    held.group, held.cohort = group, group.cohort
    held.save(update_fields=["group", "cohort"])
    ahead = held.attachments.filter(module__number__gte=module.number)
    ahead.delete()
    modules = PathwayModule.objects.filter(pathway=held.cohort.pathway_id, number__gte=module.number)
    _find_anew(held, list(modules.values_list("pk", flat=True)), by=by, at=at)
    append_audit("training.recourse", about=held, by=by, at=at, detail={"module": module.name})
    telling.tell_of_move(held, by=by, at=at)
    words = _("%(module)s is taken again: from %(before)s to %(after)s.")
    said = words % {"module": module.name, "before": move.from_cohort, "after": move.to_cohort}
    take_up_again(held, list(modules.order_by("number")), because=said, by=by, at=at, today=today)
    return move


@transaction.atomic
def leave_pathway(
    student: Student, *, because: str, on: dt.date, by: Account | None, at: dt.datetime
) -> Student:
    """They stop. What they had to come is free for others."""
    held = _hold(student)
    if not held.is_on:
        raise NotOnTheWay
    if not because.strip():
        raise ReasonWanted
    held.state, held.ended_on, held.ended_at, held.ended_by = Student.LEFT, on, at, by
    held.because = because.strip()[:300]
    held.save(update_fields=["state", "ended_on", "ended_at", "ended_by", "because"])
    append_audit("training.leave_pathway", about=held, by=by, at=at)
    end_case_of(held, by=by, at=at)
    return held


@transaction.atomic
def return_to_pathway(student: Student, *, by: Account, at: dt.datetime) -> Student:
    """They left by mistake, and are on the way again; hosts and tutors to come are found anew."""
    held = _hold(student)
    if held.state != Student.LEFT:
        raise OnTheWay
    if Student.objects.on_the_way().filter(employment=held.employment_id).exists():
        raise OnAPathway
    held.state, held.ended_on, held.ended_at, held.ended_by, held.because = Student.ON, None, None, None, ""
    held.save(update_fields=["state", "ended_on", "ended_at", "ended_by", "because"])
    append_audit("training.return_to_pathway", about=held, by=by, at=at)
    begin_again_with(held, by=by, at=at)
    to_come = Attachment.objects.filter(student=held, first_on__gt=at.date())
    _find_anew(held, list(to_come.values_list("module_id", flat=True)), by=by, at=at)
    return held


@transaction.atomic
def confirm_student(student: Student, *, by: Account, at: dt.datetime, today: dt.date) -> Student:
    """Everything is signed off: they are confirmed, and hold what the pathway gives from today on."""
    held = _hold(student)
    if not held.is_on:
        raise NotOnTheWay
    [progress] = read_progress([held], today=today).values()
    if progress.missing:
        named = ", ".join(each.name for each in progress.missing[:MOST_NAMED])
        words = _("%(count)s things are not signed off yet, such as %(named)s.")
        raise NotAllSignedOff(words % {"count": len(progress.missing), "named": named})
    held.state, held.ended_on, held.ended_at, held.ended_by = Student.CONFIRMED, today, at, by
    grants = held.cohort.pathway.grants
    if grants is not None:
        head = Letterhead.objects.current()
        held.credential = record_credential(
            held.employment.person, kind=grants, issued_on=today, by=by, at=at, seen=True,
            number=f"P{held.pk}", issuer=head.name if head else "",
        )  # fmt: skip
    held.save(update_fields=["state", "ended_on", "ended_at", "ended_by", "credential"])
    append_audit("training.confirm_student", about=held, by=by, at=at)
    telling.tell_of_confirmation(held, by=by, at=at)
    go_on([held], by=by, at=at, today=today)
    return held
