"""Rounds of the search, compiled: some passengers are taken off their runs and placed again, at less cost
or, now and then while it is hot, at more (simulated annealing; Kirkpatrick, Gelatt and Vecchi, *Science*
220, 1983)."""

import numpy as np

from planner.compiled import inner
from planner.transport.board import (
    BEST,
    CARED,
    KEPT_POOL,
    KEPT_RUNS,
    NOBODY,
    NOW,
    OUT,
    POOL,
    RUNS,
    STAMP,
    TOUCHED,
    Board,
)
from planner.transport.chance import Seed, draw, share
from planner.transport.changing import go_back, moving, settle, touch
from planner.transport.ground import (
    BAYS,
    CLOSES,
    GOES_TO,
    PARTIES,
    PEOPLE,
    RIDE,
    Floats,
    Ground,
    Wide,
)
from planner.transport.placing import cheapest_spot
from planner.transport.pricing import give
from planner.transport.ruining import put_down, ruin

ANYHOW, FAR_FIRST, NEAR_FIRST, NEEDS_FIRST, BELL_FIRST = range(5)
ORDERS = 5
AS_FIRST = 9  # place by place, far first: for a first plan
WANT = 16  # passengers taken off in a round at most, but for the strings they are in
TINY = 1e-7
USED, GAINED = 0, 1


@inner
def sort_out(board: Board, ground: Ground, how: int, seed: Seed) -> None:
    """Order those who are out for being placed."""
    out, keys, count, first = board.out, board.keys, board.tally[OUT], ground.counts[PEOPLE]
    for z in range(count):
        p = out[z]
        place = ground.people[p, GOES_TO]
        far = ground.seconds[p, first + place]
        if how == ANYHOW:
            key = share(seed)
        elif how == FAR_FIRST:
            key = -1.0 * far
        elif how == NEAR_FIRST:
            key = 1.0 * far
        elif how == NEEDS_FIRST:
            key = ground.people[p, RIDE] - 1e6 * ground.people[p, BAYS]
        elif how == BELL_FIRST:
            key = 1.0 * ground.places[place, CLOSES] - 1e-3 * far
        else:
            key = ground.places[place, CLOSES] * 1e3 + place * 1e5 - far
        at = z
        while at > 0 and keys[at - 1] > key:
            keys[at], out[at] = keys[at - 1], out[at - 1]
            at -= 1
        keys[at], out[at] = key, p


@inner
def put(board: Board, ground: Ground, p: int, found: Wide) -> None:
    """Make the run what was found for the passenger."""
    a, length = found[0], found[1]
    touch(board, a)
    if board.size[a] > 0:
        give(board.left, ground, board.kind[a], 1)
    for j in range(length):
        board.nodes[a, j] = board.chosen[j]
    board.size[a] = length
    settle(board, ground, a)
    board.on[p] = a
    board.sums[CARED] += moving(ground, p, a)
    board.tally[RUNS] = max(board.tally[RUNS], a + 1)


@inner
def place_out(board: Board, ground: Ground, how: int, seed: Seed, found: Wide, everywhere: bool) -> None:
    """Place everybody who is out, one after the other; whoever fits nowhere goes to the pool, and whoever
    travels with them."""
    sort_out(board, ground, how, seed)
    for z in range(board.tally[OUT]):
        p = board.out[z]
        cost = cheapest_spot(board, ground, p, seed, found, everywhere)
        if found[0] >= 0 and cost < ground.prices[0]:
            put(board, ground, p, found)
        else:
            board.on[p] = NOBODY
            board.pool[board.tally[POOL]] = p
            board.tally[POOL] += 1
    if ground.counts[PARTIES]:
        for z in range(board.tally[OUT]):
            if board.on[board.out[z]] == NOBODY:
                left_behind(board, ground, board.out[z])


@inner
def left_behind(board: Board, ground: Ground, p: int) -> None:
    """Whoever travels with somebody in the pool waits there too."""
    for k in range(ground.mates_at[p], ground.mates_at[p + 1]):
        mate = ground.mates[k]
        if board.on[mate] >= 0:
            put_down(board, ground, mate)


