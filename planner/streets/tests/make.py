"""Small maps drawn by hand, in metres east and north of a corner in Bradford."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import quoteattr

import numpy as np

from planner.streets.asking import Streets
from planner.streets.keeping import Prepared, open_prepared, prepare
from planner.streets.snapping import Points
from planner.streets.speeds import given_speeds

LEEDS = Path(__file__).parent / "leeds-2020-03.osm.pbf"
CORNER = (53.79, -1.75)
METRE = 1 / 111_195.08  # of a degree
EAST = METRE / np.cos(np.radians(CORNER[0]))

Tags = Mapping[str, str]
Drawn = Mapping[str, tuple[float, float]]


def place(east: float, north: float) -> tuple[float, float]:
    """Degrees of a point so many metres east and north."""
    return CORNER[0] + north * METRE, CORNER[1] + east * EAST


def places(*points: tuple[float, float]) -> Points:
    return np.array([place(*point) for point in points])


def draw(
    path: Path,
    points: Drawn,
    ways: Iterable[tuple[str, Tags]],
    *,
    marked: Mapping[str, Tags] | None = None,
    missing: str = "",
) -> Path:
    """An extract with these points, a letter each, and ways written as their letters."""
    lines = ['<osm version="0.6">']
    for name, point in points.items():
        if name not in missing:
            lat, lon = place(*point)
            inside = tagged((marked or {}).get(name, {}))
            lines.append(
                f'<node id="{ord(name)}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">{inside}</node>'
            )
    for number, (letters, tags) in enumerate(ways, 1):
        along = "".join(f'<nd ref="{ord(letter)}"/>' for letter in letters)
        lines.append(f'<way id="{number}" version="1">{along}{tagged(tags)}</way>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def tagged(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


def streets_of(extract: Path, *, plain: bool = False) -> Streets:
    return Streets.of(open_prepared(prepare(extract, extract.parent)), given_speeds()[-1], plain=plain)


STREET = {"highway": "residential"}
GRID = 5
BLOCK = 200.0


@cache
def town() -> Prepared:
    """Five by five streets 200 m apart, with odd limits, one street one way and a path across a block."""
    points = {letter(x, y): (x * BLOCK, y * BLOCK) for x in range(GRID) for y in range(GRID)}
    ways: list[tuple[str, Tags]] = []
    for i in range(GRID):
        across = "".join(letter(x, i) for x in range(GRID))
        up = "".join(letter(i, y) for y in range(GRID))
        ways.append((across, {"highway": "secondary" if i == 2 else "residential", "maxspeed": "30 mph"}))
        ways.append(
            (up, STREET | ({"oneway": "yes"} if i == 1 else {}) | ({"maxspeed": "20 mph"} if i else {}))
        )
    ways.append((letter(0, 0) + letter(1, 1), {"highway": "footway"}))
    with TemporaryDirectory() as folder:
        return open_prepared(prepare(draw(Path(folder) / "town.osm", points, ways), Path(folder)))


@cache
def leeds() -> Prepared:
    with TemporaryDirectory() as folder:
        return open_prepared(prepare(LEEDS, Path(folder)))


def letter(x: int, y: int) -> str:
    return chr(ord("a") + x * GRID + y)
