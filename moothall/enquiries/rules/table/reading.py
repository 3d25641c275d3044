"""A table of enquiries is read like every other; how large one may be is said here."""

from pathlib import Path

from moothall.records.rules.tables import (
    KINDS,
    NotATable,
    NothingInIt,
    Table,
    TooLarge,
    TooManyRows,
    UnpacksToTooMuch,
    as_text,
)
from moothall.records.rules.tables import LARGEST as LARGEST_TABLE
from moothall.records.rules.tables import MOST_ROWS as MOST_TABLE_ROWS
from moothall.records.rules.tables import read_table as read_any_table

LARGEST = LARGEST_TABLE
MOST_ROWS = MOST_TABLE_ROWS

__all__ = [
    "KINDS",
    "LARGEST",
    "MOST_ROWS",
    "NotATable",
    "NothingInIt",
    "Table",
    "TooLarge",
    "TooManyRows",
    "UnpacksToTooMuch",
    "as_text",
    "read_table",
]


def read_table(path: Path) -> Table:
    return read_any_table(path, largest=LARGEST, most_rows=MOST_ROWS)
