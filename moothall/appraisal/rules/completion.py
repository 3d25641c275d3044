"""How far a cycle has come, by unit or by manager: counted by the database, and drilled to the same rows."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from moothall.appraisal.models import Appraisal, Cycle
from moothall.people.models import Organisation
from moothall.workforce.models import Assignment, Employment

UNIT, MANAGER = "unit", "manager"


@dataclass(frozen=True)
class Completion:
    """How far the people of one unit, or of one manager, have come."""

    key: int | None
    about: Organisation | Employment | None
    in_cycle: int
    agreed: int
    rated: int
    done: int
    left_out: int
    late: int

    @property
    def share(self) -> int:
        """Complete, of a hundred that are in the cycle."""
        return round(100 * self.done / self.in_cycle) if self.in_cycle else 0


RATED = (Appraisal.SECOND, Appraisal.SIGN, Appraisal.DONE)
TO_DO = tuple(stage for stage, _words in Appraisal.STAGES if stage not in Appraisal.SETTLED)
STAGE = "employment__appraisals__stage"
AGREED = "employment__appraisals__objectives_at__isnull"


def appraisals_of(cycle: Cycle, on: dt.date, teams: Collection[int] | None = None) -> Any:
    """Everybody of a cycle who works here that day; with `teams`, those whose post is in one of them."""
    there = Assignment.objects.in_force(on).filter(is_main=True, employment=OuterRef("employment"))
    if teams is not None:
        there = there.filter(post__team_id__in=teams)
    return Appraisal.objects.filter(Exists(there), cycle=cycle)


def completion(
    cycle: Cycle, on: dt.date, *, by: str = UNIT, teams: Collection[int] | None = None
) -> list[Completion]:
    """A line for each unit (or manager) of that day, the least complete first."""
    there = Assignment.objects.in_force(on).filter(is_main=True, employment__appraisals__cycle=cycle)
    if teams is not None:
        there = there.filter(post__team_id__in=teams)
    asked = {
        "in_cycle": Q(**{f"{STAGE}__in": (*TO_DO, Appraisal.DONE)}),
        "agreed": Q(**{f"{STAGE}__in": (*TO_DO, Appraisal.DONE), AGREED: False}),
        "rated": Q(**{f"{STAGE}__in": RATED}),
        "done": Q(**{STAGE: Appraisal.DONE}),
        "left_out": Q(**{STAGE: Appraisal.EXEMPT}),
        "late": Q(**{f"{STAGE}__in": late_stages(cycle, on)}),
    }
    counts = {name: Count("id", filter=condition) for name, condition in asked.items()}
    rows = list(there.order_by().values(by).annotate(**counts))
    named = _named(by, [row[by] for row in rows if row[by]])
    found = [Completion(row[by], named.get(row[by]), **{name: row[name] for name in counts}) for row in rows]
    return sorted(found, key=lambda each: (each.share, -each.in_cycle, each.key or 0))


def late_stages(cycle: Cycle, on: dt.date) -> list[str]:
    """The stages whose day was before this one."""
    return [stage for stage in TO_DO if (day := cycle.due_on(stage)) is not None and day < on]


def _named(by: str, keys: list[int]) -> dict[int, Any]:
    if by == UNIT:
        return dict(Organisation.objects.in_bulk(keys))
    return {each.pk: each for each in Employment.objects.filter(pk__in=keys).select_related("person")}


def total(lines: Collection[Completion]) -> Completion:
    """All lines together."""
    names = ("in_cycle", "agreed", "rated", "done", "left_out", "late")
    return Completion(None, None, **{name: sum(getattr(each, name) for each in lines) for name in names})
