"""What a course costs a team."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.training.checking import _duties_lost
from planner.training.patterns import Cost, cost

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
