"""A case read into a problem; what is wrong with a file is said in a sentence."""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from planner.crews.problem import (
    DAY,
    JOB,
    KINDS,
    NEVER,
    ROLES,
    RUN,
    Credential,
    CrewError,
    Hours,
    Person,
    Post,
    Problem,
    Task,
    Weights,
)

GZIP = b"\x1f\x8b"
LONGEST = 14  # days of one case
ROW = {one.name for one in fields(Hours)} - {"role", "from_on", "until_on", "source"}


def read_problem(case: Path) -> Problem:
    """The case. CrewError when the file is missing or makes no sense."""
    return problem_of(read_json(case))


def read_json(path: Path) -> Any:
    """What a JSON file says, compressed or not. CrewError when there is none or it is not JSON."""
    try:
        raw = path.read_bytes()
        return json.loads(gzip.decompress(raw) if raw[:2] == GZIP else raw)
    except OSError as wrong:
        raise CrewError(f"{path} cannot be read: {wrong.strerror or wrong}.") from wrong
    except (ValueError, EOFError) as wrong:
        raise CrewError(f"{path} is not JSON: {wrong}.") from wrong


def problem_of(said: Mapping[str, Any]) -> Problem:
    """A problem from what the file said. CrewError naming the part that is missing or impossible."""
    try:
        tasks = tuple(_task(one) for one in said["tasks"])
        posts = _posts(said, tasks)
        problem = Problem(
            first_day=date.fromisoformat(said["first_day"]),
            days=int(said["days"]),
            hours=tuple(_hours(one) for one in said["hours"]),
            people=tuple(_person(one) for one in said["people"]),
            tasks=tasks,
            posts=posts,
            ways={(str(a), str(b)): int(minutes) for a, b, minutes in said.get("ways", ())},
            known_weight={str(who): int(much) for who, much in said.get("known_weight", {}).items()},
            published=_published(said.get("published", ()), posts),
            early_before=int(said.get("early_before", 0)),
            weights=Weights(**{name: int(much) for name, much in said.get("weights", {}).items()}),
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise CrewError(f"The case does not have the form it should: {wrong} is missing or wrong.") from wrong
    except (ValueError, OverflowError) as wrong:
        raise CrewError(f"The case says something that is no number or day: {wrong}.") from wrong
    _refuse_nonsense(problem)
    return problem


def _hours(said: Mapping[str, Any]) -> Hours:
    return Hours(
        role=str(said["role"]),
        from_on=date.fromisoformat(said["from_on"]),
        until_on=_day(said.get("until_on")),
        source=str(said["source"]),
        **{name: int(said[name]) for name in ROW if name in said},
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _person(said: Mapping[str, Any]) -> Person:
    return Person(
        id=str(said["id"]),
        depot=str(said["depot"]),
        roles=frozenset(map(str, said["roles"])),
        credentials=tuple(
            Credential(str(one["kind"]), date.fromisoformat(one["from_on"]), _day(one.get("until_on")))
            for one in said.get("credentials", ())
        ),
        away=frozenset(map(int, said.get("away", ()))),
        most=int(said.get("most", NEVER)),
        early=int(said.get("early", 0)),
        ended=int(said.get("ended", -NEVER)),
        rested=bool(said.get("rested", True)),
        known=frozenset(map(str, said.get("known", ()))),
        apart=frozenset(map(str, said.get("apart", ()))),
    )


def _task(said: Mapping[str, Any]) -> Task:
    kind = str(said.get("kind", RUN))
    return Task(
        id=str(said["id"]),
        kind=kind,
        day=int(said["day"]),
        depot=str(said["depot"]),
        begins=int(said["begins"]),
        ends=int(said["ends"]),
        driving=int(said.get("driving", 0)),
        line=str(said.get("line") or said["id"]),
        passengers=tuple(map(str, said.get("passengers", ()))),
        worth=int(said.get("worth", 0)) if kind == JOB else 0,
    )


def _posts(said: Mapping[str, Any], tasks: Sequence[Task]) -> tuple[Post, ...]:
    """Each task's places: what its vehicle and its passengers ask of a role is asked of each in that role."""
    of_vehicle, of_passenger = said.get("vehicle_needs", {}), said.get("passenger_needs", {})
    found: list[Post] = []
    for task, one in zip(tasks, said["tasks"], strict=True):
        rows = [
            one.get("needs", {}),
            of_vehicle.get(one.get("vehicle", ""), {}),
            *(of_passenger.get(who, {}) for who in task.passengers),
        ]
        seats: Counter[str] = Counter()
        for role in map(str, one["posts"]):
            needs = frozenset(str(kind) for row in rows for kind in row.get(role, ()))
            found.append(Post(len(found), task, role, needs, seats[role]))
            seats[role] += 1
    return tuple(found)


def _published(said: Sequence[Mapping[str, Any]], posts: Sequence[Post]) -> dict[int, str]:
    """Who has each post in the week in force."""
    of = {(post.task.id, post.role, post.seat): post.number for post in posts}
    found: dict[int, str] = {}
    for one in said:
        if one.get("person") is None:
            continue
        key = (str(one["task"]), str(one["role"]), int(one.get("seat", 0)))
        if key in of:  # what is no longer to be done needs nobody
            found[of[key]] = str(one["person"])
    return found


def _refuse_nonsense(problem: Problem) -> None:
    if not 1 <= problem.days <= LONGEST:
        raise CrewError(f"A case has between one and {LONGEST} days, not {problem.days}.")
    _refuse_twice("person", [one.id for one in problem.people])
    _refuse_twice("task", [one.id for one in problem.tasks])
    for role in {role for one in problem.people for role in one.roles} | {one.role for one in problem.posts}:
        if role not in ROLES:
            raise CrewError(f"“{role}” is neither a driver nor an escort.")
    for one in problem.people:
        _refuse_person(one)
    for task in problem.tasks:
        _refuse_task(task, problem)
    if min(problem.ways.values(), default=0) < 0:
        raise CrewError("A way between depots takes less than no time.")
    _refuse_hours(problem)


def _refuse_twice(what: str, ids: Sequence[str]) -> None:
    twice = [name for name, times in Counter(ids).items() if times > 1]
    if twice:
        raise CrewError(f"The {what} {twice[0]} is there twice.")


def _refuse_person(one: Person) -> None:
    if not one.roles:
        raise CrewError(f"{one.id} is neither a driver nor an escort.")
    if one.ended > 0:
        raise CrewError(f"{one.id} ended the work before the week after the week began.")


def _refuse_hours(problem: Problem) -> None:
    for row in problem.hours:
        if row.short_rest > row.rest:
            raise CrewError(f"The short rest of a {row.role} is longer than the rest.")
    roles = {role for one in problem.people for role in one.roles}
    for on in (problem.date_of(day) for day in range(problem.days)):
        missing = roles - {row.role for row in problem.hours if row.holds(on)}
        if missing:
            raise CrewError(f"No rule says what hours a {sorted(missing)[0]} may work on {on:%-d %B %Y}.")


def _refuse_task(task: Task, problem: Problem) -> None:
    if task.kind not in KINDS:
        raise CrewError(f"{task.id} is “{task.kind}”, which is no run, job or standby.")
    if not 0 <= task.day < problem.days:
        raise CrewError(f"{task.id} is on day {task.day}, which the case does not have.")
    if not 0 <= task.begins < task.ends <= 2 * DAY or task.begins >= DAY:
        raise CrewError(f"{task.id} ends before it begins, or begins on another day.")
    if not 0 <= task.driving <= task.ends - task.begins:
        raise CrewError(f"{task.id} has more driving than time.")
