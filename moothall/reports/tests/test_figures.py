"""What a month comes to, and that every figure is the sum of its rows."""

import datetime as dt
from decimal import Decimal

import pytest

from moothall.people.tests.make import AT, make_account, make_team
from moothall.reports.models import UnitMonth
from moothall.reports.rules.counting import close_month, count_months, reopen_month
from moothall.reports.rules.figures import (
    BY_KEY,
    FIGURES,
    MEASURES,
    by_reason,
    count,
    lost_by_reason,
    rows_of,
)
from moothall.reports.rules.months import Month, Scope, month_of, months_before, read_month
from moothall.reports.rules.refusals import ClosedAlready, NotOver
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.tests.make import (
    make_employment,
    make_leaving_reason,
    make_pattern,
    make_post,
    make_unit,
)

from .make import OCTOBER, TODAY, make_off, make_reason, october

pytestmark = pytest.mark.django_db
EVERYBODY = Scope()


def day(number: int, month: int = 10) -> dt.date:
    return dt.date(2026, month, number)


def leave_on(employment: Employment, last_day: dt.date) -> None:
    end_employment(employment, last_day=last_day, because=make_leaving_reason(), by=None, at=AT)


def furnish() -> None:
    """Two units: a leaver, a starter, shifts, half days, a long absence, a volunteer who does not count."""
    first, second = make_unit(), make_unit()
    shifts = make_pattern("12", "12", "12", "12", "0", "0", "0", "0")
    make_off(make_employment(unit=first), day(5), day(9), half_first=True)
    make_off(make_employment(unit=first, pattern=shifts, pattern_from=day(1)), day(1), day(8))
    make_off(make_employment(unit=second, fte=Decimal("0.6")), day(1, 9), None)
    make_off(make_employment(unit=second, workforce="volunteer"), day(1), day(30))
    leave_on(make_employment(unit=second), day(15))
    leave_on(make_employment(unit=second), day(1, 2))
    make_employment(unit=first, started_on=day(19))


def test_a_month_is_what_is_known_by_heart() -> None:
    furnish()
    whole = count(EVERYBODY, october()).whole()
    assert whole.headcount == 4
    assert whole.fte == Decimal("3.6")
    assert (whole.starters, whole.leavers, whole.leavers_year) == (1, 1, 2)
    assert whole.days_lost == Decimal("4.5") + 4 + 22
    # 22 and 22, 16 of the shifts, 11 until the 15th, 10 from the 19th
    assert whole.days_available == 22 + 22 + 16 + 11 + 10
    assert (whole.spells, whole.long_term) == (2, 1)
    assert whole.absence_rate == (whole.days_lost * 100 / whole.days_available).quantize(Decimal("0.1"))


@pytest.mark.parametrize("key", [name for name in MEASURES if name != "heads_year"])
def test_every_figure_is_the_sum_of_its_rows_in_each_unit(key: str) -> None:
    furnish()
    found = count(EVERYBODY, october())
    rows = rows_of(BY_KEY[key], EVERYBODY, october())
    assert sum(Decimal(row.value) for row in rows) == getattr(found.whole(), key)
    for unit, sums in found.by_unit().items():
        theirs = rows_of(BY_KEY[key], Scope(unit=unit), october())
        assert sum(Decimal(row.value) for row in theirs) == getattr(sums, key)


def test_what_is_worked_out_from_others_says_from_which() -> None:
    for figure in FIGURES:
        assert figure.key in MEASURES or all(each in BY_KEY for each in figure.made_of)
        assert figure.key in MEASURES or figure.made_of


def test_turnover_goes_by_the_ends_of_twelve_months() -> None:
    furnish()
    whole = count(EVERYBODY, october()).whole()
    assert whole.heads_year == sum(_there(months_before(OCTOBER, back)) for back in range(12))
    assert whole.turnover == (Decimal(2 * 100 * 12) / whole.heads_year).quantize(Decimal("0.1"))


def _there(first: dt.date) -> int:
    end = month_of(first, today=TODAY).last
    rows = Employment.objects.in_force(end).exclude(workforce=Employment.VOLUNTEER)
    return rows.count()


