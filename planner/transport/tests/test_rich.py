"""Meeting points, companions, known drivers, contractors: kept by plans, and told when they are broken."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.transport.changes import away, moved_house, unchanged
from planner.transport.checking import check
from planner.transport.plan import Plan
from planner.transport.quoting import WHY, Quoting
from planner.transport.reading import problem_of
from planner.transport.repair import repair
from planner.transport.searching import plan_transport
from planner.transport.writing import read_plan, written

from .make import FLEET, make_rich, make_said

Said = dict[str, Any]


def _run_of(plan: Plan, who: int) -> int | None:
    return next((number for number, run in enumerate(plan.runs) if who in run.passengers), None)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 16), st.sampled_from(["morning", "afternoon"]))
def test_nobody_is_lost_and_no_rule_is_broken(seed: int, people: int, direction: str) -> None:
    said, tables = make_rich(people, seed, direction=direction)
    plan = plan_transport(problem_of(said, tables), rounds=60, seed=seed)
    verdict = check(said, tables, written(plan))

    assert verdict.breaches == []
    assert verdict.shortest == pytest.approx(verdict.between, abs=0.01)
    assert verdict.served + verdict.left_out == people
    assert verdict.comfort == pytest.approx(plan.comfort, abs=0.05)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 13))
def test_mending_keeps_every_rule_too(seed: int, ill: int) -> None:
    said, tables = make_rich(14, seed)
    problem = problem_of(said, tables)
    points = repair(away(unchanged(problem), ill, "Ill."), plan_transport(problem, rounds=60), rounds=30)

    for point in points:
        breaches = check(said, tables, written(point.plan)).breaches
        assert [one for one in breaches if f" {ill} " not in one] == []


def test_whoever_can_walk_is_fetched_where_it_is_cheaper() -> None:
    said, tables = make_said(8, not_together=[])
    alone = plan_transport(problem_of(said, tables), rounds=400)
    seconds = np.full((14, 14), 1_200)
    seconds[:13, :13] = tables["seconds"]
    order = [*range(5), 13, *range(5, 13)]
    seconds[13, :] = seconds[:, 13] = [*tables["seconds"][2], 0]  # the meeting point is at the first school
    walking = {"spots": [{"point": 0, "walk": 120}], "max_walk": 120}
    for one in said["passengers"]:
        one |= walking if one["school"] == 0 else {}
    said["meeting_points"] = [{"id": 0}]
    tables = {"seconds": seconds[np.ix_(order, order)]}
    plan = plan_transport(problem_of(said, tables), rounds=400)

    assert any(stop.point == 0 for run in plan.runs for stop in run.stops)
    assert plan.cost < alone.cost
    assert check(said, tables, written(plan)).breaches == []
    assert [run.stops for run in read_plan(written(plan)).runs] == [run.stops for run in plan.runs]


def test_an_hour_walked_that_costs_much_keeps_everybody_at_home() -> None:
    said, tables = make_rich(walking={"hourly": 10_000.0})
    for one in said["passengers"]:
        one["at_home"] = True
    plan = plan_transport(problem_of(said, tables), rounds=300)

    assert all(stop.point is None for run in plan.runs for stop in run.stops)


@pytest.mark.parametrize("seed", range(4))
def test_companions_are_on_one_run_or_both_left_out(seed: int) -> None:
    said, tables = make_rich(seed=seed)
    plan = plan_transport(problem_of(said, tables), rounds=300, seed=seed)

    assert len({_run_of(plan, who) for who in (2, 3, 5)}) == 1


def test_the_companion_of_somebody_who_cannot_be_taken_is_told_so() -> None:
    said, tables = make_rich()
    said["passengers"][2]["max_ride"] = 1
    plan = plan_transport(problem_of(said, tables), rounds=20)

    told = {one.passenger: one.reason for one in plan.unserved}
    assert told[3] == told[5] == "They travel with passenger 2, who cannot be taken."


def test_a_quote_says_that_a_companion_is_on_another_run() -> None:
    problem = problem_of(*make_rich())
    plan = plan_transport(problem, rounds=300)
    quotes = Quoting(problem, plan).quotes(3)

    told = {one.why for one in quotes if one.run != _run_of(plan, 3)}
    assert told == {"whoever travels with them is on another run"}
    assert told < set(WHY.values())


def test_drivers_who_are_known_are_kept_where_it_is_worth_it() -> None:
    said, tables = make_said(12, not_together=[])
    said["fleet"] = [
        {**FLEET[0], "type": name, "drivers": name, "available": 3, "bays": 2} for name in ("one", "two")
    ]
    for one in said["passengers"]:
        one |= {"known": ["one" if one["id"] % 2 else "two"], "continuity": 200.0}
    plan = plan_transport(problem_of(said, tables), rounds=800)

    assert plan.unserved == ()
    assert plan.comfort == 0
    assert all({who % 2 for who in run.passengers} == {int(run.kind == "one")} for run in plan.runs)


def test_no_more_vehicles_go_out_than_there_are_drivers() -> None:
    said, tables = make_rich(
        drivers=[{"name": "Depot", "available": 3}, {"name": "Blue Cabs", "available": 0}]
    )
    plan = plan_transport(problem_of(said, tables), rounds=200)

    assert len(plan.runs) <= 3
    assert check(said, tables, written(plan)).breaches == []


def test_a_run_costs_its_least_charge_and_its_own_escort() -> None:
    said, tables = make_rich(1, fleet=[{**make_rich()[0]["fleet"][2], "minimum": 500}], drivers=[])
    said["passengers"][0] |= {"escort": True, "max_walk": 1_000, "known": [], "at_home": True}
    plan = plan_transport(problem_of(said, tables), rounds=5)

    assert [run.cost for run in plan.runs] == [500]
    assert check(said, tables, written(plan)).breaches == []


def test_who_moved_house_is_fetched_at_home() -> None:
    said, tables = make_rich()
    problem = problem_of(said, tables)
    there = [60] * len(problem.seconds)
    there[problem.homes] = 0
    day = moved_house(unchanged(problem), 0, there, there)
    point = repair(day, plan_transport(problem, rounds=60), keeps=[0.0], rounds=60)[-1]

    assert all(stop.point is None for run in point.plan.runs for stop in run.stops if stop.passenger == 0)


def _walked_too_far(case: Said, plan: Said) -> None:
    case["passengers"][_walker(plan)]["max_walk"] = 1


def _point_unknown(case: Said, plan: Said) -> None:
    case["passengers"][_walker(plan)]["spots"] = []


def _home_not_allowed(case: Said, plan: Said) -> None:
    for one in case["passengers"]:
        one["at_home"] = False


def _point_at_school(case: Said, plan: Said) -> None:
    stop = next(stop for stop in plan["routes"][0]["stops"] if stop["event"] == "setdown")
    stop["point"] = 0


def _ridden_and_walked(case: Said, plan: Said) -> None:
    one = case["passengers"][_walker(plan)]
    one["spots"] = [{**spot, "walk": 3_590} for spot in one["spots"]]
    one["max_walk"] = 3_600


def _parted(case: Said, plan: Said) -> None:
    one, other = plan["routes"][0]["stops"][0], plan["routes"][1]["stops"][0]
    case["together"] = [[one["passenger"], other["passenger"]]]


def _left_out_alone(case: Said, plan: Said) -> None:
    who = plan["routes"][0]["stops"][0]["passenger"]
    other = plan["routes"][1]["stops"][0]["passenger"]
    case["together"] = [[who, other]]
    for run in plan["routes"]:
        run["stops"] = [stop for stop in run["stops"] if stop["passenger"] != who]
    plan["unserved"].append({"passenger": who, "reason": "Lost."})


def _too_few_drivers(case: Said, plan: Said) -> None:
    case["drivers"] = [{"name": name, "available": 0} for name in ("Depot", "Blue Cabs")]


def _comfort(case: Said, plan: Said) -> None:
    plan["routes"][0]["comfort"] += 1


def _least_charge(case: Said, plan: Said) -> None:
    for kind in case["fleet"]:
        kind["minimum"] = 10_000


def _escort_price(case: Said, plan: Said) -> None:
    for kind in case["fleet"]:
        kind["escorting"] = {"fixed": 1_000}


def _late_when_slow(case: Said, plan: Said) -> None:
    case["most_late"] = 0.0


def _not_on_this_day(case: Said, plan: Said) -> None:
    plan["day"] = "fri"
    for one in case["passengers"]:
        one["days"] = ["mon"]


def _school_closed(case: Said, plan: Said) -> None:
    plan["day"] = "fri"
    for one in case["schools"]:
        one["closed"] = ["fri"]


def _other_bell(case: Said, plan: Said) -> None:
    plan["day"] = "fri"
    for one in case["schools"]:
        one["bells"] = {"fri": 20_000}


PLANTED: dict[Callable[[Said, Said], None], str] = {
    _walked_too_far: "cannot be fetched at meeting point",
    _point_unknown: "cannot be fetched at meeting point",
    _home_not_allowed: "cannot be fetched at home",
    _point_at_school: "where their school should be",
    _ridden_and_walked: "is aboard for",
    _parted: "must travel together and do not",
    _left_out_alone: "must travel together and do not",
    _too_few_drivers: "who are 0",
    _comfort: "for comfort",
    _least_charge: "says it costs",
    _escort_price: "says it costs",
    _late_when_slow: "On a slow day",
    _not_on_this_day: "do not travel",
    _school_closed: "do not travel",
    _other_bell: "outside its time",
}


def _walker(plan: Said) -> int:
    """Somebody who walks."""
    those = (stop for run in plan["routes"] for stop in run["stops"] if stop.get("point") is not None)
    found: int = next(those)["passenger"]
    return found


@pytest.fixture(scope="module")
def good() -> tuple[Said, Said, Said]:
    said, tables = make_rich()
    return said, tables, written(plan_transport(problem_of(said, tables), rounds=300))


def test_the_plan_before_anything_is_planted_keeps_every_rule(good: tuple[Said, Said, Said]) -> None:
    said, tables, plan = good

    assert check(said, tables, plan).breaches == []
    assert len(plan["routes"]) > 1


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_a_planted_breach_is_told(plant: Callable[[Said, Said], None], good: tuple[Said, Said, Said]) -> None:
    said, tables, plan = copy.deepcopy(good)
    plant(said, plan)

    breaches = check(said, tables, plan).breaches
    assert any(PLANTED[plant] in breach for breach in breaches), breaches


def test_companions_who_are_never_aboard_at_once_are_told() -> None:
    said, tables = make_said(2, not_together=[])
    said["fleet"] = [{**FLEET[0], "seats": 1, "available": 1}]
    for one in said["passengers"]:
        one |= {"school": 0, "wheelchair": False, "escort": False, "board": 0, "alight": 0}
    tables["seconds"] = np.minimum(tables["seconds"], 200)
    plan = written(plan_transport(problem_of(said, tables), rounds=200))
    said["together"] = [[0, 1]]

    assert any("never aboard together" in one for one in check(said, tables, plan).breaches)
