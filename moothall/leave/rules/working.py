"""The hours that somebody is to work on a day, by the assignment and the pattern of that day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from clocks.leave_entitlement import bank_holidays_between
from moothall.leave.models import LeaveScheme
from moothall.people.models.working import days_between
from moothall.workforce.known import known_assignments
from moothall.workforce.models import Assignment, Employment, WorkPattern

NATIONS = {
    Employment.ENGLAND: "ENG", Employment.WALES: "WLS", Employment.SCOTLAND: "SCO",
    Employment.NORTHERN_IRELAND: "NI",
}  # fmt: skip
ZERO = Decimal(0)


@dataclass
class Worked:
    """What one employment is assigned to over some days, oldest first."""

    employment: Employment
    assignments: list[Assignment] = field(default_factory=list)

    @property
    def nation(self) -> str:
        return NATIONS[self.employment.nation]

    def assigned(self, day: dt.date) -> Assignment | None:
        for each in self.assignments:
            if each.from_on <= day and (each.until_on is None or day <= each.until_on):
                return each
        return None

    def hours_on(self, day: dt.date) -> Decimal:
        """The hours of that day; none on a bank holiday, except for those who work shifts, and none once they
        have left."""
        ended = self.employment.ended_on
        assignment = self.assigned(day)
        if assignment is None or (ended is not None and ended < day):
            return ZERO
        if not works_bank_holidays(assignment) and day in bank_holidays_between(self.nation, day, day):
            return ZERO
        return assignment.hours_on(day).quantize(Decimal("0.01"))

    def working_days(self, first: dt.date, last: dt.date) -> list[tuple[dt.date, Decimal]]:
        found = [(day, self.hours_on(day)) for day in days_between(first, last)]
        return [(day, hours) for day, hours in found if hours > 0]


def works_bank_holidays(assignment: Assignment) -> bool:
    return assignment.pattern is not None and assignment.pattern.kind == WorkPattern.SHIFTS


def read_work(employments: Iterable[Employment], first: dt.date, last: dt.date) -> dict[int, Worked]:
    """What each of these is assigned to between the two days, in one query."""
    found = {each.pk: Worked(each) for each in employments}
    if len(found) == 1:
        [only] = found.values()
        known = known_assignments(only.employment, first, last)
        if known is not None:
            only.assignments = [each for each in known if each.is_main]
            return found
    rows = Assignment.objects.between(first, last).filter(employment__in=list(found), is_main=True)
    for row in rows.select_related("pattern", "unit", "post"):
        found[row.employment_id].assignments.append(row)
    return found


def work_of(employment: Employment, first: dt.date, last: dt.date) -> Worked:
    return read_work([employment], first, last)[employment.pk]


def team_work(units: Collection[int], first: dt.date, last: dt.date) -> dict[int, list[Worked]]:
    """Everybody assigned to each of these units between the two days, in one query, by name."""
    rows = Assignment.objects.between(first, last).filter(unit__in=units, is_main=True)
    rows = rows.select_related("pattern", "unit", "post", "employment__person")
    teams: dict[int, dict[int, Worked]] = defaultdict(dict)
    for row in rows:
        worked = teams[row.unit_id].setdefault(row.employment_id, Worked(row.employment))
        worked.assignments.append(row)
    return {
        unit: sorted(people.values(), key=lambda each: (each.employment.person.full_name, each.employment.pk))
        for unit, people in teams.items()
    }


def schemes() -> dict[str, LeaveScheme]:
    """The house rules of each workforce; where none are kept, a year from April and a day of 7.4 hours."""
    kept = {each.workforce: each for each in LeaveScheme.objects.all()}
    return {key: kept.get(key) or LeaveScheme(workforce=key) for key, _name in Employment.WORKFORCES}


def scheme_of(employment: Employment) -> LeaveScheme:
    return schemes()[employment.workforce]
