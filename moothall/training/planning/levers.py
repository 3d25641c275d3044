"""What would help most: the planner's levers as things of the office, and a case with one of them pulled."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final

from planner.training.plan import COURSE, TEAM

UNIT: Final = "unit"
WORTH_SHOWING: Final = 6


def levers_of(
    found: Sequence[tuple[str, int, float]], names: Mapping[str, Any], at_minimum: Mapping[int, int]
) -> list[tuple[str, int, float]]:
    """Units and courses with the places that each is worth at most, best first. Of a unit that works several
    sets of duties it is its largest team that counts. What no session is open to has no price: `at_minimum`
    says how many of a unit that are."""
    largest, worth = set(names["largest"]), {(UNIT, unit): float(many) for unit, many in at_minimum.items()}
    for kind, number, places in found:
        if kind == TEAM and number in largest:
            key = UNIT, names["teams"][number]
            worth[key] = worth.get(key, 0.0) + places
        elif kind == COURSE:
            worth[COURSE, names["courses"][number][0]] = places
    order = sorted(worth, key=lambda key: (-worth[key], key))
    return [(*key, round(worth[key], 1)) for key in order[:WORTH_SHOWING]]


def with_unit_eased(case: Mapping[str, Any], names: Mapping[str, Any], unit: int) -> dict[str, Any]:
    """The case with a minimum one lower on every duty of the unit's largest team."""
    number = next((each for each in names["largest"] if names["teams"][each] == unit), None)
    changed = copy.deepcopy(dict(case))
    if number is not None:
        team = changed["teams"][number]
        team["slack"] = [
            spare + (letter != "R") for spare, letter in zip(team["slack"], team["duty"], strict=True)
        ]
    return changed


def with_larger_course(case: Mapping[str, Any], names: Mapping[str, Any], course: int) -> dict[str, Any]:
    """The case with one more seat in every session of the course."""
    changed = copy.deepcopy(dict(case))
    for number, (each, _version) in enumerate(names["courses"]):
        if each == course:
            changed["courses"][number]["size"] += 1
    return changed
