"""Bank holidays as dated, sourced rows that an office can correct."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

NATIONS = frozenset({"ENG", "WLS", "SCO", "NI"})
GROUPS = {"EW": frozenset({"ENG", "WLS"}), "UK": NATIONS, "UK_UNION": NATIONS}
DATA = Path(__file__).parent / "data"


def nations_named(names: Iterable[str]) -> frozenset[str]:
    """The nations behind a mix of nation codes and group names: {"EW", "NI"} is {"ENG", "WLS", "NI"}.

    Raises ValueError on a name that is neither.
    """
    found: set[str] = set()
    for name in names:
        if name not in NATIONS and name not in GROUPS:
            raise ValueError(f"There is no nation {name!r}; the nations are ENG, WLS, SCO and NI.")
        found |= GROUPS.get(name, {name})
    return frozenset(found)


@dataclass(frozen=True)
class Holiday:
    """One day off in law, in the nations that have it, and where that was read.

    A row that turned out wrong stays, marked `withdrawn`, so that an old deadline can be explained.
    `nations` holds ENG, WLS, SCO and NI; the groups EW and UK are spread out on the way in.
    """

    day: dt.date
    nations: frozenset[str]
    name: str
    name_cy: str
    source: str
    source_read_on: dt.date
    withdrawn: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "nations", nations_named(self.nations))
        if not self.nations:
            raise ValueError(f"The holiday {self.name!r} on {self.day} belongs to no nation.")


@cache
def load_holidays() -> tuple[Holiday, ...]:
    """Every committed holiday of 2019 to 2040, corrected, by day. The same tuple on every call."""
    return corrected(_rows("holidays.csv"), _rows("corrections.csv"))


def corrected(holidays: Iterable[Holiday], corrections: Iterable[Holiday]) -> tuple[Holiday, ...]:
    """The holidays with each correction standing in for whatever its day said in its nations.

    A correction marked `withdrawn` therefore takes a holiday away; any other adds or renames one. They are
    taken in the order given, so of two about the same day the later holds.
    """
    days: dict[dt.date, list[Holiday]] = defaultdict(list)
    for row in holidays:
        days[row.day].append(row)
    for fix in corrections:
        days[fix.day] = [*(left for row in days[fix.day] for left in _without(row, fix.nations)), fix]
    every = (row for rows in days.values() for row in rows)
    return tuple(sorted(every, key=lambda row: (row.day, row.name, sorted(row.nations))))


def _without(row: Holiday, nations: frozenset[str]) -> Iterator[Holiday]:
    left = row.nations - nations
    if left:
        yield replace(row, nations=left)


def _rows(file_name: str) -> Iterator[Holiday]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Holiday(
                day=dt.date.fromisoformat(row["day"]),
                nations=frozenset(row["nations"].split()),
                name=row["name"],
                name_cy=row["name_cy"],
                source=row["source"],
                source_read_on=dt.date.fromisoformat(row["source_read_on"]),
                withdrawn=row.get("withdrawn") == "yes",
            )
