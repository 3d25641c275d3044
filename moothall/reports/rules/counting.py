"""Counting months for the table of earlier ones, and closing a month so that it stays as it is."""

import datetime as dt

from django.db import connection, transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.reports.models import MonthClosing, UnitMonth, UnitToCount

from .figures import MEASURES, count
from .months import BEFORE, Month, Scope, month_of
from .refusals import ClosedAlready, NotClosed, NotOver

COUNTING = 0xF160  # the advisory lock of whoever counts


@transaction.atomic
def count_months(*, today: dt.date, at: dt.datetime, months: int = BEFORE + 1) -> int:
    """This month and those before it are counted as the records stand; what was closed stays beside. Run
    twice it comes to the same."""
    _take_turn()
    changed_units()
    return sum(_keep(month, None, at=at) for month in _months(today, months))


@transaction.atomic
def count_what_changed(*, today: dt.date, at: dt.datetime, months: int = BEFORE + 1) -> int:
    """Only the units in which something changed since they were counted; a month that is not counted up to
    today is counted whole. The answer is how many rows were counted."""
    _take_turn()
    units, made = changed_units(), 0
    for month in _months(today, months):
        if not UnitMonth.objects.filter(month=month.first, closing=None, upto=month.upto).exists():
            made += _keep(month, None, at=at)
        elif units:
            made += _keep(month, None, at=at, units=units)
    return made


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [COUNTING])


def _months(today: dt.date, months: int) -> list[Month]:
    this = month_of(today, today=today)
    return [month_of(this.back(number), today=today) for number in range(months)]


def changed_units() -> frozenset[int]:
    """The units that are to be counted, taken off the list. What changes from now on stands there again, so
    this comes before the counting."""
    found = list(UnitToCount.objects.select_for_update().values_list("pk", "unit_id"))
    UnitToCount.objects.filter(pk__in=[pk for pk, _unit in found]).delete()
    return frozenset(unit for _pk, unit in found)


def _keep(
    month: Month, closing: MonthClosing | None, *, at: dt.datetime, units: frozenset[int] | None = None
) -> int:
    old = UnitMonth.objects.filter(month=month.first, closing=closing)
    (old if units is None else old.filter(unit__in=units)).delete()
    rows = [
        UnitMonth(
            month=month.first, unit_id=unit, team_id=team, closing=closing, upto=month.upto, counted_at=at,
            **{name: getattr(sums, name) for name in MEASURES},
        )
        for (unit, team), sums in count(Scope(units=units), month).units.items()
    ]  # fmt: skip
    return len(UnitMonth.objects.bulk_create(rows, batch_size=500))


@transaction.atomic
def close_month(month: Month, *, by: Account, at: dt.datetime) -> MonthClosing:
    """The figures of a month that is over stay from now on; corrections show as differences."""
    if not month.is_over:
        raise NotOver
    made, is_new = MonthClosing.objects.get_or_create(
        month=month.first, reopened_at=None, defaults={"closed_at": at, "closed_by": by}
    )
    if not is_new:
        raise ClosedAlready
    units = _keep(month, made, at=at)
    append_audit("reports.close_month", about=made, by=by, at=at, detail={"month": month.key, "units": units})
    return made


@transaction.atomic
def reopen_month(month: Month, *, because: str, by: Account, at: dt.datetime) -> None:
    """The month was closed too early: it is counted as the records stand again. What was closed is kept."""
    count_of = MonthClosing.objects.standing().filter(month=month.first).update(
        reopened_at=at, reopened_by=by, reopened_because=because.strip()
    )  # fmt: skip
    if not count_of:
        raise NotClosed
    _take_turn()
    _keep(month, None, at=at)
    append_audit(
        "reports.reopen_month", by=by, at=at, detail={"month": month.key, "because": because.strip()}
    )
