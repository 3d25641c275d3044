"""Runs that are given taken over as they are, compiled: priced with their own type of vehicle and no
other."""

from planner.compiled import inner
from planner.transport.board import NOBODY, NOW, POOL, RUNS, Board
from planner.transport.changing import moving, survey
from planner.transport.ground import PEOPLE, Floats, Ground, Ints, Wide
from planner.transport.pricing import cheapest, give, is_left, price
from planner.transport.timing import DEPOT, NOWHERE, eased, timed


@inner
def priced_as(board: Board, ground: Ground, run: Ints, length: int, own: int, k: int) -> float:
    """`price` with a vehicle of one type and no other."""
    for other in range(len(ground.kinds)):
        board.offered[other] = 0
    board.offered[k] = 1
    return price(run, length, ground, board.offered, own, board.desk, board.visit, board.notes)


@inner
def put_runs(board: Board, ground: Ground, count: int, kinds: Wide) -> int:
    """Take over the first `count` runs as they stand in `nodes` and `size`, with vehicles of these types,
    none placed before. The first one that breaks a rule or has no vehicle left, or -1."""
    for a in range(count):
        if board.size[a] == 0:
            continue
        k = kinds[a]
        cost = priced_as(board, ground, board.nodes[a], board.size[a], board.own[a], k)
        if cost < 0.0 or not is_left(board.left, ground, k):
            return a
        board.cost[a], board.kind[a], board.depot[a] = cost, k, board.notes[DEPOT]
        give(board.left, ground, k, -1)
        survey(board, ground, a)
        board.sums[NOW] += cost
        for i in range(board.size[a]):
            v = board.nodes[a, i]
            if v < ground.counts[PEOPLE]:
                board.on[ground.person[v]] = a
                board.sums[NOW] += moving(ground, v, a) - ground.prices[0]
    board.tally[RUNS] = count
    return pooled(board)


@inner
def pooled(board: Board) -> int:
    """Whoever is on no run waits in the pool. -1."""
    waiting = 0
    for p in range(len(board.on)):
        if board.on[p] == NOBODY:
            board.pool[waiting] = p
            waiting += 1
    board.tally[POOL] = waiting
    return NOBODY


@inner
def can_run(board: Board, ground: Ground, run: Wide, length: int, kind: int) -> bool:
    """Whether these nodes make a run that breaks no rule, with a vehicle of the type."""
    for i in range(length):
        board.trial[i] = run[i]
    return length == 0 or priced_as(board, ground, board.trial, length, NOBODY, kind) >= 0.0


@inner
def times_of(board: Board, ground: Ground, a: int) -> float:
    """Put the timetable of a run on the desk, and its escorts in the notes. What it costs."""
    cost = priced_as(board, ground, board.nodes[a], board.size[a], NOBODY, board.kind[a])
    eased(board.nodes[a], board.size[a], ground, board.desk)
    return cost


@inner
def offers(board: Board, ground: Ground, prices: Floats) -> None:
    """What each run on the shelf costs with each type of vehicle; below nought where it does not fit."""
    for row in range(len(board.shelf_size)):
        length = board.shelf_size[row]
        fine = length > 0 and timed(
            board.shelf_nodes[row], length, ground, board.desk, board.visit, board.notes
        )
        for k in range(len(ground.kinds)):
            for other in range(len(ground.kinds)):
                board.offered[other] = 0
            board.offered[k] = min(1, ground.fleet[k])
            prices[row, k] = NOWHERE
            if fine:
                prices[row, k] = cheapest(
                    board.shelf_nodes[row], length, ground, board.offered, NOBODY, 0.0, board.notes
                )
