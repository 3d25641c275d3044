"""The checker catches what is wrong, whoever made the plan."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.training.checking import check
from planner.training.reading import rested_of
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


DUTIES = {"E": [7, 16], "L": [14, 22], "N": [22, 31], "D": [9, 17]}


def make_rested(late_until: float) -> Said:
    """The year with eleven hours of rest due, and late duties until then."""
    duties = DUTIES | {"L": [14, late_until]}
    rested: Said = make_case() | {"rest": {"hours": 11, "session": [9, 17], "duties": duties}}
    return rested


def test_a_place_with_less_rest_than_is_due_is_told_with_the_hours() -> None:
    breaches = check(make_rested(23.5), GOOD).breaches
    assert any("has 9.5 hours of rest between the duty of day" in each for each in breaches)
    assert any("11 are due" in each for each in breaches)


def test_a_plan_made_with_a_rule_of_rest_keeps_it() -> None:
    case = make_rested(23.5)
    problem = replace(make_problem(), rested=rested_of(case["rest"]))
    assert check(case, written(plan_training(problem, rounds=0))).breaches == []


def test_a_team_below_its_minimum_is_told() -> None:
    case = copy.deepcopy(make_case())
    for team in case["teams"]:
        team["slack"] = [0] * len(team["slack"])

    assert any("and can spare 0" in breach for breach in check(case, GOOD).breaches)
