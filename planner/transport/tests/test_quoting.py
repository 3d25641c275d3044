"""What it would mean to move somebody, told before it is done."""

import pytest

from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.quoting import Quoting
from planner.transport.reading import problem_of
from planner.transport.searching import plan_transport

from .make import make_problem, small_said, small_tables


@pytest.fixture(scope="module")
def day() -> tuple[Problem, Plan]:
    problem = problem_of(small_said(), small_tables())
    return problem, plan_transport(problem, rounds=2_000)


def test_every_run_is_quoted_with_pounds_or_with_the_rule_in_the_way(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    quotes = Quoting(problem, plan).quotes(5)

    assert sorted(-1 if one.run is None else one.run for one in quotes) == [-1, *range(len(plan.runs))]
    assert all((one.pounds is None) == bool(one.why) for one in quotes)
    pounds = [one.pounds for one in quotes if one.pounds is not None]
    assert pounds == sorted(pounds)


def test_going_back_to_the_own_run_costs_nothing(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    own = next(number for number, run in enumerate(plan.runs) if 5 in run.passengers)
    quote = next(one for one in Quoting(problem, plan).quotes(5) if one.run == own)

    assert quote.pounds is not None
    assert quote.pounds <= 0.01


def test_a_quote_says_who_else_is_fetched_at_another_time(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    asking = Quoting(problem, plan)
    own = next(number for number, run in enumerate(plan.runs) if 5 in run.passengers)
    other = next(one for one in asking.quotes(5) if one.run not in (None, own) and one.pounds is not None)
    effect = asking.effect(5, other.run)

    assert effect is not None
    assert effect.pounds == pytest.approx(other.pounds, abs=0.02)
    assert {one.passenger for one in effect.shifts} <= plan.runs[other.run or 0].passengers


def test_asking_changes_nothing(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    asking = Quoting(problem, plan)

    assert asking.quotes(5) == [asking.quotes(who) for who in (7, 9, 5)][-1]


def test_nobody_is_quoted_a_run_with_somebody_to_be_kept_apart(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    one, other = problem.apart[0]
    theirs = next(number for number, run in enumerate(plan.runs) if other in run.passengers)
    quote = next(each for each in Quoting(problem, plan).quotes(one) if each.run == theirs)

    assert quote.why == "somebody on it must be kept apart from them"


def test_a_plan_of_another_day_is_refused(day: tuple[Problem, Plan]) -> None:
    with pytest.raises(ProblemError, match=r"does not have|cannot be driven|does not go"):
        Quoting(make_problem(12), day[1])
