"""Notice, postponement, appeal and live-until days, reckoned for any day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.cases.rules.reckoning import working_calendar
from moothall.conduct.models import Procedure, SanctionLevel
from moothall.conduct.rules import periods

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
pytestmark = pytest.mark.django_db


def five(**changes: object) -> Procedure:
    days = {"notice_days": 5, "postpone_days": 5, "appeal_days": 10}
    return Procedure(**days | changes)


def test_five_working_days_of_notice_are_clear_days() -> None:
    # Monday 2 November: Tuesday to Friday and Monday count, the hearing is on Tuesday 10 at the earliest.
    assert periods.earliest_meeting(five(), notice_on=dt.date(2026, 11, 2)) == dt.date(2026, 11, 10)
    assert periods.latest_notice(five(), meeting_on=dt.date(2026, 11, 10)) == dt.date(2026, 11, 2)


def test_bank_holidays_do_not_count_towards_notice() -> None:
    assert periods.earliest_meeting(five(), notice_on=dt.date(2026, 12, 23)) == dt.date(2027, 1, 5)


def test_calendar_days_count_every_day() -> None:
    police = five(suspension_days=28, suspension_unit="cd", reply_days=15, witness_days=3)
    assert periods.suspension_review_by(police, on=dt.date(2026, 11, 2)) == dt.date(2026, 11, 30)
    assert periods.reply_by(police, asked_on=dt.date(2026, 11, 2)) == dt.date(2026, 11, 23)
    assert periods.witnesses_by(police, answered_on=dt.date(2026, 11, 2)) == dt.date(2026, 11, 5)
    assert periods.suspension_review_by(five(), on=dt.date(2026, 11, 2)) is None


@given(notice_on=DAYS, days=st.integers(0, 30), unit=st.sampled_from(["wd", "cd"]))
def test_the_earliest_day_is_long_enough_and_the_day_before_is_not(
    notice_on: dt.date, days: int, unit: str
) -> None:
    row = five(notice_days=days, notice_unit=unit)
    first = periods.earliest_meeting(row, notice_on=notice_on)
    assert periods.notice_is_long_enough(row, notice_on=notice_on, meeting_on=first)
    eve = first - dt.timedelta(days=1)
    assert not periods.notice_is_long_enough(row, notice_on=notice_on, meeting_on=eve)
    assert (first - notice_on).days > days
    assert periods.latest_notice(row, meeting_on=first) >= notice_on


@given(notice_on=DAYS, days=st.integers(0, 30))
def test_so_many_working_days_lie_between_notice_and_hearing(notice_on: dt.date, days: int) -> None:
    first = periods.earliest_meeting(five(notice_days=days), notice_on=notice_on)
    eve = first - dt.timedelta(days=1)
    assert working_calendar("EW").working_days_between(notice_on, eve) == days


@given(decided_on=DAYS, months=st.integers(1, 60))
def test_an_outcome_counts_for_its_months_and_no_longer(decided_on: dt.date, months: int) -> None:
    until = periods.live_until(SanctionLevel(live_months=months), decided_on=decided_on)
    assert until is not None
    assert (until.year * 12 + until.month) - (decided_on.year * 12 + decided_on.month) == months
    assert until.day <= decided_on.day
    assert until.day == decided_on.day or (until + dt.timedelta(days=1)).day == 1


def test_one_without_months_never_lapses_and_one_with_none_is_over_at_once() -> None:
    day = dt.date(2026, 8, 31)
    assert periods.live_until(SanctionLevel(live_months=None), decided_on=day) is None
    assert periods.live_until(SanctionLevel(live_months=6), decided_on=day) == dt.date(2027, 2, 28)
    assert periods.live_until(SanctionLevel(live_months=0), decided_on=day) == day


def test_an_improvement_period_is_longer_in_exceptional_cases() -> None:
    row, day = five(window_months=3, window_most=12), dt.date(2026, 11, 30)
    assert periods.longest_window(row, given_on=day, exceptional=False) == dt.date(2027, 2, 28)
    assert periods.longest_window(row, given_on=day, exceptional=True) == dt.date(2027, 11, 30)
    assert periods.longest_window(five(), given_on=day, exceptional=True) is None
