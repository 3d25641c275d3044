"""Every deadline tells its own reckoning, in English and in Welsh."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from clocks import KINDS, LAPSES, ClockRule, Event, corrected, deadline, load_holidays, rule
from clocks.wording import amount_in_words, day_in_words, listed, moment_in_words, nor

from .make import day, london, make_events, make_holiday

SAID = yaml.safe_load((Path(__file__).with_name("data") / "explanations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("one", SAID, ids=[f"{one['rule']}-{'-'.join(one['events'])}" for one in SAID])
def test_a_deadline_explains_itself_in_one_sentence(one: dict[str, Any]) -> None:
    events = [Event(kind, moment(at)) for kind, at in one["events"].items()]
    reckoned = deadline(rule(one["rule"], events[0].on), events)

    assert reckoned.explanation() == one["en"]
    assert reckoned.explanation("cy") == one["cy"]


def moment(at: dt.date | str) -> dt.date:
    return dt.datetime.fromisoformat(at) if isinstance(at, str) else at


def test_a_holiday_alone_does_not_count_and_closures_are_said() -> None:
    overnight = ClockRule.house("reply", 1, "wd")
    new_year = deadline(overnight, make_events("2026-12-31"))
    thursday = deadline(overnight, make_events("2026-12-30"), closures=[day("2026-12-31")])
    tuesday = deadline(overnight, make_events("2026-12-29"), closures=[day("2026-12-30")])

    assert "weekends and 1 holiday (New Year's Day on 1 January) do not count" in new_year.explanation()
    assert (
        "1 holiday (New Year's Day on 1 January) and 1 day on which the office is shut"
        in thursday.explanation()
    )
    assert tuesday.explanation().endswith("; 1 day on which the office is shut does not count.")
    assert "nac 1 diwrnod pan fo'r swyddfa ar gau" in thursday.explanation("cy")


def test_a_single_working_day_midweek_needs_no_excuse() -> None:
    overnight = deadline(ClockRule.house("reply", 1, "wd"), make_events("2026-09-01"))

    assert (
        overnight.explanation()
        == "Due Wednesday 2 September 2026: 1 working day after Tuesday 1 September 2026."
    )


def test_a_count_beyond_the_holidays_on_record_says_so() -> None:
    beyond = deadline(ClockRule.house("reply", 10, "wd"), make_events("2041-09-02"))

    assert "holidays are on record only for 2019 to 2040" in beyond.explanation()
    assert "2019 i 2040" in beyond.explanation("cy")


def test_opening_hours_are_named_as_such() -> None:
    call = deadline(ClockRule.house("call", 2, "wh"), [Event("received", london("2026-12-18T16:00"))])

    assert "2 opening hours after" in call.explanation()
    assert "only opening hours count" in call.explanation()


def test_a_long_run_of_holidays_is_cut_short() -> None:
    long = deadline(ClockRule.house("reply", 250, "wd"), make_events("2026-01-05"))

    assert "and 2 more)" in long.explanation()


def test_the_trace_says_why_each_day_counted_or_not() -> None:
    events = make_events("2026-12-22", ("paused", "2026-12-29"), ("resumed", "2026-12-30"))
    trace = deadline(ClockRule.house("reply", 4, "wd"), events, closures=[day("2026-12-31")]).trace

    assert [(one.day.day, one.number, one.why) for one in trace if one.why != "weekend"] == [
        (22, 0, "the clock starts; counting begins the next day"),
        (23, 1, "counts"),
        (24, 2, "counts"),
        (25, 2, "Christmas Day"),
        (28, 2, "Boxing Day (substitute day)"),
        (29, 2, "the clock is paused"),
        (30, 3, "counts"),
        (31, 3, "the office is shut"),
        (1, 3, "New Year's Day"),
        (4, 4, "counts"),
    ]
    assert {one.why_cy for one in trace} >= {
        "Dydd Nadolig",
        "penwythnos",
        "yn cyfrif",
        "mae'r swyddfa ar gau",
    }


def test_the_trace_of_an_hour_clock_adds_up_its_hours_by_day() -> None:
    rang = london("2026-12-24T16:00")
    events = make_events(
        rang, Event("paused", london("2026-12-29T10:00")), Event("resumed", london("2026-12-31T09:00"))
    )
    trace = deadline(ClockRule.house("call", 4, "wh"), events).trace

    assert [(one.day.day, one.counted, one.number, one.why) for one in trace] == [
        (24, True, 1, "counts"),
        (25, False, 1, "Christmas Day"),
        (26, False, 1, "weekend"),
        (27, False, 1, "weekend"),
        (28, False, 1, "Boxing Day (substitute day)"),
        (29, True, 2, "counts"),
        (30, False, 2, "the clock is paused"),
        (31, True, 4, "counts"),
    ]


def test_an_hour_clock_begun_after_hours_does_not_count_that_evening() -> None:
    trace = deadline(ClockRule.house("call", 1, "wh"), make_events(london("2026-12-17T19:00"))).trace

    assert [(one.counted, one.why) for one in trace] == [(False, "the office is shut"), (True, "counts")]


def test_a_corrected_holiday_is_explained_by_its_own_name() -> None:
    row = make_holiday("2026-06-08", name="Founders' Day", name_cy="Dydd y Sylfaenwyr")
    extra = corrected(load_holidays(), [row])
    reckoned = deadline(rule("FOI-20", day("2026-05-20")), make_events("2026-05-20"), holidays=extra)

    assert "Founders' Day on 8 June" in reckoned.explanation()
    assert "Dydd y Sylfaenwyr ar 8 Mehefin" in reckoned.explanation("cy")


@pytest.mark.parametrize(
    ("n", "unit", "english", "welsh"),
    [
        (1, "working_day", "1 working day", "1 diwrnod gwaith"),
        (2, "working_day", "2 working days", "2 ddiwrnod gwaith"),
        (2, "month", "2 months", "2 fis"),
        (3, "month", "3 months", "3 mis"),
        (2, "holiday", "2 holidays", "2 ŵyl banc"),
        (24, "hour", "24 hours", "24 awr"),
    ],
)
def test_amounts_are_said_in_both_languages(n: int, unit: str, english: str, welsh: str) -> None:
    assert amount_in_words(n, unit) == english
    assert amount_in_words(n, unit, "cy") == welsh


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = london("2026-10-25T01:30"), london("2026-10-25T01:30").replace(fold=1)

    assert moment_in_words(first) == "Sunday 25 October 2026 at 01:30 BST"
    assert moment_in_words(second) == "Sunday 25 October 2026 at 01:30 GMT"
    assert moment_in_words(first, "cy") == "dydd Sul 25 Hydref 2026 am 01:30 BST"
    assert day_in_words(first) == "Sunday 25 October 2026"


def test_lists_join_with_and_or_its_welsh_kin() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["un", "dau", "tri"], "cy") == "un, dau a tri"
    assert listed(["un", "arall"], "cy") == "un ac arall"
    assert listed(list("abcdefgh")) == "a, b, c, d, e and 3 more"
    assert [nor(n) for n in (1, 2, 8, 11)] == ["nac", "na", "nac", "nac"]


def test_every_kind_of_event_and_every_lapse_has_words_in_both_languages() -> None:
    for english, welsh in (*KINDS.values(), *LAPSES.values()):
        assert english
        assert welsh
        assert english != welsh
