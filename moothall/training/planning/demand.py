"""Who needs which course by when, and what has to come first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from moothall.credentials.models import Credential
from moothall.training.models import CourseVersion, Need, Nomination
from moothall.workforce.models import Employment

from .span import Span

EARLY: Final = dt.timedelta(days=120)  # before it runs out a course is not taken again
LATE: Final = dt.timedelta(days=28)  # what is due sooner is late already, and planned for any of the days


@dataclass(frozen=True)
class Wanted:
    """A place that somebody needs: not before `release`, not after `due`, and after another course."""

    employment: int
    course: int
    release: dt.date
    due: dt.date
    after: int | None = None


@dataclass(frozen=True)
class _Known:
    """What these people have: passed or held, and places at sessions to come with their last days."""

    had: frozenset[tuple[int, int]]
    placed: Mapping[tuple[int, int], dt.date]


def outstanding(
    span: Span, versions: Mapping[int, CourseVersion], courses: Collection[int], today: dt.date
) -> list[Wanted]:
    """Every place that is needed in the span, in order of person and course. `versions` are those of all
    courses by course; `courses` are those asked for."""
    needs = Need.objects.filter(
        course__in=[each for each in courses if each in versions], due_on__lte=span.last,
        employment__in=Employment.objects.in_force(span.first).order_by().values("pk"),
    )  # fmt: skip
    rows = list(needs.order_by("employment", "course").select_related("employment"))
    people = {each.employment_id: each.employment.person_id for each in rows}
    known = _known(people, today)
    first = {course: _prerequisites(version) for course, version in versions.items()}
    found: dict[tuple[int, int], Wanted] = {}
    for row in rows:
        if (row.employment_id, row.course_id) not in known.placed:
            found[row.employment_id, row.course_id] = wanted_of(row, span)
    for wanted in list(found.values()):
        _put_first(wanted, found, first, known)
    return [found[key] for key in sorted(found)]


def wanted_of(need: Need, span: Span) -> Wanted:
    """The days between which a need is met, within the span."""
    due = need.due_on or span.last
    release = span.first
    if need.held_since is not None and due > span.first + LATE:
        release = max(span.first, due - EARLY)
    if due < span.first + LATE:
        due = span.last
    return Wanted(need.employment_id, need.course_id, release, due)


def _prerequisites(version: CourseVersion) -> list[int]:
    return sorted(course.pk for course in version.prerequisites.all())


def _known(people: Mapping[int, int], today: dt.date) -> _Known:
    """What they passed and hold, and where they have a place, in four queries."""
    by_person = defaultdict(list)
    for employment, person in people.items():
        by_person[person].append(employment)
    passed = Nomination.objects.filter(employment__person__in=by_person, result=Nomination.PASSED)
    had = {
        (who, course)
        for person, course in passed.order_by().values_list(
            "employment__person_id", "session__version__course_id"
        )
        for who in by_person[person]
    }
    gives = defaultdict(set)
    granting = CourseVersion.objects.filter(grants__isnull=False).order_by()
    for course, kind in granting.values_list("course_id", "grants_id"):
        gives[kind].add(course)
    held = Credential.objects.in_force(today).filter(person__in=by_person, kind__in=gives).order_by()
    for person, kind in held.values_list("person_id", "kind_id"):
        had |= {(who, course) for who in by_person[person] for course in gives[kind]}
    coming = Nomination.objects.placed().filter(employment__in=people, session__last_on__gte=today)
    placed = coming.order_by("session__last_on", "pk").values_list(
        "employment_id", "session__version__course_id", "session__last_on"
    )
    return _Known(frozenset(had), {(who, course): last for who, course, last in placed})


def _put_first(
    wanted: Wanted,
    found: dict[tuple[int, int], Wanted],
    first: Mapping[int, list[int]],
    known: _Known,
) -> None:
    """What has to come first, and is neither had nor booked, is wanted too, one after the other."""
    before, release = None, wanted.release
    for course in first.get(wanted.course, []):
        key = wanted.employment, course
        if key in known.placed:
            release = max(release, known.placed[key] + dt.timedelta(days=1))
        if key in known.had or key in known.placed or course not in first:
            continue
        if key not in found:
            found[key] = Wanted(wanted.employment, course, wanted.release, wanted.due, before)
            _put_first(found[key], found, first, known)
        elif before is not None and found[key].after is None:
            found[key] = replace(found[key], after=before)
        before = course
    own = found[wanted.employment, wanted.course]
    found[own.employment, own.course] = replace(own, release=release, after=before or own.after)
