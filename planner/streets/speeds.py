"""How fast streets are driven: rows that hold from a day on, by kind of street and band of the day.

Of a street whose limit is known a share of it is driven, of any other the speed of its kind. Rows are data
(`data/speeds.json`, or a file of the office's own); the one in force on a day is the last that began by then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from planner.streets.network import Floats, Network
from planner.streets.problem import WrongSpeeds
from planner.streets.tags import KINDS

GIVEN = Path(__file__).parent / "data" / "speeds.json"
BANDS = ("morning", "afternoon", "off-peak")
DAY = 24 * 3600
A_KMH = 3.6


@dataclass(frozen=True)
class Band:
    """A part of the day, in seconds after midnight."""

    name: str
    begin: int
    end: int


@dataclass(frozen=True)
class Speeds:
    """One row. Arrays are K kinds x B bands; `factor` makes journeys longer, and `corrected_by` is a sentence
    that says what it comes from."""

    since: date
    source: str
    kmh: Floats
    share: Floats  # of the limit
    crow: Floats  # B: km/h of what is guessed along the crow's flight
    factor: Floats
    bands: tuple[Band, ...]
    corrected_by: str = ""

    @property
    def sentence(self) -> str:
        told = f"Speeds hold since {self.since:%-d %B %Y}: {self.source}."
        return f"{told} {self.corrected_by}".rstrip()

    def band_at(self, seconds: int) -> str:
        """The band of a time, in seconds after midnight; the first that has it."""
        for band in self.bands:
            if band.begin <= seconds % DAY < band.end:
                return band.name
        return BANDS[-1]

    def seconds(self, network: Network, band: str) -> Floats:
        """E: seconds from one end of each edge to the other."""
        column = band_number(band)
        limit = network.limit.astype(np.float64)
        kind = network.kind
        kmh = np.where(limit > 0, limit * self.share[kind, column], self.kmh[kind, column])
        return np.asarray(network.metres / kmh * A_KMH * self.factor[kind, column], np.float64)


def band_number(band: str) -> int:
    if band not in BANDS:
        raise WrongSpeeds(f"There is no band of the day called {band}; there are {', '.join(BANDS)}.")
    return BANDS.index(band)


def given_speeds() -> tuple[Speeds, ...]:
    """The rows that come with the planner."""
    return read_speeds(GIVEN.read_text(encoding="utf-8"))


def in_force(rows: Sequence[Speeds], on: date) -> Speeds:
    """The row that holds on a day. Raises `WrongSpeeds` where none does yet."""
    held = [row for row in rows if row.since <= on]
    if not held:
        raise WrongSpeeds(f"No row of speeds holds on {on:%-d %B %Y} yet. Add one that begins by then.")
    return max(held, key=lambda row: row.since)


def read_speeds(text: str) -> tuple[Speeds, ...]:
    """The rows of a file of speeds. Raises `WrongSpeeds` with what is missing."""
    try:
        said = json.loads(text)
        bands = tuple(
            Band(name, clock(said["bands"][name]["from"]), clock(said["bands"][name]["to"])) for name in BANDS
        )
        return tuple(read_row(row, bands) for row in said["rows"])
    except KeyError as missing:
        raise WrongSpeeds(f"The file of speeds says nothing of {missing}.") from missing
    except (ValueError, TypeError) as wrong:
        raise WrongSpeeds(f"The file of speeds cannot be read: {wrong}.") from wrong


def read_row(row: Mapping[str, Any], bands: tuple[Band, ...]) -> Speeds:
    pairs = np.array([[row["kinds"][kind][band] for band in BANDS] for kind in KINDS], np.float64)
    crow = np.array([row["crow"][band] for band in BANDS], np.float64)
    if pairs.shape != (len(KINDS), len(BANDS), 2) or not (pairs > 0).all() or not (crow > 0).all():
        raise WrongSpeeds(
            "Every kind of street needs a speed and a share of the limit above nought, each band."
        )
    return Speeds(
        since=date.fromisoformat(row["since"]),
        source=str(row["source"]),
        kmh=pairs[..., 0],
        share=pairs[..., 1],
        crow=crow,
        factor=np.ones((len(KINDS), len(BANDS))),
        bands=bands,
    )


def clock(said: str) -> int:
    """Seconds after midnight of HH:MM."""
    hours, minutes = said.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def times_factor(speeds: Speeds, factor: Floats, crow: Floats, said: str) -> Speeds:
    """The same row with each kind and band (K x B), and each band's guesses (B), made slower or faster by a
    factor of their seconds; `said` is the sentence that says why."""
    return replace(speeds, factor=speeds.factor * factor, crow=speeds.crow / crow, corrected_by=said)
