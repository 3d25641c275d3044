"""Payroll told once, deputies, cover of a post, the year planner, and a sample year."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.leave.models import CoverRule, LeaveDay, LeaveEvent, LeaveRequest, PayrollLine, PayrollRun
from moothall.leave.rules import deputising, pack, paying, sample
from moothall.leave.rules.balance import balance_of
from moothall.leave.rules.deciding import approve_leave, give_back, may_decide
from moothall.leave.rules.deputising import EndsTooSoon, NotThemself
from moothall.leave.rules.paying import NotBegun, NothingChanged
from moothall.leave.rules.setting import add_entry
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.people.tests.pages import signed_in_as
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_post, make_unit

from .make import MONDAY, account_of, make_kind, make_request, make_team, working_day

pytestmark = pytest.mark.django_db
JUNE, JULY = dt.date(2026, 6, 1), dt.date(2026, 7, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def boss() -> tuple[Account, Employment]:
    return make_manager()


def approved(boss: tuple[Account, Employment], *days: dt.date) -> LeaveRequest:
    manager, record = boss
    request = make_request(make_employment(manager=record), *days)
    approve_leave(request, by=manager, at=AT)
    return request


def run(month: dt.date, on: dt.date = dt.date(2026, 8, 3)) -> PayrollRun:
    return paying.run_payroll(month=month, by=None, at=now(), today=on)


def lines(made: PayrollRun) -> list[tuple[dt.date, Decimal]]:
    return list(made.lines.order_by("month").values_list("month", "hours"))


def test_payroll_is_told_the_hours_of_a_month_by_kind_once(boss: tuple[Account, Employment]) -> None:
    approved(boss, MONDAY, MONDAY + DAY)
    make_request(make_employment(manager=boss[1]))
    assert lines(run(JUNE)) == [(JUNE, Decimal("14.80"))]
    with pytest.raises(NothingChanged):
        run(JUNE)
    with pytest.raises(NotBegun):
        run(dt.date(2026, 9, 1))


def test_what_changes_afterwards_is_told_as_a_difference(boss: tuple[Account, Employment]) -> None:
    request = approved(boss, MONDAY, MONDAY + DAY)
    run(JUNE)
    give_back(request, first=MONDAY, last=MONDAY, reason="", by=boss[0], at=AT)
    assert lines(run(JULY)) == [(JUNE, Decimal("-7.40"))]
    total = sum(PayrollLine.objects.filter(month=JUNE).values_list("hours", flat=True))
    assert total == Decimal("7.40")
    late = approved(boss, MONDAY + 7 * DAY)
    second = run(JUNE)
    assert (second.number, lines(second)) == (2, [(JUNE, late.hours)])


def test_the_file_of_a_run_says_who_and_how_many_hours(boss: tuple[Account, Employment]) -> None:
    request = approved(boss, MONDAY)
    made = run(JUNE)
    keeper = make_account("workforce.edit", "workforce.view")
    browser = signed_in_as(keeper)
    read = browser.get(reverse("leave_payroll_file", args=[made.pk])).content.decode("utf-8-sig")
    assert request.employment.number in read
    assert '"7.4' in read
    assert "June 2026" in browser.get(reverse("leave_payroll")).content.decode()
    assert signed_in_as(make_account()).get(reverse("leave_payroll")).status_code == 403


def test_whoever_stands_in_decides_until_it_is_taken_back() -> None:
    manager, people = make_team()
    deputy = make_account()
    request = make_request(people[0], working_day(40), on=today())
    given: dict[str, Any] = {"by": manager, "at": now(), "today": today()}
    with pytest.raises(NotThemself):
        deputising.name_deputy(manager, deputy=manager, from_on=today(), until_on=today(), **given)
    with pytest.raises(EndsTooSoon):
        deputising.name_deputy(manager, deputy=deputy, from_on=today(), until_on=today() - DAY, **given)
    browser = signed_in_as(manager)
    sent = {"deputy-key": deputy.pk, "from_on": "today", "until_on": f"{today() + DAY:%d/%m/%Y}"}
    assert browser.post(reverse("name_leave_deputy"), sent).status_code == 302
    assert may_decide(deputy, request, on=today())
    assert deputy.name in browser.get(reverse("leave_deputies")).content.decode()
    named = manager.leave_deputies.get()
    browser.post(reverse("withdraw_leave_deputy", args=[named.pk]))
    assert not may_decide(deputy, request, on=today())


def test_cover_may_be_asked_of_one_post_alone() -> None:
    manager, boss = make_manager()
    unit, driver = make_unit(), make_post(title="Driver")
    make_employment(manager=boss, unit=unit, post=driver)
    browser = signed_in_as(manager)
    address = reverse("add_cover_rule")
    assert "Driver" in browser.get(address).content.decode()
    sent = {"unit": unit.pk, "post": driver.pk, "least": "1", "from_on": "today"}
    assert browser.post(address, sent).status_code == 302
    rule = CoverRule.objects.get()
    assert (rule.post, rule.least) == (driver, 1)
    assert "Driver" in browser.get(reverse("cover_rules")).content.decode()


def test_leave_earned_by_hours_is_never_more_than_the_28_days() -> None:
    employment = make_employment(contract=Assignment.CASUAL)
    add_entry(
        employment, kind="WORKED", hours=Decimal(3000), counts_on=dt.date(2026, 6, 1), why="Shifts", by=None,
        at=now(),
    )  # fmt: skip
    balance = balance_of(employment, on=dt.date(2026, 6, 1), today=dt.date(2026, 6, 1))
    assert balance.accrued == Decimal(207)


def test_the_year_planner_shows_my_days_and_how_many_are_away() -> None:
    manager, people = make_team()
    year = today().year
    day = next(dt.date(year, 5, each) for each in range(10, 18) if dt.date(year, 5, each).weekday() == 2)
    approve_leave(make_request(people[0], day, on=day - 30 * DAY), by=manager, at=now())
    browser = signed_in_as(account_of(people[0]))
    shown = browser.get(reverse("leave_year")).content.decode()
    assert f"Year planner: {year}" in shown
    assert '<abbr title="Away">A</abbr> <span>1</span>' in shown
    other = signed_in_as(account_of(people[1])).get(reverse("leave_year")).content.decode()
    assert '<abbr title="Away">' not in other
    assert "<span>1</span>" in other


def test_the_year_planner_asks_the_same_however_many_are_away() -> None:
    manager, people = make_team(size=2, least=None)
    browser = signed_in_as(account_of(people[0]))

    def asked() -> int:
        browser.get(reverse("leave_year"))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("leave_year")).status_code == 200
        return len(queries)

    few = asked()
    unit, boss = people[0].assignments.get().unit, people[0].assignments.get().manager
    for number in range(6):
        another = make_employment(manager=boss, unit=unit)
        approve_leave(make_request(another, working_day(30 + number), on=today()), by=manager, at=now())
    assert asked() <= few


def test_a_sample_year_keeps_to_working_days_and_is_drawn_once() -> None:
    folder = find_pack("people-services")
    given = Pack("people-services", folder, read_about(folder), now(), demo=True, scale=1)
    pack.load_part(given, Progress())
    for _number in range(12):
        make_employment(started_on=dt.date(2020, 1, 6))
    sample.load_part(given, Progress())
    count = LeaveRequest.objects.count()
    assert 40 <= count <= 12 * 8
    sample.load_part(given, Progress())
    assert LeaveRequest.objects.count() == count
    assert not LeaveDay.objects.filter(day__week_day__in=[1, 7]).exists()
    twice = LeaveDay.objects.values_list("employment", "day")
    assert len(set(twice)) == len(twice)
    assert LeaveEvent.objects.filter(kind=LeaveEvent.ASKED).count() == count
    assert not LeaveRequest.objects.filter(asked_at__gt=now()).exists()
    make_kind()
