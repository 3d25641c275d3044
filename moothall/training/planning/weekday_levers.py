"""Levers of a day of the week: one more trainer each Tuesday, or sessions each Saturday as well.

They open sessions that no price is known of, so what is shown is how many of those without a place could come
at all; what it gives is found by planning everything again.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from planner.training.calendar import further_runs
from planner.training.patterns import cost
from planner.training.problem import Problem
from planner.training.reading import problem_of, runs_of

from .year import Year

WEEKDAY: Final = "weekday"
WEEK, SATURDAY = 7, 5
NOBODY_YET: Final = 0  # the employment of a trainer whom the office does not have
WORTH_SHOWING: Final = 2  # days of the week, beside Saturdays


def weekday_levers(case: Mapping[str, Any], unplaced: Sequence[int]) -> list[tuple[str, int, float]]:
    """The days of the week on which most of the unplaced requirements could be met, and Saturdays, each with
    how many that are: no more can come of it."""
    problem = problem_of(case)
    could = {
        weekday: sum(_could(problem, number, _days(case, weekday)) for number in unplaced)
        for weekday in range(SATURDAY + 1)
    }
    order = sorted(range(SATURDAY), key=lambda weekday: (-could[weekday], weekday))[:WORTH_SHOWING]
    return [(WEEKDAY, each, float(could[each])) for each in (*order, SATURDAY) if could[each]]


def _could(problem: Problem, number: int, days: Sequence[int]) -> bool:
    """Whether there is such a day in the window on which they are there and their shifts allow it."""
    need = problem.requirements[number]
    officer = problem.officers[need.officer]
    team = problem.teams[officer.team]
    return problem.courses[need.course].days == 1 and any(
        need.release <= day <= need.due and day not in officer.absent and team.slack[day] > 0
        and cost(team.duty, team.kind, (day,), problem.rested) is not None
        for day in days
    )  # fmt: skip


def _days(case: Mapping[str, Any], weekday: int) -> list[int]:
    """The days of the months that are planned, on which it may be taught."""
    teaching = case["teach"]
    if weekday != SATURDAY or not teaching:
        return [day for day in teaching if day % WEEK == weekday]
    return [day for day in range(teaching[0], teaching[-1] + 1) if day % WEEK == SATURDAY]


def with_weekday(year: Year, weekday: int, unplaced: Sequence[int]) -> Year:
    """The year with further sessions of one day for those without a place."""
    case, names = copy.deepcopy(dict(year.case)), copy.deepcopy(dict(year.names))
    days, trainer = _days(case, weekday), None
    if weekday == SATURDAY:
        case["teach"] = sorted({*case["teach"], *days})
        _let_come(case["trainers"], days)
    else:
        trainer = len(case["trainers"])
        case["trainers"].append(_one_more(case, trainer, weekday))
        names["trainers"].append(NOBODY_YET)
    problem = problem_of(case)
    problem = replace(problem, runs=runs_of(year.runs, problem))
    further = [
        {"c": run.course, "days": list(run.days), "site": run.site, "trainers": list(run.trainers)}
        for run in further_runs(problem, unplaced, days, trainer)
    ]
    _keep_teaching(case, names, further)
    return Year(case, [*year.runs, *further], names)


def _let_come(trainers: Sequence[dict[str, Any]], saturdays: Sequence[int]) -> None:
    """Whoever is there on the Friday could come on the Saturday."""
    for one in trainers:
        away = set(one["absent"])
        one["absent"] = sorted(away - {day for day in saturdays if day - 1 not in away})


def _one_more(case: Mapping[str, Any], number: int, weekday: int) -> dict[str, Any]:
    """Somebody who teaches everything, on that day alone."""
    return {
        "id": number, "skills": [course["id"] for course in case["courses"]], "home": 0, "days_per_week": 1,
        "absent": [day for day in range(case["H"]) if day % WEEK != weekday],
    }  # fmt: skip


def _keep_teaching(
    case: Mapping[str, Any], names: Mapping[str, Any], runs: Sequence[Mapping[str, Any]]
) -> None:
    """Nobody attends on a day on which they teach."""
    number = {who: at for at, who in enumerate(names["officers"])}
    for run in runs:
        for trainer in run["trainers"]:
            if (officer := number.get(names["trainers"][trainer])) is not None:
                one = case["officers"][officer]
                one["absent"] = sorted({*one["absent"], *run["days"]})
