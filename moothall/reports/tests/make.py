"""Rows for tests of figures: a month that is known by heart."""

import datetime as dt

from moothall.absence.models import Episode, Reason
from moothall.people.tests.make import AT
from moothall.reports.rules.months import Month, month_of
from moothall.workforce.models import Employment

TODAY = dt.date(2026, 11, 22)
OCTOBER = dt.date(2026, 10, 1)  # a Thursday; 22 working days from Monday to Friday


def october() -> Month:
    return month_of(OCTOBER, today=TODAY)


def make_reason(key: str = "cold") -> Reason:
    return Reason.objects.create(key=key, name=key.title(), from_on=dt.date(2010, 4, 6))


def make_off(
    employment: Employment,
    first: dt.date,
    last: dt.date | None,
    *,
    reason: Reason | None = None,
    half_first: bool = False,
) -> Episode:
    return Episode.objects.create(
        employment=employment, first_day=first, last_day=last, reason=reason, half_first=half_first,
        reported_at=AT,
    )  # fmt: skip
