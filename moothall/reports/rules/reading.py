"""The rows that figures are made of: who worked when, what was lost, who came and who went. Reads only.

Every figure is the sum of the rows that its page shows, so both are read here and nowhere else.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final

from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Greatest, Least

from clocks.sickness import Spell
from moothall.absence.models import Episode
from moothall.core.serving import for_the_office
from moothall.workforce.models import Assignment, Employment, WorkPattern
from moothall.workforce.models.employment import AssignmentQuerySet

from .months import DAY, Month, Scope

COUNTED: Final = (Employment.EMPLOYEE, Employment.OFFICER, Employment.WORKER)
LONG_TERM_DAYS: Final = 28
WEEKDAYS: Final = 5
ONE: Final = Decimal(1)


@dataclass(frozen=True)
class Row:
    """What one person adds to a figure."""

    employment_id: int
    unit_id: int
    team_id: int | None
    value: Decimal | int
    from_on: dt.date
    until_on: dt.date | None
    reason_id: int | None = None


@dataclass(frozen=True)
class Stretch:
    """Days of somebody's main assignment that lie between two days."""

    employment_id: int
    unit_id: int
    team_id: int | None
    pattern_id: int | None
    pattern_from: dt.date | None
    begins: dt.date
    ends: dt.date
    fte: Decimal

    def row(self, value: Decimal | int) -> Row:
        return Row(self.employment_id, self.unit_id, self.team_id, value, self.begins, self.ends)


FIELDS: Final = ("unit_id", "post__team_id", "pattern_id", "pattern_from", "begins", "ends")


def assigned(scope: Scope, first: dt.date, last: dt.date) -> AssignmentQuerySet:
    """The main assignments of those who count, each cut to the days between the two on which they worked."""
    rows = Assignment.objects.standing().filter(
        Q(until_on=None) | Q(until_on__gte=first), is_main=True, from_on__lte=last,
        employment__workforce__in=COUNTED,
    )  # fmt: skip
    cut: Any = rows.annotate(
        begins=Greatest("from_on", "employment__started_on", Value(first, DateField())),
        ends=Least("until_on", "employment__ended_on", Value(last, DateField())),
    )
    found: AssignmentQuerySet = cut.filter(begins__lte=F("ends")).order_by()
    return scope.narrow(found)


def stretches(
    scope: Scope, first: dt.date, last: dt.date, employments: Iterable[int] | None = None
) -> Iterator[Stretch]:
    rows = assigned(scope, first, last)
    if employments is not None:
        rows = rows.filter(employment_id__in=list(employments))
    for row in rows.values_list("employment_id", *FIELDS, "fte"):
        yield Stretch(*row)


class WorkingDays:
    """How many days somebody was to work between two days of a stretch, by their pattern."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last
        self.patterns = WorkPattern.objects.in_bulk()
        self.kept: dict[tuple[int | None, int], list[int]] = {}

    def works(self, pattern_id: int | None, begun: dt.date | None, day: dt.date) -> bool:
        pattern = self.patterns.get(pattern_id) if pattern_id else None
        if pattern is None or begun is None:
            return day.weekday() < WEEKDAYS
        return pattern.hours_on(day, begun=begun) > 0

    def between(self, pattern_id: int | None, begun: dt.date | None, first: dt.date, last: dt.date) -> int:
        pattern = self.patterns.get(pattern_id) if pattern_id else None
        phase = (self.first - begun).days % len(pattern.hours) if pattern and begun else -1
        key = (pattern_id, phase)
        if key not in self.kept:
            days = range((self.last - self.first).days + 1)
            flags = (self.works(pattern_id, begun, self.first + number * DAY) for number in days)
            self.kept[key] = [0, *accumulate(map(int, flags))]
        sums = self.kept[key]
        return sums[(last - self.first).days + 1] - sums[(first - self.first).days]


@for_the_office()
def episodes_between(first: dt.date, last: dt.date) -> list[tuple[Any, ...]]:
    """Every absence that touches the days, those with a restricted case included: figures count them all."""
    rows = Episode.objects.between(first, last).order_by("employment_id", "first_day")
    return list(
        rows.values_list(
            "pk", "employment_id", "first_day", "last_day", "half_first", "half_last", "reason_id"
        )
    )


@dataclass(frozen=True)
class Lost:
    """What an absence took of one stretch of somebody's work in a month."""

    spell: Spell
    stretch: Stretch
    days: Decimal
    reason_id: int | None

    def row(self, value: Decimal | int) -> Row:
        at = self.stretch
        return Row(
            at.employment_id, at.unit_id, at.team_id, value, self.spell.first, self.spell.last, self.reason_id
        )


def lost_in(scope: Scope, month: Month) -> list[Lost]:
    """The absences of a month against the work of whoever had them; days by the pattern of the day."""
    found = episodes_between(month.first, month.upto)
    theirs: dict[int, list[Stretch]] = {}
    for each in stretches(scope, month.first, month.upto, {row[1] for row in found}) if found else ():
        theirs.setdefault(each.employment_id, []).append(each)
    days = WorkingDays(month.first, month.upto)
    made = []
    for pk, employment, first, last, half_first, half_last, reason in found:
        spell = Spell(pk, first, last, True, half_first, half_last)
        for at in theirs.get(employment, ()):
            begins, ends = max(first, at.begins), min(last or month.upto, at.ends)
            if begins <= ends:
                made.append(Lost(spell, at, _days_lost(spell, at, begins, ends, days), reason))
    return made


def _days_lost(spell: Spell, at: Stretch, begins: dt.date, ends: dt.date, days: WorkingDays) -> Decimal:
    if spell.half_first or spell.half_last:
        return spell.days(begins, ends, lambda day: days.works(at.pattern_id, at.pattern_from, day))
    return Decimal(days.between(at.pattern_id, at.pattern_from, begins, ends))


def is_long_term(lost: Lost, month: Month) -> bool:
    """Still away at the end, for four weeks or more."""
    spell, at = lost.spell, lost.stretch
    still = spell.last is None or spell.last >= month.upto
    return still and at.ends == month.upto and (month.upto - spell.first).days + 1 >= LONG_TERM_DAYS


def begins_in(lost: Lost, month: Month) -> bool:
    first = lost.spell.first
    return month.first <= first and lost.stretch.begins <= first <= lost.stretch.ends


def starters(scope: Scope, first: dt.date, last: dt.date) -> list[Row]:
    return _on_the_day(scope, "employment__started_on", first, last)


def leavers(scope: Scope, first: dt.date, last: dt.date) -> list[Row]:
    return _on_the_day(scope, "employment__ended_on", first, last)


def _on_the_day(scope: Scope, day: str, first: dt.date, last: dt.date) -> list[Row]:
    """Those with such a day between the two, in the assignment that they had on it."""
    rows = Assignment.objects.standing().filter(
        Q(until_on=None) | Q(until_on__gte=F(day)), from_on__lte=F(day), is_main=True,
        employment__workforce__in=COUNTED, **{f"{day}__gte": first, f"{day}__lte": last},
    )  # fmt: skip
    named = scope.narrow(rows).order_by("employment_id").values_list(
        "employment_id", "unit_id", "post__team_id", "employment__started_on", "employment__ended_on",
        "employment__ended_because_id",
    )  # fmt: skip
    return [Row(pk, unit, team, 1, began, ended, reason) for pk, unit, team, began, ended, reason in named]
