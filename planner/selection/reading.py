"""A case read into a problem; what is wrong with a file is said in a sentence."""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from planner.selection.problem import (
    DAY,
    NEVER,
    Assessor,
    Candidate,
    Day,
    Exercise,
    Problem,
    Room,
    SelectionError,
    Sitting,
    Span,
    Weights,
)

GZIP = b"\x1f\x8b"
LONGEST = 20  # days of one case
Said = Mapping[str, Any]


def read_problem(case: Path) -> Problem:
    """The case. SelectionError when the file is missing or makes no sense."""
    return problem_of(read_json(case))


def read_json(path: Path) -> Any:
    """What a JSON file says, compressed or not. SelectionError when there is none or it is not JSON."""
    try:
        raw = path.read_bytes()
        return json.loads(gzip.decompress(raw) if raw[:2] == GZIP else raw)
    except OSError as wrong:
        raise SelectionError(f"{path} cannot be read: {wrong.strerror or wrong}.") from wrong
    except (ValueError, EOFError) as wrong:
        raise SelectionError(f"{path} is not JSON: {wrong}.") from wrong


def problem_of(said: Said) -> Problem:
    """A problem from what the file said. SelectionError naming the part that is missing or impossible."""
    try:
        problem = Problem(
            days=tuple(_day(one) for one in said["days"]),
            exercises=tuple(_exercise(one) for one in said["exercises"]),
            rooms=tuple(_room(one) for one in said["rooms"]),
            assessors=tuple(_assessor(one) for one in said["assessors"]),
            candidates=tuple(_candidate(one) for one in said["candidates"]),
            grid=int(said.get("grid", 5)),
            published=sittings_of(said.get("published", ())),
            weights=Weights(**{name: int(much) for name, much in said.get("weights", {}).items()}),
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise SelectionError(f"The case is not as it should be: {wrong} is missing or wrong.") from wrong
    except (ValueError, OverflowError) as wrong:
        raise SelectionError(f"The case says something that is no number or day: {wrong}.") from wrong
    _refuse_nonsense(problem)
    return problem


def sittings_of(said: Sequence[Said]) -> tuple[Sitting, ...]:
    """Sittings as a plan file says them."""
    return tuple(
        Sitting(
            exercise=str(one["exercise"]),
            day=int(one["day"]),
            begins=int(one["begins"]),
            ends=int(one["ends"]),
            room=str(one["room"]),
            candidates=tuple(map(str, one["candidates"])),
            assessors=tuple(map(str, one["assessors"])),
            interpreters=tuple((str(a), str(b)) for a, b in one.get("interpreters", {}).items()),
        )
        for one in said
    )


def _spans(said: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((int(day), int(first), int(until)) for day, first, until in said)


def _day(said: Said) -> Day:
    return Day(date.fromisoformat(said["on"]), int(said["opens"]), int(said["closes"]))


def _exercise(said: Said) -> Exercise:
    return Exercise(
        id=str(said["id"]),
        minutes=int(said["minutes"]),
        size=int(said.get("size", 1)),
        assessors=int(said.get("assessors", 1)),
        room=str(said.get("room", "")),
        hold=int(said.get("hold", 0)),
        rest=int(said.get("rest", 0)),
        after=frozenset(map(str, said.get("after", ()))),
    )


def _room(said: Said) -> Room:
    return Room(
        id=str(said["id"]),
        kinds=frozenset(map(str, said.get("kinds", ()))),
        seats=int(said["seats"]),
        step_free=bool(said.get("step_free", False)),
        closed=_spans(said.get("closed", ())),
    )


def _assessor(said: Said) -> Assessor:
    return Assessor(
        id=str(said["id"]),
        trained={
            str(exercise): date.fromisoformat(until) if until else None
            for exercise, until in said.get("trained", {}).items()
        },
        languages=frozenset(map(str, said.get("languages", ()))),
        interprets=frozenset(map(str, said.get("interprets", ()))),
        conflicts=frozenset(map(str, said.get("conflicts", ()))),
        hours=_spans(said.get("hours", ())),
        away=_spans(said.get("away", ())),
        most=int(said.get("most", NEVER)),
    )


def _candidate(said: Said) -> Candidate:
    return Candidate(
        id=str(said["id"]),
        exercises=tuple(map(str, said.get("exercises", ()))),
        longer=int(said.get("longer", 0)),
        step_free=bool(said.get("step_free", False)),
        rest=int(said.get("rest", 0)),
        carer=bool(said.get("carer", False)),
        interpreter=str(said.get("interpreter", "")),
        language=str(said.get("language", "")),
        away=_spans(said.get("away", ())),
    )


def _refuse_nonsense(problem: Problem) -> None:
    if not 1 <= len(problem.days) <= LONGEST:
        raise SelectionError(f"A case has between one and {LONGEST} days, not {len(problem.days)}.")
    if problem.grid < 1 or DAY % problem.grid:
        raise SelectionError(f"A day cannot be divided into steps of {problem.grid} minutes.")
    if len({day.on for day in problem.days}) < len(problem.days):
        raise SelectionError("A day is there twice.")
    for day in problem.days:
        if not 0 <= day.opens < day.closes <= DAY:
            raise SelectionError(f"The house closes before it opens on {day.on:%-d %B %Y}.")
    _refuse_twice("exercise", [one.id for one in problem.exercises])
    _refuse_twice("room", [one.id for one in problem.rooms])
    _refuse_twice("assessor", [one.id for one in problem.assessors])
    _refuse_twice("candidate", [one.id for one in problem.candidates])
    for exercise in problem.exercises:
        _refuse_exercise(exercise, problem)
    for candidate in problem.candidates:
        _refuse_candidate(candidate, problem)
    _refuse_circles(problem)
    _refuse_spans(problem)


def _refuse_twice(what: str, ids: Sequence[str]) -> None:
    twice = [name for name, times in Counter(ids).items() if times > 1]
    if twice:
        raise SelectionError(f"The {what} {twice[0]} is there twice.")


def _refuse_exercise(one: Exercise, problem: Problem) -> None:
    if one.minutes < 1 or one.size < 1 or min(one.assessors, one.hold, one.rest) < 0:
        raise SelectionError(f"{one.id} takes no time, is for nobody or has less than no assessors.")
    unknown = sorted(one.after - set(problem.exercise))
    if unknown:
        raise SelectionError(f"{one.id} comes after {unknown[0]}, which the case does not have.")


def _refuse_candidate(one: Candidate, problem: Problem) -> None:
    unknown = sorted(set(one.exercises) - set(problem.exercise))
    if unknown:
        raise SelectionError(f"{one.id} sits {unknown[0]}, which the case does not have.")
    if len(set(one.exercises)) < len(one.exercises):
        raise SelectionError(f"{one.id} sits an exercise twice.")
    if min(one.longer, one.rest) < 0:
        raise SelectionError(f"{one.id} has less than no longer time or rest.")


def _refuse_circles(problem: Problem) -> None:
    left = {one.id: set(one.after) for one in problem.exercises}
    while left:
        free = [name for name, after in left.items() if not after & set(left)]
        if not free:
            raise SelectionError(f"{sorted(left)[0]} comes after itself.")
        for name in free:
            del left[name]


def _refuse_spans(problem: Problem) -> None:
    those = [
        *((one.id, one.closed) for one in problem.rooms),
        *((one.id, one.hours + one.away) for one in problem.assessors),
        *((one.id, one.away) for one in problem.candidates),
    ]
    for name, spans in those:
        for day, first, until in spans:
            if not 0 <= day < len(problem.days):
                raise SelectionError(f"{name} has times on day {day}, which the case does not have.")
            if not 0 <= first <= until <= DAY:
                raise SelectionError(f"{name} has a time that ends before it begins.")
