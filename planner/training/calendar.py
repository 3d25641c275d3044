"""A calendar of course runs where none is given: the scarcest courses first, near the middle of their demand.

A course is scarce when it takes many trainer-days and few trainers teach it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from planner.training.problem import Course, Problem, Requirement, Run, Trainer

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


def further_runs(
    problem: Problem, needs: Sequence[int], days: Sequence[int], trainer: int | None = None
) -> tuple[Run, ...]:
    """Runs of one day beside those of the problem, on these days alone and each with this trainer where one
    is named, for the requirements `needs`: on each day, as long as trainers and rooms are left, the courses
    that most of them could take then. Half of the seats of a run are reckoned to be filled, by no more of a
    team than it can spare."""
    diary, found = _Diary(replace(problem, teaching=tuple(days))), list[Run]()
    for run in problem.runs:
        diary.note(run)
    waiting = [problem.requirements[number] for number in needs]
    for day in days:
        open_to = Counter(need.course for need in waiting if need.release <= day <= need.due)
        order = sorted(open_to, key=lambda course: (-open_to[course], course))
        for course in (problem.courses[each] for each in order if problem.courses[each].days == 1):
            while served := _served(problem, course, day, waiting):
                held = diary.hold_on(course, (day,), trainer)
                if held is None:
                    break
                found.append(held)
                waiting = [need for need in waiting if need not in served]
    return tuple(found)


def _served(problem: Problem, course: Course, day: int, waiting: Sequence[Requirement]) -> set[Requirement]:
    """Those who would fill half of a run on that day, the first to be due first."""
    spare = Counter({team.id: team.slack[day] for team in problem.teams})
    found: set[Requirement] = set()
    for need in sorted(waiting, key=lambda need: need.due):
        team = problem.officers[need.officer].team
        if need.course == course.id and need.release <= day <= need.due and spare[team] > 0:
            spare[team] -= 1
            found.add(need)
        if 2 * len(found) >= course.size:
            break
    return found


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
            if (run := self.hold_on(course, days)) is not None:
                return run
        return None

    def hold_on(self, course: Course, days: tuple[int, ...], trainer: int | None = None) -> Run | None:
        """Hold it on these days, by this trainer among others where one is named; None when it cannot be."""
        free = [one for one in self.problem.trainers if course.id in one.skills and self._can(one, days)]
        if trainer is not None and trainer not in {one.id for one in free}:
            return None
        sites = [site for site in course.sites if self._has_room(site, days)]
        if len(free) < course.trainers or not sites:
            return None
        return self._book(course, days, free, sites, trainer)

    def note(self, run: Run) -> None:
        """A run that is held already."""
        for day in run.days:
            self.rooms[run.site, day] += 1
            for one in run.trainers:
                self.busy[one].add(day)
                self.weeks[one, day // WEEK] += 1

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

    def _book(
        self, course: Course, days: tuple[int, ...], free: list[Trainer], sites: list[int],
        first: int | None = None,
    ) -> Run:  # fmt: skip
        site = max(sites, key=lambda site: (sum(one.home == site for one in free), -site))
        free.sort(key=lambda one: (one.home != site, len(one.skills) * 0.3 + len(self.busy[one.id]), one.id))
        free.sort(key=lambda one: one.id != first)
        run = Run(course.id, days, site, tuple(one.id for one in free[: course.trainers]))
        self.note(run)
        return run


def _unbroken(days: tuple[int, ...]) -> bool:
    """Whether the days follow one another, weekends aside; up to five days stay within a week."""
    if len(days) <= 5 and days[0] // WEEK != days[-1] // WEEK:
        return False
    if len(days) > 5 and days[0] % WEEK:
        return False
    return all(late - early == (3 if early % WEEK == FRIDAY else 1) for early, late in pairwise(days))
