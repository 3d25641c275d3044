"""The map of a plan as lines and points on a plain ground; everything on it stands in tables too."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

from moothall.core.earth import Point

if TYPE_CHECKING:
    from .plan_shown import Row

WIDE, EDGE, LEAST, MOST = 900.0, 24.0, 300.0, 900.0
COLOURS = 8
NEAR = 0.002  # degrees: a map is never smaller


@dataclass(frozen=True)
class Line:
    """A run as a line through its calls, in one of a few colours."""

    called: str
    number: int
    path: str
    colour: int


@dataclass(frozen=True)
class Spot:
    """A centre or a depot."""

    name: str
    x: float
    y: float
    begins: dt.time | None = None


@dataclass(frozen=True)
class Picture:
    """`homes` are all homes in one path; `hidden` are calls at homes whose place is not shown."""

    wide: float
    tall: float
    lines: list[Line]
    homes: str
    centres: list[Spot]
    depots: list[Spot]
    hidden: int


def picture_of(rows: "Sequence[Row]", homes: Mapping[int, Point], language: str) -> Picture | None:
    """Nothing where there is nothing to draw."""
    centres = {
        call.centre_id: (call.centre.name_in(language), (call.centre.latitude, call.centre.longitude))
        for row in rows
        for call in row.calls
        if call.centre is not None
    }
    depots = {
        row.run.depot_id: (row.run.depot.name, (row.run.depot.latitude, row.run.depot.longitude))
        for row in rows
        if row.run.depot is not None
    }
    points = [*homes.values(), *(at for _name, at in centres.values()), *(at for _n, at in depots.values())]
    if not points:
        return None
    ground = _Ground(points)
    hidden, lines = 0, []
    for row in rows:
        at = [homes.get(call.home_id) if call.home_id else centres[call.centre_id][1] for call in row.calls]
        hidden += sum(each is None for each in at)
        placed = [ground.at(each) for each in at if each is not None]
        path = "M" + " L".join(f"{x} {y}" for x, y in placed) if len(placed) > 1 else ""
        lines.append(Line(row.run.called, row.run.pk, path, row.run.number % COLOURS))
    return Picture(
        WIDE, ground.tall, lines, "".join(f"M{x} {y}h0" for x, y in map(ground.at, homes.values())),
        [Spot(name, *ground.at(at)) for name, at in centres.values()],
        [Spot(name, *ground.at(at)) for name, at in depots.values()], hidden,
    )  # fmt: skip


class _Ground:
    """Degrees as places on the picture: as wide as it is, as tall as the land."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.north, south = max(each[0] for each in points), min(each[0] for each in points)
        self.west, east = min(each[1] for each in points), max(each[1] for each in points)
        self.squeeze = cos(radians((self.north + south) / 2))
        across = max(NEAR, (east - self.west) * self.squeeze)
        self.scale = min((WIDE - 2 * EDGE) / across, (MOST - 2 * EDGE) / max(NEAR, self.north - south))
        self.tall = round(max(LEAST, (self.north - south) * self.scale + 2 * EDGE), 1)

    def at(self, point: Point) -> tuple[float, float]:
        north, east = point
        x = EDGE + (east - self.west) * self.squeeze * self.scale
        return round(x, 1), round(EDGE + (self.north - north) * self.scale, 1)
