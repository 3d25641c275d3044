"""Published routing problems: read, solved, and judged by somebody else."""

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.command import run
from planner.vrp.checking import check_files
from planner.vrp.planning import Budget, plan_routes
from planner.vrp.problem import NEVER, Routing
from planner.vrp.reading import read_routing, straight
from planner.vrp.writing import written

HERE = Path(__file__).parent / "instances"
FILES = {"vrptw": "R112.txt", "pdptw": "lrc105.txt", "darp": "a2-16.txt", "sbrp": "RSRB01"}
STEPS = {"vrptw": 1500, "pdptw": 1500, "darp": 3000, "sbrp": 40}


@pytest.fixture(scope="module")
def plans() -> dict[str, dict[str, Any]]:
    made = {}
    for format_, name in FILES.items():
        problem = read_routing(HERE / name, format_)
        plan = plan_routes(problem, budget=Budget(steps=STEPS[format_]), seed=1, fewest=format_ == "sbrp")
        made[format_] = written(problem, plan)
    return made


@pytest.mark.parametrize(
    ("format_", "requests", "vehicles", "capacity"),
    [("vrptw", 100, 25, 200), ("pdptw", 54, 25, 200), ("darp", 16, 2, 3), ("sbrp", 250, 250, 66)],
)
def test_a_published_problem_is_read(format_: str, requests: int, vehicles: int, capacity: float) -> None:
    problem = read_routing(HERE / FILES[format_], format_)
    assert problem.requests == requests
    assert problem.vehicles == vehicles
    assert problem.capacity == capacity
    assert len(problem.labels) == problem.nodes
    assert problem.cost.shape == (problem.nodes, problem.nodes)


def test_distances_of_windows_are_cut_and_of_pairs_exact() -> None:
    cut = read_routing(HERE / "R112.txt", "vrptw")
    assert cut.cost[0, 1] == 15.2  # (35, 35) to (41, 49)
    exact = read_routing(HERE / "lrc105.txt", "pdptw")
    assert exact.cost[0, 1] == pytest.approx(np.hypot(15, 35))


def test_vrplib_is_read_as_solomons_format_is(tmp_path: Path) -> None:
    problem = read_routing(HERE / "R112.txt", "vrptw")
    lines = ["NAME : R112", "VEHICLES : 25", "CAPACITY : 200", "SERVICE_TIME : 10", "NODE_COORD_SECTION"]
    table = [line.split() for line in (HERE / "R112.txt").read_text().splitlines()[9:] if line.split()]
    lines += [f"{int(row[0]) + 1} {row[1]} {row[2]}" for row in table]
    lines += ["DEMAND_SECTION", *(f"{int(row[0]) + 1} {row[3]}" for row in table)]
    lines += ["TIME_WINDOW_SECTION", *(f"{int(row[0]) + 1} {row[4]} {row[5]}" for row in table), "EOF"]
    file = tmp_path / "R112.vrp"
    file.write_text("\n".join(lines))

    again = read_routing(file, "vrptw")
    assert (again.cost == problem.cost).all()
    assert (again.service == problem.service).all()
    assert (again.due == problem.due).all()
    plan = plan_routes(again, budget=Budget(steps=10))
    assert not check_files(file, "vrptw", written(again, plan)).broken


@pytest.mark.parametrize("format_", FILES)
def test_a_plan_keeps_every_rule(plans: dict[str, dict[str, Any]], format_: str) -> None:
    made = plans[format_]
    verdict = check_files(HERE / FILES[format_], format_, made)
    assert verdict.broken == ()
    assert not made["unserved"]
    assert verdict.vehicles == made["vehicles"]


def test_plans_are_near_the_best_that_is_known(plans: dict[str, dict[str, Any]]) -> None:
    assert plans["vrptw"]["cost"] < 948.6 * 1.1
    assert plans["pdptw"]["cost"] < 1637.626 * 1.03
    assert plans["darp"]["cost"] == pytest.approx(294.25, abs=0.01)
    assert plans["sbrp"]["vehicles"] < 60


def test_the_same_seed_and_steps_give_the_same_plan(plans: dict[str, dict[str, Any]]) -> None:
    problem = read_routing(HERE / "lrc105.txt", "pdptw")
    again = written(problem, plan_routes(problem, budget=Budget(steps=STEPS["pdptw"]), seed=1))
    assert again == plans["pdptw"]


def late(made: dict[str, Any]) -> None:
    made["routes"][0]["stops"][-1]["time"] += 10_000


def early(made: dict[str, Any]) -> None:
    made["routes"][0]["stops"][-1]["time"] -= 60


