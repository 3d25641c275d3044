"""Who has to take which course by when, worked out from what is asked, what was passed and what is held."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app

from clocks.months import last_day_of_months
from moothall.credentials.models import Credential
from moothall.training.models import Course, CourseRequirement, CourseVersion, Need, Nomination
from moothall.workforce.models import Employment

AT_ONCE: Final = 1000
NEEDS: Final = "training.note_needs"


@dataclass
class Asked:
    """Everything that is asked of anybody on a day, and what counts as having it."""

    on: dt.date
    requirements: list[CourseRequirement]
    grants: dict[int, int] = field(default_factory=dict)
    passed: dict[tuple[int, int], dt.date] = field(default_factory=dict)
    held: dict[tuple[int, int], Credential] = field(default_factory=dict)

    def need(self, employment: Employment, each: CourseRequirement, at: dt.datetime) -> Need:
        """One person and one requirement: since when they have it, and by when they have to take it."""
        course, who = each.course_id, employment.person_id
        since, due = self.passed.get((who, course)), None
        if since is not None and each.again_months:
            due = last_day_of_months(since, each.again_months)
        credential = self.held.get((who, self.grants.get(course, 0)))
        if credential is not None and (since is None or credential.issued_on >= since):
            since, due = credential.issued_on, credential.expires_on
        if since is None:
            due = max(employment.started_on, each.from_on) + dt.timedelta(days=each.within_days)
        return Need(
            employment=employment,
            course_id=course,
            requirement=each,
            held_since=since,
            due_on=due,
            noted_at=at,
        )


def read_asked(on: dt.date, courses: Collection[int] | None = None) -> Asked:
    rows = CourseRequirement.objects.in_force(on).select_related("course")
    if courses is not None:
        rows = rows.filter(course__in=courses)
    asked = Asked(on, list(rows))
    versions = CourseVersion.objects.in_force(on).filter(
        course__in={each.course_id for each in asked.requirements}
    )
    asked.grants = dict(versions.filter(grants__isnull=False).values_list("course_id", "grants_id"))
    return asked


def _read_people(asked: Asked, people: list[int]) -> None:
    """What these people passed and hold, in two queries."""
    rows = Nomination.objects.filter(employment__person__in=people, result=Nomination.PASSED).order_by()
    found = rows.values_list("employment__person_id", "session__version__course_id").annotate(
        Max("result_on")
    )
    asked.passed = {(who, course): day for who, course, day in found if day is not None}
    kinds = set(asked.grants.values())
    held = Credential.objects.verified().filter(person__in=people, kind__in=kinds, superseded_by=None)
    asked.held = {(each.person_id, each.kind_id): each for each in held.order_by("issued_on", "id")}


def note_needs(
    *, at: dt.datetime, today: dt.date, courses: Collection[int] | None = None,
    employments: Collection[int] | None = None,
) -> int:  # fmt: skip
    """Bring the needs up to date, of some courses or people or of all. The answer is how many changed."""
    asked = read_asked(today, courses)
    here = Employment.objects.in_force(today)
    if employments is not None:
        here = here.filter(pk__in=employments)
    ids = list(here.order_by("pk").values_list("pk", flat=True))
    stale = Need.objects.exclude(employment__in=here.order_by().values("pk"))
    changed = stale.delete()[0] if courses is None and employments is None else 0
    for first in range(0, len(ids), AT_ONCE):
        changed += _note(ids[first : first + AT_ONCE], asked, courses, at)
    return changed


@transaction.atomic
def _note(ids: list[int], asked: Asked, courses: Collection[int] | None, at: dt.datetime) -> int:
    people = list(Employment.objects.filter(pk__in=ids).with_assignment(asked.on).order_by("pk"))
    _read_people(asked, [each.person_id for each in people])
    wanted = {(need.employment_id, need.course_id): need for need in _wanted(people, asked, at)}
    rows = Need.objects.filter(employment__in=ids).select_for_update().order_by("pk")
    if courses is not None:
        rows = rows.filter(course__in=courses)
    there = {(each.employment_id, each.course_id): each for each in rows}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    differ = [
        (row, wanted[key]) for key, row in there.items() if key in wanted and _said(row) != _said(wanted[key])
    ]
    for row, need in differ:
        row.held_since, row.due_on, row.requirement, row.noted_at = (
            need.held_since, need.due_on, need.requirement, at,
        )  # fmt: skip
    fresh = [need for key, need in wanted.items() if key not in there]
    Need.objects.filter(pk__in=gone).delete()
    Need.objects.bulk_update(
        [row for row, _need in differ], ["held_since", "due_on", "requirement", "noted_at"], batch_size=500
    )
    Need.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    return len(gone) + len(differ) + len(fresh)


def _said(need: Need) -> tuple[dt.date | None, dt.date | None, int]:
    return need.held_since, need.due_on, need.requirement_id


def _wanted(people: Iterable[Employment], asked: Asked, at: dt.datetime) -> Iterable[Need]:
    """Each course once for each person: of several requirements the one that is due first."""
    for employment in people:
        found: dict[int, list[Need]] = defaultdict(list)
        for each in asked.requirements:
            if each.asks(employment, employment.main):
                found[each.course_id].append(asked.need(employment, each, at))
        for needs in found.values():
            yield min(needs, key=lambda need: need.due_on or dt.date.max)


def ask_for_needs(course_id: int) -> None:
    """Have the needs of a course worked out, once this transaction stands: whom it is asked of changed."""
    app.configure_task(NEEDS).defer(course_id=course_id)


def note_for(employment: Employment, course: Course, *, at: dt.datetime, today: dt.date) -> None:
    """What changed for one person and one course counts at once."""
    note_needs(at=at, today=today, courses=[course.pk], employments=[employment.pk])
