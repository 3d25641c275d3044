"""When each course is held: as often as demand, and what teams can spare at a time, ask for."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from planner.training.calendar import make_runs
from planner.training.problem import Problem
from planner.training.reading import problem_of

from .case import Office


def calendar_of(case: Mapping[str, Any], office: Office) -> list[dict[str, Any]]:
    """The runs of the published form, by scarcity of trainers; left out where the rooms of a day are taken by
    others."""
    used, kept = Counter(office.sites.taken), []
    for run in make_runs(_spread(problem_of(case), office)):
        if all(used[run.site, day] < office.sites.rooms[run.site] for day in run.days):
            used.update((run.site, day) for day in run.days)
            kept.append(
                {"c": run.course, "days": list(run.days), "site": run.site, "trainers": list(run.trainers)}
            )
    return kept


def _spread(problem: Problem, office: Office) -> Problem:
    """The year with classes as small as teams can fill them, for counting runs alone: a team that needs ten
    places and can spare two at a time needs five runs. They keep half of what makes them worth it."""
    at_once = [_at_once(problem, team.slack) for team in problem.teams]
    asking: dict[int, Counter[int]] = defaultdict(Counter)
    for need in problem.requirements:
        asking[need.course][problem.officers[need.officer].team] += 1
    courses = []
    for course in problem.courses:
        runs = max((-(-many // at_once[t]) for t, many in asking[course.id].items() if at_once[t]), default=1)
        least = -(-office.taught[course.id].least // 2)
        size = max(asking[course.id].total() // runs, least, 1)
        courses.append(replace(course, size=min(course.size, size)))
    return replace(problem, courses=tuple(courses))


def _at_once(problem: Problem, slack: Sequence[int]) -> int:
    """How many a team can usually spare on a teaching day on which it can spare anybody."""
    some = [slack[day] for day in problem.teaching if slack[day]]
    return int(median(some)) if some else 0


def keep_trainers_teaching(
    case: Mapping[str, Any], runs: Sequence[Mapping[str, Any]], office: Office
) -> None:
    """Nobody attends on a day on which they teach."""
    for run in runs:
        for trainer in run["trainers"]:
            number = office.officer.get(office.trainers[trainer].employment)
            if number is not None:
                one = case["officers"][number]
                one["absent"] = sorted({*one["absent"], *run["days"]})
