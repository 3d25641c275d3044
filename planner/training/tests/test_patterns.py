"""What a course costs a team."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.training.checking import _duties_lost
from planner.training.patterns import Cost, cost
from planner.training.reading import rested_of

RESPONSE = "EELLNNRRRR" * 6
duties = st.text("ELNDR", min_size=20, max_size=40)
kinds = st.sampled_from(["response", "weekday"])


@st.composite
def courses(draw: st.DrawFn) -> tuple[str, str, tuple[int, ...]]:
    duty = draw(duties)
    first = draw(st.integers(0, len(duty) - 1))
    length = draw(st.integers(1, min(6, len(duty) - first)))
    return duty, draw(kinds), tuple(range(first, first + length))


def test_a_day_course_costs_the_duty_it_falls_on() -> None:
    assert cost(RESPONSE, "response", (10,)) == Cost((10,), (10,))


def test_nobody_trains_for_a_day_on_a_rest_day_or_after_a_night() -> None:
    assert cost(RESPONSE, "response", (17,)) is None
    assert cost(RESPONSE, "response", (5,)) is None
    assert cost("NE" + RESPONSE, "response", (1,)) is None


def test_a_longer_course_takes_the_night_before_and_gives_back_rest_days() -> None:
    assert cost(RESPONSE, "response", (5, 6)) == Cost((4, 5, 10), (5, 6, 10))


def test_a_weekday_team_gives_no_rest_days() -> None:
    assert cost("DDDDDRR" * 4, "weekday", (4, 5)) is None


def test_a_rest_day_that_cannot_be_given_back_rules_a_course_out() -> None:
    assert cost("EERRRR", "response", (1, 2)) is None


@pytest.mark.parametrize(
    ("duty", "kind", "days"), [("EE", "ships", (0,)), ("EE", "response", ()), ("E", "response", (1,))]
)
def test_what_nobody_agreed_on_is_refused(duty: str, kind: str, days: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        cost(duty, kind, days)


@given(courses())
def test_the_engine_and_the_checker_agree(course: tuple[str, str, tuple[int, ...]]) -> None:
    duty, kind, days = course
    price, theirs = cost(duty, kind, days), _duties_lost(duty, kind, days)

    assert (price and sorted(price.lost)) == (theirs and sorted(theirs))


hours = st.integers(0, 24).map(float)


@st.composite
def rests(draw: st.DrawFn) -> dict[str, Any]:
    """The part of a case about rest: any hours, with sessions and duties at any time of the day."""
    begins = draw(st.integers(6, 14))
    duties = {}
    for letter in "ELND":
        opens = draw(st.integers(0, 23))
        duties[letter] = [opens, opens + draw(st.integers(1, 12))]
    return {"hours": draw(hours), "session": [begins, draw(st.integers(begins + 1, 23))], "duties": duties}


@given(courses(), rests())
def test_the_engine_and_the_checker_agree_about_rest_too(
    course: tuple[str, str, tuple[int, ...]], rest: dict[str, Any]
) -> None:
    duty, kind, days = course
    price, theirs = cost(duty, kind, days, rested_of(rest)), _duties_lost(duty, kind, days, rest)

    assert (price and sorted(price.lost)) == (theirs and sorted(theirs))


@given(courses(), rests())
def test_nobody_who_goes_keeps_a_duty_that_leaves_too_little_rest(
    course: tuple[str, str, tuple[int, ...]], rest: dict[str, Any]
) -> None:
    duty, kind, days = course
    rested = rested_of(rest)
    price = cost(duty, kind, days, rested)
    assume(price is not None)
    assert price is not None
    worked = [day for day in range(len(duty)) if duty[day] != "R" and day not in (*price.lost, *days)]

    for day in worked:
        begins, ends = (24 * day + hour for hour in rested.times(duty[day]))
        if day + 1 in days:
            assert 24 * (day + 1) + rested.begins - ends >= rested.hours
        if day - 1 in days:
            assert begins - (24 * (day - 1) + rested.ends) >= rested.hours


ELEVEN: dict[str, Any] = {
    "hours": 11, "session": [9, 17], "duties": {"E": [7, 16], "L": [14, 23], "N": [22, 31], "D": [9, 17]},
}  # fmt: skip


def test_a_late_duty_until_eleven_leaves_ten_hours_and_stands_in_the_way() -> None:
    rested = rested_of(ELEVEN)
    assert cost("LE" * 5, "response", (1,), rested) is None
    assert cost("LE" * 5, "response", (1,)) is not None
    assert cost("LEEEEE", "response", (1, 2), rested) == Cost((0, 1, 2), (1, 2))


def test_a_session_that_ends_late_costs_the_early_duty_of_the_day_after() -> None:
    rested = rested_of({**ELEVEN, "session": [13, 21]})
    assert cost("EEEE", "response", (1,), rested) is None
    assert cost("EEEE", "response", (1, 2), rested) == Cost((1, 2, 3), (1, 2))


@given(courses())
def test_every_lost_duty_is_a_duty_and_none_is_counted_twice(
    course: tuple[str, str, tuple[int, ...]],
) -> None:
    price = cost(*course)
    assume(price is not None)
    assert price is not None
    duty, _, days = course

    assert all(duty[day] != "R" for day in price.lost)
    assert len(set(price.lost)) == len(price.lost)
    assert set(days) <= set(price.held)
    assert len(price.lost) >= len([day for day in days if duty[day] != "R"])
    assert len(price.held) == len(days) + sum(duty[day] == "R" for day in days)
