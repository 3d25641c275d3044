"""The catalogue: courses, their versions, and whom they are asked of."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from moothall.credentials.models import CredentialKind
from moothall.people.models import Account, Organisation, Post
from moothall.records.rules.audit import append_audit
from moothall.training.models import Course, CourseRequirement, CourseVersion
from moothall.workforce.models import Skill

from .needs import ask_for_needs
from .refusals import CourseRetired, CourseThere, NeedsItself, NobodyAsked, NoVersionYet, TakenBack


@dataclass(frozen=True)
class Content:
    """How a course is taught."""

    days: int = 1
    least: int = 4
    most: int = 12
    room: str = CourseVersion.CLASSROOM
    trainers: int = 1
    skill: Skill | None = None
    grants: CredentialKind | None = None
    valid_months: int | None = None
    price: Decimal = Decimal(0)
    about: str = ""
    about_cy: str = ""
    bring: str = ""
    bring_cy: str = ""
    prerequisites: Collection[Course] = field(default=())


@transaction.atomic
def add_course(
    *, name: str, content: Content, from_on: dt.date, by: Account | None, at: dt.datetime, name_cy: str = "",
    key: str = "",
) -> Course:  # fmt: skip
    """A course with its first version."""
    key = key or slugify(name)[:60]
    if Course.objects.filter(key=key).exists():
        raise CourseThere
    course = Course.objects.create(
        key=key, name=name.strip(), name_cy=name_cy.strip(), added_at=at, added_by=by
    )
    append_audit("training.add_course", about=course, by=by, at=at)
    add_version(course, content=content, from_on=from_on, by=by, at=at)
    return course


@transaction.atomic
def add_version(
    course: Course, *, content: Content, from_on: dt.date, by: Account | None, at: dt.datetime
) -> CourseVersion:
    """From that day on it is taught like this; what is planned already keeps its version."""
    held = Course.objects.select_for_update().get(pk=course.pk)
    if held.retired_at is not None:
        raise CourseRetired
    if course in content.prerequisites:
        raise NeedsItself
    values = {name: value for name, value in vars(content).items() if name != "prerequisites"}
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    made = CourseVersion.objects.create(
        course=held, number=last + 1, from_on=from_on, made_at=at, made_by=by, **values
    )
    made.prerequisites.set(content.prerequisites)
    append_audit("training.add_version", about=held, by=by, at=at, detail={"version": made.number})
    return made


def version_on(course: Course, day: dt.date) -> CourseVersion:
    found = CourseVersion.objects.in_force(day).filter(course=course).select_related("course").first()
    if found is None:
        raise NoVersionYet
    return found


@transaction.atomic
def retire_course(course: Course, *, by: Account, at: dt.datetime) -> None:
    """It is not held any more, and asked of nobody."""
    if not Course.objects.filter(pk=course.pk, retired_at=None).update(retired_at=at, retired_by=by):
        raise TakenBack
    append_audit("training.retire_course", about=course, by=by, at=at)
    ask_for_needs(course.pk)


@transaction.atomic
def take_up_course(course: Course, *, by: Account, at: dt.datetime) -> None:
    rows = Course.objects.filter(pk=course.pk, retired_at__isnull=False)
    if not rows.update(retired_at=None, retired_by=None):
        raise TakenBack
    append_audit("training.take_up_course", about=course, by=by, at=at)
    ask_for_needs(course.pk)


@transaction.atomic
def require_course(
    course: Course, *, from_on: dt.date, by: Account | None, at: dt.datetime, workforce: str = "",
    unit: Organisation | None = None, post: Post | None = None, within_days: int = 90,
    again_months: int | None = None, because: str = "", until_on: dt.date | None = None,
) -> CourseRequirement:  # fmt: skip
    """A workforce, a unit or a post is to take it."""
    if [bool(workforce), unit is not None, post is not None].count(True) != 1:
        raise NobodyAsked
    made = CourseRequirement.objects.create(
        course=course, workforce=workforce, unit=unit, post=post, within_days=within_days,
        again_months=again_months, because=because.strip()[:200], from_on=from_on, until_on=until_on,
        added_at=at, added_by=by,
    )  # fmt: skip
    append_audit("training.require_course", about=course, by=by, at=at, detail={"requirement": made.pk})
    ask_for_needs(course.pk)
    return made


@transaction.atomic
def withdraw_course_requirement(requirement: CourseRequirement, *, by: Account, at: dt.datetime) -> None:
    rows = CourseRequirement.objects.filter(pk=requirement.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_by=by):
        raise TakenBack
    append_audit(
        "training.withdraw_requirement", about=requirement.course, by=by, at=at,
        detail={"requirement": requirement.pk},
    )  # fmt: skip
    ask_for_needs(requirement.course_id)


@transaction.atomic
def restore_course_requirement(requirement: CourseRequirement, *, by: Account, at: dt.datetime) -> None:
    rows = CourseRequirement.objects.filter(pk=requirement.pk, withdrawn_at__isnull=False)
    if not rows.update(withdrawn_at=None, withdrawn_by=None):
        raise TakenBack
    append_audit(
        "training.restore_requirement", about=requirement.course, by=by, at=at,
        detail={"requirement": requirement.pk},
    )  # fmt: skip
    ask_for_needs(requirement.course_id)
