"""Months, and whose figures are asked for."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from moothall.people.models import Account
from moothall.workforce.models.employment import AssignmentQuerySet

DAY = dt.timedelta(days=1)
BEFORE = 12


@dataclass(frozen=True)
class Month:
    """A calendar month; one that is not over is counted up to `upto`."""

    first: dt.date
    last: dt.date
    upto: dt.date

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def is_over(self) -> bool:
        return self.upto == self.last

    def back(self, months: int) -> dt.date:
        """The first day of the month so many months before."""
        return months_before(self.first, months)


def month_of(day: dt.date, *, today: dt.date) -> Month:
    first = day.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return Month(first, last, min(last, today))


def months_before(first: dt.date, months: int) -> dt.date:
    number = first.year * 12 + first.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)


def read_month(words: str, *, today: dt.date) -> Month | None:
    """`2026-11`; nothing for what is no month, or has not begun."""
    try:
        first = dt.datetime.strptime(words, "%Y-%m").date()  # noqa: DTZ007 - a month, not an instant
    except ValueError:
        return None
    return month_of(first, today=today) if first <= today else None


@dataclass(frozen=True)
class Scope:
    """Of whom the figures are: everybody, or those in posts of these teams; `unit` narrows to one unit,
    `units` to several."""

    teams: frozenset[int] | None = None
    unit: int | None = None
    units: frozenset[int] | None = None

    def narrow(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        if self.teams is not None:
            rows = rows.filter(post__team_id__in=sorted(self.teams))
        if self.units is not None:
            rows = rows.filter(unit_id__in=sorted(self.units))
        return rows if self.unit is None else rows.filter(unit_id=self.unit)


def scope_of(account: Account) -> Scope:
    """The people whose records this account may see by a role it holds."""
    standing = account.standing()
    if standing.everywhere_for("workforce.view"):
        return Scope()
    return Scope(frozenset(standing.teams_for("workforce.view")))


def sees_absence(account: Account, scope: Scope) -> bool:
    """Whether the account may see whose absence makes a figure: who records absence there, or sees what is
    private."""
    standing = account.standing()
    return any(
        standing.everywhere_for(each)
        or (scope.teams is not None and scope.teams <= set(standing.teams_for(each)))
        for each in ("absence.record", "workforce.private")
    )


def sees_reasons(account: Account, scope: Scope) -> bool:
    """Whether small numbers of a reason may be seen: they might tell of somebody what is private."""
    standing = account.standing()
    if standing.everywhere_for("workforce.private"):
        return True
    return scope.teams is not None and scope.teams <= set(standing.teams_for("workforce.private"))
