"""Distances on the ground. Until streets are prepared, the crow's flight times 1.35, and it says so."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from moothall.core.earth import MILE, Point, kilometres_between

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
        miles = kilometres_between(here, there) / MILE * CIRCUITY
        return Distance(Decimal(str(round(miles, 2))), CROW)


def streets_known() -> Streets:
    """The best that this office has."""
    return CrowFlight()
