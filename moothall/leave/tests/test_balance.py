"""Balances: worked out from the rules, the assignments and what was asked for."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.leave.models import LeaveEntry
from moothall.leave.rules.balance import balance_of, read_balances
from moothall.leave.rules.deciding import approve_leave
from moothall.people.tests.make import AT
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.tests.make import make_employment, make_pattern

from .make import MONDAY, TODAY, make_kind, make_request, make_team

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_full_timer_of_the_green_book_has_28_days_and_the_bank_holidays() -> None:
    balance = balance_of(make_employment(), on=dt.date(2025, 6, 1), today=TODAY)
    assert balance.given.total == Decimal("7.4") * (28 + 8)
    assert balance.closed == Decimal("59.20")
    assert balance.left == Decimal("7.4") * 28


def test_the_lines_add_up_to_what_is_left() -> None:
    employment = make_employment()
    make_request(employment, MONDAY, MONDAY + 4 * DAY)
    LeaveEntry.objects.create(
        employment=employment, kind="CARRIED", ground="AGREED", counts_on=TODAY, hours=Decimal("14.8"),
        why="Two days from last year", entered_at=AT,
    )  # fmt: skip
    balance = balance_of(employment, on=MONDAY, today=TODAY)
    assert sum(hours for _words, hours in balance.lines()) == balance.left
    assert balance.asked == Decimal("37.00")


def test_leave_that_is_over_counts_as_taken() -> None:
    manager, [employment] = make_team(1, least=None)
    request = make_request(employment)
    approve_leave(request, by=manager, at=AT)
    assert balance_of(employment, on=MONDAY, today=TODAY).booked == Decimal("7.40")
    assert balance_of(employment, on=MONDAY, today=MONDAY + DAY).taken == Decimal("7.40")


def test_shorter_hours_from_a_day_on_give_less_from_that_day_on() -> None:
    employment = make_employment()
    before = balance_of(employment, on=TODAY, today=TODAY).given.total
    change_assignment(
        employment, from_on=dt.date(2026, 10, 1), weekly_hours=Decimal("18.50"), fte=Decimal("0.5"),
        by=None, at=AT,
    )  # fmt: skip
    after = balance_of(employment, on=TODAY, today=TODAY).given.total
    assert before * Decimal("0.7") < after < before * Decimal("0.8")


def test_casual_work_earns_leave_by_its_hours() -> None:
    employment = make_employment(workforce="worker", contract="CASUAL", hours="0.00")
    LeaveEntry.objects.create(
        employment=employment,
        kind="WORKED",
        counts_on=TODAY,
        hours=Decimal("162"),
        why="April",
        entered_at=AT,
    )
    balance = balance_of(employment, on=TODAY, today=TODAY)
    assert balance.given.total == 0
    assert balance.accrued == 20


def test_the_law_s_parts_are_told_apart_and_what_lapses_first_is_taken_first() -> None:
    manager, [employment] = make_team(1, least=None)
    LeaveEntry.objects.create(
        employment=employment, kind="CARRIED", ground="SICK", counts_on=TODAY, hours=Decimal("7.4"),
        until_on=dt.date(2026, 9, 30), why="Ill in March", entered_at=AT,
    )  # fmt: skip
    approve_leave(make_request(employment, MONDAY, MONDAY + DAY), by=manager, at=AT)
    parts = balance_of(employment, on=MONDAY, today=MONDAY + 2 * DAY).parts()
    assert [hours for _name, hours, _taken in parts][:3] == [Decimal("7.4"), Decimal(148), Decimal("59.20")]
    assert parts[0][2] == Decimal("7.4")


def test_shift_workers_book_bank_holidays_themselves() -> None:
    pattern = make_pattern("10", "10", "10", "10", "0", "0", "0", "0", kind="SHIFTS")
    employment = make_employment(pattern=pattern, pattern_from=dt.date(2026, 1, 1), hours="35.00")
    balance = balance_of(employment, on=TODAY, today=TODAY)
    assert balance.closed == 0
    assert balance.given.bank_holidays > 0


def test_many_balances_take_as_many_queries_as_few() -> None:
    people = [make_employment() for _n in range(6)]
    make_kind()
    read_balances(people[:1], on=TODAY, today=TODAY)

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            read_balances(people[:count], on=TODAY, today=TODAY)
        return len(asked)

    assert queries(1) == queries(6)
