"""How long it takes from where a team works to a site."""

from collections.abc import Mapping, Sequence
from typing import Final

from moothall.core.earth import Point, kilometres_between
from moothall.people.models import Place

KM_AN_HOUR: Final = 45
DETOUR: Final = 1.3  # roads against the crow
UNKNOWN: Final = 30.0  # minutes, where nobody has said where a place is
Points = Mapping[int, Point]


def travel(stations: Sequence[int | None], sites: Sequence[int]) -> list[list[float]]:
    """Minutes from each station to each site, both by the place they are at."""
    points = {
        each.pk: (each.latitude, each.longitude)
        for each in Place.objects.all()
        if each.latitude is not None and each.longitude is not None
    }
    return [[_minutes(here, there, points) for there in sites] for here in stations]


def _minutes(here: int | None, there: int, points: Points) -> float:
    if here == there:
        return 0.0
    if here is None or here not in points or there not in points:
        return UNKNOWN
    return round(kilometres_between(points[here], points[there]) * DETOUR / KM_AN_HOUR * 60, 1)
