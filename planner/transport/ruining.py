"""Taking passengers off their runs, compiled: strings of neighbours, whole runs, or a few from anywhere.

After Christiaens and Vanden Berghe, "Slack induction by string removals for vehicle routing problems"
(*Transportation Science* 54, 2020): neighbours by place of different runs are taken off together, in strings,
so that what is left has slack in one spot.
"""

from planner.compiled import inner
from planner.transport.board import CARED, KEPT_POOL, NOBODY, OUT, POOL, RUNS, TOUCHED, Board
from planner.transport.chance import Seed, draw, share
from planner.transport.changing import compact, moving, settle, touch
from planner.transport.ground import PEOPLE, Ground, Wide
from planner.transport.pricing import give

STRINGS, FELLOWS, SMALL_RUN, TWO_RUNS, ANYBODY = range(5)
WAYS = 5
WAITING = 24  # of the pool are tried in each round
MOST_OUT = 120
LONG_STRING = 8


@inner
def take_off(board: Board, ground: Ground, p: int) -> None:
    """Note that somebody leaves their run; the run itself is made shorter by `close_up`."""
    a = board.on[p]
    touch(board, a)
    board.sums[CARED] -= moving(ground, p, a)
    board.on[p] = NOBODY
    board.out[board.tally[OUT]] = p
    board.tally[OUT] += 1


@inner
def all_off(board: Board, ground: Ground, p: int) -> None:
    """The same for somebody and all who travel with them."""
    take_off(board, ground, p)
    for k in range(ground.mates_at[p], ground.mates_at[p + 1]):
        if board.on[ground.mates[k]] >= 0:
            take_off(board, ground, ground.mates[k])


@inner
def string(board: Board, ground: Ground, q: int, most: int, seed: Seed) -> None:
    """Take off somebody and some who are fetched just before and after them."""
    a, first = board.on[q], ground.counts[PEOPLE]
    length = board.size[a]
    at = 0
    for j in range(length):
        v = board.nodes[a, j]
        if v < first and ground.person[v] == q:
            at = j
    count = 1 + draw(seed, most)
    start = max(0, at - draw(seed, count))
    for j in range(start, length):
        v = board.nodes[a, j]
        if count == 0 or board.tally[OUT] >= MOST_OUT:
            break
        if v < first and board.on[ground.person[v]] == a:
            all_off(board, ground, ground.person[v])
            count -= 1


@inner
def neighbours(board: Board, ground: Ground, near: Wide, want: int, most: int, seed: Seed) -> None:
    """Strings around those nearest to somebody drawn, about `want` passengers in all."""
    p = board.focus[draw(seed, len(board.focus))]
    goal = board.tally[OUT] + want
    if board.on[p] >= 0:
        string(board, ground, p, most, seed)
    for k in range(near.shape[1]):
        q = near[p, k]
        if q < 0 or board.tally[OUT] >= goal:
            break
        if board.on[q] >= 0 and share(seed) < 0.7:
            string(board, ground, q, most, seed)


@inner
def whole_run(board: Board, ground: Ground, a: int) -> None:
    """Everybody of one run."""
    for j in range(board.size[a]):
        v = board.nodes[a, j]
        if v < ground.counts[PEOPLE] and board.tally[OUT] < MOST_OUT:
            p = ground.person[v]
            if board.on[p] == a:
                all_off(board, ground, p)


@inner
def small_run(board: Board, seed: Seed) -> int:
    """The smallest of three runs drawn."""
    best = draw(seed, board.tally[RUNS])
    for _ in range(2):
        a = draw(seed, board.tally[RUNS])
        if board.size[a] > 0 and (board.size[a] < board.size[best] or board.size[best] == 0):
            best = a
    return best


