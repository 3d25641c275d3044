"""An OpenStreetMap extract read: its ways, their points, and what stands in the way.

Formats and their checks are pyosmium's (libosmium): `.osm.pbf`, and `.osm` XML for small ones.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import osmium

from planner.streets.problem import CannotRead
from planner.streets.tags import Road, on_foot, road, stops_cars

ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.bz2", ".osm.gz")
A_CHUNK = 1 << 20
SAY_EVERY = 20_000

Tell = Callable[[str], None]


class Way(NamedTuple):
    """One way: its nodes by number, where they are in ten-millionths of a degree, and who may go along it."""

    nodes: tuple[int, ...]
    at: tuple[tuple[int, int], ...]  # latitude, longitude
    road: Road | None
    walk: bool


@dataclass
class Extract:
    """What was read. `stops` are nodes no car passes; `as_of` is the day of the data, as far as it says."""

    name: str
    sha256: str
    as_of: str = ""
    ways: list[Way] = field(default_factory=list)
    stops: set[int] = field(default_factory=set)
    outside: int = 0  # ways that left the extract and were cut there


def silent(_: str) -> None:
    return None


def read_extract(path: Path, tell: Tell = silent) -> Extract:
    """Read an extract. Raises `CannotRead` where it is missing, broken, empty or no map."""
    if not path.name.lower().endswith(ENDINGS):
        raise CannotRead(
            f"{path.name} is no OpenStreetMap extract: its name should end in .osm.pbf."
            " Geofabrik (download.geofabrik.de) has one for every county."
        )
    try:
        extract = Extract(path.name, hashed(path))
    except OSError as wrong:
        raise CannotRead(f"{path} cannot be read: {wrong.strerror}.") from wrong
    if not path.stat().st_size:
        raise CannotRead(f"{path.name} is empty. Fetch it again.")
    try:
        take_in(path, extract, tell)
    except RuntimeError as wrong:  # all that libosmium raises
        raise CannotRead(
            f"{path.name} is broken, or no OpenStreetMap extract ({wrong})."
            " Fetch it again and compare its checksum."
        ) from wrong
    if not any(way.road for way in extract.ways):
        raise CannotRead(f"{path.name} holds no road that a car may use. Is it an extract of streets?")
    return extract


def hashed(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(A_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def take_in(path: Path, extract: Extract, tell: Tell) -> None:
    """Every way with a road or a path on it, and every node that stops cars, into the extract."""
    wanted = osmium.filter.KeyFilter("highway", "barrier")
    things = osmium.FileProcessor(str(path)).with_locations().with_filter(wanted)
    extract.as_of = things.header.get("osmosis_replication_timestamp")[:10]
    newest = ""
    thing: Any
    for count, thing in enumerate(things, 1):
        if count % SAY_EVERY == 0:
            tell(f"read {len(extract.ways):,} ways")
        newest = max(newest, changed(thing))
        if thing.is_node():
            if stops_cars(dict(thing.tags)):
                extract.stops.add(thing.id)
        elif thing.is_way():
            add_way(thing, extract)
    extract.as_of = extract.as_of or newest
    tell(f"read {len(extract.ways):,} ways")


def changed(thing: Any) -> str:
    """The day on which it was changed last, or nothing where the extract leaves that out."""
    day = thing.timestamp
    return day.date().isoformat() if day.year > 1970 else ""


def add_way(thing: Any, extract: Extract) -> None:
    """One way; where it leaves the extract and comes in again, the pieces within."""
    tags = dict(thing.tags)
    driven, walked = road(tags), on_foot(tags)
    if driven is None and not walked:
        return
    nodes: list[int] = []
    at: list[tuple[int, int]] = []
    whole = True
    for node in thing.nodes:
        if node.location.valid():
            nodes.append(node.ref)
            at.append((node.y, node.x))
            continue
        whole = False
        keep(extract, nodes, at, driven, walked)
        nodes, at = [], []
    keep(extract, nodes, at, driven, walked)
    extract.outside += not whole


def keep(
    extract: Extract, nodes: list[int], at: list[tuple[int, int]], driven: Road | None, walked: bool
) -> None:
    if len(nodes) > 1:
        extract.ways.append(Way(tuple(nodes), tuple(at), driven, walked))
