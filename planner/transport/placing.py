"""The cheapest place for a passenger, compiled: every run near them, every spot, their place visited anew if
need be.

A spot is tried only if nothing already known rules it out: nobody aboard may be taken round longer than their
limit allows, the latest time after it must not be before the earliest time ahead of it, and the detour alone
must cost less than the best found so far. In `on_run` and before it, `p` is a passenger in a boarding of
theirs, at home or at a meeting point.
"""

from planner.compiled import inner
from planner.transport.board import GONE, NOBODY, ROOM, RUNS, STAMP, STAYS, TOUCHED, Board
from planner.transport.chance import Seed, draw
from planner.transport.changing import moving, priced
from planner.transport.ground import (
    ALIGHT,
    BOARD,
    BY_SECOND,
    GOES_TO,
    MINIMUM,
    PEOPLE,
    RIDE,
    Ground,
    Wide,
)
from planner.transport.pricing import give
from planner.transport.spots import detour, fits, is_foe, parted, tried

LOOKS = 40  # near passengers whose runs are tried
BLINK = 100  # one spot in so many is passed over
NEW_VISIT = 8  # where the place is visited already, another visit is tried one time in so many
IMPOSSIBLE = 1e18


@inner
def a_second(board: Board, ground: Ground, a: int) -> float:
    """What a second more costs a run at least: nothing where there is a least charge it may be below."""
    k = board.kind[a]
    return float(ground.kinds[k, BY_SECOND]) if ground.kinds[k, MINIMUM] <= 0.0 else 0.0


@inner
def on_the_way(
    board: Board, ground: Ground, p: int, a: int, best: float, least: float, seed: Seed, found: Wide
) -> float:
    """The cheapest spot on a run that visits their place already; the run it makes is kept in `chosen`.
    `least` is what it costs whatever the spot, `best` what to beat."""
    nodes, facts, length = board.nodes, board.facts, board.size[a]
    goal, stay = ground.counts[PEOPLE] + ground.people[p, GOES_TO], ground.people[p, BOARD]
    ride = ground.people[p, RIDE]
    pound = a_second(board, ground, a)
    visit = NOBODY
    for i in range(length - 1, -1, -1):
        if nodes[a, i] == goal:
            visit = i
        if visit < 0 or draw(seed, BLINK) == 1:
            continue
        aboard = facts[a, GONE, visit] - facts[a, GONE, i] + facts[a, STAYS, visit] + ground.people[p, ALIGHT]
        if aboard + ground.seconds[p, nodes[a, i]] > ride:
            continue
        more = detour(board, ground, a, i, p) + stay
        if more > facts[a, ROOM, i] or least + (more - board.idle[a]) * pound >= best:
            continue
        if not fits(board, ground, a, i, nodes[a, max(0, i - 1)], p, stay):
            continue
        best = tried(board, ground, p, a, i, NOBODY, best, found)
    return best


@inner
def with_visit(
    board: Board, ground: Ground, p: int, a: int, best: float, least: float, seed: Seed, found: Wide
) -> float:
    """The cheapest spot on a run together with a visit to their place, which is made before or after another
    visit or at the end."""
    nodes, length, first = board.nodes, board.size[a], ground.counts[PEOPLE]
    goal, alight = first + ground.people[p, GOES_TO], ground.people[p, ALIGHT]
    pound = a_second(board, ground, a)
    for at in range(length, -1, -1):
        if at < length and nodes[a, at] < first and (at == 0 or nodes[a, at - 1] < first):
            continue
        more = detour(board, ground, a, at, goal) + alight
        if more > board.facts[a, ROOM, at] or least + (more - board.idle[a]) * pound >= best:
            continue
        if not fits(board, ground, a, at, nodes[a, max(0, at - 1)], goal, alight):
            continue
        best = together(board, ground, p, a, at, best, least, found)
        best = before_visit(board, ground, p, a, at, more, best, least, seed, found)
    return best


@inner
def together(
    board: Board, ground: Ground, p: int, a: int, at: int, best: float, least: float, found: Wide
) -> float:
    """Fetched and taken to their place without a stop between."""
    nodes = board.nodes
    goal = ground.counts[PEOPLE] + ground.people[p, GOES_TO]
    more = ground.seconds[p, goal] + ground.people[p, BOARD] + ground.people[p, ALIGHT]
    if 0 < at < board.size[a]:
        more += ground.seconds[nodes[a, at - 1], p] + ground.seconds[goal, nodes[a, at]]
        more -= ground.seconds[nodes[a, at - 1], nodes[a, at]]
        pound = a_second(board, ground, a)
        if more > board.facts[a, ROOM, at] or least + (more - board.idle[a]) * pound >= best:
            return best
    return tried(board, ground, p, a, at, at, best, found)


