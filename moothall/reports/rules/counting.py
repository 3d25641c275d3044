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
    take_turn(COUNTING)
    _changed_units()
    return sum(_keep(month, None, at=at) for month in _months(today, months))


@transaction.atomic
def count_what_changed(
    *, today: dt.date, at: dt.datetime, months: int = BEFORE + 1, anew: frozenset[int] = frozenset()
) -> int:
    """Only the units in which something changed since they were counted, and of these only the months that it
    changed; a month that is not counted up to today is counted whole, and so are those so many months back
    that are `anew`. The answer is how many rows were counted."""
    take_turn(COUNTING)
    changed, made = _changed_units(), 0
    for back, month in enumerate(_months(today, months)):
        units = frozenset(unit for unit, since in changed.items() if since is None or since <= month.upto)
        counted = UnitMonth.objects.filter(month=month.first, closing=None, upto=month.upto).exists()
        if back in anew or not counted:
            made += _keep(month, None, at=at)
        elif units:
            made += _keep(month, None, at=at, units=units)
    return made


def count_by_night(*, today: dt.date, at: dt.datetime) -> int:
    """This month whole, what changed, and one of the twelve earlier months whole, another each night: all
    are counted anew within twelve nights even if nothing seemed to change."""
    return count_what_changed(today=today, at=at, anew=frozenset({0, 1 + today.toordinal() % BEFORE}))


def take_turn(number: int) -> None:
    """Whoever else takes this number waits until this transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [number])


def _months(today: dt.date, months: int) -> list[Month]:
    this = month_of(today, today=today)
    return [month_of(this.back(number), today=today) for number in range(months)]


def _changed_units() -> dict[int, dt.date | None]:
    """The units that are to be counted and from which day on, taken off the list. What changes from now on
    stands there again, so this comes before the counting."""
    found = list(UnitToCount.objects.select_for_update().values_list("pk", "unit_id", "from_on"))
    UnitToCount.objects.filter(pk__in=[pk for pk, _unit, _since in found]).delete()
    made: dict[int, dt.date | None] = {}
    for _pk, unit, since in found:
        before = made.get(unit, since)
        made[unit] = None if before is None or since is None else min(before, since)
    return made


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
    take_turn(COUNTING)
    _keep(month, None, at=at)
    append_audit(
        "reports.reopen_month", by=by, at=at, detail={"month": month.key, "because": because.strip()}
    )
