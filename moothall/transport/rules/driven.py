"""Legs as they were driven: from the last press at one stop to the arrival at the next. Reads only."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from moothall.core.earth import Point
from moothall.core.serving import for_the_office
from moothall.transport.models import Call, Centre, HomeAddress, Passing


class Leg(NamedTuple):
    """From a place to another, on the way there or back, without the time at stops."""

    origin: Point
    destination: Point
    direction: str
    seconds: float
    day: dt.date


class _Pressed(NamedTuple):
    """One press at a stop."""

    run: int
    day: dt.date
    call: int
    position: int
    direction: str
    what: str
    at: dt.datetime


@for_the_office()
def legs_driven(day: dt.date) -> list[Leg]:
    """A leg counts where the arrival at its end was pressed, and where nothing lies between: the next stop of
    the run was the next at which anything was pressed. Four questions, however many runs."""
    rows = Passing.objects.standing().filter(day=day)
    columns = ("run_id", "day", "call_id", "call__position", "run__direction", "what", "at")
    pressed = [
        _Pressed(*row) for row in rows.order_by("run_id", "call__position", "at", "id").values_list(*columns)
    ]
    points = _points({each.call for each in pressed})
    return list(_legs(pressed, points))


def _points(calls: set[int]) -> dict[int, Point]:
    """Where these stops are; those of which nobody said where are left out."""
    rows = list(Call.objects.filter(pk__in=calls).order_by().values_list("pk", "home_id", "centre_id"))
    homes = HomeAddress.objects.filter(home__in={home for _pk, home, _centre in rows if home}).points()
    centres = {
        pk: (north, east)
        for pk, north, east in Centre.objects.order_by().values_list("pk", "latitude", "longitude")
    }
    found = {pk: homes.get(home) if home else centres.get(centre) for pk, home, centre in rows}
    return {pk: point for pk, point in found.items() if point is not None}


def _legs(pressed: Iterable[_Pressed], points: dict[int, Point]) -> Iterator[Leg]:
    for _run, rows in groupby(pressed, key=lambda each: each.run):
        stops = [list(each) for _at, each in groupby(rows, key=lambda each: each.position)]
        for before, after in pairwise(stops):
            left = max((each.at for each in before if each.what != Passing.ARRIVED), default=None)
            there = min((each.at for each in after if each.what == Passing.ARRIVED), default=None)
            one, two = points.get(before[0].call), points.get(after[0].call)
            next_to = after[0].position == before[0].position + 1
            if next_to and left and there and there > left and one and two:
                yield Leg(one, two, before[0].direction, (there - left).total_seconds(), before[0].day)