def test_somebody_who_moves_within_the_month_counts_in_each_unit_for_its_days() -> None:
    old, new = make_unit(), make_unit()
    employment = make_employment(unit=old)
    make_off(employment, day(12), day(23))
    change_assignment(employment, unit=new, from_on=day(19), because="Moves", by=None, at=AT)
    units = count(EVERYBODY, october()).by_unit()
    assert (units[old.pk].days_available, units[new.pk].days_available) == (12, 10)
    assert units[old.pk].days_lost == units[new.pk].days_lost == 5
    assert (units[old.pk].spells, units[new.pk].spells) == (1, 0)
    assert (units[old.pk].headcount, units[new.pk].headcount) == (0, 1)


def test_only_people_of_ones_teams_are_counted() -> None:
    team = make_team()
    make_employment(post=make_post(team=team))
    make_employment(post=make_post(team=make_team()))
    assert count(Scope(frozenset({team.pk})), october()).whole().headcount == 1
    assert count(Scope(frozenset()), october()).whole().headcount == 0


def test_a_figure_is_right_just_after_a_change() -> None:
    employment = make_employment()
    count_months(today=TODAY, at=AT)
    assert count(EVERYBODY, october()).whole().days_lost == 0
    make_off(employment, day(5), day(6))
    assert count(EVERYBODY, october()).whole().days_lost == 2


def test_reasons_of_few_people_stand_together_until_they_are_five() -> None:
    common, rare, rarer = make_reason("cold"), make_reason("back"), make_reason("stress")
    for number, reason in enumerate([common] * 6 + [rare] * 3 + [rarer] * 2):
        make_off(make_employment(number=f"R{number}"), day(5), day(5), reason=reason)
    found = lost_by_reason(EVERYBODY, october())
    shown = by_reason(found, unit=None, small=False)
    assert [(each.reason_id, each.people, each.is_together) for each in shown] == [
        (common.pk, 6, False),
        (None, 5, True),
    ]
    assert {each.reason_id for each in by_reason(found, unit=None, small=True)} == {
        common.pk,
        rare.pk,
        rarer.pk,
    }


def test_what_one_could_find_by_taking_away_is_not_shown_either() -> None:
    common, rare = make_reason("cold"), make_reason("back")
    for number, reason in enumerate([common] * 6 + [rare]):
        make_off(make_employment(number=f"R{number}"), day(5), day(5), reason=reason)
    shown = by_reason(lost_by_reason(EVERYBODY, october()), unit=None, small=False)
    assert [(each.people, each.is_together) for each in shown] == [(7, True)]


def test_counting_twice_comes_to_the_same_rows() -> None:
    furnish()
    count_months(today=TODAY, at=AT)
    first = list(UnitMonth.objects.values_list("month", "unit", *MEASURES).order_by("month", "unit"))
    count_months(today=TODAY, at=AT)
    assert first == list(UnitMonth.objects.values_list("month", "unit", *MEASURES).order_by("month", "unit"))
    assert first


def test_a_closed_month_stays_and_what_is_corrected_is_a_difference() -> None:
    employment, keeper = make_employment(), make_account()
    close_month(october(), by=keeper, at=AT)
    make_off(employment, day(5), day(6))
    count_months(today=TODAY, at=AT)
    [row] = UnitMonth.objects.shown(OCTOBER, OCTOBER, teams=None)
    assert row.days_lost == 0
    assert row.closing is not None
    assert count(EVERYBODY, october()).whole().days_lost == 2
    with pytest.raises(ClosedAlready):
        close_month(october(), by=keeper, at=AT)
    reopen_month(october(), because="Certificates came late", by=keeper, at=AT)
    [row] = UnitMonth.objects.shown(OCTOBER, OCTOBER, teams=None)
    assert row.days_lost == 2
    assert row.closing is None
    assert UnitMonth.objects.filter(closing__isnull=False).count() == 1


def test_a_month_that_goes_on_is_not_closed() -> None:
    with pytest.raises(NotOver):
        close_month(month_of(TODAY, today=TODAY), by=make_account(), at=AT)


@pytest.mark.parametrize("words", ["2026-13", "next", "", "2026-12", "2026-1-1"])
def test_what_is_no_month_or_has_not_begun_is_not_read(words: str) -> None:
    assert read_month(words, today=TODAY) is None


def test_months_go_back_over_the_year() -> None:
    assert months_before(dt.date(2026, 2, 1), 3) == dt.date(2025, 11, 1)
    assert Month(OCTOBER, day(31), day(31)).back(12) == dt.date(2025, 10, 1)
