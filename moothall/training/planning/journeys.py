"""About how long it takes from the middle of one district to that of another."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from moothall.training.models import District

EARTH_KM: Final = 6371.0
ROUNDABOUT: Final = 1.3  # a road is so much longer than a bird's way
KM_AN_HOUR: Final = 50.0
SETTING_OUT: Final = 5  # minutes


def minutes_between(here: District, there: District) -> int:
    """Minutes by road, from the great circle (haversine formula); within a district ten."""
    if here.pk == there.pk:
        return 2 * SETTING_OUT
    a, b = radians(here.latitude), radians(there.latitude)
    east = radians(there.longitude - here.longitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(east / 2) ** 2
    km = 2 * EARTH_KM * asin(sqrt(half)) * ROUNDABOUT
    return round(SETTING_OUT + km / KM_AN_HOUR * 60)
