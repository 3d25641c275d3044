"""The runs as they stand, what is needed to change them quickly, and what to go back to."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled, inner
from planner.transport.ground import (
    CLOSES,
    GOES_TO,
    OPENS,
    PEOPLE,
    RIDE,
    WAS,
    Floats,
    Ground,
    Ints,
    Words,
)
from planner.transport.timing import (
    DEPOT,
    DROP,
    FAR,
    KIND,
    LEG,
    NOTES,
    NOWHERE,
    PURE,
    ROWS,
    SPAN,
    STAY,
    TOTAL,
    cheapest,
    eased,
    price,
    timed,
)

Tally = npt.NDArray[np.int64]
LONGEST = 64  # stops of a run
NOBODY = -1
# of `facts`, by position in a run
ROOM, GONE, STAYS, LATEST, EARLIEST = range(5)
# of `tally`
RUNS, POOL, TOUCHED, OUT, KEPT_RUNS, KEPT_POOL, STAMP = range(7)
# of `sums`
NOW, BEST, CARED = 0, 1, 2


class Board(NamedTuple):
    """Of each run: its nodes, how many, what it costs, its type, depot and waiting. `facts` by position: the
    longest detour just before it (ROOM), seconds from the start without waiting (GONE), how long the stop
    lasts, and the latest and earliest time there. `on` is the run of each passenger. `kept_…` is how each
    touched run was, `best_…` the best seen. `shelf_…` are good runs for putting together anew."""

    nodes: Ints
    size: Ints
    cost: Floats
    kind: Ints
    depot: Ints
    idle: Ints
    own: Ints  # the type each run had before a repair, or -1
    facts: Ints
    on: Ints
    left: Ints
    pool: Ints
    tally: Tally
    sums: Floats
    desk: Ints
    visit: Ints
    notes: Ints
    trial: Ints
    chosen: Ints
    out: Ints
    keys: Floats
    touched: Ints
    is_touched: Ints
    seen: Tally
    kept_nodes: Ints
    kept_size: Ints
    kept_cost: Floats
    kept_kind: Ints
    kept_depot: Ints
    kept_idle: Ints
    kept_facts: Ints
    kept_pool: Ints
    best_nodes: Ints
    best_size: Ints
    best_kind: Ints
    shelf_nodes: Ints
    shelf_size: Ints
    shelf_cost: Floats
    shelf_name: Words
    shelf_when: Tally
    offered: Ints
    focus: Ints  # those around whom passengers are taken off


def empty_board(ground: Ground, *, shelf: int) -> Board:
    """A board on which nobody is placed yet; `shelf` (a power of two) is how many good runs it remembers."""
    people, places = int(ground.counts[0]), int(ground.counts[1])
    runs = min(max(1, people), int(ground.fleet.sum())) + 1
    ints = np.int32
    board = Board(
        nodes=np.full((runs, LONGEST), NOBODY, ints), size=np.zeros(runs, ints), cost=np.zeros(runs),
        kind=np.zeros(runs, ints), depot=np.zeros(runs, ints), idle=np.zeros(runs, ints),
        own=np.full(runs, NOBODY, ints), facts=np.zeros((runs, 5, LONGEST + 1), ints),
        on=np.full(people, NOBODY, ints), left=ground.fleet.copy(), pool=np.arange(people, dtype=ints),
        tally=np.zeros(7, np.int64), sums=np.zeros(3), desk=np.zeros((ROWS, LONGEST), ints),
        visit=np.zeros(max(1, places), ints), notes=np.zeros(NOTES, ints), trial=np.zeros(LONGEST, ints),
        chosen=np.zeros(LONGEST, ints), out=np.zeros(people, ints), keys=np.zeros(people),
        touched=np.zeros(runs, ints), is_touched=np.zeros(runs, ints), seen=np.zeros(runs, np.int64),
        kept_nodes=np.zeros((runs, LONGEST), ints), kept_size=np.zeros(runs, ints), kept_cost=np.zeros(runs),
        kept_kind=np.zeros(runs, ints), kept_depot=np.zeros(runs, ints), kept_idle=np.zeros(runs, ints),
        kept_facts=np.zeros((runs, 5, LONGEST + 1), ints), kept_pool=np.zeros(people, ints),
        best_nodes=np.zeros((runs, LONGEST), ints), best_size=np.zeros(runs, ints), 
        best_kind=np.zeros(runs, ints),
        shelf_nodes=np.zeros((shelf, LONGEST), ints), shelf_size=np.zeros(shelf, ints),
        shelf_cost=np.zeros(shelf), shelf_name=np.zeros(shelf, np.uint64),
        shelf_when=np.zeros(shelf, np.int64), offered=np.zeros(len(ground.fleet), ints),
        focus=np.arange(people, dtype=ints),
    )  # fmt: skip
    board.tally[POOL] = people
    board.sums[NOW] = people * ground.prices[0]
    board.sums[BEST] = np.inf
    return board


@inner
def survey(board: Board, ground: Ground, a: int) -> None:
    """Note the facts of a run whose timetable is on the desk."""
    facts, desk, length, first = board.facts, board.desk, board.size[a], ground.counts[PEOPLE]
    board.idle[a] = board.notes[SPAN] - board.notes[TOTAL]
    for i in range(length + 1):
        facts[a, ROOM, i] = FAR
    before = after = 0
    for i in range(length):
        v = board.nodes[a, i]
        facts[a, GONE, i], facts[a, STAYS, i] = desk[PURE, i], desk[STAY, i]
        before = -FAR if i == 0 else before + facts[a, STAYS, i - 1] + desk[LEG, i]
        if v >= first:
            before = max(before, ground.places[v - first, OPENS])
        else:
            d = desk[DROP, i]
            spare = ground.people[v, RIDE] - (desk[PURE, d] + desk[STAY, d] - desk[PURE, i] - desk[STAY, i])
            for j in range(i + 1, d + 1):
                facts[a, ROOM, j] = min(facts[a, ROOM, j], spare)
        facts[a, EARLIEST, i] = before
    for i in range(length - 1, -1, -1):
        v = board.nodes[a, i]
        after = FAR if i == length - 1 else after - desk[LEG, i + 1] - desk[STAY, i]
        if v >= first:
            after = min(after, ground.places[v - first, CLOSES] - desk[STAY, i])
        facts[a, LATEST, i] = after


@inner
def priced(board: Board, ground: Ground, run: Ints, length: int, own: int) -> float:
    """`price` with the board's own desk."""
    return price(run, length, ground, board.left, own, board.desk, board.visit, board.notes)


