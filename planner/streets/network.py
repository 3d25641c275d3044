"""Two networks out of the ways of an extract: one for cars, with directions, and one on foot, without.

A junction is a point where ways meet, end, or are stopped by a bollard; an edge is what lies between two of
them, with its line. Only what hangs together is kept: of the network for cars the largest part in which every
point is reached from every other (strongly connected), on foot the largest part. So nobody is placed on an
island from which there is no way.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from planner.streets.problem import CannotRead
from planner.streets.reading import Extract, Way

DEGREE = 1e7  # points are kept in ten-millionths of a degree, as OpenStreetMap keeps them
EARTH = 6_371_008.8  # metres, mean radius

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


class Network(NamedTuple):
    """J junctions, E edges, S points of all their lines one after the other."""

    junctions: Ints  # J x 2: latitude, longitude
    ends: Ints  # E x 2: junctions
    metres: Floats  # E
    kind: Bytes  # E: of tags.KINDS; nought on foot
    limit: Bytes  # E: km/h, nought where none is said
    forth: Flags  # E: may be used from the first end to the second
    back: Flags  # E
    stop: Flags  # E: places may be put on it
    shape_start: Ints  # E + 1
    shape: Ints  # S x 2; the line of edge e is shape[shape_start[e]:shape_start[e + 1]], ends included


class Arcs(NamedTuple):
    """The directed arcs of a network, A of them: first every edge forth, then every edge back."""

    tail: Ints
    head: Ints
    edge: Ints
    forth: Flags


class Piece(NamedTuple):
    """A part of a way between two junctions, these by their keys."""

    first: int
    last: int
    way: Way
    begin: int
    end: int


def arcs(network: Network) -> Arcs:
    forth, back = np.flatnonzero(network.forth), np.flatnonzero(network.back)
    ends = network.ends
    return Arcs(
        np.concatenate([ends[forth, 0], ends[back, 1]]),
        np.concatenate([ends[forth, 1], ends[back, 0]]),
        np.concatenate([forth, back]).astype(np.int32),
        np.arange(len(forth) + len(back)) < len(forth),
    )


def drive_network(extract: Extract) -> Network:
    """The streets for cars. Raises `CannotRead` where nothing hangs together."""
    ways = [way for way in extract.ways if way.road is not None]
    return network_of(pieces(ways, extract.stops), strong=True)


def walk_network(extract: Extract) -> Network:
    """The ways on foot, both ways each. Raises `CannotRead` where there are none."""
    ways = [way for way in extract.ways if way.walk]
    return network_of(pieces(ways, set()), strong=False)


def pieces(ways: Iterable[Way], stops: set[int]) -> Iterator[Piece]:
    """The ways cut where they meet. At a stop each piece ends for itself, with a key below nought."""
    ways = list(ways)
    uses: Counter[int] = Counter()
    for way in ways:
        uses.update(way.nodes)
        uses.update((way.nodes[0], way.nodes[-1]))
    fresh = 0
    for way in ways:
        inner = range(1, len(way.nodes) - 1)
        cuts = [0, *(i for i in inner if uses[way.nodes[i]] > 1 or way.nodes[i] in stops), len(way.nodes) - 1]
        for begin, end in pairwise(cuts):
            keys = []
            for i in (begin, end):
                fresh -= 1
                keys.append(fresh if way.nodes[i] in stops else way.nodes[i])
            yield from opened(Piece(keys[0], keys[1], way, begin, end), fresh - 1)
            fresh -= 1


def opened(piece: Piece, key: int) -> Iterator[Piece]:
    """The piece; one that comes back to where it began in two, so that no edge is a loop."""
    if piece.first != piece.last:
        yield piece
        return
    if piece.end - piece.begin < 2:
        return
    middle = (piece.begin + piece.end) // 2
    yield piece._replace(last=key, end=middle)
    yield piece._replace(first=key, begin=middle)


def network_of(found: Iterable[Piece], *, strong: bool) -> Network:
    """The network of these pieces, its largest connected part."""
    number: dict[int, int] = {}
    ends: list[tuple[int, int]] = []
    words: list[tuple[int, int, bool, bool, bool]] = []
    starts = [0]
    shape: list[tuple[int, int]] = []
    for piece in found:
        ends.append((number.setdefault(piece.first, len(number)), number.setdefault(piece.last, len(number))))
        words.append(said(piece.way, strong))
        shape.extend(piece.way.at[piece.begin : piece.end + 1])
        starts.append(len(shape))
    if not ends:
        raise CannotRead("The extract holds no streets that hang together.")
    kind, limit, forth, back, stop = (np.array(column) for column in zip(*words, strict=True))
    lines, start = np.array(shape, np.int32).reshape(-1, 2), np.array(starts, np.int32)
    whole = Network(
        junctions=np.zeros((len(number), 2), np.int32),
        ends=np.array(ends, np.int32),
        metres=lengths(lines, start),
        kind=kind.astype(np.uint8),
        limit=limit.astype(np.uint8),
        forth=forth.astype(bool),
        back=back.astype(bool),
        stop=stop.astype(bool),
        shape_start=start,
        shape=lines,
    )
    whole.junctions[whole.ends[:, 0]] = lines[start[:-1]]
    whole.junctions[whole.ends[:, 1]] = lines[start[1:] - 1]
    return largest_part(whole, strong=strong)


def said(way: Way, driven: bool) -> tuple[int, int, bool, bool, bool]:
    """Kind, limit, forth, back and stop of a way."""
    if not driven or way.road is None:
        return 0, 0, True, True, True
    return way.road.kind, way.road.limit, way.road.forth, way.road.back, way.road.stop


def lengths(shape: Ints, start: Ints) -> Floats:
    """E: metres of each line."""
    between = metres_between(shape[:-1] / DEGREE, shape[1:] / DEGREE)
    upto = np.concatenate([[0.0], np.cumsum(between)])
    return np.asarray(upto[start[1:] - 1] - upto[start[:-1]], np.float64)


def metres_between(a: Floats, b: Floats) -> Floats:
    """Metres along the great circle between points in degrees (… x 2: latitude, longitude); haversine."""
    one, two = np.radians(np.asarray(a, np.float64)), np.radians(np.asarray(b, np.float64))
    rise = np.sin((two[..., 0] - one[..., 0]) / 2) ** 2
    wide = np.cos(one[..., 0]) * np.cos(two[..., 0]) * np.sin((two[..., 1] - one[..., 1]) / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.minimum(1.0, rise + wide))), np.float64)


def largest_part(whole: Network, *, strong: bool) -> Network:
    """What hangs together; of several parts the one with most metres, of equal ones the first."""
    along = arcs(whole)
    count = len(whole.junctions)
    matrix = coo_matrix((np.ones(len(along.tail), np.int8), (along.tail, along.head)), shape=(count, count))
    _, part = connected_components(matrix, directed=True, connection="strong" if strong else "weak")
    within = part[whole.ends[:, 0]] == part[whole.ends[:, 1]]
    if not within.any():
        raise CannotRead("The extract holds no streets that hang together.")
    weight = np.bincount(part[whole.ends[within, 0]], whole.metres[within], minlength=part.max() + 1)
    here = part == int(np.argmax(weight))
    return only(whole, np.flatnonzero(within & here[whole.ends[:, 0]]))


def only(whole: Network, edges: npt.NDArray[np.int64]) -> Network:
    """The network of these edges alone."""
    used, ends = np.unique(whole.ends[edges], return_inverse=True)
    sizes = np.diff(whole.shape_start)[edges]
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    points = np.repeat(whole.shape_start[edges] - start[:-1], sizes) + np.arange(start[-1])
    return Network(
        junctions=whole.junctions[used],
        ends=ends.reshape(-1, 2).astype(np.int32),
        metres=whole.metres[edges],
        kind=whole.kind[edges],
        limit=whole.limit[edges],
        forth=whole.forth[edges],
        back=whole.back[edges],
        stop=whole.stop[edges],
        shape_start=start,
        shape=whole.shape[points],
    )
