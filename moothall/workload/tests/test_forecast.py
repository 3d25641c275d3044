"""Looking ahead: the week as it usually is, at the level of late, and how far off that has been."""

import datetime as dt
from random import Random

import pytest

from moothall.workload.rules.forecast import AFTERNOON, MORNING, Half, draw, foretell, halves

TODAY = dt.date(2026, 11, 23)
FIRST = TODAY - dt.timedelta(days=364)
RHYTHM = {0: 40, 1: 30, 2: 26, 3: 24, 4: 20, 5: 0, 6: 0}


def year(*, grows: float = 0.0, noise: float = 0.0, shut: tuple[dt.date, ...] = ()) -> dict[Half, float]:
    """A year with a weekly rhythm, more in the morning, that grows by so much a week."""
    rng, found = Random(7), {}
    for number in range(364):
        day = FIRST + dt.timedelta(days=number)
        for half, share in ((MORNING, 0.6), (AFTERNOON, 0.4)):
            usual = RHYTHM[day.weekday()] * share * (1 + grows * number / 7)
            found[day, half] = 0.0 if day in shut else usual * (1 + noise * rng.uniform(-1, 1))
    return found


def ahead(history: dict[Half, float], *, shut: tuple[dt.date, ...] = ()) -> dict[Half, float]:
    days = [TODAY + dt.timedelta(days=number) for number in range(28)]
    return foretell(history, first=FIRST, today=TODAY, days=days, holidays=shut).days


def test_a_steady_year_goes_on_as_it_was() -> None:
    found = ahead(year())
    assert found[TODAY, MORNING] == pytest.approx(24)
    assert found[TODAY + dt.timedelta(days=4), AFTERNOON] == pytest.approx(8)
    assert found[TODAY + dt.timedelta(days=5), MORNING] == 0


def test_what_has_grown_is_foretold_at_the_level_of_late() -> None:
    history = year(grows=0.02)
    last_monday = history[TODAY - dt.timedelta(days=7), MORNING]
    assert ahead(history)[TODAY, MORNING] == pytest.approx(last_monday, rel=0.05)


def test_a_bank_holiday_is_foretold_as_bank_holidays_were() -> None:
    shut = (dt.date(2026, 5, 4), dt.date(2026, 8, 31), TODAY + dt.timedelta(days=7))
    found = ahead(year(shut=shut[:2]), shut=shut)
    assert found[shut[2], MORNING] == 0
    assert found[TODAY, MORNING] > 0


def test_a_holiday_does_not_lower_its_weekday() -> None:
    shut = (TODAY - dt.timedelta(days=7),)
    picture = draw(year(shut=shut), until=TODAY, first=FIRST, holidays=shut)
    assert picture.usual[0, MORNING] == pytest.approx(24)


def test_it_is_tried_on_weeks_it_has_not_seen_and_beats_the_naive_one() -> None:
    history = year(noise=0.4)
    error = foretell(history, first=FIRST, today=TODAY, days=[TODAY], holidays=()).error
    assert error is not None
    assert error.ours is not None
    assert error.naive is not None
    assert 0 < error.ours < error.naive


def test_nothing_is_foretold_from_a_few_weeks() -> None:
    few = {key: count for key, count in year().items() if (TODAY - key[0]).days <= 30}
    found = foretell(few, first=TODAY - dt.timedelta(days=30), today=TODAY, days=[TODAY], holidays=())
    assert (found.days, found.error, found.weeks) == ({}, None, 4)


def test_hours_become_halves() -> None:
    day = dt.date(2026, 11, 23)
    assert halves([(day, 9, 2), (day, 12, 1), (day, 13, 4)]) == {(day, MORNING): 3, (day, AFTERNOON): 4}
