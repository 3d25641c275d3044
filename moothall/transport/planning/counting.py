"""Months counted, with the miles that only plans know."""

import datetime as dt

from moothall.people.models import Account
from moothall.transport.models import CountedMonth
from moothall.transport.rules import valuing

from .miles import metres_of_plans


def count_month(month: dt.date, *, today: dt.date, by: Account | None, at: dt.datetime) -> CountedMonth:
    """What the journeys of a month came to until today, in place of what was counted before."""
    metres = metres_of_plans(valuing.plans_of(month))
    return valuing.keep_month(month, metres=metres, today=today, by=by, at=at)


def count_months(months: int, *, today: dt.date, at: dt.datetime) -> None:
    """This month and those before it."""
    month = today.replace(day=1)
    for _each in range(months):
        count_month(month, today=today, by=None, at=at)
        month = (month - dt.timedelta(days=1)).replace(day=1)
