"""A week whose days differ: who travels on which, other bells, a school that is closed.

The day with most passengers is planned. Every other day that differs from it is that plan mended, so that a
passenger moves to another run only where it saves more than `keep` pounds: families, drivers and schools
learn one week, not five."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.transport.changes import OTHER_TIMES, Changed
from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.reading import problem_of
from planner.transport.repair import repair
from planner.transport.searching import plan_transport

KEEP = 5.0  # pounds for each passenger on another run than on the other days
NOT_TODAY = "They do not travel on this day of the week."
CLOSED = "Their school is closed on this day of the week."


@dataclass(frozen=True)
class Day:
    """One day of the week: its bells, and who stays at home and why."""

    name: str
    problem: Problem
    gone: Mapping[int, str]

    @property
    def travellers(self) -> int:
        return len(self.problem.passengers) - len(self.gone)


@dataclass(frozen=True)
class DayPlan:
    """The plan of a day. `moved` are on another run than on the day planned first, of those on both."""

    day: str
    plan: Plan
    moved: tuple[int, ...] = ()


def read_week(said: Mapping[str, Any], tables: Mapping[str, Any]) -> tuple[Day, ...]:
    """The days a case names. ProblemError when it names none, or somebody travels on another."""
    names = [str(one) for one in said.get("days", ())]
    if not names or len(set(names)) < len(names):
        raise ProblemError("The case names no days of the week, or one of them twice.")
    return tuple(read_day(said, tables, name) for name in names)


def read_day(said: Mapping[str, Any], tables: Mapping[str, Any], name: str) -> Day:
    """One day the case names. ProblemError when it does not."""
    problem = problem_of(said, tables, day=name)
    names = {str(one) for one in said.get("days", ())}
    if name not in names:
        raise ProblemError(f"The case has no day “{name}”; it names {', '.join(sorted(names)) or 'none'}.")
    gone: dict[int, str] = {}
    for number, one in enumerate(said["passengers"]):
        those = set(_names(one.get("days", names), names, f"Passenger {number}"))
        school = said["schools"][int(one["school"])]
        if name not in those:
            gone[number] = NOT_TODAY
        elif name in _names(school.get("closed", ()), names, f"School {one['school']}"):
            gone[number] = CLOSED
    for number, one in enumerate(said["schools"]):
        _names(one.get("bells", ()), names, f"School {number}")
    return Day(name, problem, gone)


def _names(said: Any, names: set[str], who: str) -> list[str]:
    those = [str(one) for one in said]
    if not names.issuperset(those):
        raise ProblemError(f"{who} has a day of the week that the case does not name.")
    return those


def plan_week(
    days: Sequence[Day], *, seconds: float | None = None, rounds: int | None = None, seed: int = 1,
    keep: float = KEEP,
) -> tuple[DayPlan, ...]:  # fmt: skip
    """A plan for each day. `seconds` and `rounds` are for the first; the others take a few seconds each."""
    first = max(days, key=lambda day: day.travellers)
    plan = plan_transport(first.problem, seconds=seconds, rounds=rounds, seed=seed, gone=first.gone)
    return tuple(_like(first, plan, day, keep, seed) for day in days)


def _like(first: Day, plan: Plan, day: Day, keep: float, seed: int) -> DayPlan:
    """The day as like the first as may be."""
    if day == first or (day.gone == first.gone and day.problem.places == first.problem.places):
        return DayPlan(day.name, plan)
    point = repair(_changed(first, day), plan, keeps=[keep], seed=seed)[-1]
    both = (one.passenger for one in point.moved if one.before is not None and one.after != one.before)
    return DayPlan(day.name, replace(point.plan, times_from=plan.times_from), tuple(both))


def _changed(first: Day, day: Day) -> Changed:
    """What is different from the first day."""
    moved = np.flatnonzero([a != b for a, b in zip(first.problem.places, day.problem.places, strict=True)])
    those = {one.id: OTHER_TIMES for one in day.problem.passengers if one.place in set(moved.tolist())}
    return Changed(day.problem, day.gone, {}, those)
