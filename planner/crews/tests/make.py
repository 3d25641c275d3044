"""Small weeks to man."""

import copy
from functools import cache
from typing import Any

from planner.crews.drawing import drawn, hours
from planner.crews.problem import Problem
from planner.crews.reading import problem_of

Said = dict[str, Any]


def person(name: str, *roles: str, **changes: Any) -> Said:
    return {"id": name, "depot": "north", "roles": list(roles or ("driver",)), **changes}


def task(name: str, day: int = 0, begins: int = 420, ends: int = 500, **changes: Any) -> Said:
    """A run of 80 minutes at seven, with a driver."""
    said = {"id": name, "day": day, "depot": "north", "begins": begins, "ends": ends, "posts": ["driver"]}
    return {**said, "driving": ends - begins, **changes}


def said(people: list[Said], tasks: list[Said], **changes: Any) -> Said:
    """A week from a Monday, under the rules that come with the planner."""
    week = {"first_day": "2026-11-23", "days": 7, "hours": hours(), "people": people, "tasks": tasks}
    return {**week, **changes}


def problem(people: list[Said], tasks: list[Said], **changes: Any) -> Problem:
    return problem_of(said(people, tasks, **changes))


@cache
def _small() -> Said:
    return drawn(people=60, lines=22, depots=2, seed=3)


def small() -> Said:
    """A drawn week of sixty people."""
    return copy.deepcopy(_small())
