"""What is taken out of a plan: strings of neighbours in routes near one another, or one whole route.

Slack induction by string removals (Christiaens and Vanden Berghe, *Transportation Science* 54, 2020).
"""

import numpy as np
import numpy.typing as npt

from planner.compiled import inner
from planner.vrp.inserting import take
from planner.vrp.state import Given, State, draw, refresh

LONGEST_STRING = 10
MEAN = 10  # requests taken out on average
FINE = 1 << 30

Seed = npt.NDArray[np.uint64]


@inner
def unit(seed: Seed) -> float:
    return draw(seed, FINE) / FINE


@inner
def ruin(g: Given, s: State, seed: Seed, mean: float) -> None:
    """Take some requests out; every route is worked out anew then."""
    routes, served = 0, 0
    for v in range(len(s.size)):
        if s.size[v] > 2:
            routes += 1
            served += s.size[v] - 2
    if routes:
        strings(g, s, seed, mean, served / routes)
    for v in range(len(s.size)):
        if s.dirty[v] == 2:
            refresh(g, s, v)
            s.dirty[v] = 1


@inner
def strings(g: Given, s: State, seed: Seed, mean: float, usual: float) -> None:
    longest = min(float(LONGEST_STRING), usual)
    most = 4.0 * mean / (1.0 + longest) - 1.0
    wanted = int(unit(seed) * most + 1.0)
    centre = 1 + draw(seed, len(g.ready) - 2)
    done = 0
    for which in range(-1, g.near.shape[1]):
        node = centre if which < 0 else g.near[centre, which]
        r = g.request[node]
        if r < 0:
            continue
        v = s.vehicle[r]
        if v < 0 or s.dirty[v] != 0:
            continue
        size = s.size[v] - 2
        length = int(unit(seed) * min(float(size), longest) + 1.0)
        string(g, s, v, s.at[node], min(length, size), seed)
        done += 1
        if done >= wanted:
            break


@inner
def string(g: Given, s: State, v: int, at: int, length: int, seed: Seed) -> None:
    """Take out `length` places of route v about place `at`; every second time some within are left."""
    size = s.size[v] - 2
    spared = 0
    if length > 1 and length < size and draw(seed, 2) == 0:
        spared = 1
        while length + spared < size and draw(seed, 100) == 0:
            spared += 1
    whole = length + spared
    low = max(1, at - whole + 1)
    high = min(at, size - whole + 1)
    begin = low + draw(seed, high - low + 1)
    hole = begin + draw(seed, whole - spared + 1)
    n = 0
    for k in range(begin, begin + whole):
        if k < hole or k >= hole + spared:
            s.line[n] = s.route[v, k]
            n += 1
    s.dirty[v] = 2
    for k in range(n):
        r = g.request[s.line[k]]
        if s.vehicle[r] >= 0:
            take(g, s, r)


@inner
def close_route(g: Given, s: State) -> None:
    """Take out the route whose requests were left out least often, and allow one vehicle fewer."""
    best, least = -1, np.int64(1) << np.int64(60)
    for v in range(len(s.size)):
        if s.size[v] > 2:
            times = np.int64(0)
            for k in range(1, s.size[v] - 1):
                times += s.tally[g.request[s.route[v, k]]]
            if times < least:
                best, least = v, times
    if best < 0:
        return
    n = s.size[best]
    for k in range(1, n - 1):
        s.line[k] = s.route[best, k]
    for k in range(1, n - 1):
        r = g.request[s.line[k]]
        if s.vehicle[r] >= 0:
            take(g, s, r)
    refresh(g, s, best)
    s.dirty[best] = 0
