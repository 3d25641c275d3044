"""Changing runs, compiled: giving them vehicles and facts, remembering how they were, going back."""

from planner.compiled import inner
from planner.transport.board import (
    EARLIEST,
    GONE,
    KEPT_POOL,
    KEPT_RUNS,
    LATEST,
    NOBODY,
    POOL,
    ROOM,
    RUNS,
    STAYS,
    TOUCHED,
    Board,
)
from planner.transport.ground import CLOSES, GOES_TO, OPENS, PEOPLE, RIDE, WAS, Ground, Ints
from planner.transport.pricing import give, price
from planner.transport.timing import DEPOT, DROP, FAR, KIND, LEG, PURE, SPAN, STAY, TOTAL


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
    give(board.left, ground, board.kind[a], -1)
    survey(board, ground, a)
    return True


@inner
def moving(ground: Ground, v: int, a: int) -> float:
    """What it costs to have whoever is fetched at a node on this run rather than on the one they were on."""
    p = ground.person[v]
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
            give(board.left, ground, board.kind[a], 1)
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
                board.on[ground.person[v]] = a
        for row in range(5):
            for i in range(length + 1):
                board.facts[a, row, i] = board.kept_facts[a, row, i]
        if length > 0:
            give(board.left, ground, board.kind[a], -1)
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
            if board.on[ground.person[v]] != a:
                continue
            board.visit[ground.people[v, GOES_TO]] += 1
        else:
            if board.visit[v - first] == 0:
                continue
            board.visit[v - first] = 0
        board.nodes[a, kept] = v
        kept += 1
    board.size[a] = kept
