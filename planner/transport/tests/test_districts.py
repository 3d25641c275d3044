"""A day cut into districts: the same on any executor, nobody lost, nearly as good as one search."""

from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.transport.checking import check
from planner.transport.cutting import cut, shares, vectors_of
from planner.transport.districts import Task, Turn, plan_in_districts, solve
from planner.transport.plan import Plan
from planner.transport.reading import problem_of
from planner.transport.searching import plan_transport
from planner.transport.writing import written

from .make import make_problem, make_rich, small_said, small_tables


@pytest.fixture(scope="module")
def small() -> Plan:
    problem = problem_of(small_said(), small_tables())
    return plan_in_districts(problem, rounds=900, most=20, turns=2)


def test_a_plan_of_districts_keeps_every_rule(small: Plan) -> None:
    verdict = check(small_said(), small_tables(), written(small))

    assert verdict.breaches == []
    assert verdict.served == 60
    assert small.rounds == pytest.approx(900, abs=10)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 24), st.sampled_from(["morning", "afternoon"]))
def test_nobody_is_lost_on_a_seam(seed: int, people: int, direction: str) -> None:
    said, tables = make_rich(people, seed, direction=direction)
    plan = plan_in_districts(problem_of(said, tables), rounds=60, most=8, turns=2, seed=seed)
    verdict = check(said, tables, written(plan))

    assert verdict.breaches == []
    assert verdict.served + verdict.left_out == people


def test_districts_cost_little_more_than_one_search(small: Plan) -> None:
    whole = plan_transport(problem_of(small_said(), small_tables()), rounds=900)

    assert small.cost < 1.1 * whole.cost


@pytest.mark.parametrize("processes", [False, True])
def test_every_executor_gives_the_same_plan(small: Plan, processes: bool) -> None:
    problem = problem_of(small_said(), small_tables())
    chosen: Executor = ProcessPoolExecutor(1, get_context("spawn")) if processes else ThreadPoolExecutor(3)
    with chosen as executor:
        again = plan_in_districts(problem, rounds=900, most=20, turns=2, executor=executor)

    assert again == small


class _Counting(Executor):
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked += 1
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def test_what_was_answered_once_is_not_asked_for_again() -> None:
    problem, executor, kept = make_problem(24), _Counting(), dict[str, Plan]()
    first = plan_in_districts(problem, rounds=60, most=8, turns=2, executor=executor, kept=kept)
    asked = executor.asked
    again = plan_in_districts(problem, rounds=60, most=8, turns=2, executor=executor, kept=kept)

    assert asked == len(kept) > 2
    assert executor.asked == asked
    assert again == first


def test_a_task_is_named_by_what_it_says() -> None:
    problem = make_problem(6)
    task = Task(problem, Plan((), ()), 10, 6.0, 1.0, 1, False)
    same = Task(make_problem(6), Plan((), ()), 10, 6.0, 1.0, 1, False)
    others = [
        Task(make_problem(6, seed=2), Plan((), ()), 10, 6.0, 1.0, 1, False),
        Task(problem, solve(task), 10, 6.0, 1.0, 1, False),
        Task(problem, Plan((), ()), 10, 6.0, 1.0, 2, False),
    ]

    assert task.name == same.name
    assert len({task.name, *(other.name for other in others)}) == 4


def test_how_far_it_is_is_told_after_each_turn_and_no_turn_makes_it_worse() -> None:
    turns: list[Turn] = []
    plan_in_districts(make_problem(30), rounds=300, most=10, turns=3, tell=turns.append)

    assert [turn.done for turn in turns] == [1, 2, 3]
    worth = [turn.cost + 1_000 * turn.left_out for turn in turns]
    assert worth == sorted(worth, reverse=True)


def test_whoever_is_away_is_left_out_with_the_reason() -> None:
    plan = plan_in_districts(make_problem(12), rounds=30, most=5, turns=2, gone={3: "Ill."})

    assert [one.reason for one in plan.unserved if one.passenger == 3] == ["Ill."]


def test_parts_are_nearly_equal_and_cut_elsewhere_in_the_next_turn() -> None:
    problem = make_problem(60)
    vectors, units = vectors_of(problem), [[who] for who in range(60)]
    parts = [cut(vectors, units, 15, turn) for turn in (0, 1)]

    for each in parts:
        assert sorted(number for part in each for number in part) == list(range(60))
        assert all(13 <= len(part) <= 17 for part in each)
    assert parts[0] != parts[1]


@given(st.integers(0, 50), st.lists(st.floats(0, 10), max_size=8))
def test_things_are_shared_out_whole_and_all(there_are: int, weights: list[float]) -> None:
    shared = shares(there_are, weights)

    assert int(shared.sum()) == (there_are if sum(weights) > 0 else 0)
    assert np.all(shared >= 0)
