"""The limit proved by prices."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.training.board import lay_out
from planner.training.bound import quick_bound
from planner.training.limit import limit_of
from planner.training.prices import find_prices, limit_by_prices
from planner.training.searching import plan_training

from .make import make_problem
from .tiny import tiny_case, tiny_problem

pytestmark = pytest.mark.slow


def test_prices_prove_a_lower_limit_than_the_linear_programme() -> None:
    problem = make_problem()
    board = lay_out(problem)
    plan = plan_training(problem, rounds=1500)
    limit = limit_by_prices(problem, board, find_prices(problem, board, rounds=800))

    assert plan.placed <= limit.places <= quick_bound(problem, board)
    assert limit.places <= limit_of(problem, board, seconds=60).places


def test_more_rounds_prove_more() -> None:
    problem = make_problem()
    board = lay_out(problem)
    few = find_prices(problem, board, rounds=50)

    assert find_prices(problem, board, rounds=400).exact < few.exact


def test_the_same_rounds_prove_the_same() -> None:
    problem = make_problem()
    board = lay_out(problem)

    assert find_prices(problem, board, rounds=60).exact == find_prices(problem, board, rounds=60).exact


def test_prices_found_before_are_gone_on_from() -> None:
    problem = make_problem()
    board = lay_out(problem)
    few = find_prices(problem, board, rounds=100)

    assert find_prices(problem, board, rounds=1, start=few).exact == pytest.approx(few.exact)


@given(st.integers(0, 60), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_no_plan_gives_more_places_than_any_prices_prove(number: int, rounds: int) -> None:
    problem = tiny_problem(tiny_case(number))
    board = lay_out(problem)
    plan = plan_training(problem, rounds=200)

    assert find_prices(problem, board, rounds=rounds).exact >= plan.placed - 1e-6
