"""The published morning told to PyVRP (https://github.com/PyVRP/PyVRP).

Optional shipments with seats and bays and a price for each left out, priced vehicles at their depots, hours
paid, and a profile of its own for vehicles that must not fetch one of a pair. It cannot be told a longest
ride.
"""

import time
from importlib import import_module
from typing import Any

import numpy as np

from planner.transport.ground import Wide
from planner.transport.problem import Problem

from .peer_days import DAY, Answer, Halt, Route, alighting, parted, published, windows

POUND = 200  # parts of which whole numbers are made
LEFT_OUT = 200  # pounds: more than a vehicle, and less than one seat too few may come to count for
MOST_PENALTY = 1_000_000


def by_pyvrp(problem: Problem, seconds: float, seed: int) -> Answer:
    pyvrp: Any = import_module("pyvrp")
    began = time.process_time()
    asked = windows(problem)
    tables = _tables(problem)
    kinds = [
        (number, depot, profile)
        for number in range(len(problem.kinds))
        for depot in range(problem.depots)
        for profile in range(len(tables))
    ]
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(len(problem.seconds))],
        clients=[],
        depots=[pyvrp.Depot(depot) for depot in range(problem.depots)],
        vehicle_types=[_vehicles(pyvrp, problem, *kind, len(tables)) for kind in kinds],
        distance_matrices=[np.zeros_like(table) for table in tables],
        duration_matrices=tables,
        shipments=[_shipment(pyvrp, problem, *window) for window in asked],
    )
    found = pyvrp.solve(
        data, stop=lambda _: time.process_time() - began > seconds, seed=seed, collect_stats=False,
        params=pyvrp.SolveParams(penalty=pyvrp.PenaltyParams(max_penalty=MOST_PENALTY)),
    )  # fmt: skip
    routes = []
    for route in found.best.routes():
        number, depot, _ = kinds[route.vehicle_type()]
        halts = [
            Halt(asked[one.idx].passenger, one.is_pickup(), int(one.start_time))
            for one in route.schedule()
            if one.is_shipment()
        ]
        routes.append(Route(problem.kinds[number].name, depot, halts))
    spent = time.process_time() - began
    return Answer("PyVRP", spent, published(problem, routes))


def _tables(problem: Problem) -> list[Wide]:
    """Seconds for each part of the vehicles: a day to whoever the part must not fetch."""
    numbers = parted(problem)
    tables = []
    for part in range(max(numbers.values(), default=0) + 1):
        table = problem.seconds.astype(np.int64)
        closed = [problem.homes + who for who, number in numbers.items() if number != part]
        table[:, closed] = DAY
        np.fill_diagonal(table, 0)
        tables.append(table)
    return tables


def _vehicles(pyvrp: Any, problem: Problem, number: int, depot: int, part: int, parts: int) -> Any:
    """An equal share of a type, at one depot, of one part."""
    kind = problem.kinds[number]
    heaps, heap = problem.depots * parts, depot * parts + part
    return pyvrp.VehicleType(
        num_available=max(1, kind.available // heaps + (heap < kind.available % heaps)),
        capacity=[kind.layouts[0].seats, kind.layouts[0].bays],
        start_depot=depot,
        end_depot=depot,
        fixed_cost=round(kind.fixed * POUND),
        unit_distance_cost=0,
        unit_duration_cost=round(kind.hourly * POUND / 3600),
        profile=part,
    )


def _shipment(pyvrp: Any, problem: Problem, who: int, opens: int, closes: int) -> Any:
    one = problem.passengers[who]
    first, last = alighting(problem, one)
    return pyvrp.Shipment(
        pickup_location=problem.homes + who,
        delivery_location=problem.depots + one.place,
        pickup_tw_early=opens,
        pickup_tw_late=closes,
        pickup_service_duration=one.board,
        delivery_tw_early=first,
        delivery_tw_late=last,
        delivery_service_duration=one.alight,
        amount=[0, 1] if one.wheelchair else [1, 0],
        prize=LEFT_OUT * POUND,
        required=False,
    )
