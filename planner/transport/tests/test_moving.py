"""Somebody is moved by hand: everybody else stays, and no rule is broken."""

import pytest

from planner.transport.checking import check
from planner.transport.moving import move
from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.reading import problem_of
from planner.transport.searching import plan_transport
from planner.transport.writing import written

from .make import make_problem, small_said, small_tables


@pytest.fixture(scope="module")
def day() -> tuple[Problem, Plan]:
    problem = problem_of(small_said(), small_tables())
    return problem, plan_transport(problem, rounds=2_000)


def run_of(plan: Plan, who: int) -> int:
    return next(number for number, run in enumerate(plan.runs) if who in run.passengers)


def test_everybody_else_stays_on_their_run_and_no_rule_is_broken(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    moved = 0
    for number in range(len(plan.runs)):
        found = move(problem, plan, 5, number)
        if found is None:
            continue
        moved += 1
        assert not check(small_said(), small_tables(), written(found.plan)).breaches
        for at, was in enumerate(found.was):
            assert was is not None
            assert found.plan.runs[at].passengers - {5} == plan.runs[was].passengers - {5}
            assert (5 in found.plan.runs[at].passengers) == (was == number)

    assert moved > 1


def test_moving_somebody_to_the_run_they_are_on_changes_nothing(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    found = move(problem, plan, 5, run_of(plan, 5))

    assert found is not None
    assert found.plan.cost <= plan.cost + 0.01


def test_a_run_of_their_own_is_a_new_one(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    found = move(problem, plan, 5, None)

    assert found is not None
    assert found.was[-1] is None
    assert found.plan.runs[-1].passengers == {5}


def test_nobody_is_moved_to_a_run_with_somebody_they_are_kept_apart_from(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    one, other = problem.apart[0]

    assert move(problem, plan, one, run_of(plan, other)) is None


def test_a_plan_of_another_day_cannot_be_changed(day: tuple[Problem, Plan]) -> None:
    with pytest.raises(ProblemError, match=r"does not have|cannot be driven|does not go"):
        move(make_problem(12), day[1], 5, 0)
