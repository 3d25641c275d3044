"""A calendar of course runs where none is given: the scarcest courses first, near the middle of their demand.

A course is scarce when it takes many trainer-days and few trainers teach it.
"""

import math
from collections import defaultdict
from itertools import pairwise

from planner.training.problem import Course, Problem, Run, Trainer

FILLED = 0.9  # how full a run is expected to be
WEEK, FRIDAY = 7, 4
REACH = 42  # days a run may move from where its demand lies


def make_runs(problem: Problem) -> tuple[Run, ...]:
    """As many runs as demand asks for and trainers, rooms and teaching days allow, in order of their days."""
    diary, wanted = _Diary(problem), []
    for course in problem.courses:
        able = sum(course.id in trainer.skills for trainer in problem.trainers)
        if able >= course.trainers:
            scarcity = course.days * course.trainers / able
            wanted += [(-scarcity, middle, course.id) for middle in _middles(problem, course)]
    runs = [diary.hold(problem.courses[course], middle) for _, middle, course in sorted(wanted)]
    return tuple(sorted((run for run in runs if run), key=lambda run: (run.days, run.course, run.site)))


def _middles(problem: Problem, course: Course) -> list[int]:
    """The days around which the course's runs are wanted."""
    middles = sorted(
        min(problem.horizon - 1, max(0, (need.release + need.due) // 2))
        for need in problem.requirements
        if need.course == course.id
    )
    count = math.ceil(len(middles) / (course.size * FILLED))
    if course.expires:
        return [middles[int((part + 0.5) * len(middles) / count)] for part in range(count)]
    return [int((part + 0.5) * problem.horizon / count) for part in range(count)]


class _Diary:
    """Who teaches when, and which rooms are taken."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rooms: dict[tuple[int, int], int] = defaultdict(int)
        self.busy: dict[int, set[int]] = defaultdict(set)
        self.weeks: dict[tuple[int, int], int] = defaultdict(int)
        self.starts = {days: self._starts(days) for days in {course.days for course in problem.courses}}

    def _starts(self, length: int) -> list[tuple[int, ...]]:
        """Every run of teaching days of this length that is broken by weekends alone."""
        teaching = self.problem.teaching
        spans = [teaching[at : at + length] for at in range(len(teaching) - length + 1)]
        return [span for span in spans if _unbroken(span)]

    def hold(self, course: Course, middle: int) -> Run | None:
        """Hold the course as near to the day as can be; None when it cannot be held within reach."""
        for days in sorted(self.starts[course.days], key=lambda days: (abs(days[0] - middle), days)):
            if abs(days[0] - middle) > REACH:
                return None
            free = [one for one in self.problem.trainers if course.id in one.skills and self._can(one, days)]
            sites = [site for site in course.sites if self._has_room(site, days)]
            if len(free) >= course.trainers and sites:
                return self._book(course, days, free, sites)
        return None

    def _can(self, trainer: Trainer, days: tuple[int, ...]) -> bool:
        if not trainer.absent.isdisjoint(days) or not self.busy[trainer.id].isdisjoint(days):
            return False
        weeks = {day // WEEK for day in days}
        return all(
            self.weeks[trainer.id, week] + sum(day // WEEK == week for day in days) <= trainer.days_a_week
            for week in weeks
        )

    def _has_room(self, site: int, days: tuple[int, ...]) -> bool:
        if not self.problem.sites[site].closed.isdisjoint(days):
            return False
        return all(self.rooms[site, day] < self.problem.sites[site].rooms for day in days)

    def _book(self, course: Course, days: tuple[int, ...], free: list[Trainer], sites: list[int]) -> Run:
        site = max(sites, key=lambda site: (sum(one.home == site for one in free), -site))
        free.sort(key=lambda one: (one.home != site, len(one.skills) * 0.3 + len(self.busy[one.id]), one.id))
        chosen = free[: course.trainers]
        for day in days:
            self.rooms[site, day] += 1
            for one in chosen:
                self.busy[one.id].add(day)
                self.weeks[one.id, day // WEEK] += 1
        return Run(course.id, days, site, tuple(one.id for one in chosen))


def _unbroken(days: tuple[int, ...]) -> bool:
    """Whether the days follow one another, weekends aside; up to five days stay within a week."""
    if len(days) <= 5 and days[0] // WEEK != days[-1] // WEEK:
        return False
    if len(days) > 5 and days[0] % WEEK:
        return False
    return all(late - early == (3 if early % WEEK == FRIDAY else 1) for early, late in pairwise(days))
