"""The dates of working life: golden values for maternity, notice, sick pay, service and reporting."""

import datetime as dt
from decimal import Decimal

import pytest

from clocks import add
from clocks.family import maternity_dates
from clocks.national_insurance import is_national_insurance_number
from clocks.service import (
    employees_notice_weeks,
    employers_notice_weeks,
    months_of_service,
    service_complete_on,
)
from clocks.sick_pay import police_half_pay, sick_pay_rate, weekly_sick_pay

from .make import day, due


def test_a_baby_due_on_10_march_2027_sets_every_maternity_date() -> None:
    dates = maternity_dates(day("2027-03-10"))

    assert dates.expected_week_begins == day("2027-03-07")
    assert dates.notice_week_begins == day("2026-11-22")
    assert dates.notice_by == day("2026-11-28")
    assert dates.earliest_start == day("2026-12-20")
    assert dates.illness_starts_leave_from == day("2027-02-07")
    assert dates.certificate_from == day("2026-10-18")


def test_the_expected_week_begins_on_the_due_day_itself_when_that_is_a_sunday() -> None:
    assert maternity_dates(day("2027-03-07")).expected_week_begins == day("2027-03-07")
    assert maternity_dates(day("2027-03-13")).expected_week_begins == day("2027-03-07")


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (
            "2026-12-21",
            10,
            {"ENG": "2027-01-07", "WLS": "2027-01-07", "NI": "2027-01-07", "SCO": "2027-01-08"},
        ),
        ("2027-03-15", 20, {"ENG": "2027-04-14", "SCO": "2027-04-13", "NI": "2027-04-15"}),
        ("2026-06-11", 5, {"ENG": "2026-06-18", "SCO": "2026-06-19"}),
    ],
)
def test_working_days_are_those_of_the_nation(start: str, n: int, expected: dict[str, str]) -> None:
    assert {nation: add(day(start), n, "wd", nation).isoformat() for nation in expected} == expected


@pytest.mark.parametrize(
    ("earnings", "pay"),
    [("100", "80.00"), ("150", "120.00"), ("154.07", "123.25"), ("200", "123.25"), ("900", "123.25")],
)
def test_sick_pay_from_april_2026_is_the_lower_of_the_flat_rate_and_four_fifths(
    earnings: str, pay: str
) -> None:
    assert weekly_sick_pay(Decimal(earnings), day("2026-04-06")) == Decimal(pay)


def test_sick_pay_is_judged_by_the_rule_of_its_own_day() -> None:
    assert weekly_sick_pay(Decimal("150"), day("2026-04-05")) == Decimal("118.75")
    assert weekly_sick_pay(Decimal("124.99"), day("2026-04-05")) == Decimal("0.00")
    assert sick_pay_rate(day("2026-04-05")).waiting_days == 3
    assert sick_pay_rate(day("2026-04-06")).waiting_days == 0


def test_sick_pay_refuses_what_it_cannot_know() -> None:
    with pytest.raises(ValueError, match="on record"):
        weekly_sick_pay(Decimal("150"), day("2020-01-01"))
    with pytest.raises(ValueError, match="below nought"):
        weekly_sick_pay(Decimal("-1"), day("2026-05-01"))


@pytest.mark.parametrize(
    ("on", "weeks"),
    [
        ("2020-02-01", 0),
        ("2020-02-06", 1),
        ("2022-01-05", 1),
        ("2022-01-06", 2),
        ("2027-12-15", 7),
        ("2040-01-06", 12),
    ],
)
def test_notice_grows_with_service_from_6_january_2020(on: str, weeks: int) -> None:
    assert employers_notice_weeks(day("2020-01-06"), day(on)) == weeks


def test_an_employee_gives_a_week_once_a_month_is_served() -> None:
    assert employees_notice_weeks(day("2020-01-06"), day("2020-02-05")) == 0
    assert employees_notice_weeks(day("2020-01-06"), day("2040-01-06")) == 1


def test_service_cannot_be_measured_before_it_began() -> None:
    with pytest.raises(ValueError, match="cannot be measured"):
        months_of_service(day("2026-08-03"), day("2026-08-02"))


def test_six_months_from_3_august_are_complete_on_2_february() -> None:
    assert service_complete_on(day("2026-08-03"), 6) == day("2027-02-02")
    assert due("SERVICE-6M", "2026-08-03") == "2027-02-02"
    assert months_of_service(day("2026-08-03"), day("2027-02-02")) == 5
    assert months_of_service(day("2026-08-03"), day("2027-02-03")) == 6


def test_police_pay_halves_after_183_days_and_is_warned_of_28_days_ahead() -> None:
    half_pay = police_half_pay(day("2026-06-01"))

    assert half_pay.begins_on == day("2026-12-01")
    assert half_pay.warn_by == day("2026-11-03")
    assert due("POL-HALF-PAY", "2026-06-01") == "2026-12-01"
    assert due("POL-HALF-WARN", "2026-06-01") == "2026-11-03"


def test_paid_sick_days_of_the_year_before_bring_half_pay_forward() -> None:
    assert police_half_pay(day("2026-06-01"), 83).begins_on == day("2026-06-01") + dt.timedelta(days=100)
    assert police_half_pay(day("2026-06-01"), 170).warn_by == day("2026-06-01")
    assert police_half_pay(day("2026-06-01"), 400).begins_on == day("2026-06-01")
    with pytest.raises(ValueError, match="below nought"):
        police_half_pay(day("2026-06-01"), -1)


def test_an_examination_pass_holds_five_years() -> None:
    assert due("EXAM-5Y", "2026-03-10") == "2031-03-10"


def test_an_accident_of_22_november_is_reported_by_7_december() -> None:
    assert due("RIDDOR-15", "2026-11-22") == "2026-12-07"


def test_flexible_working_is_decided_in_two_months_even_over_a_short_february() -> None:
    assert due("FW-2M", "2026-12-31") == "2027-02-28"
    assert due("FW-2M", "2024-04-05") == "2024-07-05"
    assert due("FW-2M", "2024-04-06") == "2024-06-06"


@pytest.mark.parametrize("number", ["AB123456C", "ab 12 34 56 c"])
def test_a_well_formed_national_insurance_number_is_accepted(number: str) -> None:
    assert is_national_insurance_number(number)


@pytest.mark.parametrize(
    "number", ["QQ123456A", "BG123456A", "AO123456B", "AB123456E", "AB12345C", "", "AB123456C1"]
)
def test_a_malformed_national_insurance_number_is_refused(number: str) -> None:
    assert not is_national_insurance_number(number)
