"""Leave taken against entitlement, and how far appraisals have come, unit by unit."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from moothall.appraisal.models import Cycle
from moothall.appraisal.rules.completion import Completion, completion
from moothall.leave.rules.balance import read_balances
from moothall.reports.models import LeaveTaken
from moothall.workforce.models import Employment

from .figures import share
from .months import Scope
from .reading import COUNTED

AT_ONCE = 400


def count_leave(*, today: dt.date, at: dt.datetime) -> int:
    """Of everybody who works here. Run twice it comes to the same; the answer is how many they are."""
    rows = [each for some in _by_some(today) for each in _worked_out(some, today=today, at=at)]
    with transaction.atomic():
        LeaveTaken.objects.all().delete()
        LeaveTaken.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _by_some(today: dt.date) -> Iterator[list[Employment]]:
    """A few hundred at once, so that nine thousand people's years are never in memory together."""
    here = Employment.objects.in_force(today).filter(workforce__in=COUNTED).order_by("pk")
    numbers = list(here.values_list("pk", flat=True))
    for first in range(0, len(numbers), AT_ONCE):
        some = Employment.objects.filter(pk__in=numbers[first : first + AT_ONCE])
        yield [each for each in some.with_assignment(today).order_by("pk") if each.main is not None]


def _worked_out(some: list[Employment], *, today: dt.date, at: dt.datetime) -> Iterator[LeaveTaken]:
    balances = read_balances(some, on=today, today=today)
    for each in some:
        main, found = each.main, balances.get(each.pk)
        if main is not None and found is not None:
            yield LeaveTaken(
                employment=each, unit_id=main.unit_id, team_id=main.post.team_id, year_from=found.first,
                entitled=round(found.annual, 2), taken=round(found.taken, 2), booked=round(found.booked, 2),
                counted_at=at,
            )  # fmt: skip


def leave_of(scope: Scope) -> QuerySet[LeaveTaken]:
    """The rows that the sums of a scope are made of."""
    rows = LeaveTaken.objects.all()
    if scope.teams is not None:
        rows = rows.filter(team__in=sorted(scope.teams))
    return rows if scope.unit is None else rows.filter(unit=scope.unit)


@dataclass(frozen=True)
class OfLeave:
    """The leave of some people together, in hours."""

    unit_id: int | None
    people: int
    entitled: Decimal
    taken: Decimal
    booked: Decimal

    @property
    def share(self) -> Decimal | None:
        """Taken, of a hundred hours."""
        return share(self.taken * 100, self.entitled)


def leave_by_unit(scope: Scope) -> list[OfLeave]:
    sums = {name: Sum(name) for name in ("entitled", "taken", "booked")}
    rows = leave_of(scope).order_by("unit_id").values("unit_id").annotate(people=Count("pk"), **sums)
    return [OfLeave(**row) for row in rows]


def together(lines: list[OfLeave]) -> OfLeave:
    def whole(name: str) -> Decimal:
        return sum((Decimal(getattr(each, name)) for each in lines), Decimal(0))

    people = sum(each.people for each in lines)
    return OfLeave(None, people, whole("entitled"), whole("taken"), whole("booked"))


def appraisals_now(scope: Scope, *, on: dt.date) -> list[tuple[Cycle, list[Completion]]]:
    """Each cycle that is open, unit by unit, the least complete first."""
    teams = sorted(scope.teams) if scope.teams is not None else None
    found = []
    for cycle in Cycle.objects.running().order_by("-from_on", "-id"):
        lines = [each for each in completion(cycle, on, teams=teams) if each.in_cycle or each.left_out]
        found.append((cycle, [each for each in lines if scope.unit in (None, each.key)]))
    return found
