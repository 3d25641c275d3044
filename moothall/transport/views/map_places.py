"""What lies on the map of a plan: homes with who lives there, centres and depots, as GeoJSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from moothall.core.earth import Point
from moothall.people.models import Account
from moothall.transport.models import Centre, Depot, HomeAddress, NoRide, Ride, Run, RunPlan

from .plan_shown import Row

Feature = dict[str, Any]


def called_at(row: Row, homes: Mapping[int, Point]) -> list[Point]:
    """Where a run stops, in order, from its depot and back to it; protected homes are left out."""
    at = [
        (call.centre.latitude, call.centre.longitude) if call.centre else homes.get(call.home_id or 0)
        for call in row.calls
    ]
    ends = [(row.run.depot.latitude, row.run.depot.longitude)] if row.run.depot else []
    return [*ends, *(each for each in at if each is not None), *ends]


def places_of(plan: RunPlan, way: str, account: Account, *, language: str, moves: bool) -> Feature:
    """`hidden` counts those whose home is on no map: it is protected, or nobody said where it is."""
    rides = list(
        Ride.objects.filter(run__plan=plan, run__direction=way).order_by("run__number", "id").values_list(
            "id", "run__number", "home", "passenger__person__full_name", "locked", "run__locked",
        )
    )  # fmt: skip
    without = list(
        NoRide.objects.filter(plan=plan, direction=way).values_list(
            "id", "home", "passenger__person__full_name"
        )
    )
    wanted = {each[2] for each in rides} | {each[1] for each in without if each[1]}
    homes = HomeAddress.objects.on_maps(account).filter(home__in=wanted).points()
    features = [
        _home(homes[home], who, run, _moving("move_ride", ride, moves and not locked and not shut))
        for ride, run, home, who, locked, shut in rides
        if home in homes
    ]
    features += [
        _home(homes[home], who, 0, _moving("place_without", row, moves))
        for row, home, who in without
        if home in homes
    ]
    hidden = len(rides) + len(without) - len(features)
    features += [*_centres(plan, way, language), *_depots(plan, way)]
    return {"type": "FeatureCollection", "features": features, "hidden": hidden}


def _moving(route: str, number: int, may: bool) -> str:
    return reverse(route, args=[number]) if may else ""


def _home(at: Point, who: str, run: int, move: str) -> Feature:
    return _point(at, {"kind": "home", "who": who, "run": run, "move": move})


def _point(at: Point, properties: Feature) -> Feature:
    geometry = {"type": "Point", "coordinates": [at[1], at[0]]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _centres(plan: RunPlan, way: str, language: str) -> Iterator[Feature]:
    stops = Ride.objects.filter(run__plan=plan, run__direction=way).order_by().values("centre")
    for each in Centre.objects.filter(pk__in=stops).order_by("pk"):
        yield _point((each.latitude, each.longitude), {"kind": "centre", "name": each.name_in(language)})


def _depots(plan: RunPlan, way: str) -> Iterator[Feature]:
    used = plan.runs.filter(direction=way, depot__isnull=False).order_by().values("depot")
    for each in Depot.objects.filter(pk__in=used).order_by("pk"):
        yield _point((each.latitude, each.longitude), {"kind": "depot", "name": each.name})


def riding(run: Run) -> list[Ride]:
    """Who is on a run, in the order in which they are at their doors."""
    rows = run.rides.select_related("passenger__person", "centre", "picked_up", "set_down")
    return sorted(rows, key=lambda each: (each.at_home.at, each.pk))
