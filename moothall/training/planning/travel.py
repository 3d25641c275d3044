"""How long it takes from where a team works to a site."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from moothall.people.models import Place

KM_AN_HOUR: Final = 45
DETOUR: Final = 1.3  # roads against the crow
UNKNOWN: Final = 30.0  # minutes, where nobody has said where a place is
EARTH: Final = 6371.0  # kilometres to its middle
Points = Mapping[int, tuple[float, float]]


def travel(stations: Sequence[int | None], sites: Sequence[int]) -> list[list[float]]:
    """Minutes from each station to each site, both by the place they are at."""
    points = {
        each.pk: (math.radians(each.latitude), math.radians(each.longitude))
        for each in Place.objects.all()
        if each.latitude is not None and each.longitude is not None
    }
    return [[_minutes(here, there, points) for there in sites] for here in stations]


def _minutes(here: int | None, there: int, points: Points) -> float:
    if here == there:
        return 0.0
    if here is None or here not in points or there not in points:
        return UNKNOWN
    (south, west), (north, east) = points[here], points[there]
    across = math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    half = math.sin((north - south) / 2) ** 2 + across
    return round(2 * EARTH * math.asin(math.sqrt(half)) * DETOUR / KM_AN_HOUR * 60, 1)
