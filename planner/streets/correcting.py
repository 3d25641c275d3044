"""Speeds learned from journeys as they were driven.

What a journey took is the sum over kinds of street of what the speeds say times one factor a kind. Factors
are found one kind after the other as the weighted median of what each journey leaves for it (coordinate
descent on the sum of absolute differences), so that single journeys with a stop or a wrong note count for
little. A kind with few journeys takes the factor of its band. Journeys that are a third or three times what
is expected are left out and counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planner.streets.asking import Streets
from planner.streets.network import Floats, Ints
from planner.streets.snapping import Points
from planner.streets.speeds import BANDS, Speeds, band_number, corrected
from planner.streets.tags import KINDS

LEAST_JOURNEYS = 20  # of a kind in a band, before it has a factor of its own
LEAST_SHARE = 0.1  # of a journey's time on a kind, for the journey to speak for it
TOO_FAR_OFF = 3.0
BOUND = 2.0  # a kind's factor is at most so many times its band's, and at least the inverse
ROUNDS = 30


class Journey(NamedTuple):
    """One leg as it was driven, without the time at stops."""

    origin: Points  # 2: latitude, longitude
    destination: Points
    band: str
    seconds: float


class Correction(NamedTuple):
    """What one band's journeys say of one kind of street: seconds are to be taken times `factor`."""

    band: str
    kind: str
    factor: float
    journeys: int  # nought where the factor is that of the whole band

    @property
    def sentence(self) -> str:
        slower = f"{abs(self.factor - 1):.0%} {'slower' if self.factor >= 1 else 'faster'} than the row says"
        whence = f"from {self.journeys:,} journeys" if self.journeys else "as its band, for want of journeys"
        return f"{self.band}, {self.kind.replace('_', ' ')}: {slower}, {whence}."


@dataclass(frozen=True)
class Learned:
    """The new row, what changed in it, and how many journeys it comes from."""

    speeds: Speeds
    corrections: tuple[Correction, ...]
    used: int
    left_out: int  # no way found, or far from what is expected

    @property
    def sentence(self) -> str:
        return f"Speeds are corrected from {self.used:,} recorded journeys; {self.left_out:,} were left out."


def learn_speeds(streets: Streets, journeys: Iterable[Journey]) -> Learned:
    """Speeds that agree with what was driven. The same journeys in any order give the same answer."""
    journeys = list(journeys)
    factor = np.ones((len(KINDS), len(BANDS)))
    counts = np.zeros((len(KINDS), len(BANDS)), np.int32)
    found: list[Correction] = []
    used = 0
    for band in BANDS:
        spent, took = seconds_by_kind(streets, [journey for journey in journeys if journey.band == band])
        if len(took) < LEAST_JOURNEYS:
            continue
        used += len(took)
        column = band_number(band)
        factor[:, column], counts[:, column] = factors(spent, took)
        found += [
            Correction(band, kind, float(factor[i, column]), int(counts[i, column]))
            for i, kind in enumerate(KINDS)
        ]
    return Learned(corrected(streets.speeds, factor, counts), tuple(found), used, len(journeys) - used)


def seconds_by_kind(streets: Streets, journeys: Sequence[Journey]) -> tuple[Floats, Floats]:
    """j x K seconds expected on each kind of street, and j as driven, of the journeys that can be used."""
    network = streets.drive.network
    rows, took = [], []
    for journey in journeys:
        line = streets.path(journey.origin, journey.destination, journey.band)
        if line is None or line.seconds <= 0 or not journey.seconds > 0:
            continue
        if not 1 / TOO_FAR_OFF <= journey.seconds / line.seconds <= TOO_FAR_OFF:
            continue
        units = streets.by_time(journey.band).units
        row = np.zeros(len(KINDS))
        for leg in line.legs:
            row[network.kind[leg.edge]] += abs(leg.end - leg.begin) * units[leg.edge]
        rows.append(row * (line.seconds / row.sum()))
        took.append(journey.seconds)
    return np.array(rows).reshape(-1, len(KINDS)), np.array(took)


def factors(spent: Floats, took: Floats) -> tuple[Floats, Ints]:
    """K factors of one band, and from how many journeys each is; nought for the band's own."""
    whole = weighted_median(took / spent.sum(axis=1), spent.sum(axis=1))
    speaks = spent >= LEAST_SHARE * spent.sum(axis=1, keepdims=True)
    counts = np.where(speaks.sum(axis=0) >= LEAST_JOURNEYS, speaks.sum(axis=0), 0).astype(np.int32)
    factor = np.full(spent.shape[1], whole)
    for _ in range(ROUNDS):
        for kind in np.flatnonzero(counts):
            some = speaks[:, kind]
            rest = took[some] - spent[some] @ factor + spent[some, kind] * factor[kind]
            new = weighted_median(rest / spent[some, kind], spent[some, kind])
            factor[kind] = np.clip(new, whole / BOUND, whole * BOUND)
    return factor, counts


def weighted_median(values: Floats, weights: Floats) -> float:
    """The least value with half of the weight at or below it."""
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(upto, upto[-1] / 2))])
