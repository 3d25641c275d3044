"""The published morning told to commiv (https://pypi.org/project/commiv).

It knows one depot and one load, so the morning is cut: everybody to the depot nearest to their home, and
those in wheelchairs, each with one neighbour for the same school, apart from all others. A bay counts for as
many seats as there are seats to a bay. Of a pair one goes to another depot. Vehicles are shared out by heads.
It cannot be told a longest ride and stops by iterations, of which as many are asked for as fit into the time.
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.transport.cutting import shares
from planner.transport.problem import Kind, Problem

from .peer_days import DAY, Answer, Halt, Route, Window, alighting, published, windows

HOURS = 99  # an hour counts so many times as time, and once as way
FIRST, SECOND = 500, 2_000  # iterations after which it is known how long one takes
SPARE = 0.97  # of the time is asked for


@dataclass
class Part:
    """Passengers of one depot, all in wheelchairs or beside one who is, or none; and how many vehicles of
    each type are theirs."""

    depot: int
    chairs: bool
    windows: list[Window]
    available: dict[str, int]


def by_commiv(problem: Problem, seconds: float, seed: int) -> Answer:
    began = time.process_time()
    parts = _parts(problem)
    heads = sum(len(part.windows) for part in parts)
    routes: list[Route] = []
    for part in parts:
        left = SPARE * seconds - (time.process_time() - began)
        routes += _solved(problem, part, left * len(part.windows) / heads, seed)
        heads -= len(part.windows)
    return Answer("commiv", time.process_time() - began, published(problem, routes))


def _parts(problem: Problem) -> list[Part]:
    asked = windows(problem)
    chairs = {one.id for one in problem.passengers if one.wheelchair}
    fellows = _fellows(problem, asked, chairs) | chairs
    parts: dict[tuple[int, bool], Part] = {}
    for window in asked:
        who = window.passenger
        there = problem.seconds[: problem.depots, problem.homes + who]
        for depot in np.argsort(there, kind="stable").tolist():
            part = parts.setdefault((depot, who in fellows), Part(depot, who in fellows, [], {}))
            if problem.foes.get(who, frozenset()).isdisjoint(one.passenger for one in part.windows):
                part.windows.append(window)
                break
    found = [part for part in parts.values() if part.windows]
    for kind in problem.kinds:
        heads = [len(part.windows) * (part.chairs == bool(kind.layouts[0].bays)) for part in found]
        for part, count in zip(found, shares(kind.available, heads).tolist(), strict=True):
            part.available[kind.name] = count
    return found


def _fellows(problem: Problem, asked: list[Window], chairs: set[int]) -> set[int]:
    """For everybody in a wheelchair the nearest who is in none and goes to the same school."""
    found: set[int] = set()
    for who in sorted(chairs):
        place = problem.passengers[who].place
        near = [
            (int(problem.seconds[problem.homes + who, problem.homes + one.passenger]), one.passenger)
            for one in asked
            if one.passenger not in chairs | found and problem.passengers[one.passenger].place == place
        ]
        found |= {min(near)[1]} if near else set()
    return found


def _solved(problem: Problem, part: Part, seconds: float, seed: int) -> list[Route]:
    """As many iterations as fit into the processor seconds."""
    kinds = [kind for kind in problem.kinds if part.available[kind.name]]
    began = time.process_time()
    first = _asked(problem, part, kinds, FIRST, seed)
    middle = time.process_time()
    best = _asked(problem, part, kinds, SECOND, seed)
    now = time.process_time()
    each = max(1e-5, (now - middle - (middle - began)) / (SECOND - FIRST))
    more = int((seconds - (now - began)) / each)
    answers = [first, best, *([_asked(problem, part, kinds, more, seed)] if more > SECOND else [])]
    found = min((one for one in answers if one is not None), key=lambda one: one.total_cost, default=None)
    count = len(part.windows)
    return [
        Route(
            kinds[kind].name,
            part.depot,
            [Halt(part.windows[(node - 1) % count].passenger, node <= count, 0) for node in nodes],
        )
        for nodes, kind in (zip(found.routes, found.types, strict=True) if found else ())
    ]


def _asked(problem: Problem, part: Part, kinds: list[Kind], iterations: int, seed: int) -> Any:
    """One answer; None where it finds none with as many vehicles."""
    import commiv

    those = [problem.passengers[window.passenger] for window in part.windows]
    count = len(those)
    where = [
        part.depot,
        *(problem.homes + one.id for one in those),
        *(problem.depots + one.place for one in those),
    ]
    ends = [alighting(problem, one) for one in those]
    pound = (HOURS + 1) * 3600 / kinds[0].hourly
    try:
        return commiv.solve_pdptw(
            problem.seconds[np.ix_(where, where)],
            pickups=range(1, count + 1),
            deliveries=range(count + 1, 2 * count + 1),
            demand=[_seats(kinds[0]) if one.wheelchair else 1 for one in those],
            capacity=0,
            ready=[0, *(window.opens for window in part.windows), *(opens for opens, _ in ends)],
            due=[DAY, *(window.closes for window in part.windows), *(closes for _, closes in ends)],
            service=[0, *(one.board for one in those), *(one.alight for one in those)],
            seed=seed,
            iters=iterations,
            time_penalty=HOURS,
            vehicle_types=[
                (kind.layouts[0].seats, round(kind.fixed * pound), part.available[kind.name])
                for kind in kinds
            ],
        )
    except commiv.InfeasibleError:
        return None


def _seats(kind: Kind) -> int:
    """Seats that one bay counts for."""
    layout = kind.layouts[0]
    return -(-layout.seats // max(1, layout.bays))