@inner
def before_visit(
    board: Board, ground: Ground, p: int, a: int, at: int, visit: int, best: float, least: float,
    seed: Seed, found: Wide,
) -> float:  # fmt: skip
    """The cheapest spot ahead of a visit that is made before position `at` and costs `visit` seconds more."""
    nodes, facts = board.nodes, board.facts
    goal, stay = ground.counts[PEOPLE] + ground.people[p, GOES_TO], ground.people[p, BOARD]
    pound = a_second(board, ground, a)
    if at == 0:
        return best
    way = facts[a, GONE, at - 1] + facts[a, STAYS, at - 1] + ground.seconds[nodes[a, at - 1], goal]
    way += ground.people[p, ALIGHT]
    for i in range(at - 1, -1, -1):
        if way - facts[a, GONE, i] + ground.seconds[p, nodes[a, i]] > ground.people[p, RIDE]:
            continue
        more = detour(board, ground, a, i, p) + stay
        if more > facts[a, ROOM, i] or least + (more + visit - board.idle[a]) * pound >= best:
            continue
        if draw(seed, BLINK) == 1 or not fits(board, ground, a, i, nodes[a, max(0, i - 1)], p, stay):
            continue
        best = tried(board, ground, p, a, i, at, best, found)
    return best


@inner
def on_run(board: Board, ground: Ground, p: int, a: int, best: float, seed: Seed, found: Wide) -> float:
    """The cheapest way to take a passenger on a run, wherever they are fetched, if it is below `best`."""
    length = board.size[a]
    if length == 0 or length > len(board.trial) - 3:
        return best
    if is_foe(board, ground, p, a) or parted(board, ground, p, a):
        return best
    for k in range(ground.ways_at[p], ground.ways_at[p + 1]):
        best = fetched_so(board, ground, ground.ways[k], a, best, seed, found)
    return best


@inner
def fetched_so(board: Board, ground: Ground, p: int, a: int, best: float, seed: Seed, found: Wide) -> float:
    """The cheapest way to take somebody on a run with one boarding of theirs."""
    length = board.size[a]
    least = moving(ground, p, a)
    if least >= best:
        return best
    goal, visited = ground.counts[PEOPLE] + ground.people[p, GOES_TO], False
    for j in range(length):
        visited = visited or board.nodes[a, j] == goal
    give(board.left, ground, board.kind[a], 1)
    if visited:
        best = on_the_way(board, ground, p, a, best, least, seed, found)
    if not visited or draw(seed, NEW_VISIT) == 0:
        best = with_visit(board, ground, p, a, best, least, seed, found)
    give(board.left, ground, board.kind[a], -1)
    return best


@inner
def cheapest_spot(board: Board, ground: Ground, p: int, seed: Seed, found: Wide, everywhere: bool) -> float:
    """The cheapest way to place somebody: on a run near them, on one touched in this round (or on any), or
    on one of their own. `found` is the run and its length, `chosen` its nodes; IMPOSSIBLE where there is
    none."""
    tally, best = board.tally, IMPOSSIBLE
    tally[STAMP] += 1
    found[0] = NOBODY
    if everywhere:
        for a in range(tally[RUNS]):
            best = on_run(board, ground, p, a, best, seed, found)
        return on_own(board, ground, p, best, found)
    for k in range(min(LOOKS, ground.near.shape[1])):
        for near in (ground.near, ground.near_place):
            a = board.on[near[p, k]] if near[p, k] >= 0 else NOBODY
            if a >= 0 and board.seen[a] != tally[STAMP]:
                board.seen[a] = tally[STAMP]
                best = on_run(board, ground, p, a, best, seed, found)
    for z in range(tally[TOUCHED]):
        a = board.touched[z]
        if board.seen[a] != tally[STAMP]:
            board.seen[a] = tally[STAMP]
            best = on_run(board, ground, p, a, best, seed, found)
    return on_own(board, ground, p, best, found)


@inner
def on_own(board: Board, ground: Ground, p: int, best: float, found: Wide) -> float:
    """A run of their own, if that is cheaper and a vehicle is left."""
    a = empty_run(board)
    if a < 0 or parted(board, ground, p, NOBODY):
        return best
    for k in range(ground.ways_at[p], ground.ways_at[p + 1]):
        v = ground.ways[k]
        board.trial[0], board.trial[1] = v, ground.counts[PEOPLE] + ground.people[v, GOES_TO]
        cost = priced(board, ground, board.trial, 2, NOBODY)
        if cost < 0.0 or cost + moving(ground, v, NOBODY) >= best:
            continue
        best = cost + moving(ground, v, NOBODY)
        found[0], found[1] = a, 2
        board.chosen[0], board.chosen[1] = board.trial[0], board.trial[1]
    return best


@inner
def empty_run(board: Board) -> int:
    """A run with nobody on it, or -1."""
    for a in range(board.tally[RUNS]):
        if board.size[a] == 0:
            return a
    return board.tally[RUNS] if board.tally[RUNS] < len(board.size) else NOBODY
