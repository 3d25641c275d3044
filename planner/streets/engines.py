"""Shortest ways through a network: contraction hierarchies, or Dijkstra's algorithm where there are none.

Customisable contraction hierarchies (Dibbelt, Strasser and Wagner, *ACM Journal of Experimental Algorithmics*
21, 2016) through RoutingKit; the second engine is SciPy's. Weights are whole numbers (milliseconds, or
centimetres), so that both give the same answers exactly. Nothing is drawn, so the same question always has
the same answer.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.streets.network import Arcs, Ints, Network

try:
    import routingkit_cch
except ImportError:  # no wheel for this machine
    routingkit_cch = None  # type: ignore[assignment]

FAR = np.iinfo(np.int64).max // 4  # no way
ROWS = 64  # of Dijkstra at once: what it answers is as wide as the network

Weights = npt.NDArray[np.int64]
Starts = Sequence[tuple[int, int]]  # junctions, and what it costs to be there


class Measured(Protocol):
    """A network with one weight an arc."""

    def matrix(self, rows: Sequence[Starts], ends: Ints) -> Weights:
        """n x k: the least weight from any start of each row to each of the k junctions, else `FAR`."""

    def line(self, starts: Starts, ends: Starts) -> tuple[int, int, list[int]] | None:
        """The first and last junction, and the arcs between, of the lightest way, if any."""


class Engine(Protocol):
    def measured(self, weights: Weights) -> Measured: ...


def best_engine(junctions: int, along: Arcs, order: Ints) -> Engine:
    """Contraction hierarchies where they can be had and the order was made."""
    if routingkit_cch is not None and len(order) == junctions:
        return Contracted(along, order)
    return Plain(junctions, along)


def contraction_order(network: Network, along: Arcs) -> Ints:
    """J: in which order junctions are contracted, by inertial nested dissection; empty without RoutingKit."""
    if routingkit_cch is None:
        return np.zeros(0, np.int32)
    places = network.junctions / 1e7
    found = routingkit_cch.compute_order_inertial(
        len(places), along.tail.tolist(), along.head.tolist(), places[:, 0].tolist(), places[:, 1].tolist()
    )
    return np.array(found, np.int32)


class Contracted:
    """Contraction hierarchies: built once, customised for each set of weights in milliseconds."""

    def __init__(self, along: Arcs, order: Ints) -> None:
        self.along = along
        self.kept = routingkit_cch.CCH(order.tolist(), along.tail.tolist(), along.head.tolist(), False)

    def measured(self, weights: Weights) -> Measured:
        return ContractedWeights(self.along, routingkit_cch.CCHMetric(self.kept, weights.tolist()))


class ContractedWeights:
    def __init__(self, along: Arcs, metric: Any) -> None:
        self.along, self.metric = along, metric

    def matrix(self, rows: Sequence[Starts], ends: Ints) -> Weights:
        answer = np.full((len(rows), len(ends)), FAR, np.int64)
        if not len(ends):
            return answer
        asked = routingkit_cch.CCHOneToMany(self.metric, ends.tolist())
        for row, starts in enumerate(rows):
            if starts:
                found = np.array(asked.distances_from_multi(list(starts)), np.float64)
                answer[row] = np.where(np.isnan(found), FAR, found)
        return answer

    def line(self, starts: Starts, ends: Starts) -> tuple[int, int, list[int]] | None:
        if not starts or not ends:
            return None
        found = routingkit_cch.CCHQuery(self.metric).run_multi(list(starts), list(ends))
        if found.distance is None:
            return None
        nodes = found.node_path
        return nodes[0], nodes[-1], list(found.arc_path)


class Plain:
    """Dijkstra's algorithm, with nothing prepared."""

    def __init__(self, junctions: int, along: Arcs) -> None:
        self.junctions, self.along = junctions, along

    def measured(self, weights: Weights) -> Measured:
        return PlainWeights(self.junctions, self.along, weights)


class PlainWeights:
    def __init__(self, junctions: int, along: Arcs, weights: Weights) -> None:
        by = np.lexsort((weights, along.head, along.tail))  # of arcs side by side the lightest
        tail, head = along.tail[by], along.head[by]
        first = np.ones(len(by), bool)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        kept = by[first]
        self.arc_of = {
            (int(a), int(b)): int(arc) for a, b, arc in zip(tail[first], head[first], kept, strict=True)
        }
        self.graph = csr_matrix(
            (weights[kept].astype(np.float64), (tail[first], head[first])), (junctions, junctions)
        )

    def matrix(self, rows: Sequence[Starts], ends: Ints) -> Weights:
        answer = np.full((len(rows), len(ends)), FAR, np.int64)
        if not len(ends):
            return answer
        asked = [(row, node, weight) for row, starts in enumerate(rows) for node, weight in starts]
        nodes = np.unique(np.array([node for _, node, _ in asked], np.int64))
        for begin in range(0, len(nodes), ROWS):
            some = nodes[begin : begin + ROWS]
            found = dijkstra(self.graph, indices=some)[:, ends]
            known = np.where(np.isinf(found), FAR, found).astype(np.int64)
            for row, node, weight in asked:
                at = int(np.searchsorted(some, node))
                if at < len(some) and some[at] == node:
                    answer[row] = np.minimum(answer[row], np.minimum(FAR, known[at] + weight))
        return answer

    def line(self, starts: Starts, ends: Starts) -> tuple[int, int, list[int]] | None:
        best: tuple[float, int, int, Any] | None = None
        for node, weight in starts:
            far, before = dijkstra(self.graph, indices=node, return_predecessors=True)
            for end, more in ends:
                whole = far[end] + weight + more
                if np.isfinite(whole) and (best is None or whole < best[0]):
                    best = (whole, node, end, before)
        if best is None:
            return None
        _, first, last, before = best
        nodes = [last]
        while nodes[-1] != first:
            nodes.append(int(before[nodes[-1]]))
        nodes.reverse()
        return first, last, [self.arc_of[pair] for pair in pairwise(nodes)]
