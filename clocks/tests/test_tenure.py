"""Service brings protection from the day the law says, on both sides of the day on which the law changes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clocks.service import employers_notice_weeks
from clocks.tenure import FIXED_TERM, last_safe_day, load_tenure_rules, permanent_from, qualifies_on

DAY = dt.date.fromisoformat
STARTS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize(
    ("started", "protected"),
    [
        ("2024-12-31", "2026-12-30"),  # two years served under the old rule
        ("2025-01-01", "2026-12-31"),  # two years complete on the last day of the old rule
        ("2025-01-02", "2027-01-01"),  # two years not complete: the new rule from its first day
        ("2026-06-30", "2027-01-01"),  # six months complete before it begins
        ("2026-07-02", "2027-01-01"),
        ("2026-07-03", "2027-01-02"),
        ("2026-08-03", "2027-02-02"),
    ],
)
def test_protection_begins_on_the_right_side_of_the_change(started: str, protected: str) -> None:
    assert qualifies_on(DAY(started), "WLS") == DAY(protected)


def test_notice_counts_so_the_last_safe_day_is_earlier() -> None:
    assert last_safe_day(DAY("2026-08-03"), "ENG") == DAY("2027-01-25")
    assert last_safe_day(DAY("2026-08-03"), "ENG", contract_weeks=4) == DAY("2027-01-04")


def test_where_no_rule_is_on_record_nothing_is_guessed() -> None:
    assert qualifies_on(DAY("2026-08-03"), "NI") is None
    assert last_safe_day(DAY("2026-08-03"), "NI") is None
    assert permanent_from(DAY("2026-08-03"), "NI") is None


def test_four_years_of_fixed_terms_are_permanent_by_a_rule_that_says_it_is_unconfirmed() -> None:
    found = permanent_from(DAY("2022-11-22"), "WLS")
    assert found is not None
    day, rule = found
    assert day == DAY("2026-11-22")
    assert not rule.confirmed
    early = permanent_from(DAY("1999-05-01"), "WLS")
    assert early is not None
    assert early[0] == DAY("2006-10-01")


def test_every_rule_has_a_source_and_months() -> None:
    rules = load_tenure_rules()
    assert {rule.key for rule in rules} == {"QUALIFYING", FIXED_TERM}
    assert all(rule.source and rule.months > 0 for rule in rules)


@given(STARTS, st.integers(0, 12))
def test_notice_given_on_the_last_safe_day_runs_out_before_protection_and_a_day_later_does_not(
    started: dt.date, weeks: int
) -> None:
    line, safe = qualifies_on(started, "SCO"), last_safe_day(started, "SCO", contract_weeks=weeks)
    assert line is not None
    assert safe is not None

    def ends(day: dt.date) -> dt.date:
        return day + dt.timedelta(weeks=max(employers_notice_weeks(started, day), weeks))

    assert started <= safe < line
    assert ends(safe) < line
    assert ends(safe + dt.timedelta(days=1)) >= line
