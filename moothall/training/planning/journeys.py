"""About how long it takes from the middle of one district to that of another."""

from typing import Final

from moothall.core.earth import kilometres_between
from moothall.training.models import District

ROUNDABOUT: Final = 1.3  # a road is so much longer than a bird's way
KM_AN_HOUR: Final = 50.0
SETTING_OUT: Final = 5  # minutes


def minutes_between(here: District, there: District) -> int:
    """Minutes by road, from the great circle; within a district ten."""
    if here.pk == there.pk:
        return 2 * SETTING_OUT
    km = kilometres_between((here.latitude, here.longitude), (there.latitude, there.longitude))
    return round(SETTING_OUT + km * ROUNDABOUT / KM_AN_HOUR * 60)
