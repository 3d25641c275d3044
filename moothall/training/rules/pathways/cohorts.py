"""Cohorts: opened, joined, planned, told to everybody concerned, and single classes moved by hand."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import (
    Attachment,
    Cohort,
    CohortClass,
    CohortGroup,
    District,
    Pathway,
    PathwayModule,
    Student,
    TrainerDay,
    TrainerWeek,
)
from moothall.training.planning.cohorts import CohortError, CohortPlan, PlannedClass, plan_intake
from moothall.training.planning.weeks import FRIDAY, WEEK
from moothall.workforce.models import Employment

from . import telling
from .attaching import attach_anew, keep_stays
from .class_days import days_of
from .refusals import (
    CannotPlan,
    CohortBegun,
    CohortThere,
    NobodyInIt,
    NotAMonday,
    NotPlanned,
    OnAPathway,
    TrainerTaken,
    WeeksTaken,
)

MONDAY = 0


@transaction.atomic
def open_cohort(
    pathway: Pathway, *, name: str, starts_on: dt.date, by: Account | None, at: dt.datetime, today: dt.date
) -> Cohort:
    """Everybody who begins on that Monday."""
    if starts_on.weekday() != MONDAY or starts_on < today:
        raise NotAMonday
    if Cohort.objects.filter(name=name.strip()).exists():
        raise CohortThere
    made = Cohort.objects.create(
        pathway=pathway, name=name.strip(), starts_on=starts_on, made_at=at, made_by=by
    )
    append_audit("training.open_cohort", about=made, by=by, at=at)
    return made


@transaction.atomic
def join_cohort(
    cohort: Cohort, people: Sequence[Employment], *, district: District, by: Account | None, at: dt.datetime
) -> list[Student]:
    """These are in it from now on. They are in a group once it is planned."""
    held = _hold(cohort)
    numbers = [each.pk for each in people]
    list(Employment.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))
    if Student.objects.on_the_way().filter(employment__in=numbers).exists():
        raise OnAPathway
    made = Student.objects.bulk_create(
        Student(employment=each, cohort=held, district=district, joined_at=at, joined_by=by)
        for each in people
    )
    append_audit("training.join_cohort", about=held, by=by, at=at, detail={"students": len(made)})
    return made


def _hold(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_for_update(of=("self",)).select_related("pathway").get(pk=cohort.pk)


@transaction.atomic
def plan_cohort(
    cohort: Cohort, *, by: Account | None, at: dt.datetime, today: dt.date, seed: int = 1
) -> CohortPlan:
    """Groups, weeks, trainers, hosts and tutors, all anew but for what was chosen by hand and still fits."""
    held = _hold(cohort)
    # One at a time: what a cohort takes is no longer free for the next.
    list(Cohort.objects.select_for_update().filter(pathway=held.pathway_id).order_by("pk"))
    if held.has_begun(today) and held.planned_at is not None:
        raise CohortBegun
    if not held.students.on_the_way().exists():
        raise NobodyInIt
    try:
        plan = plan_intake(held, seed=seed)
    except CohortError as problem:
        raise CannotPlan(str(problem)) from problem
    _keep(held, plan, by=by, at=at)
    held.planned_at, held.told_at, held.told_by = at, None, None
    held.without = [list(each) for each in plan.without]
    held.save(update_fields=["planned_at", "told_at", "told_by", "without"])
    detail = {"groups": len(plan.groups), "without": sum(bool(each.why) for each in plan.stays)}
    append_audit("training.plan_cohort", about=held, by=by, at=at, detail=detail)
    return plan


def _keep(cohort: Cohort, plan: CohortPlan, *, by: Account | None, at: dt.datetime) -> None:
    cohort.groups.all().delete()
    groups = CohortGroup.objects.bulk_create(
        CohortGroup(cohort=cohort, number=number) for number, _who in enumerate(plan.groups, 1)
    )
    for group, who in zip(groups, plan.groups, strict=True):
        Student.objects.filter(pk__in=who).update(group=group)
    by_number = {each.number: each for each in groups}
    classes = CohortClass.objects.bulk_create(_class(by_number[each.group], each) for each in plan.classes)
    _take_trainers(classes)
    spans = {
        (who, each.module.pk): each.weeks[0] for each in plan.classes for who in plan.groups[each.group - 1]
    }
    stale = [
        each.pk
        for each in Attachment.objects.filter(student__cohort=cohort)
        if not each.by_hand or spans.get((each.student_id, each.module_id)) != each.first_on
    ]
    Attachment.objects.filter(pk__in=stale).delete()
    keep_stays(plan.stays, by=by, at=at)


def _class(group: CohortGroup, planned: PlannedClass) -> CohortClass:
    return CohortClass(
        group=group, module=planned.module, weeks=list(planned.weeks), first_on=planned.weeks[0],
        last_on=planned.weeks[-1] + FRIDAY, trainer_id=planned.trainer,
    )  # fmt: skip


def _take_trainers(classes: Sequence[CohortClass]) -> None:
    """Their trainers teach them in those weeks and nothing else, no session either: the database holds it."""
    days = [
        TrainerDay(held=each, trainer_id=each.trainer_id, day=day)
        for each in classes
        if each.trainer_id is not None
        for day in days_of(each.weeks)
    ]
    days.sort(key=lambda row: (row.trainer_id, row.day))
    try:
        with transaction.atomic():
            TrainerWeek.objects.bulk_create(_weeks_of(classes))
            TrainerDay.objects.bulk_create(days)
    except IntegrityError:
        raise TrainerTaken from None


def _weeks_of(classes: Iterable[CohortClass]) -> list[TrainerWeek]:
    return [
        TrainerWeek(held=each, trainer_id=each.trainer_id, week=week)
        for each in classes
        if each.trainer_id is not None
        for week in each.weeks
    ]


@transaction.atomic
def tell_cohort(cohort: Cohort, *, by: Account | None, at: dt.datetime) -> int:
    """Students hear where they go, and hosts who comes: each once, and again only when it changes."""
    held = _hold(cohort)
    if held.planned_at is None:
        raise NotPlanned
    rows = Attachment.objects.in_full().standing().filter(student__cohort=held, told_at=None, why="")
    told = list(rows.order_by("first_on", "pk"))
    for each in told:
        telling.tell_of_attachment(each, by=by, at=at)
    Attachment.objects.filter(pk__in=[each.pk for each in told]).update(told_at=at)
    held.told_at, held.told_by = at, by
    held.save(update_fields=["told_at", "told_by"])
    append_audit("training.tell_cohort", about=held, by=by, at=at, detail={"told": len(told)})
    return len(told)


@dataclass(frozen=True)
class Weeks:
    """Where a class is moved to."""

    first_on: dt.date
    trainer: Employment | None


@transaction.atomic
def change_class(held_class: CohortClass, *, to: Weeks, by: Account, at: dt.datetime) -> CohortClass:
    """Other weeks or another trainer, by hand. Hosts and tutors of its students are found anew where the
    weeks are others."""
    _hold(held_class.group.cohort)
    held = CohortClass.objects.select_for_update().get(pk=held_class.pk)
    if to.first_on.weekday() != MONDAY:
        raise NotAMonday
    weeks = [to.first_on + WEEK * number for number in range(len(held.weeks))]
    _refuse_overlap(held, weeks)
    moved = weeks[0] != held.first_on
    taught = held.module.kind == PathwayModule.TAUGHT
    held.weeks, held.first_on, held.last_on = weeks, weeks[0], weeks[-1] + FRIDAY
    held.trainer, held.by_hand = to.trainer if taught else None, True
    held.save(update_fields=["weeks", "first_on", "last_on", "trainer", "by_hand"])
    held.trainer_weeks.all().delete()
    held.trainer_days.all().delete()
    _take_trainers([held])
    if moved and not taught:
        _attach_anew(held, by=by, at=at)
    append_audit("training.change_class", about=held.group.cohort, by=by, at=at, detail={"class": held.pk})
    return held


def _refuse_overlap(held: CohortClass, weeks: Sequence[dt.date]) -> None:
    others = CohortClass.objects.filter(group=held.group_id).exclude(pk=held.pk).select_related("module")
    last = weeks[-1] + FRIDAY
    for other in others:
        before = other.module.number < held.module.number
        if (before and other.last_on >= weeks[0]) or (not before and other.first_on <= last):
            raise WeeksTaken


def _attach_anew(held: CohortClass, *, by: Account, at: dt.datetime) -> None:
    students = Student.objects.on_the_way().filter(group=held.group_id).select_related("district")
    attach_anew([(held.module, tuple(held.weeks), list(students))], by=by, at=at)
