"""What waits to be signed off: modules that are over, and what of them nobody has seen. Reads only."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, Subquery

from moothall.training.models import Nomination, SignOff, Student

WEEK: Final = dt.timedelta(days=7)
ITEM: Final = "group__classes__module__items"


@dataclass(frozen=True)
class Unsigned:
    """One thing of one student. It is late once its day has passed."""

    student_id: int
    cohort_id: int
    item_id: int
    over_on: dt.date
    due_on: dt.date
    again: bool
    """Whether it was seen, and is to be seen again."""

    def is_late(self, on: dt.date) -> bool:
        return self.due_on < on


def unsigned(cohorts: Collection[int], *, on: dt.date) -> list[Unsigned]:
    """Of everybody who is on the way in these cohorts, the longest overdue first; one query."""
    last = SignOff.objects.filter(student=OuterRef("pk"), item=OuterRef("item"), withdrawn_at=None)
    passed = Nomination.objects.filter(
        employment=OuterRef("employment"), result=Nomination.PASSED,
        session__version__course=OuterRef("course"),
    )  # fmt: skip
    rows = (
        Student.objects.on_the_way()
        .filter(cohort__in=cohorts)
        .annotate(
            item=F(ITEM), course=F(f"{ITEM}__course"), weeks_after=F(f"{ITEM}__weeks_after"),
            over_on=F("group__classes__last_on"),
        )
        .annotate(last=Subquery(last.order_by("-at", "-pk").values("result")[:1]))
        .filter(Q(last=None) | ~Q(last=SignOff.PASSED), ~Exists(passed), item__isnull=False, over_on__lt=on)
        .order_by("pk", "item")
    )  # fmt: skip
    found = [
        Unsigned(student, cohort, item, over, over + WEEK * weeks, again=result is not None)
        for student, cohort, item, over, weeks, result in rows.values_list(
            "pk", "cohort_id", "item", "over_on", "weeks_after", "last"
        )
    ]
    return sorted(found, key=lambda each: (each.due_on, each.student_id, each.item_id))