def twice(made: dict[str, Any]) -> None:
    made["routes"][0]["stops"] += made["routes"][-1]["stops"][:1]


def lost(made: dict[str, Any]) -> None:
    made["routes"][0]["stops"].pop()


def dear(made: dict[str, Any]) -> None:
    made["cost"] -= 5


def full(made: dict[str, Any]) -> None:
    made["routes"] = [
        {"start": 0, "end": 9e9, "stops": [stop for route in made["routes"] for stop in route["stops"]]}
    ]


@pytest.mark.parametrize("wrong", [late, early, twice, lost, dear, full])
@pytest.mark.parametrize("format_", FILES)
def test_the_judge_sees_what_is_wrong(plans: dict[str, dict[str, Any]], format_: str, wrong: Any) -> None:
    made = copy.deepcopy(plans[format_])
    wrong(made)
    assert check_files(HERE / FILES[format_], format_, made).broken


def test_the_judge_sees_a_ride_that_is_too_long(plans: dict[str, dict[str, Any]]) -> None:
    assert check_files(HERE / "RSRB01", "sbrp", plans["sbrp"], 600).broken
    assert any("rides" in one for one in check_files(HERE / "RSRB01", "sbrp", plans["sbrp"], 600).broken)


def test_who_fits_nowhere_is_left_out_and_said() -> None:
    problem = read_routing(HERE / "a2-16.txt", "darp")
    tight = Routing(**{**vars(problem), "due": np.minimum(problem.due, 300)})
    plan = plan_routes(tight, budget=Budget(steps=200))
    told = {stop.node for route in plan.routes for stop in route}
    assert plan.unserved
    assert {int(tight.pick[r]) for r in plan.unserved} & told == set()
    assert len(plan.unserved) + len(told) // 2 == problem.requests


def test_a_plan_is_made_written_and_judged_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.json"
    words = [
        "vrp",
        str(HERE / "a2-16.txt"),
        "--format",
        "darp",
        "--steps",
        "3000",
        "--out",
        str(out),
        "--json",
    ]
    assert run(words) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["cost"] == pytest.approx(294.25, abs=0.01)
    assert figures["broken"] == 0
    assert json.loads(out.read_text())["vehicles"] == figures["vehicles"] == 2


@pytest.mark.parametrize(
    ("name", "format_"),
    [("none.txt", "vrptw"), ("a2-16.txt", "vrptw"), ("R112.txt", "pdptw"), ("none", "sbrp")],
)
def test_what_cannot_be_read_is_refused(capsys: pytest.CaptureFixture[str], name: str, format_: str) -> None:
    assert run(["vrp", str(HERE / name), "--format", format_]) == 2
    assert name.split(".")[0] in capsys.readouterr().err


POINT = st.tuples(st.integers(0, 20), st.integers(0, 20))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(POINT, POINT, st.integers(0, 60)), min_size=1, max_size=6), st.integers(5, 60))
def test_nobody_is_lost_and_no_ride_too_long(asked: list[Any], ride: int) -> None:
    problem = dial_a_ride(asked, float(ride))
    plan = plan_routes(problem, budget=Budget(steps=60))
    seen = [stop.node for route in plan.routes for stop in route]

    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == 2 * (problem.requests - len(plan.unserved))
    for route in plan.routes:
        at = {stop.node: stop.at for stop in route}
        for r, node in enumerate(problem.pick):
            if int(node) in at:
                assert at[int(problem.drop[r])] - at[int(node)] <= problem.limit[r] + 1e-6
    direct = problem.cost[problem.pick, problem.drop]
    assert all(direct[r] > ride - 1e-6 or len(plan.routes) == problem.vehicles for r in plan.unserved)


def dial_a_ride(asked: list[Any], ride: float) -> Routing:
    """Everybody with a window of ten in which to be fetched, two seats, three vehicles."""
    count = len(asked)
    places = np.array([(10, 10), *(a for a, _, _ in asked), *(b for _, b, _ in asked), (10, 10)], np.float64)
    ready = np.array([0.0, *(float(t) for _, _, t in asked), *[0.0] * count, 0.0])
    due = np.array([500.0, *(float(t) + 10 + 30 for _, _, t in asked), *[400.0] * count, 500.0])
    far = straight(places)
    return Routing(
        "small",
        far,
        far,
        np.zeros(2 * count + 2),
        ready,
        due,
        np.array([0.0, *[1.0] * count, *[-1.0] * count, 0.0]),
        np.arange(1, count + 1, dtype=np.int32),
        np.arange(count + 1, 2 * count + 1, dtype=np.int32),
        np.full(count, ride),
        2.0,
        3,
        NEVER,
        tuple(str(i) for i in range(2 * count + 2)),
    )
