"""Plans of small days: nobody lost, no rule broken, the same again, as good whatever the order."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.transport.checking import check
from planner.transport.plan import Plan
from planner.transport.problem import Problem
from planner.transport.reading import problem_of
from planner.transport.searching import plan_transport
from planner.transport.writing import read_plan, written

from .make import FLEET, make_problem, make_said, small_said, small_tables

SEEDS = st.integers(0, 10_000)


def _told(plan: Plan) -> list[str]:
    return [one.reason for one in plan.unserved]


def _lone(**changes: Any) -> Problem:
    """One passenger alone."""
    said, tables = make_said(1)
    said["passengers"][0] |= changes
    return problem_of(said, tables)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, people=st.integers(1, 14), direction=st.sampled_from(["morning", "afternoon"]))
def test_nobody_is_lost_and_no_rule_is_broken(seed: int, people: int, direction: str) -> None:
    said, tables = make_said(
        people, seed, direction=direction, escorting={"fixed": 20, "hourly": 12, "takes_seat": True}
    )
    said["passengers"][0] |= {"alone": True, "escort": "own"}
    said["fleet"] = [*FLEET, {**FLEET[0], "type": "taxi", "ends_free": True, "by_mile": 2.5, "fixed_cost": 9}]
    verdict = check(said, tables, written(plan_transport(problem_of(said, tables), rounds=40, seed=seed)))

    assert verdict.breaches == []
    assert verdict.shortest == pytest.approx(verdict.between, abs=0.01)
    assert verdict.served + verdict.left_out == people


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_the_passengers_does_not_change_the_cost(seed: int) -> None:
    said, tables = make_said(7, seed)
    order = np.random.default_rng(seed).permutation(7)
    new = {int(old): number for number, old in enumerate(order)}
    where = np.array([*range(5), *(5 + order)])
    turned = {
        **said,
        "passengers": [{**said["passengers"][old], "id": number} for number, old in enumerate(order)],
        "not_together": [[new[a], new[b]] for a, b in said["not_together"]],
    }
    seconds = tables["seconds"][np.ix_(where, where)]
    one = plan_transport(problem_of(said, tables), rounds=900)
    other = plan_transport(problem_of(turned, {"seconds": seconds}), rounds=900)

    assert one.cost == pytest.approx(other.cost, abs=0.02)


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = make_problem(20)

    assert plan_transport(problem, rounds=300, seed=3) == plan_transport(problem, rounds=300, seed=3)


def test_searching_makes_a_first_plan_cheaper() -> None:
    problem = problem_of(small_said(), small_tables())
    first, searched = plan_transport(problem, rounds=0), plan_transport(problem, rounds=3_000)

    assert first.unserved == searched.unserved == ()
    assert searched.cost < 0.95 * first.cost


def test_a_plan_is_written_and_read_again() -> None:
    plan = plan_transport(make_problem(), rounds=20)

    again = read_plan(written(plan))
    assert [run.stops for run in again.runs] == [run.stops for run in plan.runs]
    assert again.unserved == plan.unserved


def test_a_place_may_be_visited_twice_by_one_vehicle() -> None:
    said, tables = make_said(2, not_together=[], fleet=[{**FLEET[0], "seats": 1, "available": 1}])
    for one in said["passengers"]:
        one |= {"school": 0, "wheelchair": False, "escort": False, "board": 0, "alight": 0}
    tables["seconds"] = np.minimum(tables["seconds"], 200)
    plan = plan_transport(problem_of(said, tables), rounds=200)

    assert len(plan.runs) == 1
    assert plan.unserved == ()


def test_who_is_too_far_away_is_told_so() -> None:
    assert "is the longest they may be aboard" in _told(plan_transport(_lone(max_ride=60), rounds=5))[0]


def test_who_needs_a_bay_that_no_vehicle_has_is_told_so() -> None:
    said, tables = make_said(1, fleet=FLEET[:1])
    said["passengers"][0]["wheelchair"] = True

    assert _told(plan_transport(problem_of(said, tables), rounds=5)) == [
        "No vehicle there is has a bay for a wheelchair."
    ]


def test_whoever_finds_no_vehicle_is_told_what_stands_in_the_way_on_each_run() -> None:
    said, tables = make_said(12, fleet=[{**FLEET[1], "available": 1}])
    plan = plan_transport(problem_of(said, tables), rounds=100)

    assert plan.unserved
    assert all("No vehicle is left for a run of their own" in reason for reason in _told(plan))
    assert check(said, tables, written(plan)).breaches == []


def test_a_day_without_passengers_has_an_empty_plan() -> None:
    assert plan_transport(make_problem(0), rounds=5).runs == ()


def test_a_search_can_be_stopped_at_any_moment() -> None:
    plan = plan_transport(make_problem(), rounds=10**9, tell=lambda far: far.rounds == 0)

    assert plan.unserved == ()


def test_an_escort_that_costs_something_makes_those_who_need_one_share() -> None:
    said, tables = make_said(16, seed=4)
    free = plan_transport(problem_of(said, tables), rounds=800)
    said["escorting"] = {"fixed": 200.0}
    paid = plan_transport(problem_of(said, tables), rounds=800)

    assert sum(run.escorts for run in paid.runs) <= sum(run.escorts for run in free.runs)


def test_how_long_to_search_must_be_said() -> None:
    with pytest.raises(ValueError, match="how long"):
        plan_transport(make_problem())


def test_there_may_be_more_depots_and_groups_of_drivers_than_a_number_has_bits() -> None:
    said, tables = make_said(6, not_together=[])
    seconds = np.full((70 + 3 + 6,) * 2, 3_000)
    seconds[68:, 68:] = tables["seconds"]
    np.fill_diagonal(seconds, 0)
    said["depots"] = [{"id": number} for number in range(70)]
    said["fleet"] = [
        {**FLEET[1], "type": f"{n}", "drivers": f"{n}", "depots": [69 - n % 2]} for n in range(40)
    ]
    for one in said["passengers"]:
        one |= {"known": [f"{n}" for n in range(34, 40)], "continuity": 90.0}
    plan = plan_transport(problem_of(said, {"seconds": seconds}), rounds=200)

    assert check(said, {"seconds": seconds}, written(plan)).breaches == []
    assert plan.comfort == 0
    assert {int(run.kind) for run in plan.runs} <= set(range(34, 40))
