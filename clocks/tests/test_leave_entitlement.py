"""Leave entitlement: golden values on both sides of each dated rule, and what holds for everybody."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clocks.leave_entitlement import (
    ROUNDINGS,
    Entitlement,
    Pot,
    Stretch,
    accrued_by_hours,
    accrued_in_first_year,
    ask_by,
    bank_holidays_between,
    divide_taken,
    entitlement,
    refuse_by,
)
from clocks.leave_rules import carry_over_rule, leave_rule, load_carry_over_rules, load_leave_rules

from .make import day

widely = settings(max_examples=80, deadline=None, derandomize=True)
YEAR = (day("2026-04-01"), day("2027-03-31"))


def stretch(hours: str = "37", **changes: Any) -> Stretch:
    values: dict[str, Any] = {"from_on": YEAR[0], "until_on": YEAR[1], "weekly_hours": Decimal(hours)}
    return Stretch(**{**values, **changes})


def worked_out(
    *stretches: Stretch, first: dt.date = YEAR[0], last: dt.date = YEAR[1], **who: object
) -> Entitlement:
    known: dict[str, Any] = {"nation": "ENG", "workforce": "worker", "continuous_from": day("2024-01-01")}
    return entitlement(list(stretches), first, last, **{**known, **who})


@pytest.mark.parametrize(
    ("hours", "days", "total"),
    [("22.5", "3", "126.00"), ("37", "5", "207.20"), ("40", "6", "186.67"), ("8", "1", "44.80")],
)
def test_the_law_gives_five_and_three_fifths_weeks_up_to_28_days(hours: str, days: str, total: str) -> None:
    found = worked_out(stretch(hours, days_a_week=Decimal(days), fte=Decimal(0)))
    assert found.rounded().total == Decimal(total)


def test_the_cap_takes_from_the_additional_part_and_not_from_the_four_weeks() -> None:
    found = worked_out(stretch("48", days_a_week=Decimal(6))).rounded()
    assert (found.basic, found.additional, found.contractual) == (Decimal(192), Decimal(32), Decimal(0))


def test_three_months_of_28_days_are_seven() -> None:
    started = day("2026-09-01")
    assert accrued_in_first_year(Decimal(28), started, day("2026-11-30")) == 7
    assert accrued_in_first_year(Decimal(28), started, day("2026-08-31")) == 0
    assert accrued_in_first_year(Decimal(28), started, day("2027-09-30")) == 28


def test_a_part_timer_has_a_share_of_the_bank_holidays() -> None:
    year = day("2026-01-01"), day("2026-12-31")
    found = worked_out(
        stretch("22.2", from_on=year[0], until_on=year[1], days_a_week=Decimal(3), fte=Decimal("0.6")),
        first=year[0], last=year[1], workforce="employee",
    )  # fmt: skip
    assert found.bank_holidays == Decimal("35.52")
    assert found.annual == found.total - Decimal("35.52")


def test_a_bank_holiday_moved_from_a_weekend_counts_on_its_substitute_day_alone() -> None:
    found = bank_holidays_between("ENG", day("2026-12-20"), day("2027-01-03"))
    assert list(found) == [day("2026-12-25"), day("2026-12-28"), day("2027-01-01")]


def test_a_leave_year_from_april_can_have_two_easters() -> None:
    assert len(bank_holidays_between("WLS", *YEAR)) == 10
    assert len(bank_holidays_between("WLS", day("2025-04-01"), day("2026-03-31"))) == 8


def test_scotland_had_one_more_bank_holiday_in_2026_by_proclamation() -> None:
    year = day("2026-01-01"), day("2026-12-31")
    counts = {nation: len(bank_holidays_between(nation, *year)) for nation in ("ENG", "WLS", "SCO", "NI")}
    assert counts == {"ENG": 8, "WLS": 8, "SCO": 10, "NI": 10}


@pytest.mark.parametrize(
    ("continuous_from", "days"),
    [("2024-01-01", 25 + 8), ("2015-01-01", 28 + 8)],
)
def test_the_green_book_gives_more_after_five_years(continuous_from: str, days: int) -> None:
    year = day("2025-01-01"), day("2025-12-31")
    found = worked_out(
        stretch(from_on=year[0], until_on=year[1]), first=year[0], last=year[1],
        workforce="employee", continuous_from=day(continuous_from),
    ).rounded()  # fmt: skip
    assert found.total == Decimal("7.4") * days
    assert found.basic + found.additional == Decimal("207.20")


def test_leave_by_contract_is_judged_by_the_rule_of_its_own_day() -> None:
    who: dict[str, Any] = {"nation": "WLS", "workforce": "employee"}
    before = leave_rule("CONTRACT", **who, on=day("2023-03-31"))
    after = leave_rule("CONTRACT", **who, on=day("2023-04-01"))
    assert before
    assert after
    assert [before.amount, after.amount] == [Decimal(22), Decimal(23)]
    assert leave_rule("CONTRACT", nation="SCO", workforce="employee", on=day("2026-04-01")) is None


def test_the_fifth_year_of_service_raises_leave_from_its_own_day_on() -> None:
    year = day("2025-04-01"), day("2026-03-31")
    one, later = (
        worked_out(
            stretch(from_on=year[0], until_on=year[1]), first=year[0], last=year[1],
            workforce="employee", continuous_from=day(began),
        )
        for began in ("2020-10-01", "2020-10-02")
    )  # fmt: skip
    assert abs(one.total - later.total - Decimal("7.4") * 3 / 365) < Decimal("1e-15")


@pytest.mark.parametrize(("years", "days"), [(0, 22), (2, 25), (9, 25), (10, 27), (15, 28), (20, 30)])
def test_a_police_officer_has_more_days_the_longer_the_service(years: int, days: int) -> None:
    rule = leave_rule(
        "CONTRACT", nation="ENG", workforce="police_officer", on=day("2026-05-01"), years_served=years
    )
    assert rule
    assert rule.amount == days


def test_hours_worked_earn_leave_from_leave_years_of_april_2024_on() -> None:
    who: dict[str, Any] = {"nation": "ENG", "workforce": "worker"}
    earned = accrued_by_hours([Decimal(100), Decimal(62)], year_begins=day("2024-04-01"), **who)
    assert earned == Decimal("19.5534")
    assert ROUNDINGS["nearest_hour"](earned) == 20
    assert accrued_by_hours([Decimal(9000)], year_begins=YEAR[0], cap=Decimal(224), **who) == 224
    with pytest.raises(ValueError, match="No leave by hours worked"):
        accrued_by_hours([Decimal(100)], year_begins=day("2024-03-31"), **who)
    with pytest.raises(ValueError, match="No leave by hours worked"):
        accrued_by_hours([Decimal(100)], year_begins=YEAR[0], nation="NI", workforce="worker")


def test_a_volunteer_has_no_leave() -> None:
    assert worked_out(stretch(), workforce="volunteer").total == 0


def test_leave_lost_to_sickness_lives_for_eighteen_months() -> None:
    rule = carry_over_rule("SICK", nation="ENG", year_ends_on=day("2026-03-31"))
    assert rule
    assert rule.weeks == 4
    assert rule.until(day("2026-03-31")) == day("2027-09-30")
    assert carry_over_rule("SICK", nation="ENG", year_ends_on=day("2023-12-31")) is None


def test_what_is_carried_by_agreement_lapses_with_the_next_year() -> None:
    rule = carry_over_rule("AGREED", nation="SCO", year_ends_on=day("2026-03-31"))
    assert rule
    assert rule.until(day("2026-03-31")) == day("2027-03-31")
    employer = carry_over_rule("EMPLOYER", nation="WLS", year_ends_on=day("2026-03-31"))
    assert employer
    assert employer.until(day("2026-03-31")) is None


def test_what_lapses_first_is_taken_first() -> None:
    pots = [
        Pot("basic", Decimal(80), YEAR[1]),
        Pot("additional", Decimal(32), YEAR[1]),
        Pot("carried", Decimal(10), day("2026-09-30")),
    ]
    used, beyond = divide_taken(Decimal(100), pots)
    assert used == {"carried": 10, "basic": 80, "additional": 10}
    assert beyond == 0
    assert divide_taken(Decimal(130), pots)[1] == 8


def test_leave_is_asked_for_twice_its_length_ahead_and_refused_once() -> None:
    assert ask_by(day("2026-07-20"), Decimal(5)) == day("2026-07-10")
    assert ask_by(day("2026-07-20"), Decimal("0.5")) == day("2026-07-19")
    assert refuse_by(day("2026-07-20"), Decimal("2.5")) == day("2026-07-17")


def test_every_row_says_where_it_was_read() -> None:
    assert all(row.source and row.nations for row in load_leave_rules())
    assert all(row.source and row.nations for row in load_carry_over_rules())


hours = st.decimals(min_value=0, max_value=60, places=2)
workforces = st.sampled_from(["employee", "worker", "police_officer", "intern", "volunteer"])
nations = st.sampled_from(["ENG", "WLS", "SCO", "NI"])
cuts = st.dates(YEAR[0], YEAR[1] - dt.timedelta(days=1))
served = st.dates(day("1990-01-01"), day("2027-03-31"))


@widely
@given(hours, workforces, nations, cuts, served)
def test_a_year_cut_in_two_gives_what_the_whole_gives(
    weekly: Decimal, workforce: str, nation: str, cut: dt.date, since: dt.date
) -> None:
    who: dict[str, Any] = {"workforce": workforce, "nation": nation, "continuous_from": since}
    fte = {"fte": weekly / 37}
    whole = worked_out(stretch(str(weekly), **fte), **who)
    halves = worked_out(
        stretch(str(weekly), until_on=cut, **fte),
        stretch(str(weekly), from_on=cut + dt.timedelta(days=1), **fte), **who,
    )  # fmt: skip
    assert abs(whole.total - halves.total) < Decimal("1e-15")
    assert abs(whole.bank_holidays - halves.bank_holidays) < Decimal("1e-15")


@widely
@given(hours, hours, workforces, nations, served)
def test_more_hours_never_give_less_leave(
    one: Decimal, other: Decimal, workforce: str, nation: str, since: dt.date
) -> None:
    who: dict[str, Any] = {"workforce": workforce, "nation": nation, "continuous_from": since}
    less, more = sorted((one, other))
    found = [worked_out(stretch(str(each), fte=each / 37), **who) for each in (less, more)]
    assert found[0].total <= found[1].total
    assert min(found[0].basic, found[0].additional, found[0].contractual) >= 0
    assert 0 <= found[0].bank_holidays <= found[0].total


@widely
@given(hours, workforces, cuts, cuts)
def test_somebody_who_stays_longer_never_has_less(
    weekly: Decimal, workforce: str, one: dt.date, other: dt.date
) -> None:
    less, more = sorted((one, other))
    found = [worked_out(stretch(str(weekly), until_on=each), workforce=workforce) for each in (less, more)]
    assert found[0].total <= found[1].total


@widely
@given(hours, workforces, nations, st.sampled_from(sorted(ROUNDINGS)))
def test_rounded_parts_add_up_to_the_rounded_total(
    weekly: Decimal, workforce: str, nation: str, rule: str
) -> None:
    found = worked_out(stretch(str(weekly), fte=weekly / 37), workforce=workforce, nation=nation)
    rounded = found.rounded(rule)
    assert rounded.total == ROUNDINGS[rule](found.total)
    assert min(rounded.basic, rounded.additional, rounded.contractual, rounded.annual) >= 0


@widely
@given(hours, st.lists(hours, max_size=5))
def test_every_hour_taken_comes_from_one_pot_or_is_beyond_them(taken: Decimal, held: list[Decimal]) -> None:
    pots = [Pot(str(number), each) for number, each in enumerate(held)]
    used, beyond = divide_taken(taken, pots)
    assert sum(used.values(), beyond) == taken
    assert all(used[pot.key] <= pot.hours for pot in pots)


@widely
@given(st.lists(hours, max_size=20), st.lists(hours, max_size=20))
def test_pay_periods_together_earn_what_they_earn_apart(one: list[Decimal], other: list[Decimal]) -> None:
    who: dict[str, Any] = {"year_begins": YEAR[0], "nation": "ENG", "workforce": "worker"}
    earned = [accrued_by_hours(each, **who) for each in (one, other, [*one, *other])]
    assert earned[0] + earned[1] == earned[2]


def test_a_stretch_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        stretch(from_on=YEAR[1], until_on=YEAR[0])
    with pytest.raises(ValueError, match="never below nought"):
        stretch("-1")
