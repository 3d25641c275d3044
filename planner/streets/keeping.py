"""Prepared streets as one file: both networks, where they come from, and what is owed to whom.

The file is a database made from OpenStreetMap and so under the same licence; it stands alone, apart from
anything the office knows about people. It is written beside its place and moved there when it is complete,
so that a preparation that is killed leaves the old file as it was and nothing half done.
"""

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.streets.engines import contraction_order
from planner.streets.network import Ints, Network, arcs, drive_network, walk_network
from planner.streets.problem import CannotOpen, CannotRead
from planner.streets.reading import Tell, read_extract, silent
from planner.streets.tiles import ENDING

MADE_AS = 1
HALF = ".part"
CREDIT = "© OpenStreetMap contributors"
LICENCE = "Open Database Licence 1.0 (opendatacommons.org/licenses/odbl/1-0/)"
LINK = "https://www.openstreetmap.org/copyright"
ABOUT = "about"

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Source:
    """Which extract it was. `as_of` is the day of its data, empty where the extract says none."""

    name: str
    sha256: str
    as_of: str
    outside: int = 0
    credit: str = CREDIT
    licence: str = LICENCE
    link: str = LINK
    made_as: int = MADE_AS


@dataclass(frozen=True)
class Prepared:
    """What the file holds. An order is empty where it was made without RoutingKit."""

    source: Source
    drive: Network
    drive_order: Ints
    walk: Network
    walk_order: Ints


def prepare(extract: Path, folder: Path, tell: Tell = silent) -> Path:
    """Make the file of an extract in a folder. Raises `CannotRead`; returns where the file is."""
    read = read_extract(extract, tell)
    tell("joining streets for cars")
    drive = drive_network(read)
    if not drive.stop.any():
        raise CannotRead(f"{extract.name} holds no street on which somebody may be picked up.")
    tell(f"{len(drive.junctions):,} junctions and {len(drive.ends):,} streets for cars; joining ways on foot")
    walk = walk_network(read)
    tell(f"{len(walk.junctions):,} junctions and {len(walk.ends):,} ways on foot; ordering both")
    made = Prepared(
        Source(read.name, read.sha256, read.as_of, read.outside),
        drive,
        contraction_order(drive, arcs(drive)),
        walk,
        contraction_order(walk, arcs(walk)),
    )
    return keep(made, folder / (stem(extract.name) + ENDING))


def stem(name: str) -> str:
    """The name of an extract without what says its format."""
    for ending in (".osm.pbf", ".osm.bz2", ".osm.gz", ".pbf", ".osm"):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def keep(made: Prepared, path: Path) -> Path:
    """Write it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{path.name}.*{HALF}"):
        left.unlink(missing_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}{HALF}")
    arrays = arrays_of(made)
    about = json.dumps(vars(made.source) | {"content": content(arrays)}, ensure_ascii=False)
    try:
        with half.open("wb") as file:
            everything: dict[str, Any] = {**arrays, ABOUT: np.frombuffer(about.encode(), np.uint8)}
            np.savez_compressed(file, **everything)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            half.unlink()
    return path


def arrays_of(made: Prepared) -> Arrays:
    named: dict[str, npt.NDArray[Any]] = {"drive_order": made.drive_order, "walk_order": made.walk_order}
    for word, network in (("drive", made.drive), ("walk", made.walk)):
        named |= {f"{word}_{name}": array for name, array in network._asdict().items()}
    return named


def content(arrays: Arrays) -> str:
    """The SHA-256 of what the arrays say, whatever way they are packed."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def open_prepared(path: Path) -> Prepared:
    """Read the file. Raises `CannotOpen` where it is missing, damaged or made by another version."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(bytes(arrays.pop(ABOUT)).decode())
        said = about.pop("content")
        if about.get("made_as") != MADE_AS:
            raise CannotOpen(f"{path.name} was made by another version. Prepare the extract again.")
        if said != content(arrays):
            raise CannotOpen(f"{path.name} is damaged. Prepare the extract again.")
        return Prepared(
            Source(**about),
            part(arrays, "drive"),
            arrays["drive_order"],
            part(arrays, "walk"),
            arrays["walk_order"],
        )
    except FileNotFoundError as wrong:
        raise CannotOpen(
            f"There are no streets at {path}. `moothall streets FILE.osm.pbf` prepares them."
        ) from wrong
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as wrong:
        raise CannotOpen(
            f"{path.name} cannot be opened as streets ({wrong}). Prepare the extract again."
        ) from wrong


def part(arrays: Arrays, word: str) -> Network:
    return Network(**{name: arrays[f"{word}_{name}"] for name in Network._fields})
