"""Phased returns: how long they last, what they leave out, and what of it counts."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clocks.phased_return import days_lost, hours_not_worked, last_day, week_of

WEEKS = st.lists(st.integers(0, 60).map(Decimal), min_size=1, max_size=12)


def test_four_weeks_end_on_the_day_before_the_fifth() -> None:
    weeks = [Decimal(each) for each in (12, 20, 28, 34)]
    begins = dt.date(2026, 11, 23)
    assert last_day(begins, weeks) == dt.date(2026, 12, 20)
    assert week_of(begins, dt.date(2026, 12, 20)) == 4
    assert hours_not_worked(weeks, Decimal(37)) == Decimal(25 + 17 + 9 + 3)
    assert hours_not_worked(weeks, Decimal(37), days=7) == Decimal(25)


def test_hours_count_as_days_lost_only_by_the_rule() -> None:
    assert days_lost(Decimal("14.8"), full_day=Decimal("7.4"), counts=True) == 2
    assert days_lost(Decimal("14.8"), full_day=Decimal("7.4"), counts=False) == 0


@given(WEEKS, st.integers(0, 60).map(Decimal), st.integers(0, 100))
def test_what_is_left_out_grows_by_the_day_and_is_never_below_nought(
    weeks: list[Decimal], usual: Decimal, days: int
) -> None:
    some, more = (hours_not_worked(weeks, usual, days=each) for each in (days, days + 1))
    assert 0 <= some <= more <= hours_not_worked(weeks, usual)
    assert hours_not_worked(weeks, usual) <= usual * len(weeks)


def test_a_plan_without_weeks_and_a_day_without_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        last_day(dt.date(2026, 11, 23), [])
    with pytest.raises(ValueError, match="begun"):
        week_of(dt.date(2026, 11, 23), dt.date(2026, 11, 22))
    with pytest.raises(ValueError, match="hours"):
        days_lost(Decimal(1), full_day=Decimal(0), counts=True)
