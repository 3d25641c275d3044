"""Places put on streets: the nearest point of an edge on which somebody may be picked up, within a limit.

A place is put on the line of an edge, not on its nearest end. Motorways, slip roads and motor roads take
nobody, and edges outside the connected part are not in the network at all.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from planner.streets.network import DEGREE, EARTH, Floats, Ints, Network, metres_between

PIECE = 50.0  # metres: longer straight lines are looked up by several middles
WITHIN = 250.0  # metres: farther from any street a place is not placed

Points = npt.NDArray[np.float64]  # n x 2: latitude, longitude in degrees (WGS 84)


class Unplaced(NamedTuple):
    """A place that lies too far from any street."""

    number: int  # in the order asked
    metres: float  # to the nearest street; infinite where there is no such place on earth

    @property
    def sentence(self) -> str:
        if not np.isfinite(self.metres):
            return "The place has no coordinates that can be read."
        return f"The nearest street is {self.metres:,.0f} m away. Look at the coordinates."


class Snapped(NamedTuple):
    """n places on edges. `edge` is -1 where a place could not be placed."""

    edge: Ints
    part: Floats  # how far along the edge, from nought to one
    metres: Floats  # away from where it was asked
    at: Points  # n x 2: the point on the street

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        return tuple(Unplaced(int(i), float(self.metres[i])) for i in np.flatnonzero(self.edge < 0))


@dataclass(frozen=True)
class Snapper:
    """Straight pieces of the lines of a network, in metres on a plane about its middle."""

    middle: float  # latitude for which a degree of longitude is measured
    tree: cKDTree
    begin: Floats  # K x 2
    end: Floats
    edge: Ints  # K
    first: Floats  # K: metres along the edge at which the piece begins
    size: Floats  # K: metres of the piece
    metres: Floats  # E

    def snap(self, points: Points, within: float = WITHIN) -> Snapped:
        """Each place on its nearest street, ties to the first of them. `points` is n x 2, degrees."""
        count = len(points)
        found = Snapped(
            np.full(count, -1, np.int32),
            np.zeros(count),
            np.full(count, np.inf),
            np.full((count, 2), np.nan),
        )
        good = np.flatnonzero(readable(points))
        if not len(good):
            return found
        plane = flat(points[good], self.middle)
        around, _ = self.tree.query(plane)
        reach = around + PIECE / 2 + 1e-6
        for number, place, near in zip(good, plane, self.tree.query_ball_point(plane, reach), strict=True):
            some = np.sort(np.array(near, np.int64))
            share, away = nearest(place, self.begin[some], self.end[some])
            best = int(np.argmin(away))
            piece = some[best]
            found.metres[number] = away[best]
            if away[best] <= within:
                edge = self.edge[piece]
                found.edge[number] = edge
                along = self.first[piece] + share[best] * self.size[piece]
                found.part[number] = min(1.0, along / self.metres[edge]) if self.metres[edge] > 0 else 0.0
                on = self.begin[piece] + share[best] * (self.end[piece] - self.begin[piece])
                found.at[number] = unflat(on, self.middle)
        return found


def snapper(network: Network) -> Snapper:
    """The pieces of every edge that takes places."""
    start, shape = network.shape_start, network.shape / DEGREE
    edge_of_point = np.repeat(np.arange(len(network.ends)), np.diff(start))
    here = np.flatnonzero((edge_of_point[1:] == edge_of_point[:-1]) & network.stop[edge_of_point[:-1]])
    sizes = metres_between(shape[here], shape[here + 1])
    edges = edge_of_point[here]
    along = metres_along(network, shape)[here]
    parts = np.maximum(1, np.ceil(sizes / PIECE)).astype(np.int64)
    of = np.repeat(np.arange(len(here)), parts)
    step = np.arange(len(of)) - np.repeat(np.cumsum(parts) - parts, parts)
    low, high = (step / parts[of])[:, None], ((step + 1) / parts[of])[:, None]
    middle = float(np.mean(shape[:, 0]))
    plane = flat(shape, middle)
    one, two = plane[here][of], plane[here + 1][of]
    begin, end = one + low * (two - one), one + high * (two - one)
    return Snapper(
        middle,
        cKDTree((begin + end) / 2),
        begin,
        end,
        edges[of].astype(np.int32),
        along[of] + low[:, 0] * sizes[of],
        sizes[of] / parts[of],
        network.metres,
    )


def metres_along(network: Network, shape: Floats) -> Floats:
    """S: metres from the beginning of its edge to each point of its line."""
    upto = np.concatenate([[0.0], np.cumsum(metres_between(shape[:-1], shape[1:]))])
    return np.asarray(
        upto - np.repeat(upto[network.shape_start[:-1]], np.diff(network.shape_start)), np.float64
    )


def nearest(place: Floats, begin: Floats, end: Floats) -> tuple[Floats, Floats]:
    """For each straight piece: where on it (nought to one) the nearest point lies, and how far that is."""
    run = end - begin
    square = np.maximum((run**2).sum(axis=1), 1e-12)
    share = np.clip(((place - begin) * run).sum(axis=1) / square, 0.0, 1.0)
    away = np.hypot(*(begin + share[:, None] * run - place).T)
    return share, away


def readable(points: Points) -> npt.NDArray[np.bool_]:
    return np.asarray(
        np.isfinite(points).all(axis=1) & (np.abs(points[:, 0]) <= 90) & (np.abs(points[:, 1]) <= 180)
    )


def flat(points: Points, middle: float) -> Floats:
    """Metres east and north; good to a part in a thousand within a county."""
    wide = np.cos(np.radians(middle))
    return np.asarray(np.radians(np.stack([points[..., 1] * wide, points[..., 0]], axis=-1)) * EARTH)


def unflat(plane: Floats, middle: float) -> Points:
    degrees = np.degrees(plane / EARTH)
    return np.stack([degrees[..., 1], degrees[..., 0] / np.cos(np.radians(middle))], axis=-1)
