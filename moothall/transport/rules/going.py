"""Which runs go on a day, and with whom: rides of plans in force to places that are open. Reads only."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from moothall.core.clock import LONDON
from moothall.transport.models import Centre, Passenger, Ride, Run

from .journeys import opening_on


@dataclass(frozen=True)
class Going:
    """A run that goes on a day, with its passengers."""

    run: Run
    day: dt.date
    passengers: tuple[int, ...]

    @property
    def begins_at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, self.run.leaves_at, tzinfo=LONDON)

    @property
    def ends_at(self) -> dt.datetime:
        """A run that is back after midnight is back the next day."""
        over = self.run.back_at <= self.run.leaves_at
        return dt.datetime.combine(self.day + dt.timedelta(days=over), self.run.back_at, tzinfo=LONDON)

    @property
    def is_ours(self) -> bool:
        return self.run.contractor_id is None


def going_on(day: dt.date, direction: str = "") -> list[Going]:
    """The runs of a day, or of one half of it, in order; seven questions however many there are."""
    opening, taken = opening_on(day), set()
    rides = Ride.objects.in_force(day)
    if direction:
        rides = rides.filter(run__direction=direction)
    rows = list(rides.values_list("run_id", "run__direction", "passenger_id", "centre_id"))
    centres = Centre.objects.in_bulk({centre for _, _, _, centre in rows})
    left = set(Passenger.objects.filter(left_on__lt=day).values_list("pk", flat=True))
    by_run: dict[int, list[int]] = defaultdict(list)
    for run, way, passenger, centre in rows:
        if (passenger, way) not in taken and passenger not in left and opening.is_open(centres[centre]):
            taken.add((passenger, way))
            by_run[run].append(passenger)
    runs = Run.objects.filter(pk__in=by_run).select_related("depot", "kind", "contractor", "vehicle")
    return [
        Going(run, day, tuple(sorted(by_run[run.pk])))
        for run in runs.order_by("-direction", "leaves_at", "number", "id")
    ]