@inner
def settle(board: Board, ground: Ground, a: int) -> bool:
    """Give a run that changed its vehicle, cost and facts. Its old vehicle must have been given back. False,
    and nothing is taken, where the run breaks a rule or nothing fits."""
    if board.size[a] == 0:
        board.cost[a] = 0.0
        return True
    cost = priced(board, ground, board.nodes[a], board.size[a], board.own[a])
    if cost < 0.0:
        return False
    board.cost[a] = cost
    board.kind[a], board.depot[a] = board.notes[KIND], board.notes[DEPOT]
    board.left[board.kind[a]] -= 1
    survey(board, ground, a)
    return True


@inner
def moving(ground: Ground, p: int, a: int) -> float:
    """What it costs to have them on this run rather than on the one they were on."""
    return float(ground.care[p]) if ground.people[p, WAS] >= 0 and ground.people[p, WAS] != a else 0.0


@inner
def touch(board: Board, a: int) -> None:
    """Remember how a run was before this round changed it."""
    if board.is_touched[a] > 0:
        return
    board.is_touched[a] = 1
    board.touched[board.tally[TOUCHED]] = a
    board.tally[TOUCHED] += 1
    length = board.size[a]
    board.kept_size[a], board.kept_cost[a] = length, board.cost[a]
    board.kept_kind[a], board.kept_depot[a], board.kept_idle[a] = board.kind[a], board.depot[a], board.idle[a]
    for i in range(length):
        board.kept_nodes[a, i] = board.nodes[a, i]
    for row in range(5):
        for i in range(length + 1):
            board.kept_facts[a, row, i] = board.facts[a, row, i]


