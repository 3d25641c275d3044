"""Distances on the ground. Until streets are prepared, the crow's flight times 1.35, and it says so."""

from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Final, Protocol

Point = tuple[float, float]
EARTH_MILES: Final = 3958.7613
CIRCUITY: Final = 1.35
CROW, WALKED, STREETS = "CROW", "WALKED", "STREETS"


@dataclass(frozen=True)
class Distance:
    """So many miles, and how that is known: CROW, WALKED by somebody, or STREETS."""

    miles: Decimal
    measured: str


class Streets(Protocol):
    """Whoever knows the way: `walking` from one point to another, both as (latitude, longitude)."""

    def walking(self, here: Point, there: Point) -> Distance: ...


class CrowFlight:
    """The straight line over the earth, lengthened by what streets usually add."""

    def walking(self, here: Point, there: Point) -> Distance:
        return Distance(Decimal(str(round(straight_miles(here, there) * CIRCUITY, 2))), CROW)


def straight_miles(here: Point, there: Point) -> float:
    """Miles over a round earth, by the haversine."""
    (one, east), (other, west) = here, there
    north, across = radians(other - one), radians(west - east)
    half = sin(north / 2) ** 2 + cos(radians(one)) * cos(radians(other)) * sin(across / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(half))


def streets_known() -> Streets:
    """The best that this office has."""
    return CrowFlight()
