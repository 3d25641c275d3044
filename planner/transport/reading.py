"""The published form read into a problem; what is wrong with a file is said in a sentence.

A case is two files side by side: `NAME.json` says who, where and with what; `NAME.npz` holds `seconds`, if
miles are paid `metres`, and if they are known the seconds on a `slow` day between all locations, as squares
or as the upper triangle row by row.
"""

import gzip
import json
from collections.abc import Mapping
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
    Drivers,
    Escorting,
    Ints,
    Kind,
    Layout,
    Passenger,
    Place,
    Problem,
    ProblemError,
    Spot,
)
from planner.transport.refusing import refuse_nonsense

HOURLY = 18.0  # pounds an hour on the road, where the case does not say
ESCORT_WORDS = {False: NO_ESCORT, True: SHARED, NO_ESCORT: NO_ESCORT, SHARED: SHARED, OWN: OWN}
GZIP = b"\x1f\x8b"
UNKNOWN = "the case does not say"


def read_problem(case: Path) -> Problem:
    """The case, with the travel times beside it. ProblemError when a file is missing or makes no sense."""
    return problem_of(*read_case(case))


def read_case(case: Path) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """What both files of a case say. ProblemError when one cannot be read."""
    said, tables = read_json(case), beside(case)
    try:
        with np.load(tables, allow_pickle=False) as kept:
            return said, {name: kept[name] for name in kept.files}
    except OSError as wrong:
        raise ProblemError(f"{tables} cannot be read: {wrong.strerror or wrong}.") from wrong
    except (ValueError, BadZipFile, EOFError) as wrong:
        raise ProblemError(f"{tables} does not hold travel times: {wrong}.") from wrong


def beside(case: Path) -> Path:
    """Where the tables of a case are."""
    return case.with_name(case.name.partition(".")[0] + ".npz")


def read_json(path: Path) -> Any:
    """What a JSON file says, compressed or not. ProblemError when there is none or it is not JSON."""
    try:
        raw = path.read_bytes()
        return json.loads(gzip.decompress(raw) if raw[:2] == GZIP else raw)
    except OSError as wrong:
        raise ProblemError(f"{path} cannot be read: {wrong.strerror or wrong}.") from wrong
    except (ValueError, EOFError) as wrong:
        raise ProblemError(f"{path} is not JSON: {wrong}.") from wrong


def problem_of(said: Mapping[str, Any], tables: Mapping[str, Any], *, day: str = "") -> Problem:
    """A problem from what the files said, with the bells of a day of the week if one is named (see `week.py`
    for who travels on it). ProblemError naming the part that is missing or impossible."""
    try:
        problem = _problem(said, tables, day)
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ProblemError(
            f"The case does not have the published form: {wrong!r} is missing or wrong."
        ) from wrong
    except (ValueError, OverflowError) as wrong:
        raise ProblemError(f"The case says something that is no number: {wrong}.") from wrong
    refuse_nonsense(problem)
    return problem


def _problem(said: Mapping[str, Any], tables: Mapping[str, Any], day: str) -> Problem:
    direction = str(said.get("direction", MORNING))
    window = int(said["window_after_bell" if direction == AFTERNOON else "window_before_bell"])
    places = tuple(_place(one, window, direction, day) for one in said["schools"])
    passengers = tuple(_passenger(one) for one in said["passengers"])
    depots, points = len(said["depots"]), len(said.get("meeting_points", ()))
    count = depots + len(places) + points + len(passengers)
    return Problem(
        direction=direction,
        depots=depots,
        places=places,
        passengers=passengers,
        apart=_pairs(said["not_together"]),
        kinds=tuple(_kind(one) for one in said["fleet"]),
        seconds=_square(tables, "seconds", count),
        metres=_square(tables, "metres", count) if "metres" in tables else None,
        escorting=_escorting(said.get("escorting", {})),
        times_from=str(said.get("times_from", UNKNOWN)),
        points=points,
        together=_pairs(said.get("together", ())),
        drivers=tuple(Drivers(str(one["name"]), int(one["available"])) for one in said.get("drivers", ())),
        walking=float(said.get("walking", {}).get("hourly", 0.0)),
        slow=_square(tables, "slow", count) if "slow" in tables else None,
        lead=int(said.get("lead", 0)),
        most_late=float(said["most_late"]) if "most_late" in said else None,
    )


def _pairs(said: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(a), int(b)) for a, b in said)


def _place(said: Mapping[str, Any], window: int, direction: str, day: str) -> Place:
    bell = int(said.get("bells", {}).get(day, said["bell"]))
    after = direction == AFTERNOON
    return Place(int(said["id"]), bell if after else bell - window, bell + window if after else bell)


def _passenger(said: Mapping[str, Any]) -> Passenger:
    most = int(said.get("max_walk", 0))
    spots = (Spot(int(one["point"]), int(one["walk"])) for one in said.get("spots", ()))
    return Passenger(
        id=int(said["id"]),
        place=int(said["school"]),
        wheelchair=bool(said["wheelchair"]),
        escort=ESCORT_WORDS[said["escort"]],
        max_ride=int(said["max_ride"]),
        board=int(said["board"]),
        alight=int(said["alight"]),
        alone=bool(said.get("alone", False)),
        at_home=bool(said.get("at_home", True)),
        spots=tuple(spot for spot in spots if spot.walk <= most),
        known=tuple(str(one) for one in said.get("known", ())),
        continuity=float(said.get("continuity", 0.0)),
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
        minimum=float(said.get("minimum", 0.0)),
        drivers=str(said.get("drivers", "")),
        escort_fixed=_own(said, "fixed"),
        escort_hourly=_own(said, "hourly"),
    )


def _own(said: Mapping[str, Any], name: str) -> float | None:
    """A price of the vehicle's own escorts, if it has one."""
    price = said.get("escorting", {}).get(name)
    return None if price is None else float(price)


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
            f"The table of {name} is not between {count} locations"
            " (depots, schools, meeting points and homes)."
        )
    square = np.zeros((count, count), np.int32)
    square[np.triu_indices(count, 1)] = table
    return np.ascontiguousarray(square + square.T)
