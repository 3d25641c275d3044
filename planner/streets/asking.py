"""Streets, asked: how long, how far, how far on foot, and along which line."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.streets.basis import Basis
from planner.streets.engines import Plain
from planner.streets.keeping import Prepared, Source, open_prepared
from planner.streets.network import arcs
from planner.streets.snapping import WITHIN, Points, Snapped
from planner.streets.speeds import Speeds, given_speeds, in_force
from planner.streets.web import Leg, Measure, Web

MS, CM = 1000, 100  # times are weighed in whole milliseconds, distances in whole centimetres

Matrix = npt.NDArray[np.float32]


class Line(NamedTuple):
    """The quickest way from a place to another, or on foot the shortest. `points` is k x 2 degrees."""

    seconds: float  # nan on foot
    metres: float
    points: Points
    legs: tuple[Leg, ...]


@dataclass
class Streets:
    """Prepared streets and the speeds in force. Places: n x 2 degrees (latitude, longitude), or snapped."""

    source: Source
    speeds: Speeds
    drive: Web
    on_foot: Web

    @classmethod
    def open(cls, path: Path, *, speeds: Speeds | None = None, on: date | None = None) -> "Streets":
        """Open a prepared file, with the speeds that hold on a day. Raises `CannotOpen`, `WrongSpeeds`."""
        rows = given_speeds()
        held = speeds or (in_force(rows, on) if on else rows[-1])
        return cls.of(open_prepared(path), held)

    @classmethod
    def of(cls, made: Prepared, speeds: Speeds, *, plain: bool = False) -> "Streets":
        """Of what is already read. `plain` asks without contraction hierarchies: the same answers, slower."""
        webs = [
            Web(network, order, Plain(len(network.junctions), arcs(network)) if plain else None)
            for network, order in ((made.drive, made.drive_order), (made.walk, made.walk_order))
        ]
        return cls(made.source, speeds, *webs)

    def basis(self, band: str) -> Basis:
        """On what the times of a band rest: the sentence and the credit for every plan made with them."""
        named = f"OpenStreetMap extract {self.source.name}"
        day = date.fromisoformat(self.source.as_of) if self.source.as_of else None
        dated = f"{named} of {day:%-d %B %Y}" if day else f"{named}, which bears no date"
        return Basis(
            "streets",
            f"Times are by street ({dated}; {self.source.credit}, {self.source.licence}), {band}."
            f" {self.speeds.sentence}",
            self.source.credit,
            self.source.link,
        )

    def snap(self, points: Points, *, within: float = WITHIN, on_foot: bool = False) -> Snapped:
        """Places on streets, at most `within` metres away; `unplaced` of the answer lists the others."""
        web = self.on_foot if on_foot else self.drive
        return web.places.snap(np.asarray(points, np.float64).reshape(-1, 2), within)

    def times(self, origins: Points | Snapped, destinations: Points | Snapped, band: str) -> Matrix:
        """n x m seconds by car in a band of the day; nan where a place lies on no street."""
        one, two = self.placed(origins), self.placed(destinations)
        return self.drive.between(self.by_time(band), one, two).astype(np.float32)

    def distances(self, origins: Points | Snapped, destinations: Points | Snapped) -> Matrix:
        """n x m metres by car along the shortest streets, which need not be the quickest."""
        by = self.drive.measure("metres", self.drive.network.metres, CM)
        return self.drive.between(by, self.placed(origins), self.placed(destinations)).astype(np.float32)

    def walk(self, origins: Points, destinations: Points, *, within: float = WITHIN) -> Matrix:
        """n x m metres along the nearest available walking route; nan where a place lies on none.

        Streets and paths of every kind that are not closed to people on foot, in either direction: as for a
        child who is accompanied as necessary. Whether a route is safe is not in the map.
        """
        one, two = (self.snap(points, within=within, on_foot=True) for points in (origins, destinations))
        return self.on_foot.between(self.by_foot(), one, two).astype(np.float32)

    def path(self, origin: Points, destination: Points, band: str) -> Line | None:
        """The quickest way between two places (2 degrees each); nothing where one lies on no street."""
        one, two = self.snap(origin), self.snap(destination)
        found = self.drive.way(self.by_time(band), one, two)
        return None if found is None else self.drawn(self.drive, found.legs, one, found.units / MS)

    def walk_path(self, origin: Points, destination: Points, *, within: float = WITHIN) -> Line | None:
        """The nearest available walking route between two places."""
        one, two = (self.snap(point, within=within, on_foot=True) for point in (origin, destination))
        found = self.on_foot.way(self.by_foot(), one, two)
        return None if found is None else self.drawn(self.on_foot, found.legs, one, np.nan)

    def drawn(self, web: Web, legs: tuple[Leg, ...], one: Snapped, seconds: float) -> Line:
        metres = sum(abs(leg.end - leg.begin) * float(web.network.metres[leg.edge]) for leg in legs)
        return Line(seconds, metres, web.line(legs, one.at[0]), legs)

    def by_time(self, band: str) -> Measure:
        return self.drive.measure(band, self.speeds.seconds(self.drive.network, band), MS)

    def by_foot(self) -> Measure:
        return self.on_foot.measure("metres", self.on_foot.network.metres, CM)

    def placed(self, places: Points | Snapped) -> Snapped:
        return places if isinstance(places, Snapped) else self.snap(places)