@inner
def ruin(board: Board, ground: Ground, way: int, want: int, seed: Seed) -> None:
    """Take passengers off in one way, about `want`, and make their runs shorter."""
    board.tally[OUT] = board.tally[TOUCHED] = 0
    from_pool(board, ground, seed)
    most = 1 + draw(seed, LONG_STRING)
    if way == STRINGS:
        neighbours(board, ground, ground.near, want, most, seed)
    elif way == FELLOWS:
        neighbours(board, ground, ground.near_place, want, most, seed)
    elif way == SMALL_RUN:
        small = small_run(board, seed)
        if len(board.focus) == len(board.on):
            whole_run(board, ground, small)
    elif way == TWO_RUNS:
        two_runs(board, ground, seed)
    else:
        for _ in range(want):
            q = board.focus[draw(seed, len(board.focus))]
            if board.on[q] >= 0:
                all_off(board, ground, q)
    close_up(board, ground)


@inner
def two_runs(board: Board, ground: Ground, seed: Seed) -> None:
    """Everybody of the run of somebody drawn, and of the run of somebody near them."""
    p = board.focus[draw(seed, len(board.focus))]
    if board.on[p] < 0:
        return
    whole_run(board, ground, board.on[p])
    skip = draw(seed, 6)
    for k in range(ground.near.shape[1]):
        q = ground.near[p, k]
        if q < 0:
            break
        if board.on[q] >= 0:
            if skip == 0:
                whole_run(board, ground, board.on[q])
                break
            skip -= 1


@inner
def from_pool(board: Board, ground: Ground, seed: Seed) -> None:
    """Draw some who wait, to be tried again; remember the pool as it was."""
    tally = board.tally
    tally[KEPT_POOL] = tally[POOL]
    for z in range(tally[POOL]):
        board.kept_pool[z] = board.pool[z]
    for _ in range(min(WAITING, tally[POOL])):
        z = draw(seed, tally[POOL])
        board.out[tally[OUT]] = board.pool[z]
        tally[OUT] += 1
        tally[POOL] -= 1
        board.pool[z] = board.pool[tally[POOL]]
    for y in range(tally[OUT]):
        mates_from_pool(board, ground, board.out[y])


@inner
def mates_from_pool(board: Board, ground: Ground, p: int) -> None:
    """Whoever travels with somebody who is tried again is tried too."""
    tally = board.tally
    for k in range(ground.mates_at[p], ground.mates_at[p + 1]):
        for z in range(tally[POOL]):
            if board.pool[z] == ground.mates[k]:
                board.out[tally[OUT]] = board.pool[z]
                tally[OUT] += 1
                tally[POOL] -= 1
                board.pool[z] = board.pool[tally[POOL]]
                break


@inner
def close_up(board: Board, ground: Ground) -> None:
    """Make touched runs shorter. Where travel times are so odd that a shorter run is none, it is
    dissolved."""
    for z in range(board.tally[TOUCHED]):
        a = board.touched[z]
        give(board.left, ground, board.kind[a], 1)
        compact(board, ground, a)
        if not settle(board, ground, a):
            whole_run_out(board, ground, a)


@inner
def whole_run_out(board: Board, ground: Ground, a: int) -> None:
    """Everybody of a run that is touched already, whatever the count; nothing is left of it."""
    for j in range(board.size[a]):
        v = board.nodes[a, j]
        if v < ground.counts[PEOPLE]:
            board.sums[CARED] -= moving(ground, v, a)
            board.on[ground.person[v]] = NOBODY
            board.out[board.tally[OUT]] = ground.person[v]
            board.tally[OUT] += 1
    board.size[a] = 0
    board.cost[a] = 0.0


@inner
def put_down(board: Board, ground: Ground, p: int) -> None:
    """Take somebody off a run that was touched already and let them wait. Where a shorter run is none,
    everybody on it waits."""
    a = board.on[p]
    to_pool(board, ground, p)
    give(board.left, ground, board.kind[a], 1)
    compact(board, ground, a)
    if not settle(board, ground, a):
        for j in range(board.size[a]):
            if board.nodes[a, j] < ground.counts[PEOPLE]:
                to_pool(board, ground, ground.person[board.nodes[a, j]])
        board.size[a] = 0
        board.cost[a] = 0.0


@inner
def to_pool(board: Board, ground: Ground, p: int) -> None:
    board.sums[CARED] -= moving(ground, p, board.on[p])
    board.on[p] = NOBODY
    board.pool[board.tally[POOL]] = p
    board.tally[POOL] += 1
