"""What the published plans say of a day: who is on which run, and who sees to those on none."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from moothall.people.models import Account
from moothall.transport.models import NoRide, Ride

Key = tuple[int, str, int | None, int]
"""Passenger, direction, home, centre."""


@dataclass(frozen=True)
class Stop:
    """A run by its number, and which of its stops is at somebody's own door."""

    run: str
    stop: int
    firm: str = ""
    """The contractor whose run it is; empty where it is our own."""


def planned_on(day: dt.date, passengers: Collection[int]) -> dict[Key, Stop | Account]:
    """For each who travels that day by a plan: their stop, or who sees to them. Three questions."""
    found: dict[Key, Stop | Account] = {}
    rides = Ride.objects.in_force(day).filter(passenger__in=passengers)
    for ride in rides.select_related("run__contractor", "picked_up", "set_down"):
        key = ride.passenger_id, ride.run.direction, ride.home_id, ride.centre_id
        firm = ride.run.contractor.name if ride.run.contractor is not None else ""
        found.setdefault(key, Stop(ride.run.called, ride.at_home.position, firm))
    rows = NoRide.objects.in_force(day).filter(passenger__in=passengers, owner__isnull=False)
    for row in rows.select_related("owner"):
        if row.owner is not None:
            found.setdefault((row.passenger_id, row.direction, row.home_id, row.centre_id), row.owner)
    return found
