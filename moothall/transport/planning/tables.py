"""How long and how far between all places of a plan: by prepared streets, or guessed, and it says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.conf import settings

from moothall.core.earth import Point
from planner.streets.problem import StreetsError
from planner.transport.problem import ProblemError

if TYPE_CHECKING:
    from planner.streets.asking import Streets

Square = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Tables:
    """Whole seconds and metres, square, and in a sentence what they stand on."""

    seconds: Square
    metres: Square
    times_from: str


def prepared() -> "Streets | None":
    """The streets this office has made ready, of several the newest. ProblemError where they are damaged."""
    from planner.streets.asking import Streets
    from planner.streets.tiles import ENDING

    folder = Path(settings.STREETS_HOME)
    found = (
        sorted(folder.glob(f"*{ENDING}"), key=lambda each: each.stat().st_mtime) if folder.is_dir() else []
    )
    if not found:
        return None
    try:
        return Streets.open(found[-1])
    except StreetsError as wrong:
        raise ProblemError(str(wrong)) from wrong


def tables_between(points: Sequence[Point], *, band: str, streets: "Streets | None") -> Tables:
    """Between all of them in a band of the day: morning or afternoon."""
    from planner.streets.crow import travel
    from planner.streets.speeds import given_speeds

    places = np.array(points, np.float64).reshape(-1, 2)
    speeds = streets.speeds if streets is not None else given_speeds()[-1]
    found = travel(places, places, band, streets=streets, speeds=speeds)
    seconds, metres = (np.ceil(each).astype(np.int32) for each in (found.seconds, found.metres))
    np.fill_diagonal(seconds, 0)
    np.fill_diagonal(metres, 0)
    return Tables(seconds, metres, found.basis.sentence)
