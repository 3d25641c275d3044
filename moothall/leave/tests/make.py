"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from decimal import Decimal
from typing import Any

from clocks.leave_entitlement import bank_holidays_between
from moothall.core.clock import today
from moothall.leave.models import CoverRule, LeaveKind, LeaveRequest
from moothall.leave.rules.asking import Asked, ask_for_leave
from moothall.people.models import Account, Organisation
from moothall.people.tests.make import AT, make_account
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_unit

MONDAY = dt.date(2026, 6, 1)
TODAY = dt.date(2026, 4, 20)


def make_kind(key: str = "annual", **changes: Any) -> LeaveKind:
    counts = {"annual": LeaveKind.ANNUAL, "toil": LeaveKind.TOIL, "bank-holiday": LeaveKind.BANK_HOLIDAY}
    given = {"name": key.capitalize(), "counts": counts.get(key, LeaveKind.NOTHING)} | changes
    return LeaveKind.objects.get_or_create(key=key, defaults=given)[0]


def make_rule(unit: Organisation, least: int | None = 1, **changes: Any) -> CoverRule:
    given = {"from_on": dt.date(2020, 1, 1), "entered_at": AT} | changes
    return CoverRule.objects.create(unit=unit, least=least, **given)


def make_request(
    employment: Employment,
    from_on: dt.date = MONDAY,
    until_on: dt.date | None = None,
    *,
    kind: LeaveKind | None = None,
    by: Account | None = None,
    at: dt.datetime = AT,
    on: dt.date = TODAY,
    **more: Any,
) -> LeaveRequest:
    asked = Asked(kind or make_kind(), from_on, until_on or from_on, **more)
    return ask_for_leave(employment, asked, by=by, at=at, today=on)


def make_team(size: int = 3, *, least: int | None = 2, **rule: Any) -> tuple[Account, list[Employment]]:
    """A manager who signs in, and so many people of one unit of which so many have to be left."""
    manager, boss = make_manager()
    unit = make_unit()
    people = [make_employment(manager=boss, unit=unit, account=make_account()) for _n in range(size)]
    if least is not None or rule:
        make_rule(unit, least, **rule)
    return manager, people


def account_of(employment: Employment) -> Account:
    return Account.objects.get(person=employment.person)


def working_day(ahead: int = 30) -> dt.date:
    """A Tuesday or later weekday that far ahead on which offices are open."""
    day = today() + dt.timedelta(days=ahead)
    while day.weekday() not in {1, 2, 3} or bank_holidays_between("WLS", day, day):
        day += dt.timedelta(days=1)
    return day


FULL_DAY = Decimal("7.40")
