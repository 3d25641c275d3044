"""When passengers were at their school or centre, as crews pressed it on the way. Reads only."""

import datetime as dt
from collections.abc import Mapping

from moothall.core.clock import LONDON
from moothall.core.serving import for_the_office
from moothall.transport.models import Passing, Ride
from moothall.transport.models.journey import TO

Arrivals = Mapping[tuple[int, dt.date, int], dt.datetime]
"""By run, day and passenger."""


@for_the_office()
def arrivals(first: dt.date, last: dt.date) -> Arrivals:
    """On the way there alone: when their run was at the stop at which they get off, or, where nobody pressed
    that, when they got off. Three questions, however many days."""
    rows = Passing.objects.standing().filter(day__range=(first, last), run__direction=TO).order_by()
    off = {
        (run, day, who): at
        for run, day, who, at in rows.filter(what=Passing.SET_DOWN).values_list(
            "run_id", "day", "passenger_id", "at"
        )
    }
    there = {
        (run, day, call): at
        for run, day, call, at in rows.filter(what=Passing.ARRIVED).values_list(
            "run_id", "day", "call_id", "at"
        )
    }
    aboard = set(rows.filter(what=Passing.ABOARD).values_list("run_id", "day", "passenger_id"))
    runs = {run for run, _day, _who in aboard}
    stops = {
        (run, who): call
        for run, who, call in Ride.objects.filter(run__in=runs)
        .order_by()
        .values_list("run_id", "passenger_id", "set_down_id")
    }
    seen = {
        (run, day, who): at
        for run, day, who in aboard
        if (at := there.get((run, day, stops.get((run, who), 0)))) is not None
    }
    return off | seen


def is_late(at: dt.datetime, day: dt.date, bell_at: dt.time) -> bool:
    return at > dt.datetime.combine(day, bell_at, tzinfo=LONDON)
