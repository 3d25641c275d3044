"""Who can teach what, and on which days they can."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from moothall.training.models import CourseVersion, PlaceDay, TrainerDay
from moothall.training.models.ledger import NIGHT
from moothall.training.rules.rota import ONE, Rota, rota_of
from moothall.workforce.models import EmployeeSkill, Employment
from planner.training.patterns import REST, Rested

from .resting import as_rested, rest_due
from .span import Span

NOBODY: Final[Mapping[int, Collection[dt.date]]] = MappingProxyType({})


@dataclass(frozen=True)
class Teacher:
    """A trainer: the courses they can teach, the days they cannot, and the place they work at."""

    employment: int
    courses: frozenset[int]
    absent: frozenset[int]
    place: int | None


def read_trainers(
    span: Span, versions: Collection[CourseVersion], aside: Collection[int] = (),
    planned: Mapping[int, Collection[dt.date]] = NOBODY,
) -> list[Teacher]:  # fmt: skip
    """Whoever has a skill at the level of teaching. A course that names no skill is taught by any of them.
    On the days that they teach at the sessions `aside`, or are `planned` to, they are there unless they are
    away."""
    here = Employment.objects.in_force(span.first).order_by("pk")
    rows = EmployeeSkill.objects.filter(
        employment__in=here.order_by().values("pk"), ended_at=None, level__gte=EmployeeSkill.TEACHES
    )
    skills: dict[int, set[int]] = defaultdict(set)
    for who, skill in rows.order_by("employment", "skill").values_list("employment_id", "skill_id"):
        skills[who].add(skill)
    rota = rota_of(here.filter(pk__in=skills), span.days[0] - ONE, span.days[-1] + ONE)
    rested = as_rested(rest_due(span.first))
    taken = _taken(span, skills, aside)
    own = _teaching(span, skills, aside)
    for who, days in planned.items():
        own[who].update(span.number(day) for day in days)
    found = []
    for who in sorted(rota.people):
        absent = {
            number
            for number, day in enumerate(span.days)
            if rota.why_away(who, day) or (number not in own[who] and not _can_teach(rota, who, day, rested))
        }
        teaches = {
            version.course_id
            for version in versions
            if version.skill_id is None or version.skill_id in skills[who]
        }
        assigned = rota.people[who].assigned(span.first)
        place = assigned.place_id if assigned else None
        found.append(Teacher(who, frozenset(teaches), frozenset(absent | taken[who]), place))
    return found


def _can_teach(rota: Rota, who: int, day: dt.date, rested: Rested) -> bool:
    """On duty, not at night, and rested before and after."""
    if rota.part(who, day) in ("", NIGHT):
        return False
    before, after = (rota.part(who, each) or REST for each in (day - ONE, day + ONE))
    return not rested.is_late(before) and not (rested.everywhere and rested.is_early(after))


def _teaching(span: Span, people: Collection[int], sessions: Collection[int]) -> dict[int, set[int]]:
    """The days on which they teach at these sessions."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = TrainerDay.objects.filter(trainer__in=people, session__in=sessions).order_by()
    for who, day in rows.values_list("trainer_id", "day") if sessions else ():
        found[who].add(span.number(day))
    return found


def _taken(span: Span, people: Collection[int], aside: Collection[int]) -> dict[int, set[int]]:
    """The days on which they teach or are trained already."""
    found: dict[int, set[int]] = defaultdict(set)
    within = {"day__gte": span.days[0], "day__lte": span.days[-1]}
    teaching = TrainerDay.objects.filter(trainer__in=people, **within).exclude(session__in=aside).order_by()
    trained = PlaceDay.objects.filter(employment__in=people, **within).order_by()
    for who, day in [
        *teaching.values_list("trainer_id", "day"), *trained.values_list("employment_id", "day"),
    ]:  # fmt: skip
        found[who].add(span.number(day))
    return found
