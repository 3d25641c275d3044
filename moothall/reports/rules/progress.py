"""Leave taken against entitlement, and how far appraisals have come, unit by unit."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum

from moothall.appraisal.models import Cycle
from moothall.appraisal.rules.completion import Completion, completion
from moothall.core.clock import in_london
from moothall.leave.models import LeaveDay, LeaveRequest
from moothall.leave.rules.balance import read_balances
from moothall.leave.rules.working import schemes
from moothall.reports.models import LeaveTaken, LeaveToCount
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.models.employment import EmploymentQuerySet

from .counting import take_turn
from .figures import share
from .months import Scope
from .reading import COUNTED

AT_ONCE = 400
SUNDAY = 6
COUNTING_LEAVE = 0xF161  # the advisory lock of whoever adds leave up


@transaction.atomic
def count_leave(*, today: dt.date, at: dt.datetime, everybody: bool = False) -> int:
    """Of whoever works here and something changed, a day of leave passed, or their leave year begins; on
    Sundays of everybody, since law and bank holidays change without a word. Run twice it comes to the same;
    the answer is of how many it was worked out."""
    take_turn(COUNTING_LEAVE)
    changed, all_of_them = _changed()
    last = LeaveTaken.objects.aggregate(at=Min("counted_at"))["at"]
    here = Employment.objects.in_force(today).filter(workforce__in=COUNTED)
    if everybody or all_of_them or last is None or today.weekday() == SUNDAY:
        whose = set(here.order_by().values_list("pk", flat=True))
        LeaveTaken.objects.all().delete()
    else:
        whose = changed | _touched_by_time(here, since=in_london(last).date(), today=today)
        gone = ~Exists(here.order_by().filter(pk=OuterRef("employment")))
        LeaveTaken.objects.filter(Q(employment__in=whose) | gone).delete()
    rows = [each for some in _by_some(here, whose, today) for each in _worked_out(some, today=today, at=at)]
    LeaveTaken.objects.bulk_create(rows, batch_size=500)
    LeaveTaken.objects.exclude(counted_at=at).update(counted_at=at)
    return len(rows)


def _changed() -> tuple[set[int], bool]:
    """Whose leave changed and whether everybody's did, taken off the list; what changes from now on stands
    there again."""
    found = list(LeaveToCount.objects.select_for_update().values_list("pk", "employment_id"))
    LeaveToCount.objects.filter(pk__in=[pk for pk, _who in found]).delete()
    whose = {who for _pk, who in found}
    return {who for who in whose if who is not None}, None in whose


def _touched_by_time(here: EmploymentQuerySet, *, since: dt.date, today: dt.date) -> set[int]:
    """Who had a day of leave since, is assigned otherwise since, is in another leave year, or is new."""
    days = LeaveDay.objects.counted().filter(
        day__gte=since, day__lt=today, request__state=LeaveRequest.APPROVED
    )
    begun, ended = Q(from_on__gt=since, from_on__lte=today), Q(until_on__gte=since, until_on__lt=today)
    moved = Assignment.objects.standing().filter(begun | ended, is_main=True)
    found = {pk for rows in (days, moved) for pk in rows.order_by().values_list("employment_id", flat=True)}
    kept = schemes()
    for workforce in COUNTED:
        year = kept[workforce].year_of(today)[0]
        others = LeaveTaken.objects.filter(employment__workforce=workforce).exclude(year_from=year)
        found |= set(others.order_by().values_list("employment_id", flat=True))
    known = LeaveTaken.objects.filter(employment=OuterRef("pk"))
    return found | set(here.order_by().filter(~Exists(known)).values_list("pk", flat=True))


def _by_some(here: EmploymentQuerySet, whose: set[int], today: dt.date) -> Iterator[list[Employment]]:
    """A few hundred at once, so that nine thousand people's years are never in memory together."""
    numbers = sorted(whose)
    for first in range(0, len(numbers), AT_ONCE):
        some = here.filter(pk__in=numbers[first : first + AT_ONCE])
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
