"""Who would be late on a slow day."""

import pytest

from planner.transport.lateness import lateness, refuse_unreliable, with_margin
from planner.transport.problem import ProblemError
from planner.transport.searching import plan_transport

from .make import make_problem


@pytest.mark.parametrize("direction", ["morning", "afternoon"])
def test_nobody_is_late_when_legs_are_as_planned(direction: str) -> None:
    problem = make_problem(20, direction=direction)

    assert lateness(problem, plan_transport(problem, rounds=50), 1.0).passengers == ()


def test_a_slow_day_makes_some_late_and_a_margin_fewer() -> None:
    problem = make_problem(30)
    tight = lateness(problem, plan_transport(problem, rounds=200), 1.3)
    roomy = lateness(problem, plan_transport(with_margin(problem, 600), rounds=200), 1.3)

    assert tight.passengers
    assert tight.worst > 0
    assert len(roomy.passengers) < len(tight.passengers)


def test_a_plan_that_makes_too_many_late_is_refused() -> None:
    problem = make_problem(30)
    found = lateness(problem, plan_transport(problem, rounds=50), 1.5)

    with pytest.raises(ProblemError, match="plan with a margin"):
        refuse_unreliable(found, found.share / 2)
    refuse_unreliable(found, found.share)


def test_an_afternoon_with_a_margin_leaves_nobody_without_hope() -> None:
    problem = make_problem(30, direction="afternoon")
    roomy = with_margin(problem, 100_000, 1.2)

    for one, before in zip(roomy.passengers, problem.passengers, strict=True):
        way = problem.seconds[problem.depots + one.place, problem.homes + one.id]
        assert one.max_ride == before.max_ride or one.max_ride >= one.board + 1.2 * way


def test_a_margin_longer_than_the_school_is_open_is_refused() -> None:
    with pytest.raises(ProblemError, match="not open for a margin"):
        with_margin(make_problem(), 5_000)
