"""What would help most: the planner's levers as things of the office, and a case with one of them pulled."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final

from planner.training.levers import COURSE, TEAM

UNIT: Final = "unit"
WORTH_SHOWING: Final = 6


def levers_of(
    found: Sequence[tuple[str, int, float]], names: Mapping[str, Any]
) -> list[tuple[str, int, float]]:
    """Units and courses with the places that each is worth at most, best first. Of a unit that works several
    sets of duties it is its largest team that counts."""
    largest, said = set(names["largest"]), []
    for kind, number, places in found:
        if kind == TEAM and number in largest:
            said.append((UNIT, names["teams"][number], round(places, 1)))
        elif kind == COURSE:
            said.append((COURSE, names["courses"][number][0], round(places, 1)))
    return said[:WORTH_SHOWING]


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
