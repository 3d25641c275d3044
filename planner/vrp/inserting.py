"""The cheapest place for a request in a route, by times that are exact.

Without longest rides, the earliest and latest times of a route say at once whether a place is in time. With
them, those are a first sieve, and what passes is timed as a whole.
"""

import numpy as np
import numpy.typing as npt

from planner.compiled import inner
from planner.vrp.state import CLOSE, Given, State, draw, in_time, refresh

FEW = 1 << 20
Seed = npt.NDArray[np.uint64]


@inner
def visit_place(g: Given, s: State, v: int, x: int, best: float, blink: int, seed: Seed) -> tuple[float, int]:
    """The cheapest place for visit x in route v if its cost is below `best`, and before which; else -1."""
    where = -1
    if s.carried[v, s.size[v] - 1] + g.load[x] > g.capacity + CLOSE:
        return best, where
    for k in range(1, s.size[v]):
        i, j = s.route[v, k - 1], s.route[v, k]
        more = g.onto[x, i] + g.from_[x, j] - s.hop[v, k - 1]
        if more >= best:
            continue
        t = s.early[v, k - 1] + g.service[i] + g.time[i, x]
        if t > g.due[x] + CLOSE:
            break
        t = max(t, g.ready[x])
        if t + g.service[x] + g.time[x, j] > s.late[v, k] + CLOSE:
            continue
        if blink > 0 and draw(seed, FEW) < blink:
            continue
        best, where = more, k
    return best, where


@inner
def pair_place(
    g: Given, s: State, v: int, r: int, best: float, blink: int, seed: Seed
) -> tuple[float, int, int]:
    """The same for a request that is fetched and brought: before which place each, in the route as it is."""
    p = g.pick[r]
    first, last = -1, -1
    for k in range(1, s.size[v]):
        i, j = s.route[v, k - 1], s.route[v, k]
        t = s.early[v, k - 1] + g.service[i] + g.time[i, p]
        if t > g.due[p] + CLOSE:
            break
        if s.carried[v, k - 1] + g.load[p] > g.capacity + CLOSE:
            continue
        t = max(t, g.ready[p]) + g.service[p]
        best, at = brought_at_once(g, s, v, r, k, t, best, blink, seed)
        if at >= 0:
            first, last = k, at
        if g.onto[p, i] + g.from_[p, j] - s.hop[v, k - 1] < best:
            best, at = brought_later(g, s, v, r, k, t, best, blink, seed)
            if at >= 0:
                first, last = k, at
    return best, first, last


@inner
def brought_at_once(
    g: Given, s: State, v: int, r: int, k: int, t: float, best: float, blink: int, seed: Seed
) -> tuple[float, int]:
    """Fetched before place k, ready to leave at t, and brought before anything else."""
    p, d, i, j = g.pick[r], g.drop[r], s.route[v, k - 1], s.route[v, k]
    more = g.onto[p, i] + g.from_[p, d] + g.from_[d, j] - s.hop[v, k - 1]
    there = max(t + g.time[p, d], g.ready[d])
    if more >= best or there > g.due[d] + CLOSE:
        return best, -1
    if there + g.service[d] + g.time[d, j] > s.late[v, k] + CLOSE:
        return best, -1
    if blink > 0 and draw(seed, FEW) < blink:
        return best, -1
    if g.timed and not tried(g, s, v, r, k, k):
        return best, -1
    return more, k


@inner
def brought_later(
    g: Given, s: State, v: int, r: int, k: int, t: float, best: float, blink: int, seed: Seed
) -> tuple[float, int]:
    """Fetched before place k, ready to leave at t, and brought after place k or a later one."""
    p, d, where = g.pick[r], g.drop[r], -1
    fetch = g.onto[p, s.route[v, k - 1]] + g.from_[p, s.route[v, k]] - s.hop[v, k - 1]
    moved, before = 0.0, p
    for m in range(k, s.size[v] - 1):
        node, after = s.route[v, m], s.route[v, m + 1]
        t = max(t + g.time[before, node], g.ready[node])
        if t > s.late[v, m] + CLOSE or s.carried[v, m] + g.load[p] > g.capacity + CLOSE:
            break
        t += g.service[node]
        moved += g.time[before, node] + g.service[node]
        there = t + g.time[node, d]
        if there > g.due[d] + CLOSE or moved + g.time[node, d] > g.limit[r] + CLOSE:
            break
        before = node
        more = fetch + g.onto[d, node] + g.from_[d, after] - s.hop[v, m]
        if more >= best:
            continue
        if max(there, g.ready[d]) + g.service[d] + g.time[d, after] > s.late[v, m + 1] + CLOSE:
            continue
        if blink > 0 and draw(seed, FEW) < blink:
            continue
        if not g.timed or tried(g, s, v, r, k, m + 1):
            best, where = more, m + 1
    return best, where


@inner
def tried(g: Given, s: State, v: int, r: int, first: int, last: int) -> bool:
    """Whether route v with request r before places `first` and `last` has a timetable."""
    n = laid(g, s, v, r, first, last)
    return in_time(g, s, n)


@inner
def laid(g: Given, s: State, v: int, r: int, first: int, last: int) -> int:
    """Write that route into `s.line`; returns how long it is."""
    n = 0
    for k in range(s.size[v]):
        if k == first:
            s.line[n] = g.pick[r]
            n += 1
        if k == last and g.drop[r] >= 0:
            s.line[n] = g.drop[r]
            n += 1
        s.line[n] = s.route[v, k]
        n += 1
    return n


@inner
def put(g: Given, s: State, v: int, r: int, first: int, last: int) -> None:
    """Insert request r there."""
    n = laid(g, s, v, r, first, last)
    for k in range(n):
        s.route[v, k] = s.line[k]
    s.size[v] = n
    s.dirty[v] = 1
    refresh(g, s, v)


@inner
def take(g: Given, s: State, r: int) -> None:
    """Take request r out of its route; it is then absent. The route is not worked out anew."""
    v = s.vehicle[r]
    n = 0
    for k in range(s.size[v]):
        node = s.route[v, k]
        if k == 0 or k == s.size[v] - 1 or g.request[node] != r:
            s.route[v, n] = node
            n += 1
    s.size[v] = n
    s.dirty[v] = 2
    s.vehicle[r] = -1
    s.absent[s.counts[0]] = r
    s.counts[0] += 1
