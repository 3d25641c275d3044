"""Rows for tests of workload."""

import datetime as dt

from moothall.cases.tests.make import AT
from moothall.people.models import Account
from moothall.people.rules.working import DayHours, set_week

SINCE = dt.date(2026, 1, 1)


def make_hours(account: Account, *, days: int = 7, hours: int = 8) -> None:
    """So many hours from nine on the first days of the week."""
    week = [DayHours(day, dt.time(9), dt.time(9 + hours)) for day in range(days)]
    set_week(account, hours=week, from_on=SINCE, by=None, at=AT)
