"""The tables of a case from where its locations lie: by street where there are any, else guessed, and said.

A case whose depots, schools, meeting points and passengers have `lat` and `lon` needs no tables beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from planner.streets.asking import Streets
from planner.streets.crow import travel
from planner.streets.problem import StreetsError
from planner.streets.snapping import Points
from planner.streets.speeds import Speeds, given_speeds
from planner.transport.problem import AFTERNOON, Ints, ProblemError

Said = Mapping[str, Any]
PARTS = ("depots", "schools", "meeting_points", "passengers")


@dataclass(frozen=True)
class Tables:
    """Between all locations of a case, in its order. `guessed` are those that lie on no street,
    `times_from` says on what the times stand and how many are guesses."""

    seconds: Ints
    metres: Ints
    guessed: tuple[int, ...]
    times_from: str

    @property
    def named(self) -> dict[str, npt.NDArray[Any]]:
        """As they stand in the file beside a case."""
        return {"seconds": self.seconds, "metres": self.metres}


def tables_of(spots: Points, band: str, *, streets: Streets | None, speeds: Speeds) -> Tables:
    """The tables between places (n x 2 degrees, in the order of a case's locations) in a band of the day.
    ProblemError where one has no coordinates."""
    where = np.asarray(spots, np.float64).reshape(-1, 2)
    lost = np.flatnonzero(~np.isfinite(where).all(axis=1))
    if len(lost):
        raise ProblemError(
            f"{len(lost)} locations have no coordinates, the first of them location {lost[0]}; "
            "give them some, or travel times beside the case."
        )
    found = travel(where, where, band, streets=streets, speeds=speeds)
    same = np.eye(len(where), dtype=bool)
    seconds = np.where(same, 0, np.ceil(found.seconds)).astype(np.int32)
    metres = np.where(same, 0, np.rint(found.metres)).astype(np.int32)
    guessed = np.flatnonzero(found.guessed.diagonal())
    return Tables(seconds, metres, tuple(guessed.tolist()), found.basis.sentence)


def with_tables(said: Said, streets: Path | None) -> tuple[Said, dict[str, Any]]:
    """A case with tables made from its own coordinates: by prepared streets, or guessed where there are none.
    ProblemError where the streets cannot be opened or somebody has no coordinates."""
    try:
        opened = None if streets is None else Streets.open(streets)
    except (StreetsError, OSError) as wrong:
        raise ProblemError(str(wrong)) from wrong
    speeds = given_speeds()[-1] if opened is None else opened.speeds
    band = "afternoon" if said.get("direction") == AFTERNOON else "morning"
    made = tables_of(_spots(said), band, streets=opened, speeds=speeds)
    return {**said, "times_from": made.times_from}, made.named


def has_coordinates(said: Said) -> bool:
    """Whether every location of a case says where it lies."""
    try:
        return bool(np.isfinite(_spots(said)).all())
    except ProblemError:
        return False


def _spots(said: Said) -> Points:
    try:
        those = [one for part in PARTS for one in said.get(part, ())]
        nowhere = float("nan")
        return np.array([(one.get("lat", nowhere), one.get("lon", nowhere)) for one in those], np.float64)
    except (AttributeError, TypeError, ValueError) as wrong:
        raise ProblemError(
            f"The case says where something lies in a way that is no number: {wrong}."
        ) from wrong
