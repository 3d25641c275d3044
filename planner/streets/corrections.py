"""Travel times corrected from legs as they were driven.

What a leg took is taken to be the sum over classes of street of the seconds the speeds expect on it, times
one factor a class and band of the day. Factors are found one class after the other as the weighted median of
what each leg leaves for it (coordinate descent on the sum of absolute differences), so that single legs with
a stop or a wrong press count for little; far outliers are left out altogether and counted.

Where little is known a factor stays near what is known better (credibility; Bühlmann, *ASTIN Bulletin* 4,
1967): with evidence of n legs a class's factor is drawn to its band's, and the band's to 1, by n / (n +
`PRIOR`), in logarithms. Legs of one day share its weather and its road works: all of them together are
evidence of at most `MOST_A_DAY`, and a leg counts half as much every `HALVES` days before the last day seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from planner.streets.network import Floats
from planner.streets.problem import WrongSpeeds
from planner.streets.speeds import BANDS, Speeds, band_number, times_factor
from planner.streets.tags import KINDS

CROW = "crow"  # the class of what is guessed along the crow's flight
CLASSES = (*KINDS, CROW)
PRIOR = 20.0  # legs: with so many, half of what they say is believed
MOST_A_DAY = 10.0  # legs
HALVES = 90  # days
LEAST_SECONDS = 45.0  # of a leg, expected and driven: presses are not more exact
TOO_FAR_OFF = 3.0  # times its band's median, or a third of it
LEAST_SHARE = 0.1  # of a leg's time on a class, for the leg to speak for it
BOUND = 2.0  # a class's factor is at most so many times its band's, and at least the inverse
ROUNDS = 30


class Observed(NamedTuple):
    """One leg as it was driven, without the time at stops. `expected` are pairs of a class (of `CLASSES`) and
    the seconds the uncorrected speeds say for the part of the way on it; `seconds` is what it took."""

    expected: tuple[tuple[str, float], ...]
    band: str
    seconds: float
    day: date


class Correction(NamedTuple):
    """Seconds on streets of one class in one band are to be taken times `factor`."""

    band: str
    kind: str
    factor: float
    legs: int  # that speak for the class; nought where the factor is that of its band

    @property
    def sentence(self) -> str:
        slower = f"{abs(self.factor - 1):.0%} {'slower' if self.factor >= 1 else 'faster'} than the row says"
        whence = f"from {self.legs:,} legs" if self.legs else "as its band, for want of legs"
        return f"{self.band}, {self.kind.replace('_', ' ')}: {slower}, {whence}."


@dataclass(frozen=True)
class Corrections:
    """What legs of `days` days from `since` until `until` say: a factor for each class in each band that any
    leg was driven in. Without a leg there is no day."""

    rows: tuple[Correction, ...] = ()
    used: int = 0
    left_out: int = 0  # too short, of no class or band, or far from what is expected
    days: int = 0
    since: date | None = None
    until: date | None = None

    def factor(self, kind: str, band: str) -> float:
        """Of one class in one band; 1 where nothing is known."""
        return next((one.factor for one in self.rows if (one.kind, one.band) == (kind, band)), 1.0)

    def applied(self, speeds: Speeds) -> Speeds:
        """The row of speeds with these factors, for streets and for guesses along the crow's flight. Raises
        `WrongSpeeds` for a class or a band that no row of speeds has."""
        factor = np.ones((len(CLASSES), len(BANDS)))
        for one in self.rows:
            if one.kind not in CLASSES or not 0 < one.factor < np.inf:
                raise WrongSpeeds(f"A correction of {one.kind} by {one.factor} cannot be used.")
            factor[CLASSES.index(one.kind), band_number(one.band)] = one.factor
        said = self.sentence if self.rows else ""
        return times_factor(speeds, factor[:-1], factor[-1], said)

    @property
    def sentence(self) -> str:
        if not self.used or self.until is None:
            return "No recorded leg corrects these times yet."
        return (
            f"Times are corrected from {self.used:,} recorded legs of {self.days:,} days until "
            f"{self.until:%-d %B %Y}; {self.left_out:,} were left out."
        )


def corrected(observed: Sequence[Observed], *, prior: float = PRIOR, halves: float = HALVES) -> Corrections:
    """Factors by class and band from n legs, in any order: the same legs give the same answer. `prior` is in
    legs, `halves` in days. A leg that cannot be used is left out and counted, never an error; where none can
    be used nothing is corrected. ValueError when `prior` or `halves` is not above nought."""
    if prior <= 0 or halves <= 0:
        raise ValueError("The prior (legs) and the days after which a leg counts half must be above nought.")
    usable = sorted(one for one in observed if _usable(one))
    last = max((one.day for one in usable), default=date.min)
    rows: list[Correction] = []
    used: list[Observed] = []
    for band in BANDS:
        those = _near([one for one in usable if one.band == band])
        used += those
        rows += _of_band(band, _Legs(those, last, halves), prior) if those else ()
    days = {one.day for one in used}
    until = max(days, default=None)
    return Corrections(
        tuple(rows), len(used), len(observed) - len(used), len(days), min(days, default=None), until
    )


def _usable(one: Observed) -> bool:
    """Whether a leg says anything at all."""
    known = one.band in BANDS and all(kind in CLASSES and seconds >= 0 for kind, seconds in one.expected)
    return known and min(_expected(one), one.seconds) >= LEAST_SECONDS and one.seconds < np.inf


def _expected(one: Observed) -> float:
    return sum(seconds for _, seconds in one.expected)


def _near(those: Sequence[Observed]) -> list[Observed]:
    """Without the legs that are far from what the others of the band make of it."""
    if not those:
        return []
    expected = np.array([_expected(one) for one in those])
    ratio = np.array([one.seconds for one in those]) / expected
    off = ratio / weighted_median(ratio, expected)
    fits = (off <= TOO_FAR_OFF) & (off >= 1 / TOO_FAR_OFF)
    return [one for one, stays in zip(those, fits, strict=True) if stays]


class _Legs:
    """The legs of one band as arrays: `spent` n x C seconds expected, `took` n seconds, `weight` n and
    `evidence` C + 1 in legs, the last of the whole band."""

    def __init__(self, those: Sequence[Observed], last: date, halves: float) -> None:
        self.spent = np.zeros((len(those), len(CLASSES)))
        for row, one in enumerate(those):
            for kind, seconds in one.expected:
                self.spent[row, CLASSES.index(kind)] += seconds
        self.took = np.array([one.seconds for one in those])
        days, day = np.unique([one.day.toordinal() for one in those], return_inverse=True)
        fades = 0.5 ** ((last.toordinal() - days) / halves)
        share = self.spent / self.spent.sum(axis=1, keepdims=True)
        self.speaks = share >= LEAST_SHARE
        share = np.column_stack([share, np.ones(len(those))])
        a_day = np.zeros((len(days), len(CLASSES) + 1))
        np.add.at(a_day, day, share)
        self.evidence = (np.minimum(a_day, MOST_A_DAY) * fades[:, None]).sum(axis=0)
        self.weight = (fades * np.minimum(1.0, MOST_A_DAY / a_day[:, -1]))[day]


def _of_band(band: str, legs: _Legs, prior: float) -> list[Correction]:
    """The factors of one band."""
    believed = legs.evidence / (legs.evidence + prior)
    every = legs.spent.sum(axis=1)
    whole = weighted_median(legs.took / every, legs.weight * every)
    counts = np.where(legs.evidence[:-1] > 0, legs.speaks.sum(axis=0), 0)
    factor = np.full(len(CLASSES), whole)
    for _ in range(ROUNDS):
        for kind in np.flatnonzero(counts):
            some = legs.speaks[:, kind]
            spent = legs.spent[some, kind]
            rest = legs.took[some] - legs.spent[some] @ factor + spent * factor[kind]
            found = weighted_median(rest / spent, legs.weight[some] * spent) / whole
            factor[kind] = whole * np.clip(found, 1 / BOUND, BOUND) ** believed[kind]
    factor *= whole ** (believed[-1] - 1)
    return [Correction(band, kind, float(factor[i]), int(counts[i])) for i, kind in enumerate(CLASSES)]


def weighted_median(values: Floats, weights: Floats) -> float:
    """The least value with half of the weight at or below it."""
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(upto, upto[-1] / 2))])
