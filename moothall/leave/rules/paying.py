"""Leave for payroll: the hours of a month by kind, and of earlier months what has changed since."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from clocks.months import corresponding_date
from moothall.core.refusals import Refusal
from moothall.leave.models import LeaveDay, LeaveRequest, PayrollLine, PayrollRun
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

MONTHS_BACK = 12
Told = dict[tuple[int, int, dt.date], Decimal]


class NothingChanged(Refusal):
    sentence = _("Payroll has been told of this month, and nothing has changed since.")
    next_step = _("Take the file of the last run again.")


class NotBegun(Refusal):
    sentence = _("This month has not begun.")
    next_step = _("Choose an earlier month.")


def _day_before_next(month: dt.date) -> dt.date:
    return corresponding_date(month, 1) - dt.timedelta(days=1)


def _months_told(month: dt.date) -> list[dt.date]:
    """This month, and those of the year before it of which payroll was told."""
    first = corresponding_date(month, -MONTHS_BACK)
    rows = PayrollRun.objects.filter(month__gte=first, month__lt=month)
    return sorted({month, *rows.order_by().values_list("month", flat=True)})


def _as_it_is(months: list[dt.date]) -> Told:
    rows = LeaveDay.objects.filter(
        given_back_at=None, request__state=LeaveRequest.APPROVED, day__gte=months[0],
        day__lte=_day_before_next(months[-1]),
    )  # fmt: skip
    summed = (
        rows.order_by().annotate(month=TruncMonth("day"))
        .values_list("employment_id", "request__kind_id", "month").annotate(sum=Sum("hours"))
    )  # fmt: skip
    wanted = set(months)
    return {(who, kind, month): hours for who, kind, month, hours in summed if month in wanted}


def _as_it_was_told(months: list[dt.date]) -> Told:
    rows = PayrollLine.objects.filter(month__in=months).order_by()
    summed = rows.values_list("employment_id", "kind_id", "month").annotate(sum=Sum("hours"))
    return {(who, kind, month): hours for who, kind, month, hours in summed}


def changes_for(month: dt.date) -> Told:
    """What a run for this month would say: nothing where all is as payroll knows it."""
    months = _months_told(month)
    now_is, told = _as_it_is(months), _as_it_was_told(months)
    found = {key: now_is.get(key, Decimal(0)) - told.get(key, Decimal(0)) for key in {*now_is, *told}}
    return {key: hours for key, hours in sorted(found.items()) if hours}


@transaction.atomic
def run_payroll(*, month: dt.date, by: Account | None, at: dt.datetime, today: dt.date) -> PayrollRun:
    """Keep what is new. Run twice, the second says only what changed in between, or is refused."""
    if month > today:
        raise NotBegun
    PayrollRun.objects.select_for_update().filter(month=month).first()
    changes = changes_for(month)
    last = PayrollRun.objects.filter(month=month).aggregate(last=Max("number"))["last"] or 0
    if last and not changes:
        raise NothingChanged
    run = PayrollRun.objects.create(month=month, number=last + 1, made_at=at, made_by=by)
    PayrollLine.objects.bulk_create(
        (PayrollLine(run=run, employment_id=who, kind_id=kind, month=of, hours=hours)
         for (who, kind, of), hours in changes.items()), batch_size=1000,
    )  # fmt: skip
    append_audit(
        "leave.payroll", by=by, at=at,
        detail={"month": month.isoformat(), "number": run.number, "lines": len(changes)},
    )  # fmt: skip
    return run
