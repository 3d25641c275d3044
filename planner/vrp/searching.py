"""Ruin, recreate, accept: the search, compiled.

A plan keeps every rule at all times; who fits nowhere is absent. A step takes some requests out and puts all
that are absent back, each where it costs least, now and then blind to a place. It is accepted by simulated
annealing when nobody more is absent, and also when those absent were absent less often before (absence
counters, the same authors): so the search first makes room for those who are hard to place.
"""

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled, inner
from planner.vrp.inserting import pair_place, put, visit_place
from planner.vrp.problem import Ints
from planner.vrp.ruining import MEAN, close_route, ruin, unit
from planner.vrp.state import Given, State, draw, refresh

BLINK = 10_486  # of 2**20: one place in a hundred is not seen
FAR = 1e18

Seed = npt.NDArray[np.uint64]


@inner
def key(g: Given, r: int, way: int, seed: Seed) -> float:
    """One of seven ways to say who is put back first: whose key is least."""
    p = g.pick[r]
    last = g.drop[r] if g.drop[r] >= 0 else p
    if way < 4:
        return unit(seed)
    if way < 8:
        return float(-abs(g.load[p]))
    if way < 10:
        return float(-g.from_[0, p] - g.from_[p, last])
    if way < 11:
        return float(g.from_[0, p] + g.from_[p, last])
    if way < 13:
        return float(min(g.due[p] - g.ready[p], g.due[last] - g.ready[last]))
    return float(g.ready[p] if way < 15 else -g.due[last])


@compiled
def recreate(g: Given, s: State, blink: int, seed: Seed) -> None:
    """Put the absent back, each where it costs least; who fits nowhere stays absent."""
    way = draw(seed, 17)
    waiting = s.counts[0]
    for k in range(waiting):
        r = s.absent[k]
        mine = key(g, r, way, seed)
        m = k
        while m > 0 and s.key[m - 1] > mine:
            s.key[m], s.waiting[m] = s.key[m - 1], s.waiting[m - 1]
            m -= 1
        s.key[m], s.waiting[m] = mine, r
    s.counts[0] = 0
    for k in range(waiting):
        if not place(g, s, s.waiting[k], blink, seed):
            s.absent[s.counts[0]] = s.waiting[k]
            s.counts[0] += 1


@inner
def place(g: Given, s: State, r: int, blink: int, seed: Seed) -> bool:
    best, where, first, last = FAR, -1, -1, -1
    used, idle = 0, -1
    for v in range(len(s.size)):
        if s.size[v] == 2:
            idle = v if idle < 0 else idle
            continue
        used += 1
        best, a, b = one_place(g, s, v, r, best, blink, seed)
        if a >= 0:
            where, first, last = v, a, b
    if idle >= 0 and used < s.counts[1]:
        best, a, b = one_place(g, s, idle, r, best, 0, seed)
        if a >= 0:
            where, first, last = idle, a, b
    if where < 0:
        return False
    put(g, s, where, r, first, last)
    return True


@inner
def one_place(
    g: Given, s: State, v: int, r: int, best: float, blink: int, seed: Seed
) -> tuple[float, int, int]:
    if g.drop[r] >= 0:
        return pair_place(g, s, v, r, best, blink, seed)
    best, at = visit_place(g, s, v, g.pick[r], best, blink, seed)
    return best, at, at


@compiled
def copied(s: State, route: Ints, size: Ints, only_dirty: bool) -> None:
    """Write the routes down, all or those that changed."""
    for v in range(len(size)):
        if s.dirty[v] or not only_dirty:
            size[v] = s.size[v]
            for k in range(s.size[v]):
                route[v, k] = s.route[v, k]
    for v in range(len(size)):
        s.dirty[v] = 0


@inner
def put_back(g: Given, s: State, route: Ints, size: Ints, gone: Ints) -> None:
    """The plan as it was written down."""
    for k in range(s.counts[0]):
        s.vehicle[s.absent[k]] = -1
    for v in range(len(size)):
        if s.dirty[v]:
            s.size[v] = size[v]
            for k in range(size[v]):
                s.route[v, k] = route[v, k]
    for v in range(len(size)):
        if s.dirty[v]:
            refresh(g, s, v)
            s.dirty[v] = 0
    n = 0
    for k in range(len(gone)):
        if gone[k] < 0:
            break
        s.absent[n] = gone[k]
        s.vehicle[gone[k]] = -1
        n += 1
    s.counts[0] = n


@inner
def missed(s: State) -> int:
    times = np.int64(0)
    for k in range(s.counts[0]):
        times += s.tally[s.absent[k]]
    return int(times)


@inner
def price(s: State) -> float:
    whole = 0.0
    for v in range(len(s.size)):
        if s.size[v] > 2:
            whole += s.price[v]
    return whole


@compiled
def note_absent(s: State, gone: Ints) -> None:
    for k in range(len(gone)):
        gone[k] = s.absent[k] if k < s.counts[0] else -1


@compiled
def search(
    g: Given,
    s: State,
    now: tuple[Ints, Ints, Ints],
    best: tuple[Ints, Ints, Ints],
    steps: int,
    heat: tuple[float, float],
    fewer: bool,
    seed: Seed,
) -> int:
    """Take up to `steps` steps from plan `s`, the heat falling from one to the other; returns how many.

    `now` and `best` are routes, sizes and absent (-1 after the last), as they stand and at the best. With
    `fewer` it stops as soon as nobody is absent.
    """
    cost, cost_best = price(s), price_of(g, best)
    away_best = absent_in(best[2])
    warm = heat[0]
    cooling = (heat[1] / heat[0]) ** (1.0 / steps)
    before = missed(s)
    for step in range(steps):
        ruin(g, s, seed, MEAN)
        recreate(g, s, BLINK, seed)
        after = missed(s)
        new = price(s)
        fits = after < before or (after == before and new < cost - warm * np.log(unit(seed) + 1e-12))
        for k in range(s.counts[0]):
            s.tally[s.absent[k]] += 1
        warm *= cooling
        if not fits:
            put_back(g, s, now[0], now[1], now[2])
            before = missed(s)
            continue
        copied(s, now[0], now[1], True)
        note_absent(s, now[2])
        before, cost = missed(s), new
        away = s.counts[0]
        if away < away_best or (away == away_best and new < cost_best - 1e-9):
            cost_best, away_best = new, away
            for v in range(len(s.size)):
                best[1][v] = s.size[v]
                for k in range(s.size[v]):
                    best[0][v, k] = s.route[v, k]
            note_absent(s, best[2])
        if fewer and away == 0:
            return step + 1
    return steps


@inner
def price_of(g: Given, plan: tuple[Ints, Ints, Ints]) -> float:
    whole = 0.0
    for v in range(len(plan[1])):
        if plan[1][v] > 2:
            for k in range(plan[1][v] - 1):
                whole += g.from_[plan[0][v, k], plan[0][v, k + 1]]
    return whole


@inner
def absent_in(gone: Ints) -> int:
    n = 0
    while n < len(gone) and gone[n] >= 0:
        n += 1
    return n


@compiled
def one_fewer(g: Given, s: State) -> None:
    """Close a route, and allow no more routes than are left."""
    close_route(g, s)
    used = 0
    for v in range(len(s.size)):
        if s.size[v] > 2:
            used += 1
    s.counts[1] = used
