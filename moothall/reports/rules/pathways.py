"""Figures of pathways, cohort by cohort, as they stand today, and the rows each is the sum of. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words
from moothall.training.models import Cohort, Student, StudentMove
from moothall.training.models.cohort import CohortQuerySet
from moothall.training.rules.pathways.waiting import Unsigned, unsigned

SHOWN_FOR: Final = dt.timedelta(days=3 * 365)
STUDENTS, WAITING, AGAIN = "students", "waiting", "again"


@dataclass(frozen=True)
class PathwayFigure:
    key: str
    name: Words
    meaning: Words


FIGURES: Final[tuple[PathwayFigure, ...]] = (
    PathwayFigure(
        STUDENTS, _("Students"),
        _("Everybody in the cohort today: on time, late, not planned yet, left and confirmed together."),
    ),
    PathwayFigure("on_time", _("On time"), _("On the way, and nothing is late.")),
    PathwayFigure(
        "late", _("Late"), _("On the way, and the day of something that is not signed off has passed.")
    ),
    PathwayFigure("unplanned", _("Not planned yet"), _("On the way, and in no group.")),
    PathwayFigure("left", _("Left"), _("They left the pathway.")),
    PathwayFigure("confirmed", _("Confirmed"), _("Everything was signed off, and they were confirmed.")),
    PathwayFigure(
        WAITING, _("Waiting for sign-off"),
        _("Things, not people: their module is over, and nobody has signed them off yet."),
    ),
    PathwayFigure(
        AGAIN, _("Modules taken again"),
        _("How often somebody went from this cohort into a later group to take a module again."),
    ),
)  # fmt: skip
BY_KEY: Final[Mapping[str, PathwayFigure]] = {each.key: each for each in FIGURES}


@dataclass
class OfCohort:
    """The figures of a cohort, or of all together."""

    cohort: Cohort | None
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def values(self) -> list[tuple[PathwayFigure, int]]:
        return [(each, self.numbers[each.key]) for each in FIGURES]

    @property
    def share_on_time(self) -> int | None:
        """Of a hundred who are on the way and planned."""
        going = self.numbers["on_time"] + self.numbers["late"]
        return round(100 * self.numbers["on_time"] / going) if going else None


def cohorts_counted(*, on: dt.date, pathway: int | None = None) -> CohortQuerySet:
    """Cohorts of three years back, and those before on which somebody is still on the way."""
    going = Student.objects.on_the_way().filter(cohort=OuterRef("pk"))
    rows = Cohort.objects.in_full().filter(Q(starts_on__gt=on - SHOWN_FOR) | Exists(going))
    return rows if pathway is None else rows.filter(pathway=pathway)


def count_pathways(cohorts: Sequence[Cohort], *, on: dt.date) -> list[OfCohort]:
    """A line for each, in as many queries for many as for one."""
    lines = {each.pk: OfCohort(each) for each in cohorts}
    things = unsigned(list(lines), on=on)
    late, waiting = _late(things, on), Counter(each.cohort_id for each in things)
    rows = Student.objects.filter(cohort__in=list(lines)).order_by()
    for pk, cohort, group, state in rows.values_list("pk", "cohort_id", "group_id", "state"):
        numbers = lines[cohort].numbers
        numbers[STUDENTS] += 1
        numbers[_how(pk, group, state, late)] += 1
    moves = StudentMove.objects.filter(from_cohort__in=list(lines)).order_by("from_cohort")
    for cohort, times in moves.values_list("from_cohort").annotate(times=Count("pk")):
        lines[cohort].numbers[AGAIN] = times
    for cohort, number in waiting.items():
        lines[cohort].numbers[WAITING] = number
    return list(lines.values())


def together(lines: Collection[OfCohort]) -> OfCohort:
    whole = OfCohort(None)
    for each in lines:
        whole.numbers.update(each.numbers)
    return whole


def _late(rows: Collection[Unsigned], on: dt.date) -> frozenset[int]:
    return frozenset(each.student_id for each in rows if each.is_late(on))


def _how(pk: int, group: int | None, state: str, late: Collection[int]) -> str:
    if state != Student.ON:
        return "left" if state == Student.LEFT else "confirmed"
    if group is None:
        return "unplanned"
    return "late" if pk in late else "on_time"


def students_of(figure: PathwayFigure, cohorts: Collection[int], *, on: dt.date) -> list[int]:
    """Whom a figure of people counts, by name."""
    late = _late(unsigned(cohorts, on=on), on)
    rows = Student.objects.filter(cohort__in=cohorts).order_by("employment__person__folded_name", "pk")
    return [
        pk
        for pk, group, state in rows.values_list("pk", "group_id", "state")
        if figure.key in (STUDENTS, _how(pk, group, state, late))
    ]