@inner
def changed(board: Board, ground: Ground) -> float:
    """What this round adds to the cost."""
    more = board.sums[CARED] + ground.prices[0] * (board.tally[POOL] - board.tally[KEPT_POOL])
    for z in range(board.tally[TOUCHED]):
        a = board.touched[z]
        more += board.cost[a] - board.kept_cost[a]
    return float(more)


@inner
def keep_best(board: Board) -> None:
    """Remember the runs as they stand."""
    board.sums[BEST] = board.sums[NOW]
    for a in range(len(board.size)):
        board.best_size[a], board.best_kind[a] = board.size[a], board.kind[a]
        for i in range(board.size[a]):
            board.best_nodes[a, i] = board.nodes[a, i]


@inner
def shelve(board: Board, ground: Ground) -> None:
    """Remember the runs this round made; of two with the same passengers the cheaper."""
    for z in range(board.tally[TOUCHED]):
        a = board.touched[z]
        if board.size[a] == 0:
            continue
        name = np.uint64(0)
        for i in range(board.size[a]):
            if board.nodes[a, i] < ground.counts[PEOPLE]:
                name += ground.names[ground.person[board.nodes[a, i]]]
        at = name & np.uint64(len(board.shelf_size) - 1)
        if board.shelf_name[at] == name and board.shelf_cost[at] <= board.cost[a] + TINY:
            continue
        board.shelf_name[at], board.shelf_cost[at], board.shelf_size[at] = name, board.cost[a], board.size[a]
        board.shelf_when[at] = board.tally[STAMP]
        for i in range(board.size[a]):
            board.shelf_nodes[at, i] = board.nodes[a, i]


@inner
def end_round(board: Board, ground: Ground, more: float, taken: bool) -> None:
    """Keep what the round made, or go back."""
    if taken:
        board.sums[NOW] += more
        shelve(board, ground)
        if board.sums[NOW] < board.sums[BEST] - TINY:
            keep_best(board)
    else:
        go_back(board, ground)
    for z in range(board.tally[TOUCHED]):
        board.is_touched[board.touched[z]] = 0


@inner
def drawn(weights: Floats, seed: Seed) -> int:
    """One of the ways, by weight."""
    total = 0.0
    for way in range(len(weights)):
        total += weights[way]
    at = share(seed) * total
    for way in range(len(weights)):
        at -= weights[way]
        if at <= 0.0:
            return way
    return len(weights) - 1


@inner
def first_runs(board: Board, ground: Ground, seed: Seed, found: Wide) -> None:
    """Place everybody in the pool, place by place and far first, wherever it is cheapest."""
    tally = board.tally
    tally[KEPT_POOL], tally[KEPT_RUNS] = tally[POOL], tally[RUNS]
    tally[OUT] = tally[TOUCHED] = 0
    board.sums[CARED] = 0.0
    for z in range(tally[POOL]):
        board.out[z] = board.pool[z]
    tally[OUT], tally[POOL] = tally[POOL], 0
    place_out(board, ground, AS_FIRST, seed, found, True)
    end_round(board, ground, changed(board, ground), True)


@inner
def search(
    board: Board,
    ground: Ground,
    weights: Floats,
    scores: Floats,
    seed: Seed,
    found: Wide,
    rounds: int,
    heat: float,
) -> None:
    """So many rounds at a heat in pounds. `scores` counts, for each way of taking passengers off, how often
    it was used and how often it brought something."""
    for _ in range(rounds):
        board.tally[KEPT_RUNS] = board.tally[RUNS]
        board.sums[CARED] = 0.0
        way = drawn(weights, seed)
        ruin(board, ground, way, 1 + draw(seed, WANT), seed)
        place_out(board, ground, draw(seed, ORDERS), seed, found, False)
        more = changed(board, ground)
        taken = more < -heat * np.log(share(seed))
        scores[way, USED] += 1
        scores[way, GAINED] += more < -TINY
        end_round(board, ground, more, taken)


@inner
def refit(board: Board, ground: Ground) -> None:
    """Give every run the cheapest vehicle that is left now."""
    for a in range(board.tally[RUNS]):
        if board.size[a] > 0:
            before = board.cost[a]
            give(board.left, ground, board.kind[a], 1)
            settle(board, ground, a)
            board.sums[NOW] += board.cost[a] - before
    if board.sums[NOW] < board.sums[BEST] - TINY:
        keep_best(board)
