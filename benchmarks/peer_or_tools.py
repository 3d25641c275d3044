"""The published morning told to OR-Tools (https://github.com/google/or-tools).

It is the only one that can be told a passenger's longest ride, pairs kept apart, and all the rest; it stops
after so many processor seconds. It knows no seed and no one visit at which all alight, so its rides end a
little early. The first layout of each type is told; no parties and no miles.
"""

import time
from collections.abc import Sequence
from typing import Any

from planner.transport.problem import Kind, Problem

from .peer_days import DAY, Answer, Halt, Route, published

POUND = 1_000  # parts of which whole numbers are made
LEFT_OUT = 1_000  # pounds
ALIGHTING = 150  # seconds by which a ride is shorter: others alight at the same visit


def by_or_tools(problem: Problem, seconds: float, _seed: int) -> Answer:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    began = time.process_time()
    people = problem.passengers
    vehicles = [kind for kind in problem.kinds for _ in range(kind.available)]
    where = [problem.homes + one.id for one in people] + [problem.depots + one.place for one in people]
    stays = [one.board for one in people] + [one.alight for one in people]
    depots = [len(where) + number % problem.depots for number in range(len(vehicles))]
    where += range(problem.depots)
    stays += [0] * problem.depots
    manager = pywrapcp.RoutingIndexManager(len(where), len(vehicles), depots, depots)
    model = pywrapcp.RoutingModel(manager)
    table = problem.seconds

    def leg(a: int, b: int) -> int:
        a, b = manager.IndexToNode(a), manager.IndexToNode(b)
        return int(table[where[a], where[b]]) + stays[a]

    model.AddDimension(model.RegisterTransitCallback(leg), DAY, DAY, False, "time")
    clock = model.GetDimensionOrDie("time")
    for number, kind in enumerate(vehicles):
        model.SetFixedCostOfVehicle(round(kind.fixed * POUND), number)
        clock.SetSpanCostCoefficientForVehicle(round(kind.hourly * POUND / 3600), number)
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitCallback(lambda a, b: 0))
    _loads(problem, model, manager, vehicles)
    _promises(problem, model, manager, clock)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.LOCAL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.seconds = 3_600
    limit = model.solver().CustomLimit(lambda: time.process_time() - began > seconds)
    model.AddSearchMonitor(limit)
    found = model.SolveWithParameters(asked)
    routes = _routes(problem, model, manager, clock, found, [kind.name for kind in vehicles])
    spent = time.process_time() - began
    return Answer("OR-Tools", spent, published(problem, routes))


def _loads(problem: Problem, model: Any, manager: Any, vehicles: Sequence[Kind]) -> None:
    """Seats and bays, of the first layout of each type."""
    for name, chairs in (("seats", False), ("bays", True)):
        loads = [int(one.wheelchair == chairs) for one in problem.passengers]
        loads += [-one for one in loads] + [0] * problem.depots
        most = [kind.layouts[0].bays if chairs else kind.layouts[0].seats for kind in vehicles]
        load = model.RegisterUnaryTransitCallback(lambda a, loads=loads: loads[manager.IndexToNode(a)])
        model.AddDimensionWithVehicleCapacity(load, 0, most, True, name)


def _promises(problem: Problem, model: Any, manager: Any, clock: Any) -> None:
    """Everybody is fetched and set down by one vehicle, in time, or left out at a price."""
    solver, people = model.solver(), len(problem.passengers)
    for one in problem.passengers:
        up, down = manager.NodeToIndex(one.id), manager.NodeToIndex(people + one.id)
        place = problem.places[one.place]
        model.AddPickupAndDelivery(up, down)
        model.AddDisjunction([up], LEFT_OUT * POUND)
        model.AddDisjunction([down], 0)
        solver.Add(model.ActiveVar(up) == model.ActiveVar(down))
        solver.Add(model.VehicleVar(up) == model.VehicleVar(down))
        solver.Add(clock.CumulVar(up) <= clock.CumulVar(down))
        clock.CumulVar(down).SetRange(place.opens, place.closes - one.alight)
        most = max(0, one.max_ride + one.board - one.alight - ALIGHTING)
        solver.Add(clock.CumulVar(down) - clock.CumulVar(up) <= most)
    for a, b in problem.apart:
        one, other = manager.NodeToIndex(a), manager.NodeToIndex(b)
        both = model.ActiveVar(one) + model.ActiveVar(other)
        solver.Add((model.VehicleVar(one) != model.VehicleVar(other)) + (both <= 1) >= 1)


def _routes(
    problem: Problem, model: Any, manager: Any, clock: Any, found: Any, names: Sequence[str]
) -> list[Route]:
    people, routes = len(problem.passengers), []
    for number, name in enumerate(names) if found is not None else ():
        index = model.Start(number)
        route = Route(name, manager.IndexToNode(index) - 2 * people, [])
        while not model.IsEnd(index := found.Value(model.NextVar(index))):
            node, at = manager.IndexToNode(index), found.Min(clock.CumulVar(index))
            route.halts.append(Halt(node % people, node < people, at))
        routes.append(route)
    return routes
