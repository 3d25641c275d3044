"""A problem as arrays of small numbers, which is what the search reads; and a plan from them again.

Shapes: C courses, L lectures, P periods of the whole week (day by day), R rooms, Q curricula, D days.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.timetable.problem import Place, Problem, Timetable

Ints = npt.NDArray[np.int32]


class Arrays(NamedTuple):
    """A problem, in numbers; a tuple, because that is what compiled functions take."""

    days: int
    periods: int
    course_of: Ints  # L: the course of each lecture
    least_days: Ints  # C
    clash: Ints  # C x C: 1 where two may not be at once, and on the diagonal
    open: Ints  # C x P: 1 where the course may be
    short: Ints  # C x R: students without a seat
    group_start: Ints  # C + 1
    groups: Ints  # flat: the curricula of course c are groups[group_start[c]:group_start[c + 1]]
    group_count: int
    lonely: Ints  # 2 ** periods: how many stand alone on a day with these periods taken


def arrays(problem: Problem) -> Arrays:
    """The problem's arrays; courses, rooms and curricula numbered in the problem's own order."""
    number = {course.name: i for i, course in enumerate(problem.courses)}
    count, slots = len(problem.courses), problem.days * problem.periods
    may = np.ones((count, slots), np.int32)
    for name, day, period in problem.closed:
        may[number[name], day * problem.periods + period] = 0
    of: list[list[int]] = [[] for _ in problem.courses]
    for i, group in enumerate(problem.curricula):
        for name in dict.fromkeys(group.courses):
            of[number[name]].append(i)
    students = np.array([course.students for course in problem.courses], np.int32)
    seats = np.array([room.seats for room in problem.rooms], np.int32)
    return Arrays(
        days=problem.days,
        periods=problem.periods,
        course_of=np.repeat(np.arange(count), [c.lectures for c in problem.courses]).astype(np.int32),
        least_days=np.array([course.least_days for course in problem.courses], np.int32),
        clash=clashing(problem, of),
        open=may,
        short=np.maximum(0, students[:, None] - seats[None, :]).astype(np.int32),
        group_start=np.cumsum([0] + [len(one) for one in of]).astype(np.int32),
        groups=np.array([group for one in of for group in one] or [0], np.int32),
        group_count=len(problem.curricula),
        lonely=np.array([alone(mask) for mask in range(1 << problem.periods)], np.int32),
    )


def clashing(problem: Problem, of: list[list[int]]) -> Ints:
    """C x C: 1 where two courses share a teacher or a curriculum, or are one."""
    count = len(problem.courses)
    clash = np.eye(count, dtype=np.int32)
    for a in range(count):
        for b in range(a):
            same = problem.courses[a].teacher == problem.courses[b].teacher
            if same or set(of[a]) & set(of[b]):
                clash[a, b] = clash[b, a] = 1
    return clash


def alone(mask: int) -> int:
    return bin(mask & ~(mask << 1) & ~(mask >> 1)).count("1")


def timetable(problem: Problem, course_of: Ints, period: Ints, room: Ints, penalty: int) -> Timetable:
    """The plan that these arrays are: `period` and `room` have one number a lecture (L)."""
    places = [
        Place(
            problem.courses[course_of[i]].name,
            problem.rooms[room[i]].name,
            *divmod(int(period[i]), problem.periods),
        )
        for i in range(len(course_of))
    ]
    return Timetable(tuple(sorted(places)), penalty)
