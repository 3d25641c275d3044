"""How long and how far between all places of a plan: by prepared streets, or guessed, and it says so.

Speeds are corrected by what was driven, as that held on the day the plan was asked for.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.conf import settings

from moothall.core.earth import Point
from moothall.transport.models import LearnedSpeeds
from planner.streets.problem import StreetsError
from planner.transport.problem import ProblemError

if TYPE_CHECKING:
    from planner.streets.asking import Streets
    from planner.streets.speeds import Speeds

Square = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Tables:
    """Whole seconds and metres, square, and in a sentence what they stand on."""

    seconds: Square
    metres: Square
    times_from: str


def kept_streets() -> Path | None:
    """The file of those this office has made ready, of several the newest."""
    from planner.streets.tiles import ENDING

    folder = Path(settings.STREETS_HOME)
    found = folder.glob(f"*{ENDING}") if folder.is_dir() else ()
    return max(found, key=lambda each: each.stat().st_mtime, default=None)


def speeds_on(day: dt.date | None) -> "Speeds":
    """As they come with the planner, with what was learned by that day; without a day uncorrected."""
    from planner.streets.corrections import Correction, Corrections
    from planner.streets.speeds import given_speeds

    given = given_speeds()[-1]
    held = LearnedSpeeds.objects.in_force(day).last() if day is not None else None
    if held is None:
        return given
    rows = held.factors.values_list("band", "kind", "factor", "legs")
    found = tuple(Correction(band, kind, float(factor), legs) for band, kind, factor, legs in rows)
    learned = Corrections(found, held.legs, held.left_out, held.days, held.first_on, held.last_on)
    return learned.applied(given)


def prepared(on: dt.date | None) -> "Streets | None":
    """The streets with the speeds of that day. ProblemError where they are damaged."""
    from planner.streets.asking import Streets

    found = kept_streets()
    if found is None:
        return None
    try:
        return Streets.open(found, speeds=speeds_on(on))
    except StreetsError as wrong:
        raise ProblemError(str(wrong)) from wrong


def tables_between(
    points: Sequence[Point], *, band: str, streets: "Streets | None", on: dt.date | None
) -> Tables:
    """Between all of them in a band of the day: morning or afternoon."""
    from planner.streets.crow import travel

    places = np.array(points, np.float64).reshape(-1, 2)
    speeds = streets.speeds if streets is not None else speeds_on(on)
    found = travel(places, places, band, streets=streets, speeds=speeds)
    seconds, metres = (np.ceil(each).astype(np.int32) for each in (found.seconds, found.metres))
    np.fill_diagonal(seconds, 0)
    np.fill_diagonal(metres, 0)
    return Tables(seconds, metres, found.basis.sentence)
