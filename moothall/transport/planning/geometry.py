"""Where runs and streets lie, for maps. Lines along streets are worked out aside; tiles are read ready."""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from moothall.core.aside import StillAtIt, aside
from moothall.core.earth import Point
from planner.streets.problem import StreetsError
from planner.streets.tiles import ENDING, about, drawn_beside, tile
from planner.transport.problem import ProblemError

if TYPE_CHECKING:
    from planner.streets.asking import Streets

Line = list[Point]
DIGITS: Final = 5  # of a degree: a metre
NEAR: Final = 0.00004  # of a degree: points that lie no farther apart are one on the map
LATEST: Final = 4  # files that are remembered


def newest_streets() -> Path | None:
    """The streets this office made ready last."""
    folder = Path(settings.STREETS_HOME)
    found = folder.glob(f"*{ENDING}") if folder.is_dir() else ()
    return max(found, key=lambda each: each.stat().st_mtime, default=None)


def ground() -> dict[str, Any] | None:
    """What is drawn under maps: its version, credit, link and bounds. None where the ground is plain."""
    streets = newest_streets()
    if streets is None:
        return None
    drawn = drawn_beside(streets)
    return _about(drawn, drawn.stat().st_mtime) if drawn.exists() else None


@lru_cache(LATEST)
def _about(drawn: Path, _changed: float) -> dict[str, Any] | None:
    return about(drawn)


def tile_of(zoom: int, x: int, y: int) -> str:
    """The lines of a tile as JSON; an empty list where there is nothing."""
    streets = newest_streets()
    return "[]" if streets is None else tile(drawn_beside(streets), zoom, x, y)


def lines_of(calls: Sequence[Line], band: str) -> tuple[list[Line], str]:
    """The line of each run through its calls, and how it was drawn: along STREETS, STRAIGHT, or straight
    until the streets are asked (WAITS)."""
    streets = newest_streets()
    if streets is None:
        return [list(each) for each in calls], "STRAIGHT"
    told = json.dumps([calls, band, streets.name, streets.stat().st_mtime])
    key = f"lines {hashlib.sha256(told.encode()).hexdigest()}"
    try:
        return aside.ask(key, along, str(streets), streets.stat().st_mtime, calls, band), "STREETS"
    except StillAtIt:
        return [list(each) for each in calls], "WAITS"
    except ProblemError:  # damaged streets: plans say so
        return [list(each) for each in calls], "STRAIGHT"


# What is done aside.


def along(streets: str, changed: float, calls: Sequence[Line], band: str) -> list[Line]:
    """Each run along the streets; straight where there is no way between two calls."""
    opened = _opened(streets, changed)
    known: dict[tuple[Point, Point], Line] = {}
    for each in calls:
        for leg in pairwise(map(_rounded, each)):
            if leg not in known:
                known[leg] = _leg(opened, *leg, band)
    return [_joined([known[leg] for leg in pairwise(map(_rounded, each))]) for each in calls]


@lru_cache(1)
def _opened(streets: str, _changed: float) -> "Streets":
    from planner.streets.asking import Streets

    try:
        return Streets.open(Path(streets))
    except StreetsError as wrong:
        raise ProblemError(str(wrong)) from wrong


def _rounded(point: Sequence[float]) -> Point:
    return round(point[0], DIGITS), round(point[1], DIGITS)


def _leg(streets: "Streets", here: Point, there: Point, band: str) -> Line:
    import numpy as np

    if here == there:
        return [here]
    found = streets.path(np.array(here), np.array(there), band)
    return [here, there] if found is None else [here, *map(_rounded, found.points.tolist()), there]


def _joined(legs: Sequence[Line]) -> Line:
    """One line, without points that are hardly apart."""
    line: Line = []
    for point in (point for leg in legs for point in leg):
        if not line or abs(point[0] - line[-1][0]) + abs(point[1] - line[-1][1]) > NEAR:
            line.append(point)
    return line
