"""What there is of one employment, learnt together with it, so that its record asks for nothing that is not
there. A floor above says of which rows its box is made:

    declare_rows(Episode, lambda on: Episode.objects.standing())

and asks `may_have(employment, Episode)` before it asks the database for them. Where nobody looked, it may.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from .models import Assignment, Employment
from .models.employment import EmploymentQuerySet

Rows = Callable[[dt.date], "QuerySet[Any]"]
_rows: dict[type[Model], Rows] = {}


def declare_rows(model: type[Model], rows: Rows | None = None) -> None:
    """Rows with a foreign key called `employment`; `rows` are those of them that a record shows on a day."""
    _rows[model] = rows or (lambda _on: model._default_manager.all())


def with_what_there_is(found: EmploymentQuerySet, *, on: dt.date) -> EmploymentQuerySet:
    """In the same question: of which declared rows each has any."""
    asked = {
        f"has_{model._meta.label_lower.replace('.', '_')}": Exists(
            rows(on).order_by().filter(employment=OuterRef("pk"))
        )
        for model, rows in _rows.items()
    }
    return found.select_related("person").annotate(**asked)


def may_have(employment: Employment, model: type[Model]) -> bool:
    """False where it is known that there are none."""
    return bool(getattr(employment, f"has_{model._meta.label_lower.replace('.', '_')}", True))


def learn_assignments(employment: Employment, *, on: dt.date) -> list[Assignment]:
    """All that stand, the latest first, kept with it; with them, what holds that day is known too."""
    found = list(employment.assignments.standing().in_full().order_by("-from_on", "-id"))
    there = [each for each in found if each.is_main and _holds(each, on)]
    employment.all_assignments = found  # type: ignore[attr-defined]
    employment.assigned = there  # type: ignore[attr-defined]
    return found


def learnt_assignments(employment: Employment) -> list[Assignment]:
    """All that stand, the latest first, where somebody has learnt them."""
    found: list[Assignment] = getattr(employment, "all_assignments", [])
    return found


def known_assignments(employment: Employment, first: dt.date, last: dt.date) -> list[Assignment] | None:
    """Those that hold on some day between the two, oldest first, if somebody has learnt them."""
    found: list[Assignment] | None = getattr(employment, "all_assignments", None)
    if found is None:
        return None
    there = [
        each for each in found
        if each.from_on <= last and (each.until_on is None or each.until_on >= first)
    ]  # fmt: skip
    return sorted(there, key=lambda each: (each.from_on, each.pk))


def _holds(assignment: Assignment, on: dt.date) -> bool:
    return assignment.from_on <= on and (assignment.until_on is None or assignment.until_on >= on)
