"""A plan made fairer and cheaper to hold, never smaller."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.training.board import NOBODY, Board, lay_out
from planner.training.checking import check
from planner.training.greedy import first_plan
from planner.training.pieces import better_pieces
from planner.training.plan import Quality
from planner.training.polish import (
    close_thin_classes,
    lift_the_worst,
    polish,
    quality,
    shorten_journeys,
)
from planner.training.problem import Problem
from planner.training.searching import plan_training
from planner.training.writing import plan_of, written

from .make import make_case, make_problem
from .tiny import tiny_case, tiny_problem

pytestmark = pytest.mark.slow


def laid_out(problem: Problem) -> Board:
    """The first plan, on a board."""
    from planner.training.moves import put_all

    board = lay_out(problem)
    put_all(board, np.array(first_plan(problem, board), np.int32))
    return board


def judged(problem: Problem, board: Board) -> list[str]:
    return check(make_case(), written(plan_of(problem, board, 10**6, 0))).breaches


def test_closing_thin_classes_places_as_many_in_fewer_classes() -> None:
    problem = make_problem()
    board = laid_out(problem)
    before = quality(problem, board)
    closed = close_thin_classes(board)
    after = quality(problem, board)

    assert closed > 0
    assert (after.placed, after.classes) == (before.placed, before.classes - closed)
    assert after.full > before.full
    assert judged(problem, board) == []


def test_shorter_journeys_place_as_many() -> None:
    problem = make_problem()
    board = laid_out(problem)
    before = quality(problem, board)
    shorten_journeys(problem, board)
    after = quality(problem, board)

    assert after.placed == before.placed
    assert after.minutes < before.minutes
    assert judged(problem, board) == []


def test_lifting_the_worst_team_lowers_no_other_below_it() -> None:
    problem = make_problem()
    board = laid_out(problem)
    before = quality(problem, board)
    lift_the_worst(board, 1)
    after = quality(problem, board)

    assert after.placed >= before.placed
    assert after.worst.gap <= before.worst.gap
    assert judged(problem, board) == []


def test_a_searched_plan_says_how_good_it_is_before_and_after() -> None:
    plan = plan_training(make_problem(), rounds=300)
    assert isinstance(plan.quality, Quality)
    assert isinstance(plan.searched, Quality)

    assert plan.quality.placed == plan.placed >= plan.searched.placed
    assert plan.quality.minutes < plan.searched.minutes
    assert plan.quality.worst.gap <= plan.searched.worst.gap
    assert plan.quality.thin == check(make_case(), written(plan)).thin
    assert plan.quality.classes == len(plan.classes)


def test_what_is_not_to_be_polished_is_left_as_searched() -> None:
    plan = plan_training(make_problem(), rounds=100, polished=False)

    assert plan.quality == plan.searched


def test_exact_pieces_never_place_fewer() -> None:
    problem = make_problem()
    board = laid_out(problem)
    before = int((board.place != NOBODY).sum())
    more = better_pieces(board, 2, effort=1.0)

    assert more >= 0
    assert int((board.place != NOBODY).sum()) == before + more
    assert judged(problem, board) == []


@given(st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_polishing_and_pieces_keep_every_rule_and_every_place(number: int) -> None:
    case = tiny_case(number)
    problem = tiny_problem(case)
    board = laid_out(problem)
    for improve in (lambda: polish(problem, board), lambda: better_pieces(board, 2, effort=0.2)):
        before = int((board.place != NOBODY).sum())
        improve()
        assert int((board.place != NOBODY).sum()) >= before
        assert check(case, written(plan_of(problem, board, 10**6, 0))).breaches == []
