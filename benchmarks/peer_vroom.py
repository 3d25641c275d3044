"""The published morning told to VROOM (https://github.com/VROOM-Project/vroom), by way of pyvroom.

Shipments with seats and bays, priced vehicles at their depots, and skills that part those who must not
travel together by parting the vehicles. It cannot be told a longest ride, and pays neither waiting nor
stops. It knows no seed: another seed is another order of passengers and vehicles.
"""

import time
from datetime import timedelta
from random import Random
from typing import Any

from planner.transport.problem import Problem

from .peer_days import Answer, Halt, Route, alighting, parted, published, windows

LEVEL = 1  # of exploration; at the highest it does not come to an end in the time
SPIN = 1.0  # processor seconds


def by_vroom(problem: Problem, seconds: float, seed: int) -> Answer:
    import vroom

    busy = _how_busy()
    began = time.process_time()
    chance, numbers = Random(seed), parted(problem)
    parts = max(numbers.values(), default=-1) + 1
    model = vroom.Input()
    model.set_durations_matrix("car", problem.seconds)
    vehicles = [kind for kind in problem.kinds for _ in range(kind.available)]
    chance.shuffle(vehicles)
    for number, kind in enumerate(vehicles):
        layout, depot = kind.layouts[0], number % problem.depots
        costs = vroom.VehicleCosts(fixed=round(kind.fixed), per_hour=round(kind.hourly))
        model.add_vehicle(
            vroom.Vehicle(
                number, start=depot, end=depot, capacity=[layout.seats, layout.bays], costs=costs,
                skills={number // problem.depots % parts} if parts else set(),
            )
        )  # fmt: skip
    model.add_job(_shipments(vroom, problem, numbers, chance))
    found = model.solve(LEVEL, nb_threads=1, timeout=timedelta(seconds=seconds * busy))
    routes = _routes(problem, found.routes, [kind.name for kind in vehicles])
    spent = time.process_time() - began
    return Answer("VROOM", spent, published(problem, routes))


def _shipments(vroom: Any, problem: Problem, numbers: dict[int, int], chance: Random) -> list[Any]:
    asked = windows(problem)
    chance.shuffle(asked)
    found = []
    for window in asked:
        one = problem.passengers[window.passenger]
        up = vroom.ShipmentStep(
            one.id, problem.homes + one.id, default_service=one.board,
            time_windows=[(window.opens, window.closes)],
        )  # fmt: skip
        down = vroom.ShipmentStep(
            one.id, problem.depots + one.place, default_service=one.alight,
            time_windows=[alighting(problem, one)],
        )  # fmt: skip
        load = [0, 1] if one.wheelchair else [1, 0]
        skills = {numbers[one.id]} if one.id in numbers else set()
        found.append(vroom.Shipment(up, down, amount=load, skills=skills))
    return found


def _routes(problem: Problem, rows: Any, names: list[str]) -> list[Route]:
    routes: dict[int, Route] = {}
    columns = (rows[name].tolist() for name in ("vehicle_id", "type", "id", "arrival", "waiting_time"))
    for vehicle, what, who, arrival, waiting in zip(*columns, strict=True):
        if what in ("pickup", "delivery"):
            route = routes.setdefault(vehicle, Route(names[vehicle], vehicle % problem.depots, []))
            route.halts.append(Halt(int(who), what == "pickup", int(arrival + waiting)))
    return list(routes.values())


def _how_busy() -> float:
    """Seconds on the wall a processor second takes just now: its limit is one of the wall's."""
    wall, cpu = time.perf_counter(), time.process_time()
    while time.process_time() - cpu < SPIN:
        pass
    return max(1.0, (time.perf_counter() - wall) / SPIN)
