"""Plans made, and judged by the checker."""

from dataclasses import replace

import pytest

from planner.training.board import lay_out
from planner.training.bound import quick_bound
from planner.training.calendar import make_runs
from planner.training.checking import check
from planner.training.plan import Plan
from planner.training.searching import Progress, plan_training
from planner.training.writing import written

from .make import make_case, make_problem

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_training(make_problem(), rounds=1500)


def test_the_first_plan_keeps_every_rule() -> None:
    first = plan_training(make_problem(), rounds=0)

    assert check(make_case(), written(first)).breaches == []
    assert first.placed > 1900


def test_searching_places_more_and_keeps_every_rule(plan: Plan) -> None:
    assert check(make_case(), written(plan)).breaches == []
    assert 2050 <= plan.placed <= plan.bound
    assert plan.gap < 0.025


def test_the_same_seed_and_rounds_give_the_same_plan(plan: Plan) -> None:
    assert plan_training(make_problem(), rounds=1500) == plan


def test_another_seed_gives_another_plan_as_good(plan: Plan) -> None:
    other = plan_training(make_problem(), rounds=1500, seed=2)

    assert other != plan
    assert abs(other.placed - plan.placed) < 15
    assert check(make_case(), written(other)).breaches == []


def test_everybody_left_out_has_a_reason(plan: Plan) -> None:
    assert len(plan.unplaced) + plan.placed == len(make_problem().demands)
    assert all(left.reason for left in plan.unplaced)


def test_a_search_ends_when_it_is_told_to() -> None:
    heard: list[Progress] = []

    def tell(far: Progress) -> bool:
        heard.append(far)
        return False

    plan = plan_training(make_problem(), seconds=600, tell=tell)

    assert len(heard) == 1
    assert plan.placed == heard[0].placed
    assert plan.rounds == 0


def test_a_search_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="how long"):
        plan_training(make_problem())


def test_the_quick_limit_is_no_more_than_everybody_with_an_option() -> None:
    problem = make_problem()
    board = lay_out(problem)

    assert quick_bound(problem, board) <= sum(board.options_at[:-1] < board.options_at[1:])


def test_a_calendar_of_our_own_is_kept_by_the_checker_too() -> None:
    problem = replace(make_problem(), runs=())
    problem = replace(problem, runs=make_runs(problem))
    plan = plan_training(problem, rounds=0)

    assert len(problem.runs) > 100
    assert check(make_case(), written(plan)).breaches == []
