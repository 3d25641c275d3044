"""The first stage: a period for every lecture, with rooms only counted; by CP-SAT.

Rooms are nested by their seats, so lectures with more students than s have seats together exactly when there
are at most as many of them as rooms of more than s seats. A lecture short of seats pays for each student.
"""

import numpy as np
from ortools.sat.python import cp_model

from planner.timetable.arrays import Arrays, Ints
from planner.timetable.problem import NoTimetable


def feasible_periods(a: Arrays, *, seed: int, seconds: float) -> Ints:
    """A period for each lecture (L) that keeps every hard rule, by one worker, the same for the same seed.

    Raises NoTimetable when there is none, or when none was found within `seconds`.
    """
    model = cp_model.CpModel()
    at = choices(model, a)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        raise NoTimetable(
            "It is proved that no timetable keeps all of these rules; take away closed periods."
        )
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoTimetable(f"No timetable was found in {seconds:g} seconds; give it more.")
    return spread_out(a, {key: bool(solver.value(one)) for key, one in at.items()})


def choices(model: cp_model.CpModel, a: Arrays) -> dict[tuple[int, int], cp_model.IntVar]:
    """One switch for each course and open period, held by every hard rule."""
    courses, slots = a.open.shape
    at = {(c, p): model.new_bool_var("") for c in range(courses) for p in range(slots) if a.open[c, p]}
    for c, lectures in enumerate(np.bincount(a.course_of, minlength=courses)):
        model.add(sum(at[c, p] for p in range(slots) if a.open[c, p]) == int(lectures))
    groups = cliques(a.clash)
    for p in range(slots):
        for group in groups:
            model.add_at_most_one(at[c, p] for c in group if (c, p) in at)
        model.add(sum(at[c, p] for c in range(courses) if (c, p) in at) <= a.short.shape[1])
    return at


def cliques(clash: Ints) -> list[list[int]]:
    """Groups of courses that all clash with one another; every clash lies in at least one of them."""
    left = {(i, j) for i in range(len(clash)) for j in range(i) if clash[i, j]}
    found = []
    while left:
        group = list(max(left))
        for c in range(len(clash)):
            if c not in group and all(clash[c, one] for one in group):
                group.append(c)
        found.append(group)
        left -= {(i, j) for i in group for j in group if i > j}
    return found


def spread_out(a: Arrays, taken: dict[tuple[int, int], bool]) -> Ints:
    """A period for each lecture (L) from the switches that are on."""
    period = np.zeros(len(a.course_of), np.int32)
    upcoming: dict[int, list[int]] = {}
    for (c, p), on in taken.items():
        if on:
            upcoming.setdefault(c, []).append(p)
    for i, c in enumerate(a.course_of):
        period[i] = upcoming[int(c)].pop()
    return period


def rooms_by_size(a: Arrays, period: Ints) -> Ints:
    """A room for each lecture (L): in every period the largest lecture in the largest room, and so on down.

    That is the cheapest way for seats, because what a room is short of is convex in its size. Raises
    NoTimetable when a period has more lectures than rooms.
    """
    need = a.short.sum(axis=1)[a.course_of]
    largest = np.argsort(a.short.sum(axis=0), kind="stable")
    room = np.zeros(len(period), np.int32)
    for p in range(a.open.shape[1]):
        here = np.flatnonzero(period == p)
        if len(here) > len(largest):
            raise NoTimetable("A period has more lectures than rooms.")
        room[here[np.argsort(-need[here], kind="stable")]] = largest[: len(here)]
    return room
