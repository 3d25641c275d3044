"""Which courses come first, and who has neither passed them nor holds what they give, for many at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from moothall.credentials.models import Credential
from moothall.training.models import Course, CourseVersion, Nomination

Span = tuple[dt.date, dt.date | None]


@dataclass
class Before:
    """What some courses ask for first, and what some people have of it."""

    asked: dict[int, list[Course]] = field(default_factory=lambda: defaultdict(list))
    """By version of a course."""
    passed: dict[tuple[int, int], list[dt.date]] = field(default_factory=lambda: defaultdict(list))
    held: dict[tuple[int, int], list[Span]] = field(default_factory=lambda: defaultdict(list))

    def missing(self, person: int, version: int, on: dt.date) -> list[str]:
        """The names of what they still need on that day."""
        wanted = self.asked.get(version, ())
        return [course.name for course in wanted if not self._has(person, course.pk, on)]

    def _has(self, person: int, course: int, on: dt.date) -> bool:
        if any(last < on for last in self.passed.get((person, course), ())):
            return True
        spans = self.held.get((person, course), ())
        return any(since <= on and (until is None or on <= until) for since, until in spans)


def read_before(versions: Collection[int], people: Collection[int]) -> Before:
    """In four statements at most; in one where no course asks for another."""
    found = Before()
    asking = CourseVersion.prerequisites.through.objects.filter(courseversion__in=versions)
    for row in asking.select_related("course").order_by("course__name", "course_id"):
        found.asked[row.courseversion_id].append(row.course)
    courses = {course.pk for wanted in found.asked.values() for course in wanted}
    if courses:
        _read_passed(found, people, courses)
        _read_held(found, people, courses)
    return found


def _read_passed(found: Before, people: Collection[int], courses: Collection[int]) -> None:
    rows = Nomination.objects.filter(
        employment__person__in=people, result=Nomination.PASSED, session__version__course__in=courses
    ).order_by()
    said = rows.values_list("employment__person_id", "session__version__course_id", "session__last_on")
    for person, course, last in said:
        found.passed[person, course].append(last)


def _read_held(found: Before, people: Collection[int], courses: Collection[int]) -> None:
    gives: dict[int, set[int]] = defaultdict(set)
    granting = CourseVersion.objects.filter(course__in=courses, grants__isnull=False).order_by()
    for kind, course in granting.values_list("grants_id", "course_id"):
        if kind is not None:
            gives[kind].add(course)
    rows = Credential.objects.verified().filter(person__in=people, kind__in=list(gives)).order_by()
    for person, kind, since, until in rows.values_list("person_id", "kind_id", "issued_on", "expires_on"):
        for course in gives[kind]:
            found.held[person, course].append((since, until))
