"""Streets as a picture to lay under other things: lines in tiles, fewer and coarser the farther away. What a
tile is says `tiles.py`, which reads them."""

import json
import math
import os
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from planner.streets.keeping import Source
from planner.streets.network import DEGREE, Ints, Network
from planner.streets.tags import KIND
from planner.streets.tiles import EXTENT

EDGE = 16  # units past its side that a line goes on, so that none looks cut
FARTHEST, NEAREST = 7, 14  # zooms that have tiles; nearer ones are drawn from the nearest
COARSE = 4  # units that a line may be off, but for the nearest zoom
# From which zoom each kind is drawn, and how broad: 0 is the broadest.
FROM = {
    "motorway": (7, 0), "trunk": (7, 0), "motorway_link": (10, 1), "trunk_link": (10, 1), "primary": (8, 1),
    "primary_link": (11, 1), "secondary": (10, 2), "secondary_link": (11, 2), "tertiary": (11, 2),
    "tertiary_link": (12, 2), "unclassified": (12, 3), "residential": (13, 3), "living_street": (13, 3),
    "service": (14, 4),
}  # fmt: skip

Tile = tuple[int, int]
Line = list[int]  # how broad, then x and y of each point


def draw(network: Network, source: Source, path: Path) -> Path:
    """Write the tiles of a network whole or not at all; how many there are is in the file."""
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    half.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(half)) as file, file:
            file.execute("create table tiles (zoom int, x int, y int, lines blob, primary key (zoom, x, y))")
            file.execute("create table about (said text)")
            file.execute("insert into about values (?)", [json.dumps(_about(network, source))])
            for zoom in range(FARTHEST, NEAREST + 1):
                rows = ((zoom, *tile, _packed(lines)) for tile, lines in _tiles(network, zoom))
                file.executemany("insert into tiles values (?, ?, ?, ?)", rows)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def _about(network: Network, source: Source) -> dict[str, Any]:
    south, west = (network.shape.min(axis=0) / DEGREE).tolist()
    north, east = (network.shape.max(axis=0) / DEGREE).tolist()
    return {
        "name": source.name, "as_of": source.as_of, "credit": source.credit, "licence": source.licence,
        "link": source.link, "version": source.sha256[:12], "bounds": [[south, west], [north, east]],
    }  # fmt: skip


def _packed(lines: Sequence[Line]) -> bytes:
    return zlib.compress(json.dumps(lines, separators=(",", ":")).encode(), 9)


def _tiles(network: Network, zoom: int) -> Iterator[tuple[Tile, list[Line]]]:
    """Every tile of a zoom on which there is something, the broadest lines last, so that they lie on top."""
    names = {number: name for name, number in KIND.items() if name in FROM}
    broad = {number: FROM[name][1] for number, name in names.items() if FROM[name][0] <= zoom}
    points = _projected(network.shape, zoom)
    found: dict[Tile, list[Line]] = defaultdict(list)
    for edge in np.flatnonzero(np.isin(network.kind, list(broad))).tolist():
        begin, end = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
        line = _thinned(points[begin:end].tolist(), 0 if zoom == NEAREST else COARSE)
        for at, piece in _cut(line):
            found[at].append([broad[int(network.kind[edge])], *piece])
    for at in sorted(found):
        yield at, sorted(found[at], key=lambda each: -each[0])


def _projected(shape: Ints, zoom: int) -> Ints:
    """S x 2: east and south in units of the whole world."""
    north, east = np.radians(shape[:, 0] / DEGREE), shape[:, 1] / DEGREE
    world = EXTENT * 2**zoom
    x = (east + 180) / 360 * world
    y = (1 - np.arcsinh(np.tan(north)) / math.pi) / 2 * world
    return np.asarray(np.rint(np.stack([x, y], axis=1)), np.int32)


def _thinned(line: Sequence[Sequence[int]], within: int) -> list[Sequence[int]]:
    """Without points that hardly lie beside the one before; both ends stay."""
    kept = [line[0]]
    for x, y in line[1:-1]:
        if max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) > within:
            kept.append((x, y))
    return [*kept, line[-1]]


def _cut(line: Sequence[Sequence[int]]) -> Iterator[tuple[Tile, list[int]]]:
    """The line as it runs through each tile, in the tile's own units; a little past its sides."""
    open_: dict[Tile, list[int]] = {}
    for (x0, y0), (x1, y1) in pairwise(line):
        if (x0, y0) == (x1, y1):
            continue
        here = set(_touched(x0, y0, x1, y1))
        for at in [each for each in open_ if each not in here]:
            yield at, open_.pop(at)
        for at in here:
            left, top = at[0] * EXTENT, at[1] * EXTENT
            piece = open_.setdefault(at, [x0 - left, y0 - top])
            piece += [x1 - left, y1 - top]
    yield from open_.items()


def _touched(x0: int, y0: int, x1: int, y1: int) -> Iterator[Tile]:
    west, east = (min(x0, x1) - EDGE) // EXTENT, (max(x0, x1) + EDGE) // EXTENT
    top, bottom = (min(y0, y1) - EDGE) // EXTENT, (max(y0, y1) + EDGE) // EXTENT
    for x in range(west, east + 1):
        for y in range(top, bottom + 1):
            yield x, y
