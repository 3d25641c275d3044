"""The published format read into a problem; what is wrong with a file is said in a sentence."""

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.training.patterns import AGREEMENTS, PUBLISHED, REST, Rested
from planner.training.problem import (
    Course,
    Officer,
    Problem,
    ProblemError,
    Requirement,
    Run,
    Site,
    Surge,
    Team,
    Trainer,
)


def read_problem(case: Path, runs: Path | None = None) -> Problem:
    """The case, with the runs of `runs` if given. ProblemError when a file is missing or makes no sense."""
    problem = problem_of(read_json(case))
    return problem if runs is None else replace(problem, runs=runs_of(read_json(runs), problem))


def read_json(path: Path) -> Any:
    """What a JSON file says, compressed or not. ProblemError when there is none or it is not JSON."""
    try:
        raw = path.read_bytes()
        return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except OSError as problem:
        raise ProblemError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    except (ValueError, EOFError) as problem:
        raise ProblemError(f"{path} is not JSON: {problem}.") from problem


def problem_of(said: Mapping[str, Any]) -> Problem:
    """A problem from what the file said. ProblemError naming the part that is missing or impossible."""
    try:
        problem = Problem(
            horizon=int(said["H"]),
            teaching=tuple(said["teach"]),
            teams=tuple(_team(team) for team in said["teams"]),
            officers=tuple(_officer(one) for one in said["officers"]),
            sites=tuple(_site(site) for site in said["sites"]),
            travel=tuple(tuple(float(minutes) for minutes in row) for row in said["travel"]),
            courses=tuple(_course(course) for course in said["courses"]),
            requirements=tuple(
                Requirement(need["o"], need["c"], need["rel"], need["due"], need["pre"])
                for need in said["reqs"]
            ),
            trainers=tuple(_trainer(one) for one in said["trainers"]),
            surge=_surge(said["surge"]),
            runs=(),
            rested=rested_of(said["rest"]) if "rest" in said else PUBLISHED,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise ProblemError(
            f"The case does not have the published form: {wrong!r} is missing or wrong."
        ) from wrong
    _refuse_nonsense(problem)
    return problem


def runs_of(said: Sequence[Mapping[str, Any]], problem: Problem) -> tuple[Run, ...]:
    """The runs a file lists. ProblemError for a course, site or day the case does not have."""
    try:
        runs = tuple(
            Run(
                run["c"], tuple(run["days"]), run["site"], tuple(run.get("trainers", ())), run.get("seats")
            )
            for run in said
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ProblemError(
            f"The runs do not have the published form: {wrong!r} is missing or wrong."
        ) from wrong
    for number, run in enumerate(runs):
        known = 0 <= run.course < len(problem.courses) and 0 <= run.site < len(problem.sites)
        if not (known and run.days and run.days[0] >= 0 and run.days[-1] < problem.horizon):
            raise ProblemError(f"Run {number} names a course, site or day that the case does not have.")
    return runs


def raised(problem: Problem, said: Mapping[str, Any], points: float) -> Problem:
    """The same year with every team's minimum `points` percentage points of its establishment higher."""
    teams = []
    for team, given in zip(problem.teams, said["teams"], strict=True):
        least = math.ceil(given["n"] * (given["min_frac"] + points / 100))
        slack = tuple(
            0 if letter == REST else max(0, present - least)
            for letter, present in zip(team.duty, given["present"], strict=True)
        )
        teams.append(replace(team, slack=slack))
    return replace(problem, teams=tuple(teams))


def _team(said: Mapping[str, Any]) -> Team:
    slack = tuple(max(0, spare) for spare in said["slack"])
    return Team(said["id"], said["station"], said["kind"], said["duty"], slack)


def _site(said: Mapping[str, Any]) -> Site:
    return Site(said["id"], said["surge_rooms"], said["bg_rooms"], frozenset(said.get("closed", ())))


def _officer(said: Mapping[str, Any]) -> Officer:
    return Officer(
        said["id"], said["team"], bool(said["sgt"]), bool(said["taser"]), frozenset(said["absent"])
    )


def _course(said: Mapping[str, Any]) -> Course:
    return Course(
        said["id"], said["dur"], said["size"], said["trainers"], tuple(said["sites"]), bool(said["expiry"])
    )


def _trainer(said: Mapping[str, Any], days_a_week: int = 5) -> Trainer:
    return Trainer(
        said["id"],
        frozenset(said.get("skills", ())),
        said["home"],
        frozenset(said["absent"]),
        said.get("days_per_week", days_a_week),
    )


def _surge(said: Mapping[str, Any]) -> Surge:
    return Surge(
        days=tuple(said["days"]),
        size=said["size"],
        least=said["min_size"],
        class_trainers=said["per_class_trainers"],
        gap=said["gap"],
        supervisors=tuple(said["sup"]),
        max_minutes=float(said["max_minutes"]),
        trainers=tuple(_trainer(one, days_a_week=4) for one in said["trainers"]),
    )


def rested_of(said: Mapping[str, Any]) -> Rested:
    """The part `rest` of a case. KeyError, TypeError or ValueError where it makes no sense."""
    duties = tuple((letter, float(on), float(off)) for letter, (on, off) in sorted(said["duties"].items()))
    begins, ends = said["session"]
    return Rested(float(said["hours"]), float(begins), float(ends), duties)


def _refuse_nonsense(problem: Problem) -> None:
    letters = {REST, *(letter for letter, _on, _off in problem.rested.duties)}
    for number, team in enumerate(problem.teams):
        if len(team.duty) != problem.horizon or len(team.slack) != problem.horizon:
            raise ProblemError(f"Team {team.id} has not one duty and one slack for each of the days.")
        if set(team.duty) - letters or team.kind not in AGREEMENTS:
            raise ProblemError(f"Team {team.id} works a duty or is of a kind that nobody has written down.")
        if team.id != number or not 0 <= team.station < len(problem.travel):
            raise ProblemError(f"Team {team.id} is out of its order, or its station is unknown.")
    for number, officer in enumerate(problem.officers):
        if officer.id != number or not 0 <= officer.team < len(problem.teams):
            raise ProblemError(f"Officer {officer.id} is out of order, or in a team that is not there.")
    for number, need in enumerate(problem.requirements):
        if not (0 <= need.officer < len(problem.officers) and 0 <= need.course < len(problem.courses)):
            raise ProblemError(f"Requirement {number} names an officer or a course that is not there.")
