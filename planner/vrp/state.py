"""A problem and a plan as arrays, and the timetable of one route: what compiled functions read and write.

V vehicles, M places in a route, N nodes, R requests. A route begins with node 0 and ends with node N - 1.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled, inner
from planner.vrp.problem import NEVER, Floats, Ints, Routing

CLOSE = 1e-7  # two times are one
NEAR = 300  # neighbours of a node that are kept
WELL, RAISED, BROKEN = 0, 1, 2
Numbers = npt.NDArray[np.int64]


class Given(NamedTuple):
    """The problem."""

    onto: Floats  # N x N: cost[i, j] at [j, i], so that what is inserted has its row at hand
    from_: Floats  # N x N: cost[i, j] at [i, j]
    time: Floats
    service: Floats
    ready: Floats
    due: Floats
    load: Floats
    pick: Ints
    drop: Ints
    request: Ints  # N: of a node; -1 for the depot
    limit: Floats
    near: Ints  # N x K
    capacity: float
    longest: float
    timed: bool  # whether rides or routes have a longest time


class State(NamedTuple):
    """A plan that keeps every rule, and the requests that are in none of its routes."""

    route: Ints  # V x M
    size: Ints  # V: with both depots
    early: Floats  # V x M: service begins at the earliest
    late: Floats  # V x M: and at the latest, so that what follows is in time
    carried: Floats  # V x M: after service
    hop: Floats  # V x M: cost to the next
    price: Floats  # V
    vehicle: Ints  # R: -1 where in none
    at: Ints  # N: the place in its route
    absent: Ints  # R: those in none
    counts: Numbers  # 2: how many are absent; how many vehicles may be used
    tally: Numbers  # R: how often it was left out
    dirty: Ints  # V: changed since the last that was taken
    line: Ints  # M: a route to be tried
    begin: Floats  # M: its times
    place: Ints  # N: where in it a node stands
    waiting: Ints  # R: who is put back, in order
    key: Floats  # R


def given(problem: Routing) -> Given:
    request = np.full(problem.nodes, -1, np.int32)
    request[problem.pick] = np.arange(problem.requests)
    both = problem.drop >= 0
    request[problem.drop[both]] = np.flatnonzero(both)
    ranked = problem.cost.copy()
    ranked[:, [0, -1]] = np.inf
    near = np.argsort(ranked, axis=1, kind="stable")[:, : min(NEAR, problem.nodes - 2)].astype(np.int32)
    timed = bool((problem.limit < NEVER).any() or problem.longest < NEVER)
    return Given(
        np.ascontiguousarray(problem.cost.T),
        np.ascontiguousarray(problem.cost),
        np.ascontiguousarray(problem.time),
        problem.service,
        problem.ready,
        problem.due,
        problem.load,
        problem.pick,
        problem.drop,
        request,
        problem.limit,
        near,
        problem.capacity,
        problem.longest,
        timed,
    )


def empty(problem: Routing) -> State:
    """Nobody in any route."""
    vehicles, nodes, requests = problem.vehicles, problem.nodes, problem.requests
    places = nodes
    route = np.zeros((vehicles, places), np.int32)
    route[:, 1] = nodes - 1
    table = (vehicles, places)
    return State(
        route,
        np.full(vehicles, 2, np.int32),
        np.zeros(table),
        np.zeros(table),
        np.zeros(table),
        np.zeros(table),
        np.zeros(vehicles),
        np.full(requests, -1, np.int32),
        np.zeros(nodes, np.int32),
        np.arange(requests, dtype=np.int32),
        np.array([requests, vehicles], np.int64),
        np.ones(requests, np.int64),
        np.zeros(vehicles, np.int32),
        np.zeros(places, np.int32),
        np.zeros(places),
        np.zeros(nodes, np.int32),
        np.zeros(requests, np.int32),
        np.zeros(requests),
    )


@compiled
def refresh(g: Given, s: State, v: int) -> None:
    """Work out route v anew: times, loads, cost, and where everybody stands."""
    n = s.size[v]
    s.early[v, 0] = g.ready[0]
    s.carried[v, 0] = 0.0
    price = 0.0
    for k in range(1, n):
        i, j = s.route[v, k - 1], s.route[v, k]
        s.early[v, k] = max(g.ready[j], s.early[v, k - 1] + g.service[i] + g.time[i, j])
        s.carried[v, k] = s.carried[v, k - 1] + g.load[j]
        s.hop[v, k - 1] = g.from_[i, j]
        price += g.from_[i, j]
        if k < n - 1:
            s.vehicle[g.request[j]] = v
            s.at[j] = k
    s.price[v] = price
    s.late[v, n - 1] = g.due[s.route[v, n - 1]]
    for k in range(n - 2, -1, -1):
        i, j = s.route[v, k], s.route[v, k + 1]
        s.late[v, k] = min(g.due[i], s.late[v, k + 1] - g.time[i, j] - g.service[i])


@compiled
def in_time(g: Given, s: State, n: int) -> bool:
    """Whether the first n of `s.line` can be driven with every ride and the route short enough.

    `s.begin` is then the earliest timetable. Every rule says that one service begins so long after another at
    least: windows, driving, and (counted back) the longest ride and route. So raising what is too early until
    nothing is finds the earliest timetable, or passes somebody's window. Where it takes more rounds than the
    route has places it is given up as none: never too kind.
    """
    for k in range(n):
        s.begin[k] = g.ready[s.line[k]]
        s.place[s.line[k]] = k
    for _ in range(n + 4):
        for k in range(1, n):
            i, j = s.line[k - 1], s.line[k]
            s.begin[k] = max(s.begin[k], s.begin[k - 1] + g.service[i] + g.time[i, j])
            if s.begin[k] > g.due[j] + CLOSE:
                return False
        raised = raise_early(g, s, n)
        if raised == WELL:
            return True
        if raised == BROKEN:
            return False
    return False


@inner
def raise_early(g: Given, s: State, n: int) -> int:
    """Put off who was fetched too early for the longest ride, and the start for the longest route."""
    raised = WELL
    for k in range(1, n - 1):
        r = g.request[s.line[k]]
        if g.drop[r] != s.line[k]:
            continue
        q = s.place[g.pick[r]]
        least = s.begin[k] - g.limit[r] - g.service[g.pick[r]]
        if least > s.begin[q] + CLOSE:
            s.begin[q] = least
            raised = RAISED
            if least > g.due[s.line[q]] + CLOSE:
                return BROKEN
    if s.begin[n - 1] - g.longest > s.begin[0] + CLOSE:
        s.begin[0] = s.begin[n - 1] - g.longest
        raised = RAISED
        if s.begin[0] > g.due[0] + CLOSE:
            return BROKEN
    return raised


@inner
def draw(seed: npt.NDArray[np.uint64], below: int) -> int:
    """A number from 0 to `below` - 1, below at most 2**32 (xorshift64*, Vigna 2016)."""
    x = seed[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    seed[0] = x
    high = (x * np.uint64(2685821657736338717)) >> np.uint64(32)
    return int((high * np.uint64(below)) >> np.uint64(32))
