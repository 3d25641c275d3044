"""Valhalla, where it is installed: directions in words, and the same questions answered by another engine.

Nothing here needs it: the `valhalla` module (wheel `pyvalhalla-weekly`, MIT) is imported only when it is
asked for, and reads tiles of its own. A plan is made with one engine; times of two are not mixed.
"""

import importlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from planner.streets.problem import CannotOpen
from planner.streets.snapping import Points

ROWS = 50  # origins in one request
FINE = 1e6  # lines come in millionths of a degree
NOT_THERE = "Valhalla is not installed here (pip install pyvalhalla-weekly): ask the planner's own streets."


class Actor(Protocol):
    """What of `valhalla.Actor` is used."""

    def matrix(self, query: Any) -> Any: ...
    def route(self, query: Any) -> Any: ...


class Directions(NamedTuple):
    """A way in words and as a line, k x 2 degrees."""

    seconds: float
    metres: float
    points: Points
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Valhalla:
    actor: Actor
    costing: str = "auto"  # or "pedestrian", "bus", "taxi"

    @classmethod
    def open(cls, tiles: Path, costing: str = "auto") -> "Valhalla":
        """Over tiles made by `valhalla_build_tiles`. Raises `CannotOpen` where it is not installed."""
        try:
            module = importlib.import_module("valhalla")
        except ImportError as wrong:
            raise CannotOpen(NOT_THERE) from wrong
        if not tiles.exists():
            raise CannotOpen(f"There are no Valhalla tiles at {tiles}; valhalla_build_tiles makes them.")
        where = {"tile_extract": str(tiles)} if tiles.is_file() else {"tile_dir": str(tiles)}
        config = module.get_config(**where, verbose=False)
        return cls(module.Actor(config), costing)

    def times(self, origins: Points, destinations: Points) -> npt.NDArray[np.float32]:
        """n x m seconds; nan where Valhalla finds no way."""
        answer = np.full((len(origins), len(destinations)), np.nan, np.float32)
        goals = [located(point) for point in destinations]
        for begin in range(0, len(origins), ROWS):
            some = [located(point) for point in origins[begin : begin + ROWS]]
            found = read(self.actor.matrix({"sources": some, "targets": goals, "costing": self.costing}))
            for i, row in enumerate(found["sources_to_targets"]):
                for j, one in enumerate(row):
                    if one.get("time") is not None:
                        answer[begin + i, j] = one["time"]
        return answer

    def directions(self, origin: Points, destination: Points, language: str = "en-GB") -> Directions:
        """The way between two places (2 degrees each), in sentences."""
        asked = {
            "locations": [located(origin), located(destination)],
            "costing": self.costing,
            "directions_options": {"units": "miles", "language": language},
        }
        trip = read(self.actor.route(asked))["trip"]
        legs = trip["legs"]
        return Directions(
            float(trip["summary"]["time"]),
            float(trip["summary"]["length"]) * 1609.344,
            np.concatenate([line(leg["shape"]) for leg in legs]),
            tuple(turn["instruction"] for leg in legs for turn in leg["maneuvers"]),
        )


def located(point: Points) -> dict[str, float]:
    return {"lat": float(point[0]), "lon": float(point[1])}


def read(answer: Any) -> Mapping[str, Any]:
    """Some versions answer with text, some with a dictionary."""
    found: Mapping[str, Any] = json.loads(answer) if isinstance(answer, str) else answer
    return found


def line(encoded: str) -> Points:
    """k x 2 degrees of an encoded polyline with six digits."""
    numbers: list[int] = []
    value = shift = 0
    for sign in encoded:
        bits = ord(sign) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return np.cumsum(np.array(numbers, np.float64).reshape(-1, 2), axis=0) / FINE
