"""Streets drawn in tiles, read where a map is looked at: one file of SQLite beside the prepared streets.

A tile is a square of the usual web map (Web Mercator, EPSG:3857, 2^zoom tiles across), with the points of its
lines in whole units of which `EXTENT` make its side.
"""

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

ENDING = ".streets.npz"  # of prepared streets
DRAWN = ".tiles.sqlite"
EXTENT = 1024


def drawn_beside(prepared: Path) -> Path:
    """Where the tiles of a prepared file are."""
    return prepared.with_name(prepared.name.removesuffix(ENDING) + DRAWN)


def about(path: Path) -> dict[str, Any] | None:
    """What was drawn: name, day, credit, licence, link, version, bounds. None where nothing can be read."""
    rows = _asked(path, "select said from about", [])
    return json.loads(rows[0][0]) if rows else None


def tile(path: Path, zoom: int, x: int, y: int) -> str:
    """The lines of a tile as JSON, a list of lists; empty where there are none."""
    rows = _asked(path, "select lines from tiles where zoom = ? and x = ? and y = ?", [zoom, x, y])
    return zlib.decompress(rows[0][0]).decode() if rows else "[]"


def _asked(path: Path, words: str, given: list[int]) -> list[Any]:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            return file.execute(words, given).fetchall()
    except sqlite3.Error:  # none there, or not one of ours: the ground stays plain
        return []
