"""The published form read into a problem; what is wrong with a file is said in a sentence.

A case is two files side by side: `NAME.json` says who, where and with what; `NAME.npz` holds `seconds` and,
if miles are paid, `metres` between all locations, as squares or as the upper triangle row by row.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from planner.transport.problem import (
    AFTERNOON,
    MORNING,
    NO_ESCORT,
    OWN,
    SHARED,
    Escorting,
    Ints,
    Kind,
    Layout,
    Passenger,
    Place,
    Problem,
    ProblemError,
)

HOURLY = 18.0  # pounds an hour on the road, where the case does not say
DAY = 2 * 86_400
ESCORT_WORDS = {False: NO_ESCORT, True: SHARED, NO_ESCORT: NO_ESCORT, SHARED: SHARED, OWN: OWN}
GZIP = b"\x1f\x8b"
UNKNOWN = "the case does not say"


def read_problem(case: Path) -> Problem:
    """The case, with the travel times beside it. ProblemError when a file is missing or makes no sense."""
    said = read_json(case)
    beside = case.with_name(case.name.partition(".")[0] + ".npz")
    try:
        with np.load(beside, allow_pickle=False) as kept:
            tables = {name: kept[name] for name in kept.files}
    except OSError as wrong:
        raise ProblemError(f"{beside} cannot be read: {wrong.strerror or wrong}.") from wrong
    except (ValueError, BadZipFile, EOFError) as wrong:
        raise ProblemError(f"{beside} does not hold travel times: {wrong}.") from wrong
    return problem_of(said, tables)


def read_json(path: Path) -> Any:
    """What a JSON file says, compressed or not. ProblemError when there is none or it is not JSON."""
    try:
        raw = path.read_bytes()
        return json.loads(gzip.decompress(raw) if raw[:2] == GZIP else raw)
    except OSError as wrong:
        raise ProblemError(f"{path} cannot be read: {wrong.strerror or wrong}.") from wrong
    except (ValueError, EOFError) as wrong:
        raise ProblemError(f"{path} is not JSON: {wrong}.") from wrong


def problem_of(said: Mapping[str, Any], tables: Mapping[str, Any]) -> Problem:
    """A problem from what the files said. ProblemError naming the part that is missing or impossible."""
    try:
        direction = str(said.get("direction", MORNING))
        window = int(said["window_after_bell" if direction == AFTERNOON else "window_before_bell"])
        places = tuple(_place(one, window, direction) for one in said["schools"])
        passengers = tuple(_passenger(one) for one in said["passengers"])
        depots = len(said["depots"])
        count = depots + len(places) + len(passengers)
        problem = Problem(
            direction=direction,
            depots=depots,
            places=places,
            passengers=passengers,
            apart=tuple((int(a), int(b)) for a, b in said["not_together"]),
            kinds=tuple(_kind(one) for one in said["fleet"]),
            seconds=_square(tables, "seconds", count),
            metres=_square(tables, "metres", count) if "metres" in tables else None,
            escorting=_escorting(said.get("escorting", {})),
            times_from=str(said.get("times_from", UNKNOWN)),
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ProblemError(
            f"The case does not have the published form: {wrong!r} is missing or wrong."
        ) from wrong
    except (ValueError, OverflowError) as wrong:
        raise ProblemError(f"The case says something that is no number: {wrong}.") from wrong
    _refuse_nonsense(problem)
    return problem


def _place(said: Mapping[str, Any], window: int, direction: str) -> Place:
    bell = int(said["bell"])
    after = direction == AFTERNOON
    return Place(int(said["id"]), bell if after else bell - window, bell + window if after else bell)


def _passenger(said: Mapping[str, Any]) -> Passenger:
    return Passenger(
        id=int(said["id"]),
        place=int(said["school"]),
        wheelchair=bool(said["wheelchair"]),
        escort=ESCORT_WORDS[said["escort"]],
        max_ride=int(said["max_ride"]),
        board=int(said["board"]),
        alight=int(said["alight"]),
        alone=bool(said.get("alone", False)),
    )


def _kind(said: Mapping[str, Any]) -> Kind:
    layouts = said.get("layouts") or [[said["seats"], said["bays"]]]
    return Kind(
        name=str(said["type"]),
        layouts=tuple(Layout(int(seats), int(bays)) for seats, bays in layouts),
        available=int(said["available"]),
        fixed=float(said["fixed_cost"]),
        hourly=float(said.get("hourly", HOURLY)),
        by_mile=float(said.get("by_mile", 0.0)),
        depots=tuple(int(one) for one in said.get("depots", ())),
        ends_free=bool(said.get("ends_free", False)),
    )


def _escorting(said: Mapping[str, Any]) -> Escorting:
    return Escorting(
        float(said.get("fixed", 0.0)), float(said.get("hourly", 0.0)), bool(said.get("takes_seat", False))
    )


def _square(tables: Mapping[str, Any], name: str, count: int) -> Ints:
    table = np.asarray(tables[name])
    if table.shape == (count, count):
        return np.ascontiguousarray(table, np.int32)
    if table.shape != (count * (count - 1) // 2,):
        raise ProblemError(
            f"The table of {name} is not between {count} locations (depots, schools and homes)."
        )
    square = np.zeros((count, count), np.int32)
    square[np.triu_indices(count, 1)] = table
    return np.ascontiguousarray(square + square.T)


def _refuse_nonsense(problem: Problem) -> None:
    _numbered("school", [one.id for one in problem.places])
    _numbered("passenger", [one.id for one in problem.passengers])
    if not problem.depots or not problem.kinds:
        raise ProblemError("The case has no depot or no vehicles.")
    if problem.direction not in (MORNING, AFTERNOON):
        raise ProblemError(f"The case is for “{problem.direction}”; it must be morning or afternoon.")
    if problem.seconds.min(initial=0) < 0 or problem.seconds.max(initial=0) > DAY:
        raise ProblemError("A travel time is below nought or longer than two days.")
    _refuse_people(problem)
    for kind in problem.kinds:
        _refuse_kind(kind, problem)


def _refuse_people(problem: Problem) -> None:
    for one in problem.passengers:
        if not 0 <= one.place < len(problem.places):
            raise ProblemError(
                f"Passenger {one.id} goes to school {one.place}, which the case does not have."
            )
        if min(one.max_ride, one.board, one.alight) < 0:
            raise ProblemError(f"Passenger {one.id} has a time below nought.")
    for pair in problem.apart:
        if pair[0] == pair[1] or not all(0 <= who < len(problem.passengers) for who in pair):
            raise ProblemError(f"The pair {pair[0]} and {pair[1]} to be kept apart makes no sense.")


def _numbered(what: str, ids: Sequence[int]) -> None:
    for number, said in enumerate(ids):
        if number != said:
            raise ProblemError(f"The {what} at place {number} has id {said}; ids count up from 0.")


def _refuse_kind(kind: Kind, problem: Problem) -> None:
    figures = [kind.available, kind.fixed, kind.hourly, kind.by_mile]
    if not np.isfinite(figures).all() or min(figures) < 0:
        raise ProblemError(f"Vehicles of type {kind.name} have a number below nought, or none.")
    if any(min(one.seats, one.bays) < 0 for one in kind.layouts):
        raise ProblemError(f"Vehicles of type {kind.name} have seats or bays below nought.")
    if not all(0 <= one < problem.depots for one in kind.depots):
        raise ProblemError(f"Vehicles of type {kind.name} stand at a depot the case does not have.")
    if kind.by_mile and problem.metres is None:
        raise ProblemError(f"Vehicles of type {kind.name} are paid by the mile, but the case has no metres.")
