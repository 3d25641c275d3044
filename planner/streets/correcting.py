"""Journeys as they were driven, made into legs that corrections are learned from."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from planner.streets.asking import Streets
from planner.streets.corrections import CROW, Corrections, Observed, corrected
from planner.streets.crow import crow_seconds
from planner.streets.network import Floats
from planner.streets.snapping import Points
from planner.streets.speeds import Speeds
from planner.streets.tags import KINDS


class Journey(NamedTuple):
    """One leg as it was driven, without the time at stops: from leaving one stop to reaching the next."""

    origin: Points  # 2: latitude, longitude
    destination: Points
    band: str
    seconds: float
    day: date


def learn(journeys: Iterable[Journey], *, streets: Streets | None, speeds: Speeds) -> Corrections:
    """What the journeys say of a row of speeds that is not corrected yet; along the crow's flight where no
    streets are kept, or a place lies on none. Raises `WrongSpeeds` for an unknown band."""
    return corrected(list(observed(journeys, streets=streets, speeds=speeds)))


def observed(journeys: Iterable[Journey], *, streets: Streets | None, speeds: Speeds) -> Iterator[Observed]:
    """Each journey with the seconds expected on each kind of street along its quickest way."""
    for one in journeys:
        expected = None if streets is None else _by_kind(streets, one)
        if expected is None:
            guess = crow_seconds(np.atleast_2d(one.origin), np.atleast_2d(one.destination), one.band, speeds)
            expected = ((CROW, float(guess[0, 0])),)
        yield Observed(expected, one.band, float(one.seconds), one.day)


def _by_kind(streets: Streets, one: Journey) -> tuple[tuple[str, float], ...] | None:
    """Nothing where one of the places lies on no street."""
    line = streets.path(one.origin, one.destination, one.band)
    if line is None:
        return None
    units, kinds = streets.by_time(one.band).units, streets.drive.network.kind
    spent: Floats = np.zeros(len(KINDS))
    for leg in line.legs:
        spent[kinds[leg.edge]] += abs(leg.end - leg.begin) * units[leg.edge]
    total = spent.sum()
    if not total:
        return ()
    return tuple((kind, float(spent[i] * line.seconds / total)) for i, kind in enumerate(KINDS) if spent[i])
