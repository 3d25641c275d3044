"""A network ready to be asked: places on it, what lies between them, and the line of a way.

Weights are whole numbers an edge. A place a share along its edge is that share of the weight from one end,
rounded once; so what both engines answer is the same to the last unit, and no way round is shorter than the
way.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from planner.streets.engines import FAR, Engine, Measured, Starts, Weights, best_engine
from planner.streets.network import DEGREE, Arcs, Floats, Ints, Network, arcs
from planner.streets.snapping import Points, Snapped, Snapper, metres_along, snapper

AT_ONCE = 256  # origins whose answers are put together at a time


class Measure(NamedTuple):
    """Weights on a network: whole units an edge (E), the same both ways, of which `scale` make one."""

    measured: Measured
    units: Weights
    scale: int


class Leg(NamedTuple):
    """Part of an edge, from one share of it to another; backwards where the first is more."""

    edge: int
    begin: float
    end: float


class Way(NamedTuple):
    """A way from one place to another, in units of its measure."""

    units: int
    legs: tuple[Leg, ...]


@dataclass
class Web:
    """A network with its engine; snapping and measures are made when they are first wanted, and kept."""

    network: Network
    order: Ints
    given: Engine | None = None
    measures: dict[str, Measure] = field(default_factory=dict)

    @cached_property
    def along(self) -> Arcs:
        return arcs(self.network)

    @cached_property
    def engine(self) -> Engine:
        return self.given or best_engine(len(self.network.junctions), self.along, self.order)

    @cached_property
    def places(self) -> Snapper:
        return snapper(self.network)

    def measure(self, name: str, by_edge: Floats, scale: int) -> Measure:
        """The measure of that name; made of `by_edge` (E) if it is new."""
        if name not in self.measures:
            units = np.maximum(1, np.rint(by_edge * scale)).astype(np.int64)
            self.measures[name] = Measure(self.engine.measured(units[self.along.edge]), units, scale)
        return self.measures[name]

    def between(self, by: Measure, one: Snapped, two: Snapped) -> Floats:
        """n x m: the least weight from each place of `one` to each of `two`; nan where there is none."""
        answer = np.full((len(one.edge), len(two.edge)), np.nan)
        rows, columns = np.flatnonzero(one.edge >= 0), np.flatnonzero(two.edge >= 0)
        goal = columns, two.edge[columns], share(by, two.edge[columns], two.part[columns])
        for begin in range(0, len(rows), AT_ONCE):
            some = rows[begin : begin + AT_ONCE]
            units = self.block(
                by, one.edge[some], share(by, one.edge[some], one.part[some]), goal[1], goal[2]
            )
            answer[np.ix_(some, columns)] = np.where(units >= FAR, np.nan, units / by.scale)
        return answer

    def block(self, by: Measure, edge: Ints, gone: Weights, goal: Ints, far: Weights) -> Weights:
        """n x m units from places `gone` units along edges (n) to places `far` units along edges (m)."""
        ends = self.network.ends[goal]
        nodes, at = np.unique(ends, return_inverse=True)
        at = at.reshape(-1, 2)
        starts = [self.ways_out(by, int(e), int(g)) for e, g in zip(edge, gone, strict=True)]
        known = by.measured.matrix(starts, nodes)
        forth = np.where(self.network.forth[goal], far, FAR)
        back = np.where(self.network.back[goal], by.units[goal] - far, FAR)
        best = np.minimum(known[:, at[:, 0]] + forth, known[:, at[:, 1]] + back)
        row, column = np.nonzero(edge[:, None] == goal[None, :])
        straight = self.straight(edge[row], far[column] - gone[row])
        best[row, column] = np.minimum(best[row, column], straight)
        return np.minimum(best, FAR)

    def straight(self, edge: Ints, ahead: Weights) -> Weights:
        """Units between two places on one edge without leaving it; `ahead` is below nought where behind."""
        may = np.where(ahead >= 0, self.network.forth[edge], self.network.back[edge])
        either = may | ((ahead == 0) & self.network.back[edge])
        return np.where(either, np.abs(ahead), FAR)

    def ways_out(self, by: Measure, edge: int, gone: int) -> Starts:
        """The ends that are reached from a place `gone` units along an edge, and for how much."""
        first, last = (int(end) for end in self.network.ends[edge])
        out = [(last, int(by.units[edge]) - gone)] if self.network.forth[edge] else []
        return [*out, (first, gone)] if self.network.back[edge] else out

    def ways_in(self, by: Measure, edge: int, gone: int) -> Starts:
        """The ends from which such a place is reached, and for how much."""
        first, last = (int(end) for end in self.network.ends[edge])
        into = [(first, gone)] if self.network.forth[edge] else []
        return [*into, (last, int(by.units[edge]) - gone)] if self.network.back[edge] else into

    def way(self, by: Measure, one: Snapped, two: Snapped) -> Way | None:
        """The way from the first place of `one` to the first of `two`; nothing where there is none."""
        if one.edge[0] < 0 or two.edge[0] < 0:
            return None
        a, b = int(one.edge[0]), int(two.edge[0])
        gone, far = int(share(by, one.edge, one.part)[0]), int(share(by, two.edge, two.part)[0])
        found = by.measured.line(self.ways_out(by, a, gone), self.ways_in(by, b, far))
        straight = int(self.straight(one.edge[:1], np.array([far - gone]))[0]) if a == b else FAR
        round_about = FAR if found is None else self.units_of(by, found, (a, gone), (b, far))
        if straight >= FAR and found is None:
            return None
        if found is None or straight <= round_about:
            return Way(straight, (Leg(a, float(one.part[0]), float(two.part[0])),))
        first, last, passed = found
        legs = [Leg(a, float(one.part[0]), 1.0 if first == self.network.ends[a, 1] else 0.0)]
        for arc in passed:
            ahead = bool(self.along.forth[arc])
            legs.append(Leg(int(self.along.edge[arc]), 0.0 if ahead else 1.0, 1.0 if ahead else 0.0))
        legs.append(Leg(b, 0.0 if last == self.network.ends[b, 0] else 1.0, float(two.part[0])))
        return Way(round_about, tuple(leg for leg in legs if leg.begin != leg.end))

    def units_of(
        self, by: Measure, found: tuple[int, int, list[int]], one: tuple[int, int], two: tuple[int, int]
    ) -> int:
        first, last, passed = found
        out = dict(self.ways_out(by, *one))[first]
        into = dict(self.ways_in(by, *two))[last]
        return out + int(by.units[self.along.edge[np.array(passed, np.int64)]].sum()) + into

    def line(self, legs: tuple[Leg, ...], start: Points) -> Points:
        """k x 2 degrees: the line of these legs from a point (2); that point alone where there are none."""
        pieces = [start.reshape(1, 2), *(self.piece(leg) for leg in legs)]
        points = np.concatenate(pieces)
        new = np.ones(len(points), bool)
        new[1:] = (np.abs(points[1:] - points[:-1]) > 1 / DEGREE).any(axis=1)
        return points[new]

    def piece(self, leg: Leg) -> Points:
        """The line of one leg."""
        begin, end = self.network.shape_start[leg.edge], self.network.shape_start[leg.edge + 1]
        shape = self.network.shape[begin:end] / DEGREE
        upto = self.upto[begin:end]
        low, high = sorted((leg.begin, leg.end))
        at = np.array([low, high]) * self.network.metres[leg.edge]
        ends = np.stack([np.interp(at, upto, shape[:, 0]), np.interp(at, upto, shape[:, 1])], axis=1)
        inner = shape[(upto > at[0]) & (upto < at[1])]
        points = np.concatenate([ends[:1], inner, ends[1:]])
        return points if leg.begin <= leg.end else points[::-1]

    @cached_property
    def upto(self) -> Floats:
        return metres_along(self.network, self.network.shape / DEGREE)


def share(by: Measure, edge: Ints, part: Floats) -> Weights:
    """Whole units from the first end of each edge to places a part along it."""
    return np.rint(part * by.units[edge]).astype(np.int64)
