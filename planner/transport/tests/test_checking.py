"""The checker catches what is wrong, whoever made the plan."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from planner.transport.checking import check
from planner.transport.reading import problem_of
from planner.transport.searching import plan_transport
from planner.transport.writing import written

from .make import small_said, small_tables

Said = dict[str, Any]


@pytest.fixture(scope="module")
def good() -> Said:
    return written(plan_transport(problem_of(small_said(), small_tables()), rounds=60))


def _shared(plan: Said) -> Said:
    """The run with most passengers."""
    found: Said = max(plan["routes"], key=lambda run: len(run["stops"]))
    return found


def _those(run: Said) -> list[int]:
    return [stop["passenger"] for stop in run["stops"] if stop["event"] == "pickup"]


def _lost(case: Said, plan: Said) -> None:
    run, who = _shared(plan), _those(_shared(plan))[0]
    run["stops"] = [stop for stop in run["stops"] if stop["passenger"] != who]


def _twice(case: Said, plan: Said) -> None:
    who = _those(plan["routes"][0])[0]
    plan["routes"][1]["stops"] += [stop for stop in plan["routes"][0]["stops"] if stop["passenger"] == who]


def _served_and_left_out(case: Said, plan: Said) -> None:
    plan["unserved"].append({"passenger": 3, "reason": "Nobody came."})


def _no_reason(case: Said, plan: Said) -> None:
    _lost(case, plan)
    gone = set(range(60)) - {who for run in plan["routes"] for who in _those(run)}
    plan["unserved"].append({"passenger": gone.pop(), "reason": ""})


def _stranger(case: Said, plan: Said) -> None:
    plan["routes"][0]["stops"][0]["passenger"] = 999


def _unknown_type(case: Said, plan: Said) -> None:
    plan["routes"][0]["type"] = "helicopter"


def _unknown_depot(case: Said, plan: Said) -> None:
    plan["routes"][0]["depot"] = 7


def _depot_of_others(case: Said, plan: Said) -> None:
    for kind in case["fleet"]:
        kind["depots"] = [(plan["routes"][0]["depot"] + 1) % 3]


def _too_many(case: Said, plan: Said) -> None:
    next(kind for kind in case["fleet"] if kind["type"] == plan["routes"][0]["type"])["available"] = 0


def _too_fast(case: Said, plan: Said) -> None:
    _shared(plan)["stops"][1]["time"] -= 1


def _too_early(case: Said, plan: Said) -> None:
    for stop in _shared(plan)["stops"]:
        stop["time"] -= 5_400


def _too_late(case: Said, plan: Said) -> None:
    for stop in _shared(plan)["stops"]:
        stop["time"] += 901


def _too_long(case: Said, plan: Said) -> None:
    case["passengers"][_those(_shared(plan))[0]]["max_ride"] = 60


def _no_seat(case: Said, plan: Said) -> None:
    for kind in case["fleet"]:
        kind["seats"] = 1


def _no_bay(case: Said, plan: Said) -> None:
    for kind in case["fleet"]:
        kind["bays"] = 0


def _no_escort(case: Said, plan: Said) -> None:
    for run in plan["routes"]:
        run["escorts"] = 0


def _own_escort(case: Said, plan: Said) -> None:
    for one in case["passengers"]:
        one["escort"] = "own"


def _foes(case: Said, plan: Said) -> None:
    case["not_together"].append(_those(_shared(plan))[:2])


def _backwards(case: Said, plan: Said) -> None:
    stops = _shared(plan)["stops"]
    stops[0]["event"], stops[-1]["event"] = "setdown", "pickup"


def _never_down(case: Said, plan: Said) -> None:
    _shared(plan)["stops"].pop()


def _not_alone(case: Said, plan: Said) -> None:
    for one in case["passengers"]:
        one["alone"] = True


def _visit_torn(case: Said, plan: Said) -> None:
    run = next(
        run for run in plan["routes"] if [stop["event"] for stop in run["stops"][-2:]] == ["setdown"] * 2
        and len({stop["time"] for stop in run["stops"][-2:]}) == 1
    )  # fmt: skip
    run["stops"][-1]["time"] += 1


def _run_price(case: Said, plan: Said) -> None:
    plan["routes"][0]["cost"] -= 1


def _price(case: Said, plan: Said) -> None:
    plan["cost"] -= 2


def _count(case: Said, plan: Said) -> None:
    plan["vehicles"] -= 1


def _hours(case: Said, plan: Said) -> None:
    plan["hours"] += 1


def _empty(case: Said, plan: Said) -> None:
    plan["routes"].append({"type": "car8", "depot": 0, "stops": []})


PLANTED: dict[Callable[[Said, Said], None], str] = {
    _lost: "is fetched 0 times",
    _twice: "is fetched 2 times",
    _served_and_left_out: "left out 1 times",
    _no_reason: "without a reason",
    _stranger: "the case does not have",
    _unknown_type: "helicopter",
    _unknown_depot: "depot 7",
    _depot_of_others: "where no",
    _too_many: "there are 0",
    _too_fast: "cannot be before",
    _too_early: "outside its time",
    _too_late: "outside its time",
    _too_long: "is aboard for",
    _no_seat: "does not have both",
    _no_bay: "does not have both",
    _no_escort: "0 escorts and needs 1",
    _own_escort: "escorts and needs",
    _foes: "must be kept apart",
    _backwards: "set down before they are fetched",
    _never_down: "set down 0 times",
    _not_alone: "has to travel alone",
    _visit_torn: "at another time",
    _run_price: "says it costs",
    _price: "The plan says it costs",
    _count: "The plan says",
    _hours: "hours and takes",
    _empty: "has no stops",
}


def test_a_plan_of_ours_keeps_every_rule(good: Said) -> None:
    verdict = check(small_said(), small_tables(), good)

    assert verdict.breaches == []
    assert (verdict.served, verdict.left_out) == (60, 0)
    assert verdict.cost == pytest.approx(good["cost"], abs=0.05)


def test_no_timetable_of_the_same_runs_is_shorter(good: Said) -> None:
    verdict = check(small_said(), small_tables(), good)

    assert verdict.shortest == pytest.approx(verdict.between, abs=0.01)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_a_planted_breach_is_told(plant: Callable[[Said, Said], None], good: Said) -> None:
    case, plan = copy.deepcopy(small_said()), copy.deepcopy(good)
    plant(case, plan)

    breaches = check(case, small_tables(), plan).breaches
    assert any(PLANTED[plant] in breach for breach in breaches), breaches
