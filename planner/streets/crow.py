"""Times and distances guessed from the crow's flight where no streets are kept; and how both are asked.

Streets are taken to be 1.35 times as long as the straight line. That is a guess, and whatever is made with it
says so: `Travel.basis` is of kind "crow-flight", or "mixed" where only some places could not be placed.
"""

import numpy as np
import numpy.typing as npt

from planner.streets.asking import Streets
from planner.streets.basis import Basis, Travel
from planner.streets.network import metres_between
from planner.streets.snapping import Points
from planner.streets.speeds import A_KMH, Speeds, band_number

DETOUR = 1.35
GUESSED = f"guessed as the straight line times {DETOUR}"

Matrix = npt.NDArray[np.float32]


def crow_metres(origins: Points, destinations: Points) -> Matrix:
    """n x m metres: the straight line times 1.35; nan where a place has no coordinates."""
    a, b = np.asarray(origins, np.float64), np.asarray(destinations, np.float64)
    return (DETOUR * metres_between(a[:, None, :], b[None, :, :])).astype(np.float32)


def crow_seconds(origins: Points, destinations: Points, band: str, speeds: Speeds) -> Matrix:
    """n x m seconds at the row's speed for such guesses."""
    return np.asarray(
        crow_metres(origins, destinations) / speeds.crow[band_number(band)] * A_KMH, dtype=np.float32
    )


def travel(
    origins: Points, destinations: Points, band: str, *, streets: Streets | None, speeds: Speeds
) -> Travel:
    """Seconds and metres between all of them, by streets where there are any, and on what that rests.

    `origins` n x 2 and `destinations` m x 2 in degrees. Journeys of places that lie on no street are guessed,
    marked in `guessed`, and counted in the sentence. Without coordinates they stay nan.
    """
    guess = crow_seconds(origins, destinations, band, speeds), crow_metres(origins, destinations)
    if streets is None:
        return Travel(*guess, np.ones(guess[0].shape, bool), crow_basis(band, speeds))
    one, two = streets.snap(origins), streets.snap(destinations)
    seconds, metres = streets.times(one, two, band), streets.distances(one, two)
    missing = np.isnan(seconds)
    told = streets.basis(band)
    if missing.any():
        lost = len(one.unplaced) + len(two.unplaced)
        told = Basis(
            "mixed",
            f"{told.sentence} {lost:,} places lie on no street: {int(missing.sum()):,} of {missing.size:,}"
            f" journeys are {GUESSED}.",
            told.credit,
            told.link,
        )
    return Travel(np.where(missing, guess[0], seconds), np.where(missing, guess[1], metres), missing, told)


def crow_basis(band: str, speeds: Speeds) -> Basis:
    kmh = speeds.crow[band_number(band)]
    return Basis(
        "crow-flight",
        f"No streets were used: distances are {GUESSED}, times are {kmh:.0f} km/h along that ({band})."
        f" They are no basis for promises. {speeds.corrected_by}".rstrip(),
    )
