"""How far two points on the earth are from each other."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

Point = tuple[float, float]  # latitude and longitude, in degrees
RADIUS: Final = 6371.0088  # kilometres, the mean of the WGS 84 ellipsoid
MILE: Final = 1.609344  # kilometres


def kilometres_between(here: Point, there: Point) -> float:
    """Along the great circle, by the haversine formula."""
    (south, west), (north, east) = here, there
    across = cos(radians(south)) * cos(radians(north)) * sin(radians(east - west) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(sin(radians(north - south) / 2) ** 2 + across))