@inner
def go_back(board: Board, ground: Ground) -> None:
    """Make every touched run as it was, and the pool."""
    tally = board.tally
    for z in range(tally[TOUCHED]):
        a = board.touched[z]
        if board.size[a] > 0:
            board.left[board.kind[a]] += 1
    for z in range(tally[TOUCHED]):
        a = board.touched[z]
        length = board.kept_size[a]
        board.size[a], board.cost[a] = length, board.kept_cost[a]
        board.kind[a], board.depot[a], board.idle[a] = (
            board.kept_kind[a],
            board.kept_depot[a],
            board.kept_idle[a],
        )
        for i in range(length):
            v = board.kept_nodes[a, i]
            board.nodes[a, i] = v
            if v < ground.counts[PEOPLE]:
                board.on[v] = a
        for row in range(5):
            for i in range(length + 1):
                board.facts[a, row, i] = board.kept_facts[a, row, i]
        if length > 0:
            board.left[board.kind[a]] -= 1
    tally[RUNS], tally[POOL] = tally[KEPT_RUNS], tally[KEPT_POOL]
    for z in range(tally[POOL]):
        board.pool[z] = board.kept_pool[z]
        board.on[board.pool[z]] = NOBODY


@inner
def compact(board: Board, ground: Ground, a: int) -> None:
    """Drop from a run those who are no longer on it, and the visits at which nobody alights any more."""
    first, length, kept = ground.counts[PEOPLE], board.size[a], 0
    for i in range(length):
        v = board.nodes[a, i]
        if v >= first:
            board.visit[v - first] = 0
    for i in range(length):
        v = board.nodes[a, i]
        if v < first:
            if board.on[v] != a:
                continue
            board.visit[ground.people[v, GOES_TO]] += 1
        else:
            if board.visit[v - first] == 0:
                continue
            board.visit[v - first] = 0
        board.nodes[a, kept] = v
        kept += 1
    board.size[a] = kept


@inner
def priced_as(board: Board, ground: Ground, run: Ints, length: int, own: int, k: int) -> float:
    """`price` with a vehicle of one type and no other."""
    for other in range(len(board.offered)):
        board.offered[other] = 0
    board.offered[k] = 1
    return price(run, length, ground, board.offered, own, board.desk, board.visit, board.notes)


@compiled
def put_runs(board: Board, ground: Ground, count: int, kinds: Ints) -> int:
    """Take over the first `count` runs as they stand in `nodes` and `size`, with vehicles of these types,
    none placed before. The first one that breaks a rule or has no vehicle left, or -1."""
    for a in range(count):
        if board.size[a] == 0:
            continue
        k = kinds[a]
        cost = priced_as(board, ground, board.nodes[a], board.size[a], board.own[a], k)
        if cost < 0.0 or board.left[k] <= 0:
            return a
        board.cost[a], board.kind[a], board.depot[a] = cost, k, board.notes[DEPOT]
        board.left[k] -= 1
        survey(board, ground, a)
        board.sums[NOW] += cost
        for i in range(board.size[a]):
            v = board.nodes[a, i]
            if v < ground.counts[PEOPLE]:
                board.on[v] = a
                board.sums[NOW] += moving(ground, v, a) - ground.prices[0]
    board.tally[RUNS] = count
    return pooled(board, ground)


@compiled
def can_run(board: Board, ground: Ground, run: Ints, length: int, kind: int) -> bool:
    """Whether these nodes make a run that breaks no rule, with a vehicle of the type."""
    return length == 0 or priced_as(board, ground, run, length, NOBODY, kind) >= 0.0


@inner
def pooled(board: Board, ground: Ground) -> int:
    """Whoever is on no run waits in the pool. -1."""
    waiting = 0
    for p in range(ground.counts[PEOPLE]):
        if board.on[p] == NOBODY:
            board.pool[waiting] = p
            waiting += 1
    board.tally[POOL] = waiting
    return NOBODY


@compiled
def times_of(board: Board, ground: Ground, a: int) -> float:
    """Put the timetable of a run on the desk, and its escorts in the notes. What it costs."""
    cost = priced_as(board, ground, board.nodes[a], board.size[a], NOBODY, board.kind[a])
    eased(board.nodes[a], board.size[a], ground, board.desk)
    return cost


@compiled
def offers(board: Board, ground: Ground, prices: Floats) -> None:
    """What each run on the shelf costs with each type of vehicle; below nought where it does not fit."""
    for row in range(len(board.shelf_size)):
        length = board.shelf_size[row]
        fine = length > 0 and timed(
            board.shelf_nodes[row], length, ground, board.desk, board.visit, board.notes
        )
        for k in range(len(board.left)):
            for other in range(len(board.left)):
                board.offered[other] = 0
            board.offered[k] = min(1, ground.fleet[k])
            prices[row, k] = NOWHERE
            if fine:
                prices[row, k] = cheapest(
                    board.shelf_nodes[row], length, ground, board.offered, NOBODY, 0.0, board.notes
                )
