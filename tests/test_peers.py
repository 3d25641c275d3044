"""Other solvers, told a morning: what they answer is judged like our own plans and keeps its rules."""

import importlib.util

import numpy as np
import pytest

from benchmarks.peer_days import Halt, Route, parted, published, windows
from benchmarks.transport_peers import PEERS, Peer
from planner.transport.checking import check
from planner.transport.reading import problem_of
from planner.transport.tests.make import make_problem, make_said, small_said, small_tables


def test_two_who_must_be_kept_apart_have_different_numbers() -> None:
    problem = make_problem(8, not_together=[[0, 1], [1, 2], [0, 2], [3, 4]])
    numbers = parted(problem)

    assert numbers.keys() == {0, 1, 2, 3, 4}
    assert all(numbers[one] != numbers[other] for one, other in problem.apart)


def test_whoever_boards_in_their_window_has_not_ridden_too_long_at_the_bell() -> None:
    problem = make_problem(12)
    for who, opens, closes in windows(problem):
        one = problem.passengers[who]
        bell = problem.places[one.place].closes
        direct = int(problem.seconds[problem.homes + who, problem.depots + one.place])

        assert bell - (opens + one.board) <= one.max_ride
        assert closes + one.board + direct + one.alight <= bell


def test_an_order_of_stops_is_given_its_best_times_and_one_visit_for_all_who_alight() -> None:
    said, tables = make_said(3, not_together=[])
    for one in said["passengers"]:
        one["school"] = 0
    tables["seconds"] = np.minimum(tables["seconds"], 300)
    halts = [Halt(who, fetched, 0) for fetched in (True, False) for who in (2, 0, 1)]
    plan = published(problem_of(said, tables), [Route("car", 1, halts)])

    verdict = check(said, tables, plan)
    assert verdict.breaches == []
    assert verdict.shortest == pytest.approx(verdict.between, abs=0.001)
    assert len({stop["time"] for stop in plan["routes"][0]["stops"] if stop["event"] == "setdown"}) == 1


def test_an_order_that_no_timetable_keeps_is_shown_with_the_rule_it_breaks() -> None:
    said, tables = make_said(1)
    said["passengers"][0]["max_ride"] = 1
    plan = published(
        problem_of(said, tables), [Route("car", 0, [Halt(0, True, 20_000), Halt(0, False, 30_000)])]
    )

    assert any("is aboard for" in breach for breach in check(said, tables, plan).breaches)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_solver_that_is_installed_breaks_no_rule_on_a_small_day(peer: Peer) -> None:
    if importlib.util.find_spec(peer.module) is None:
        pytest.skip(f"{peer.name} is not installed: uv sync --group peers")
    problem = problem_of(small_said(), small_tables())
    answer = peer.by(problem, 2.0, 1)

    verdict = check(small_said(), small_tables(), answer.plan)
    assert verdict.breaches == []
    assert verdict.served + verdict.left_out == 60
    assert verdict.served >= 50
