"""Simulated annealing over lectures and places: the fast search, compiled.

A state always keeps every hard rule. A step moves one lecture to another period and room, or changes places
with the lecture that stands there; it is taken when it costs less than a threshold drawn at the heat of the
moment (Kirkpatrick and others, 1983; for this problem Bellio, Ceschia, Di Gaspero, Schaerf and Urli, 2016).
"""

import numpy as np
import numpy.typing as npt

from planner.compiled import counting
from planner.timetable.arrays import Arrays, Ints
from planner.timetable.state import DAY_SHORT, STANDS_ALONE, State

AT_MOST_SAVED = 40  # by days and standing alone, in one step: beyond this it need not be counted
FINE = 1 << 30

Seed = npt.NDArray[np.uint64]


@counting
def draw(seed: Seed, below: int) -> int:
    """A number from 0 to `below` - 1, below at most 2**32 (xorshift64*, Vigna 2016)."""
    x = seed[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    seed[0] = x
    high = (x * np.uint64(2685821657736338717)) >> np.uint64(32)
    return int((high * np.uint64(below)) >> np.uint64(32))


@counting
def spreading(a: Arrays, s: State, c: int, d: int, e: int) -> int:
    """What moving a lecture of course c from day d to another day e changes, in points, for its days."""
    now = s.spread[c]
    then = now - (s.on_day[c, d] == 1) + (s.on_day[c, e] == 0)
    return int(DAY_SHORT * (max(0, a.least_days[c] - then) - max(0, a.least_days[c] - now)))


@counting
def rooming(a: Arrays, s: State, c: int, r: int, v: int) -> int:
    """What moving a lecture of course c from room r to v changes, in points, for seats and rooms."""
    if r == v:
        return 0
    return int(a.short[c, v] - a.short[c, r] - (s.in_room[c, r] == 1) + (s.in_room[c, v] == 0))


@counting
def belongs(a: Arrays, c: int, q: int) -> bool:
    """Whether course c is in curriculum q."""
    for k in range(a.group_start[c], a.group_start[c + 1]):  # noqa: SIM110  (compiled: no generators)
        if a.groups[k] == q:
            return True
    return False


@counting
def standing(a: Arrays, s: State, c: int, other: int, p: int, t: int) -> int:
    """What moving c from period p to t changes, in points, for standing alone. The curricula of `other`,
    which moves from t to p at once, see no change; -1 for nobody."""
    d, e = p // a.periods, t // a.periods
    off, on = 1 << (p % a.periods), 1 << (t % a.periods)
    change = 0
    for k in range(a.group_start[c], a.group_start[c + 1]):
        q = a.groups[k]
        if other >= 0 and belongs(a, other, q):
            continue
        m = s.taken[q, d]
        if d == e:
            change += a.lonely[(m ^ off) | on] - a.lonely[m]
        else:
            n = s.taken[q, e]
            change += a.lonely[m ^ off] - a.lonely[m] + a.lonely[n | on] - a.lonely[n]
    return STANDS_ALONE * change


@counting
def put(a: Arrays, s: State, i: int, t: int, v: int) -> None:
    """Move lecture i to period t and room v in every count but `holds`."""
    c, p, r = a.course_of[i], s.period[i], s.room[i]
    if r != v:
        s.in_room[c, r] -= 1
        s.in_room[c, v] += 1
        s.room[i] = v
    if p == t:
        return
    d, e = p // a.periods, t // a.periods
    for other in range(a.clash.shape[0]):
        if a.clash[c, other]:
            s.near[other, p] -= 1
            s.near[other, t] += 1
    if d != e:
        s.on_day[c, d] -= 1
        s.spread[c] += (s.on_day[c, e] == 0) - (s.on_day[c, d] == 0)
        s.on_day[c, e] += 1
    for k in range(a.group_start[c], a.group_start[c + 1]):
        s.taken[a.groups[k], d] ^= 1 << (p % a.periods)
        s.taken[a.groups[k], e] ^= 1 << (t % a.periods)
    s.period[i] = t


@counting
def change(a: Arrays, s: State, i: int, t: int, v: int) -> int:
    """What moving lecture i to period t and room v changes, in points, where that may be."""
    p, r, c, j = s.period[i], s.room[i], a.course_of[i], s.holds[t, v]
    o = a.course_of[j] if j >= 0 else -1
    points = rooming(a, s, c, r, v)
    if j >= 0:
        points += rooming(a, s, o, v, r)
    if t == p:
        return points
    d, e = p // a.periods, t // a.periods
    if d != e:
        points += spreading(a, s, c, d, e)
        if j >= 0:
            points += spreading(a, s, o, e, d)
    points += standing(a, s, c, o, p, t)
    if j >= 0:
        points += standing(a, s, o, c, t, p)
    return points


@counting
def barred(near: Ints, clash: Ints, may: Ints, c: int, o: int, p: int, t: int) -> bool:
    """Whether a lecture of c may not go from period p to t while one of o (-1: nobody) goes from t to p."""
    if o < 0:
        return bool(t != p and (near[c, t] > 0 or may[c, t] == 0))
    if t == p:
        return o == c
    if o == c or near[c, t] > clash[c, o] or near[o, p] > clash[o, c]:
        return True
    return bool(may[c, t] == 0 or may[o, p] == 0)


@counting
def walk(a: Arrays, s: State, heat: float, steps: int, seed: Seed, now: int, kept: Ints) -> tuple[int, int]:
    """Take `steps` steps at this heat from a state that costs `now`; changes `s` and `seed`.

    Returns what the state costs then and the least it cost on the way, at most `now`; the periods and rooms
    of that one go into `kept` (2 x L). Most steps are barred, so that is seen first, on arrays at hand.
    """
    slots, rooms = s.holds.shape
    course_of, holds, near, clash, short = a.course_of, s.holds, s.near, a.clash, a.short
    best = now
    kept[0, :] = s.period
    kept[1, :] = s.room
    for _ in range(steps):
        i = draw(seed, len(course_of))
        t, v = draw(seed, slots), draw(seed, rooms)
        c, j, p, r = course_of[i], holds[t, v], s.period[i], s.room[i]
        o = course_of[j] if j >= 0 else -1
        if barred(near, clash, a.open, c, o, p, t):
            continue
        bar = -heat * np.log((draw(seed, FINE) + 1) / FINE)
        saved = AT_MOST_SAVED + (short[o, r] - short[o, v] if j >= 0 else 0)
        if short[c, r] - short[c, v] + saved + bar < 0:
            continue
        points = change(a, s, i, t, v)
        if points > bar:
            continue
        put(a, s, i, t, v)
        if j >= 0:
            put(a, s, j, p, r)
        holds[t, v], holds[p, r] = i, j
        now += points
        if now < best:
            best = now
            kept[0, :] = s.period
            kept[1, :] = s.room
            if best == 0:
                break
    return now, best
