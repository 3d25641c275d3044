"""Rows for tests of runs: a fleet, passengers who travel, and a plan in which each has a run of their own."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from moothall.people.models import Account
from moothall.people.tests.make import AT
from moothall.transport.models import Depot, PlanningFigure, Run, RunPlan, Vehicle, VehicleKind
from moothall.transport.planning.case import Case, case_of
from moothall.transport.planning.child import Made
from moothall.transport.planning.making import half_of
from moothall.transport.rules import fleet, publishing
from moothall.transport.rules.plan_asked import asked_of, by_direction
from moothall.transport.rules.run_plans import begin, keep_made

from .make import MONDAY, SINCE, WEEK, make_centre, make_passenger, make_travel

FIGURES = {
    "ride-primary": "45", "ride": "75", "move": "5", "board": "60", "board-chair": "240", "late": "0",
    "escort-run": "6", "escort-hour": "13", "slow": "1.2",
}  # fmt: skip
MILE = 1609.344
_numbers = count(1)


def make_figures(**changes: str) -> None:
    for key, amount in (FIGURES | changes).items():
        PlanningFigure.objects.update_or_create(
            key=key, from_on=SINCE, defaults={"amount": Decimal(amount), "source": "Ours"}
        )


def make_depot(**changes: Any) -> Depot:
    number = next(_numbers)
    given = {"key": f"depot-{number}", "name": f"Depot {number}", "latitude": 52.94, "longitude": -2.91}
    return Depot.objects.create(**given | changes)


def make_kind(**changes: Any) -> VehicleKind:
    number = next(_numbers)
    given: dict[str, Any] = {"key": f"kind-{number}", "name": f"Kind {number}", "layouts": [[7, 0], [5, 1]]}
    kind = VehicleKind.objects.create(**given | changes)
    fleet.set_price(
        kind=kind, contractor=None, a_run=Decimal(30), an_hour=Decimal(18), a_mile=Decimal("0.40"),
        from_on=SINCE, source="Ours", by=None, at=AT,
    )  # fmt: skip
    return kind


def make_fleet(vehicles: int = 3) -> list[Vehicle]:
    """So many vehicles of one kind at one depot, and the figures that plans keep to."""
    make_figures()
    depot, kind = make_depot(), make_kind()
    return [make_vehicle(kind=kind, depot=depot) for _each in range(vehicles)]


def make_vehicle(**changes: Any) -> Vehicle:
    given: dict[str, Any] = {"registration": f"MH{next(_numbers):05d}", "by": None, "at": AT}
    if "kind" not in changes:
        given["kind"] = make_kind()
    if "depot" not in changes and "contractor" not in changes:
        given["depot"] = make_depot()
    return fleet.add_vehicle(**given | changes)


def make_travellers(number: int = 3, **changes: Any) -> list[Any]:
    """So many passengers to one school, there and back every day, each from another home."""
    centre = changes.pop("centre", None) or make_centre()
    made = []
    for at in range(number):
        passenger = make_passenger(name=f"Osian{at} Bello")
        home = passenger.homes.get()
        home.address.latitude, home.address.longitude = 52.95 + at * 0.004, -2.9 - at * 0.005
        home.address.save(update_fields=["latitude", "longitude"])
        make_travel(passenger, centre=centre, **changes)
        made.append(passenger)
    return made


def make_asked(**changes: Any) -> RunPlan:
    """A plan that waits for its worker."""
    given: dict[str, Any] = {
        "name": f"Plan {next(_numbers)}", "direction": "BOTH", "weekdays": WEEK, "from_on": MONDAY,
        "asked_at": AT, "seconds": 10,
    }  # fmt: skip
    return RunPlan.objects.create(**given | changes)


def make_plan(**changes: Any) -> RunPlan:
    """A plan that was made: each passenger on a run of their own, as far as vehicles go."""
    plan = make_asked(**changes)
    begin(plan.pk, at=AT)
    asked = by_direction(asked_of(plan))
    halves, said = [], ""
    for way in plan.directions:
        case = case_of(plan, way, asked[way], streets=None)
        said = case.said["times_from"]
        halves.append(half_of(way, case, Made(own_runs(case), ())))
    keep_made(plan.pk, halves=halves, times_from=said, at=AT)
    return RunPlan.objects.get(pk=plan.pk)


def own_runs(case: Case) -> dict[str, Any]:
    """The simplest plan there is, in the published form; whoever has no vehicle is left out."""
    said = case.said
    routes: list[dict[str, Any]] = []
    left: list[dict[str, Any]] = []
    kind = said["fleet"][0]
    for who, one in enumerate(said["passengers"]):
        if len(routes) == kind["available"]:
            left.append({"passenger": who, "reason": "No vehicle is left."})
            continue
        routes.append(_route(case, kind, who, one))
    cost = sum(each["cost"] for each in routes)
    hours = sum(each["seconds"] for each in routes) / 3600
    return {
        "cost": round(cost, 2), "vehicles": len(routes), "hours": round(hours, 2), "rounds": 0,
        "times_from": said["times_from"], "unserved": left, "routes": routes,
    }  # fmt: skip


def _route(case: Case, kind: dict[str, Any], who: int, one: dict[str, Any]) -> dict[str, Any]:
    said, seconds, metres = case.said, case.tables["seconds"], case.tables["metres"]
    back = said["direction"] == "afternoon"
    depots = len(said["depots"])
    school, home = depots + one["school"], depots + len(said["schools"]) + who
    first, last = (school, home) if back else (home, school)
    bell = said["schools"][one["school"]]["bell"]
    leg = int(seconds[first, last])
    board = bell if back else bell - one["alight"] - leg - one["board"]
    alight = board + one["board"] + leg
    stands = kind["depots"][0] if kind["depots"] else 0
    ends = 0 if kind["ends_free"] else int(seconds[stands, first] + seconds[last, stands])
    way = [(first, last)] if kind["ends_free"] else [(stands, first), (first, last), (last, stands)]
    took = alight + one["alight"] - board + ends
    escorts = int(one["escort"] != "none")
    hourly = kind["hourly"] + escorts * said["escorting"]["hourly"]
    cost = kind["fixed_cost"] + escorts * said["escorting"]["fixed"] + hourly * took / 3600
    cost += sum(int(metres[a, b]) for a, b in way) / MILE * kind["by_mile"]
    stops = [
        {"passenger": who, "event": "pickup", "time": board},
        {"passenger": who, "event": "setdown", "time": alight},
    ]
    return {
        "type": kind["type"], "depot": stands, "seconds": took, "cost": round(cost, 2), "escorts": escorts,
        "stops": stops,
    }  # fmt: skip


def make_published(by: Account, **changes: Any) -> RunPlan:
    """A plan that journeys go by; whoever has no run is seen to by whoever published it."""
    plan = make_plan(**changes)
    publishing.own_without(plan, by, by=by, at=AT)
    return publishing.publish_plan(plan, by=by, at=AT, today=plan.from_on - dt.timedelta(days=3))


def run_of(plan: RunPlan, passenger: Any, way: str = "TO") -> Run:
    return Run.objects.get(plan=plan, direction=way, rides__passenger=passenger)
