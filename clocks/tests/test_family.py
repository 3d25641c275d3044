"""Family leave and flexible working by their dated rows, on both sides of every change."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clocks import family
from clocks.flexible_working import (
    counted,
    decide_by,
    flexible_rule,
    load_flexible_rules,
    load_grounds,
    may_ask_again_on,
)

from .make import day

DAYS = st.dates(dt.date(2024, 4, 6), dt.date(2035, 12, 31))


def weeks_of(kind: str, on: str, nation: str = "ENG", workforce: str = "employee") -> int | None:
    rule = family.family_rule(kind, nation, workforce, day(on))
    return rule.weeks if rule else None


def test_fifty_two_weeks_from_22_february_2027_end_on_20_february_2028() -> None:
    assert family.last_day_of_leave(day("2027-02-22"), 52) == day("2028-02-20")


def test_notice_given_on_22_november_2026_is_answered_by_20_december() -> None:
    assert family.reply_by(day("2026-11-22")) == day("2026-12-20")


@pytest.mark.parametrize(
    ("born", "ill", "starts"),
    [
        (None, None, None),
        ("2027-02-15", None, "2027-02-16"),
        (None, "2027-02-07", "2027-02-08"),
        (None, "2027-02-06", None),
        ("2027-02-20", "2027-02-10", "2027-02-11"),
        ("2027-03-10", None, None),
    ],
)
def test_maternity_leave_begins_by_itself_the_day_after(
    born: str | None, ill: str | None, starts: str | None
) -> None:
    found = family.starts_by_itself_on(
        day("2027-03-10"),
        day("2027-02-22"),
        born_on=day(born) if born else None,
        ill_on=day(ill) if ill else None,
    )
    assert found == (day(starts) if starts else None)


def test_nobody_works_in_the_two_weeks_from_the_birth() -> None:
    assert family.last_compulsory_day(day("2027-03-10")) == day("2027-03-23")


def test_a_change_is_told_28_days_before_the_earlier_day_and_a_return_eight_weeks_before() -> None:
    assert family.notice_of_change_by(day("2027-03-01"), day("2027-02-22")) == day("2027-01-25")
    assert family.earliest_return(day("2027-06-01")) == day("2027-07-27")


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("bereaved-partner", "2026-04-05", "2026-04-06"),
        ("neonatal", "2025-04-05", "2025-04-06"),
        ("carers", "2024-04-05", "2024-04-06"),
        ("bereavement", "2020-04-05", "2020-04-06"),
    ],
)
def test_a_leave_begins_to_exist_on_its_day_in_great_britain_alone(
    kind: str, before: str, after: str
) -> None:
    assert weeks_of(kind, before) is None
    assert weeks_of(kind, after) is not None
    assert weeks_of(kind, after, "NI") is None


@pytest.mark.parametrize(("kind", "before"), [("paternity", 26), ("parental", 52)])
def test_from_6_april_2026_paternity_and_parental_leave_need_no_service(kind: str, before: int) -> None:
    old = family.family_rule(kind, "WLS", "employee", day("2026-04-05"))
    new = family.family_rule(kind, "WLS", "employee", day("2026-04-06"))
    assert old is not None
    assert new is not None
    assert (old.service_weeks, new.service_weeks) == (before, 0)


def test_paternity_leave_may_be_taken_within_a_year_since_6_april_2024() -> None:
    windows = [
        found.within_weeks
        for on in ("2024-04-05", "2024-04-06")
        if (found := family.family_rule("paternity", "ENG", "employee", day(on)))
    ]
    assert windows == [8, 52]


def test_how_long_police_officers_are_away_is_left_to_the_office() -> None:
    rule = family.family_rule("maternity", "WLS", "police_officer", day("2026-11-22"))
    assert rule is not None
    assert rule.weeks is None
    assert "weeks" in rule.unconfirmed


def test_family_pay_names_no_figure_that_is_not_confirmed() -> None:
    before, after = family.family_pay(day("2026-04-05")), family.family_pay(day("2026-04-06"))
    assert before is not None
    assert after is not None
    assert str(before.flat_rate) == "187.18"
    assert after.flat_rate is None
    assert "flat_rate" in after.unconfirmed
    assert str(after.least_earnings) == "129.00"
    assert family.family_pay(day("2020-01-01")) is None


def test_a_request_of_31_december_2026_is_decided_by_28_february_2027() -> None:
    rule = flexible_rule("ENG", "employee", day("2026-12-31"))
    assert rule is not None
    assert decide_by(rule, day("2026-12-31")) == day("2027-02-28")


def test_the_right_changed_on_6_april_2024_in_great_britain_alone() -> None:
    old, new = (flexible_rule("SCO", "employee", day(on)) for on in ("2024-04-05", "2024-04-06"))
    assert old is not None
    assert new is not None
    assert (old.requests, old.decision_months, old.must_consult) == (1, 3, False)
    assert (new.requests, new.decision_months, new.must_consult, new.service_weeks) == (2, 2, True, 0)
    ours = flexible_rule("NI", "employee", day("2026-11-22"))
    assert ours is not None
    assert (ours.requests, ours.decision_months, ours.service_weeks) == (1, None, 26)
    assert decide_by(ours, day("2026-11-22")) is None


def test_police_officers_ask_by_force_policy_without_a_number() -> None:
    rule = flexible_rule("WLS", "police_officer", day("2026-11-22"))
    assert rule is not None
    assert (rule.is_statutory, rule.requests) == (False, None)
    assert flexible_rule("WLS", "volunteer", day("2026-11-22")) is None


def test_there_are_eight_grounds_in_both_languages() -> None:
    assert len(load_grounds()) == 8
    assert all(each.name_in("cy") != each.name_in("en") for each in load_grounds())


def test_a_request_of_a_year_ago_to_the_day_counts_no_more() -> None:
    assert counted([day("2025-11-22")], day("2026-11-22")) == 0
    assert counted([day("2025-11-23")], day("2026-11-22")) == 1


@given(st.lists(DAYS, max_size=6), DAYS)
def test_on_the_day_they_may_ask_again_they_are_within_the_number(
    earlier: list[dt.date], on: dt.date
) -> None:
    rule = next(each for each in load_flexible_rules() if each.requests == 2)
    past = [each for each in earlier if each <= on]
    again = may_ask_again_on(rule, past, on)
    assert again >= on
    assert counted(past, again) < 2
    assert again == on or counted(past, again - dt.timedelta(days=1)) >= 2


@given(DAYS, st.integers(0, 300), st.integers(0, 300))
def test_leave_never_begins_by_itself_later_than_planned(due: dt.date, early: int, before: int) -> None:
    planned, born = due - dt.timedelta(days=early), due - dt.timedelta(days=before)
    found = family.starts_by_itself_on(due, planned, born_on=born, ill_on=born)
    assert found is None or born < found < planned
