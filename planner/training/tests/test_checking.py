"""The checker catches what is wrong, whoever made the plan."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from planner.training.checking import check
from planner.training.searching import plan_training
from planner.training.writing import written

from .make import make_case, make_problem

Said = dict[str, Any]
GOOD = written(plan_training(make_problem(), rounds=0))


def _twice(plan: Said) -> None:
    plan["places"].append(plan["places"][0])


def _silent(plan: Said) -> None:
    plan["unplaced"].pop()


def _no_reason(plan: Said) -> None:
    plan["unplaced"][0]["reason"] = ""


def _no_trainer(plan: Said) -> None:
    plan["classes"][0]["trainers"] = []


def _elsewhere(plan: Said) -> None:
    plan["classes"][-1]["days"] = [0]


def _everybody_in_one(plan: Said) -> None:
    course = next(one["id"] for one in plan["classes"] if one["kind"] == "surge" and one["module"] == 0)
    for place in plan["places"]:
        if place.get("module") == 0:
            place["class"] = course


def _nowhere(plan: Said) -> None:
    plan["places"][0]["class"] = 999_999


def _second_before_first(plan: Said) -> None:
    first = {place["officer"]: place for place in plan["places"] if place.get("module") == 0}
    for place in plan["places"]:
        if place.get("module") == 1:
            place["class"], first[place["officer"]]["class"] = (
                first[place["officer"]]["class"],
                place["class"],
            )
            return


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_twice, "answered 2 times"),
        (_silent, "answered 0 times"),
        (_no_reason, "without a reason"),
        (_no_trainer, "has 0 trainers"),
        (_elsewhere, "not on one day of the surge"),
        (_everybody_in_one, "for 12 places"),
        (_nowhere, "is not held"),
        (_second_before_first, "came for another module"),
    ],
)
def test_a_spoilt_plan_is_told_what_is_wrong(spoil: Callable[[Said], None], told: str) -> None:
    plan = copy.deepcopy(GOOD)
    spoil(plan)

    assert any(told in breach for breach in check(make_case(), plan).breaches)


def test_a_good_plan_has_no_breach() -> None:
    assert check(make_case(), GOOD).breaches == []


def test_a_team_below_its_minimum_is_told() -> None:
    case = copy.deepcopy(make_case())
    for team in case["teams"]:
        team["slack"] = [0] * len(team["slack"])

    assert any("and can spare 0" in breach for breach in check(case, GOOD).breaches)
