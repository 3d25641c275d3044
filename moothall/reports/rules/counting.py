"""Counting months for the table of earlier ones, and closing a month so that it stays as it is."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.reports.models import MonthClosing, UnitMonth

from .figures import MEASURES, count
from .months import BEFORE, Month, Scope, month_of
from .refusals import ClosedAlready, NotClosed, NotOver


@transaction.atomic
def count_months(*, today: dt.date, at: dt.datetime, months: int = BEFORE + 1) -> int:
    """This month and those before it are counted as the records stand; closed ones stay. Run twice it comes
    to the same."""
    this = month_of(today, today=today)
    closed = set(MonthClosing.objects.standing().values_list("month", flat=True))
    made = 0
    for back in range(months):
        month = month_of(this.back(back), today=today)
        if month.first not in closed:
            made += _keep(month, None, at=at)
    return made


def _keep(month: Month, closing: MonthClosing | None, *, at: dt.datetime) -> int:
    UnitMonth.objects.filter(month=month.first, closing=closing).delete()
    rows = [
        UnitMonth(
            month=month.first, unit_id=unit, team_id=team, closing=closing, upto=month.upto, counted_at=at,
            **{name: getattr(sums, name) for name in MEASURES},
        )
        for (unit, team), sums in count(Scope(), month).units.items()
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
    UnitMonth.objects.filter(month=month.first, closing=None).delete()
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
    _keep(month, None, at=at)
    append_audit(
        "reports.reopen_month", by=by, at=at, detail={"month": month.key, "because": because.strip()}
    )
