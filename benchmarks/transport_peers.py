"""The published morning planned by other solvers, as far as they are installed; judged like our own plans.

OR-Tools is the only one of them that can state a passenger's longest ride. It stops after so many processor
seconds of its own process. It knows stops one after the other, not one visit at which all alight, so its
rides end a little early.
"""

import importlib.util
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from planner.transport.problem import Kind, Problem

PEERS = {"OR-Tools": "ortools", "PyVRP": "pyvrp", "VROOM": "vroom", "commiv": "commiv"}
POUND = 1_000  # parts of which whole numbers are made
LEFT_OUT = 1_000  # pounds
ALIGHTING = 150  # seconds by which a ride is shorter: others alight at the same visit
DAY = 86_400
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """A plan in the published form, and the processor seconds it took."""

    name: str
    seconds: float
    plan: Said


def ask_peers(problem: Problem, seconds: float) -> list[Answer]:
    """Each peer that is installed and has an adapter; the others are named on a line of their own."""
    missing = [name for name, module in PEERS.items() if importlib.util.find_spec(module) is None]
    if missing:
        print(f"not installed, so not measured: {', '.join(missing)}")
    if "OR-Tools" in missing:
        return []
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:
        return [aside.submit(by_or_tools, problem, seconds).result()]


def by_or_tools(problem: Problem, seconds: float) -> Answer:
    """A morning of the published form: layouts, depots, windows, rides, pairs; no parties and no miles."""
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
    plan = _plan(problem, model, manager, clock, found, [kind.name for kind in vehicles])
    return Answer("OR-Tools", time.process_time() - began, plan)


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


def _plan(
    problem: Problem, model: Any, manager: Any, clock: Any, found: Any, names: Sequence[str]
) -> dict[str, Any]:
    """What was found, in the published form; stops at one school one after the other are one visit."""
    people, routes = len(problem.passengers), []
    served: set[int] = set()
    for number, name in enumerate(names) if found is not None else ():
        stops: list[dict[str, Any]] = []
        index = model.Start(number)
        depot = manager.IndexToNode(index) - 2 * people
        while not model.IsEnd(index := found.Value(model.NextVar(index))):
            node, at = manager.IndexToNode(index), found.Min(clock.CumulVar(index))
            who, fetched = node % people, node < people
            last = stops[-1] if stops else None
            if not fetched and last and last["event"] == "setdown":
                same = problem.passengers[last["passenger"]].place == problem.passengers[who].place
                at = last["time"] if same else at
            stops.append({"passenger": who, "event": "pickup" if fetched else "setdown", "time": at})
            served.add(who)
        if stops:
            routes.append({"type": name, "depot": depot, "stops": stops})
    left = sorted(set(range(people)) - served)
    return {
        "routes": routes,
        "unserved": [{"passenger": who, "reason": "No place was found."} for who in left],
    }
