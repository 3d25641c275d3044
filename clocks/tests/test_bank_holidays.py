"""The holiday rows: where they come from, that they agree with another source, and how they are corrected."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from clocks import calendar, corrected, deadline, load_holidays, rule
from clocks.data.refresh import FILE, written

from .make import day, make_events, make_holiday

GOVUK = Path(__file__).with_name("data") / "govuk-calendars.csv"


def test_every_row_is_named_in_both_languages_and_sourced() -> None:
    for row in load_holidays():
        assert row.name
        assert row.name_cy
        assert row.source
        assert row.source_read_on >= day("2026-11-22")


def test_the_committed_rows_are_what_the_locked_package_says() -> None:
    read_on = min(row.source_read_on for row in load_holidays())

    assert FILE.read_text(encoding="utf-8") == written(read_on)


@pytest.mark.parametrize("key", ["EW", "SCO", "NI"])
def test_the_weekdays_off_agree_with_the_government_calendar(key: str) -> None:
    with GOVUK.open(encoding="utf-8") as lines:
        theirs = {day(row["day"]) for row in csv.DictReader(lines) if row["calendar"] == key}
    ours = set(calendar(key).days_off(day("2019-01-01"), day("2021-12-31")))

    assert ours == theirs


# The jubilee and the state funeral of 2022, the coronation of 2023, and Scotland's World Cup day of 2026.
EXTRA = {2022: 2, 2023: 1}


@pytest.mark.parametrize(("key", "usual", "extra"), [("EW", 8, {}), ("SCO", 9, {2026: 1}), ("NI", 10, {})])
def test_every_year_has_its_known_number_of_weekdays_off(key: str, usual: int, extra: dict[int, int]) -> None:
    for year in range(2019, 2041):
        off = calendar(key).days_off(dt.date(year, 1, 1), dt.date(year, 12, 31))
        assert len(off) == usual + EXTRA.get(year, 0) + extra.get(year, 0)


def test_scotland_is_off_for_the_world_cup_on_15_june_2026() -> None:
    rows = [row for row in load_holidays() if row.day == day("2026-06-15")]

    assert [row.nations for row in rows] == [frozenset({"SCO"})]
    assert "proclamation" in rows[0].source
    assert not calendar("SCO").is_working_day(day("2026-06-15"))
    assert calendar("EW").is_working_day(day("2026-06-15"))


def test_no_holiday_stands_twice_for_one_nation() -> None:
    seen = Counter((row.day, row.name, nation) for row in load_holidays() for nation in row.nations)

    assert set(seen.values()) == {1}


def test_a_holiday_withdrawn_moves_the_deadline_back() -> None:
    withdrawn = make_holiday("2026-06-15", nations=frozenset({"SCO"}), withdrawn=True)
    rows = corrected(load_holidays(), [withdrawn])
    freedom = rule("FOI-20", day("2026-05-20"))

    assert deadline(freedom, make_events("2026-05-20"), holidays=rows).due_on == day("2026-06-18")
    assert withdrawn in rows


def test_a_holiday_added_moves_the_deadline_on() -> None:
    rows = corrected(load_holidays(), [make_holiday("2026-06-08")])
    freedom = rule("FOI-20", day("2026-05-20"))

    assert deadline(freedom, make_events("2026-05-20"), holidays=rows).due_on == day("2026-06-22")


def test_a_correction_touches_only_its_own_nations() -> None:
    rows = corrected(
        load_holidays(), [make_holiday("2026-05-04", nations=frozenset({"SCO"}), withdrawn=True)]
    )

    assert calendar("SCO", rows).is_working_day(day("2026-05-04"))
    assert not calendar("EW", rows).is_working_day(day("2026-05-04"))
    assert not calendar("NI", rows).is_working_day(day("2026-05-04"))


def test_the_later_of_two_corrections_holds() -> None:
    added, withdrawn = make_holiday(), make_holiday(withdrawn=True)

    assert calendar("EW", corrected((), [added, withdrawn])).is_working_day(added.day)
    assert not calendar("EW", corrected((), [withdrawn, added])).is_working_day(added.day)


def test_a_group_of_nations_is_spread_out() -> None:
    assert make_holiday(nations=frozenset({"EW", "NI"})).nations == {"ENG", "WLS", "NI"}
    assert make_holiday(nations=frozenset({"UK"})).nations == {"ENG", "WLS", "SCO", "NI"}


def test_a_holiday_of_no_nation_or_an_unknown_one_is_refused() -> None:
    with pytest.raises(ValueError, match="belongs to no nation"):
        make_holiday(nations=frozenset())
    with pytest.raises(ValueError, match="no nation 'FR'"):
        make_holiday(nations=frozenset({"FR"}))


def test_a_substitute_day_stands_beside_the_weekend_day_it_replaces() -> None:
    names = {row.day: row.name for row in load_holidays() if row.day.year == 2027}

    assert names[dt.date(2027, 12, 25)] == "Christmas Day"
    assert names[dt.date(2027, 12, 27)] == "Christmas Day (substitute day)"
