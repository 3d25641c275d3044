"""Tiny years drawn by chance, in the published form: four teams, ten weeks, a plan in milliseconds."""

import copy
import math
from dataclasses import replace
from random import Random
from typing import Any

from planner.training.calendar import make_runs
from planner.training.problem import Problem
from planner.training.reading import problem_of

HORIZON = 70
PATTERNS = ("EELLNNRRRR", "LLNNRRRREE", "NNRRRREELL", "DDDDDRR")


def tiny_case(number: int) -> dict[str, Any]:
    """The `number`-th tiny year."""
    draw = Random(number)
    teaching = [day for day in range(HORIZON) if day % 7 < 5]
    officers: list[dict[str, Any]] = []
    teams = [_team(draw, one, officers) for one in range(len(PATTERNS))]
    courses = [
        {"id": one, "dur": one + 1, "size": draw.randint(2, 4), "trainers": 1, "sites": [0, 1][: 1 + one % 2],
         "expiry": one == 0}
        for one in range(3)
    ]  # fmt: skip
    trainers = [
        {"id": one, "skills": [one % 3, (one + 1) % 3], "home": one % 2, "absent": _away(draw, 4),
         "days_per_week": 4}
        for one in range(4)
    ]  # fmt: skip
    return {
        "H": HORIZON,
        "teach": teaching,
        "teams": teams,
        "officers": officers,
        "sites": [{"id": one, "surge_rooms": 1 + one, "bg_rooms": 2} for one in range(2)],
        "travel": [[10, 40], [35, 15], [20, 90], [30, 30]],
        "courses": courses,
        "reqs": _needs(draw, officers),
        "trainers": trainers,
        "surge": {
            "days": [day for day in teaching if 7 <= day < 56],
            "size": 3,
            "min_size": 2,
            "per_class_trainers": 2,
            "gap": 7,
            "sup": [officer["id"] for officer in officers if officer["sgt"]],
            "max_minutes": 60,
            "trainers": [
                {"id": one, "home": 0, "absent": _away(draw, 5), "skills": [], "days_per_week": 4}
                for one in range(5)
            ],
        },
    }


def tiny_problem(case: dict[str, Any]) -> Problem:
    """The year with a calendar of runs."""
    problem = problem_of(case)
    return replace(problem, runs=make_runs(problem))


def case_of(case: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """The case as it is after the changes made to the problem, for the judge."""
    said = copy.deepcopy(case)
    for officer, now in zip(said["officers"], problem.officers, strict=True):
        officer["absent"] = sorted(now.absent)
    for team, one in zip(said["teams"], problem.teams, strict=True):
        team["slack"] = list(one.slack)
    for site, place in zip(said["sites"], problem.sites, strict=True):
        site["closed"] = sorted(place.closed)
    for those, now_there in (
        (said["trainers"], problem.trainers),
        (said["surge"]["trainers"], problem.surge.trainers),
    ):
        for trainer, known in zip(those, now_there, strict=True):
            trainer["absent"] = sorted(known.absent)
    return said


def _away(draw: Random, most: int) -> list[int]:
    start = draw.randrange(HORIZON)
    return list(range(start, min(HORIZON, start + draw.randint(0, most))))


def _team(draw: Random, number: int, officers: list[dict[str, Any]]) -> dict[str, Any]:
    pattern = PATTERNS[number]
    duty = (pattern * HORIZON)[:HORIZON]
    people = draw.randint(5, 7)
    absent = [_away(draw, 8) for _ in range(people)]
    for one in range(people):
        officers.append(
            {"id": len(officers), "team": number, "sgt": one == 0, "taser": one in (1, 2),
             "absent": absent[one]}
        )  # fmt: skip
    least = math.ceil(people * 0.6)
    present = [people - sum(day in those for those in absent) for day in range(HORIZON)]
    slack = [
        0 if letter == "R" else max(0, there - least) for letter, there in zip(duty, present, strict=True)
    ]
    return {
        "id": number, "station": number, "kind": "weekday" if "D" in pattern else "response", "duty": duty,
        "n": people, "min_frac": 0.6, "present": present, "slack": slack,
    }  # fmt: skip


def _needs(draw: Random, officers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    needs: list[dict[str, Any]] = []
    for officer in officers:
        for course in sorted(draw.sample(range(3), draw.randint(0, 2))):
            release = draw.randrange(0, 30)
            due = release + draw.randint(20, 40)
            before = {"o": officer["id"], "c": 0}
            has = any(need["o"] == before["o"] and need["c"] == 0 for need in needs)
            needs.append(
                {"o": officer["id"], "c": course, "rel": release, "due": due,
                 "pre": 0 if course == 2 and has else None}
            )  # fmt: skip
    return needs
