"""Hosts and tutors put before the planner: who is with whom in which weeks, and why somebody is with nobody.

What others have already is given as taken. Reads only; the rules keep what comes back.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from moothall.training.models import Attachment, PathwayModule, PathwayTutor, PlacementHost, Student
from planner.cohorts.problem import Class, Group, Host, Module, Year
from planner.cohorts.problem import Student as Learner

from .journeys import minutes_between
from .weeks import FRIDAY, Weeks

WHYS: Final = {
    "own district": Attachment.DISTRICT, "access": Attachment.ACCESS, "too far": Attachment.FAR,
    "hosts full": Attachment.FULL, "no host": Attachment.NONE,
}  # fmt: skip
Freed = QuerySet[Attachment]


@dataclass(frozen=True)
class Stay:
    """One student in the weeks of one module: with a host or a tutor, or why with nobody."""

    student: int
    module: PathwayModule
    weeks: tuple[dt.date, ...]
    host: int | None = None
    tutor: int | None = None
    minutes: int | None = None
    why: str = ""

    @property
    def last_on(self) -> dt.date:
        return self.weeks[-1] + FRIDAY


def learners(students: Iterable[Student], intake: str = "") -> tuple[Learner, ...]:
    """Students as the planner knows them, by their number."""
    rows = list(students)
    needs: dict[int, set[str]] = defaultdict(set)
    through = Student.needs.through.objects.filter(student__in=rows).order_by("pk")
    for student, feature in through.values_list("student_id", "feature_id"):
        needs[student].add(str(feature))
    return tuple(
        Learner(str(each.pk), intake, str(each.district_id), frozenset(needs[each.pk])) for each in rows
    )


Wanted = tuple[PathwayModule, tuple[dt.date, ...], Sequence[Student]]


def find_stays(wanted: Sequence[Wanted], *, freed: Freed) -> list[Stay]:
    """A host or a tutor for everybody in these weeks, or why none. Places that others have are taken, but for
    those of the attachments that are freed."""
    asked = [each for each in wanted if each[1] and each[2]]
    if not asked:
        return []
    first, last = min(each[1][0] for each in asked), max(each[1][-1] for each in asked)
    weeks = Weeks(first, (last - first).days // 7 + 1)
    found: list[Stay] = []
    for kind in (PathwayModule.PLACEMENT, PathwayModule.TUTORED):
        some = [each for each in asked if each[0].kind == kind]
        if some:
            found += _stays_of(kind, some, weeks, freed=freed)
    return found


def _stays_of(kind: str, wanted: Sequence[Wanted], weeks: Weeks, *, freed: Freed) -> Iterator[Stay]:
    from planner.cohorts.placing import place  # its solver is only loaded where it is asked

    hosts = kind == PathwayModule.PLACEMENT
    students = {each.pk: each for _module, _weeks, people in wanted for each in people}
    there = hosts_in(weeks, _hosts(), freed=freed) if hosts else _tutors_in(weeks, _tutors(), freed=freed)
    minutes = _minutes(students.values(), _hosts() if hosts else _tutors())
    keys = {str(number): each for number, each in enumerate(wanted)}
    groups = [Group(name, "", tuple(str(one.pk) for one in each[2])) for name, each in keys.items()]
    classes = [Class(name, name, tuple(weeks.number(one) for one in each[1])) for name, each in keys.items()]
    year = Year(
        weeks=weeks.count, intakes=(), modules=tuple(Module(name, 1, placement=True) for name in keys),
        students=learners(students.values()), tutors=(), hosts=tuple(there), minutes=minutes,
        at_most_minutes=wanted[0][0].pathway.most_minutes,
    )  # fmt: skip
    placed, without = place(year, tuple(groups), classes)
    for each in placed:
        module, mondays, _people = keys[each.module]
        far = minutes[str(students[int(each.student)].district_id), each.host]
        who = int(each.host)
        yield Stay(int(each.student), module, mondays, who if hosts else None, None if hosts else who, far)
    for none in without:
        module, mondays, _people = keys[none.module]
        yield Stay(int(none.who), module, mondays, why=WHYS[none.why])


def _hosts() -> list[PlacementHost]:
    return list(PlacementHost.objects.in_use().prefetch_related("features"))


def _tutors() -> list[PathwayTutor]:
    return list(PathwayTutor.objects.standing().select_related("district"))


def hosts_in(weeks: Weeks, hosts: Iterable[PlacementHost], *, freed: Freed) -> Iterator[Host]:
    """Hosts with what others have there; none of its places once its risk assessment has run out."""
    used = _used("host_id", weeks, freed)
    for each in hosts:
        taken = used[each.pk]
        if each.assessed_until is not None:
            first = max(0, weeks.number(each.assessed_until - FRIDAY) + 1)
            taken.update(dict.fromkeys(range(first, weeks.count), each.places))
        has = frozenset(str(one.pk) for one in each.features.all())
        yield Host(str(each.pk), str(each.district_id), each.places, has, taken)


def _tutors_in(weeks: Weeks, tutors: Iterable[PathwayTutor], *, freed: Freed) -> Iterator[Host]:
    """A tutor is a host in no district, with everything that somebody may need."""
    used = _used("tutor_id", weeks, freed)
    needed = Student.needs.through.objects.order_by().values_list("feature_id", flat=True).distinct()
    everything = frozenset(str(pk) for pk in needed)
    for each in tutors:
        yield Host(str(each.pk), "", each.most, everything, used[each.pk])


def _used(column: str, weeks: Weeks, freed: Freed) -> dict[int, Counter[int]]:
    """Places that are taken, by host or tutor and week."""
    rows = Attachment.objects.standing().filter(first_on__lte=weeks.last, last_on__gte=weeks.first)
    rows = rows.filter(**{f"{column}__isnull": False}).exclude(pk__in=freed.order_by().values("pk"))
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for who, first, last in rows.order_by().values_list(column, "first_on", "last_on"):
        found[who].update(weeks.numbers(first, last))
    return found


def _minutes(
    students: Iterable[Student], takers: Iterable[PlacementHost] | Iterable[PathwayTutor]
) -> dict[tuple[str, str], int]:
    homes = {each.district_id: each.district for each in students}
    return {
        (str(pk), str(taker.pk)): minutes_between(home, taker.district)
        for taker in takers
        for pk, home in homes.items()
    }


def minutes_to_hosts(students: Iterable[Student]) -> dict[tuple[str, str], int]:
    return _minutes(students, _hosts())
