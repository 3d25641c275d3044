"""Routes planned: a first plan, fewer vehicles where that is asked for, then cheaper ones."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.vrp.problem import Ints, Routes, Routing, Stop
from planner.vrp.ruining import Seed
from planner.vrp.searching import copied, note_absent, one_fewer, recreate, search
from planner.vrp.state import Given, State, empty, given, in_time, refresh

LEG = 500  # steps between two looks at the time
HOT, COLD = 0.5, 0.005  # of the usual cost of a hop
FOR_FEWER = 0.7  # of the time, where few vehicles are asked for
MIDDLING = 0.05


@dataclass(frozen=True)
class Budget:
    """Processor seconds of this process, or steps: with steps alone the plan is the same on any machine."""

    seconds: float = 60.0
    steps: int | None = None


@dataclass(frozen=True)
class Progress:
    done: float  # from nought to one
    cost: float
    vehicles: int
    absent: int


Tell = Callable[[Progress], None]


def silent(_: Progress) -> None:
    return None


@dataclass
class Search:
    """A plan under way. `best` is routes, sizes, absent."""

    g: Given
    s: State
    now: tuple[Ints, Ints, Ints]
    best: tuple[Ints, Ints, Ints]
    seed: Seed
    hop: float
    steps: int = 0


def plan_routes(
    problem: Routing, *, budget: Budget, seed: int = 1, fewest: bool = False, tell: Tell = silent
) -> Routes:
    """A plan of least cost, or with `fewest` of least vehicles first. It keeps every rule; see `checking`."""
    started = time.process_time()

    def spent(under: Search) -> float:
        if budget.steps is not None:
            return under.steps / max(1, budget.steps)
        return (time.process_time() - started) / budget.seconds

    under = begin(problem, seed, spread=not fewest)
    if fewest:
        while (done := spent(under)) < FOR_FEWER and fewer_vehicles(under, spent):
            tell(progress(under, done))
    first = spent(under)
    while (done := spent(under)) < 1:
        share = (done - first) / max(1e-9, 1 - first)
        heat = under.hop * HOT * (COLD / HOT) ** share
        run(under, LEG, (heat, heat), fewer=False)
        tell(progress(under, done))
    return finished(problem, under)


def begin(problem: Routing, seed: int, *, spread: bool) -> Search:
    """A first plan: with `spread` a route each while there are vehicles, the others where they cost least."""
    g, s = given(problem), empty(problem)
    for v in range(problem.vehicles):
        refresh(g, s, v)
    if spread:
        routes_of_one(problem, g, s)
    start = np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)
    recreate(g, s, 0, start)
    now, best = blank(s), blank(s)
    for plan in (now, best):
        copied(s, plan[0], plan[1], False)
        note_absent(s, plan[2])
    used = s.price[s.size > 2].sum() / max(1, int((s.size[s.size > 2] - 1).sum()))
    return Search(g, s, now, best, start, float(used) or 1.0)


def routes_of_one(problem: Routing, g: Given, s: State) -> None:
    """Give each vehicle one request, the farthest first: routes are joined more easily than opened."""
    far = g.from_[0, g.pick]
    left = []
    vehicle = 0
    for r in np.argsort(-far, kind="stable"):
        nodes = [0, int(g.pick[r]), *([int(g.drop[r])] if g.drop[r] >= 0 else []), problem.nodes - 1]
        s.line[: len(nodes)] = nodes
        if vehicle < problem.vehicles and in_time(g, s, len(nodes)):
            s.route[vehicle, : len(nodes)] = nodes
            s.size[vehicle] = len(nodes)
            refresh(g, s, vehicle)
            vehicle += 1
        else:
            left.append(int(r))
    s.absent[: len(left)] = left
    s.counts[0] = len(left)


def blank(s: State) -> tuple[Ints, Ints, Ints]:
    return s.route.copy(), s.size.copy(), np.full(len(s.vehicle), -1, np.int32)


def run(under: Search, steps: int, heat: tuple[float, float], *, fewer: bool) -> None:
    under.steps += search(under.g, under.s, under.now, under.best, steps, heat, fewer, under.seed)


def fewer_vehicles(under: Search, spent: Callable[[Search], float]) -> bool:
    """Try with one vehicle fewer while there is time; whether it was found. Else all is as it was."""
    kept = [array.copy() for array in under.best]
    if kept[2][0] >= 0:
        run(under, LEG, (under.hop * MIDDLING,) * 2, fewer=True)
        return True
    restore(under, kept)
    one_fewer(under.g, under.s)
    allowed = int(under.s.counts[1])
    copied(under.s, under.now[0], under.now[1], False)
    note_absent(under.s, under.now[2])
    for mine, current in zip(under.best, under.now, strict=True):
        mine[:] = current
    while spent(under) < FOR_FEWER:
        run(under, LEG, (under.hop * MIDDLING,) * 2, fewer=True)
        if under.best[2][0] < 0:
            return True
    restore(under, kept)
    under.s.counts[1] = allowed + 1
    return False


def restore(under: Search, kept: list[Ints]) -> None:
    """Go on from this plan."""
    s = under.s
    s.vehicle[:] = -1
    for mine, now, array in zip(under.best, under.now, kept, strict=True):
        mine[:], now[:] = array, array
    s.route[:], s.size[:] = kept[0], kept[1]
    s.dirty[:] = 0
    for v in range(len(s.size)):
        refresh(under.g, s, v)
    gone = kept[2][kept[2] >= 0]
    s.absent[: len(gone)] = gone
    s.counts[0] = len(gone)


def progress(under: Search, done: float) -> Progress:
    s = under.s
    used = under.best[1] > 2
    return Progress(
        min(1.0, done), float(s.price[s.size > 2].sum()), int(used.sum()), int((under.best[2] >= 0).sum())
    )


def finished(problem: Routing, under: Search) -> Routes:
    """The best plan, each route by its earliest timetable."""
    restore(under, [array.copy() for array in under.best])
    g, s = under.g, under.s
    routes, starts, ends = [], [], []
    cost = 0.0
    for v in np.flatnonzero(s.size > 2):
        n = int(s.size[v])
        s.line[:n] = s.route[v, :n]
        if not in_time(g, s, n):
            raise AssertionError("a route of the plan has no timetable")
        routes.append(tuple(Stop(int(s.line[k]), float(s.begin[k])) for k in range(1, n - 1)))
        starts.append(float(s.begin[0]))
        ends.append(float(s.begin[n - 1]))
        cost += float(s.price[v])
    unserved = tuple(sorted(int(r) for r in under.best[2] if r >= 0))
    return Routes(cost, tuple(routes), tuple(starts), tuple(ends), unserved, under.steps)
