"""What it would cost to take somebody on a run, or the first rule in the way, compiled. Every spot is looked
at."""

from planner.compiled import inner
from planner.transport.board import KEPT_POOL, KEPT_RUNS, NOBODY, OUT, POOL, RUNS, TOUCHED, Board
from planner.transport.chance import Seed
from planner.transport.changing import go_back
from planner.transport.ground import GOES_TO, PEOPLE, Floats, Ground, Ints, Wide
from planner.transport.placing import IMPOSSIBLE, on_own, on_run
from planner.transport.ruining import close_up, take_off
from planner.transport.spots import is_foe, parted
from planner.transport.timing import eased, late, loaded, pure, timed

# how far a run with somebody on it comes before it breaks a rule; the furthest of all spots is told
APART, PARTED, TOO_LONG, ALONE_ABOARD, RIDE_TOO_LONG, TOO_LATE, TOO_FULL = range(7)
REFUSED = -1e6


@inner
def get_off(board: Board, ground: Ground, p: int) -> float:
    """Take somebody off their run, if they are on one. What that saves."""
    tally = board.tally
    tally[KEPT_RUNS], tally[KEPT_POOL] = tally[RUNS], tally[POOL]
    tally[OUT] = tally[TOUCHED] = 0
    for z in range(tally[POOL]):
        board.kept_pool[z] = board.pool[z]
    a = board.on[p]
    if a < 0:
        return 0.0
    before = board.cost[a]
    take_off(board, ground, p)
    close_up(board, ground)
    return float(before - board.cost[a])


@inner
def get_back(board: Board, ground: Ground) -> None:
    """Make everything as it was before `get_off`."""
    go_back(board, ground)
    for z in range(board.tally[TOUCHED]):
        board.is_touched[board.touched[z]] = 0


@inner
def ask(board: Board, ground: Ground, p: int, only: int, more: Floats, seed: Seed, found: Wide) -> float:
    """For each run (or, if it is not below nought, for run `only`), what it costs more with the passenger,
    or REFUSED less the rule in the way; the last of `more` is a run of their own. What was asked last is the
    answer: its nodes are in `chosen`, their number in `found[1]`, its timetable on the desk, and `found[0]`
    is -1 where they cannot be on it. `seed` must be nought: no spot is passed over."""
    first, end = (0, len(more)) if only < 0 else (only, only + 1)
    cost = 0.0
    for a in range(first, end):
        own = a == len(more) - 1
        cost = put_where(board, ground, p, -1 if own else a, seed, found)
        if found[0] >= 0:
            more[a] = cost
        else:
            more[a] = REFUSED - (why_no_own(board, ground, p) if own else why_not(board, ground, p, a))
    if found[0] >= 0:
        time_of(board, ground, board.chosen, found[1])
    return cost


@inner
def time_run(board: Board, ground: Ground, a: int) -> None:
    """Put the timetable of a run on the desk."""
    time_of(board, ground, board.nodes[a], board.size[a])


@inner
def time_of(board: Board, ground: Ground, run: Ints, length: int) -> None:
    if timed(run, length, ground, board.desk, board.visit, board.notes):
        eased(run, length, ground, board.desk)


@inner
def put_where(board: Board, ground: Ground, p: int, a: int, seed: Seed, found: Wide) -> float:
    """What a run, or one of their own, costs more with the passenger."""
    found[0] = NOBODY
    if a < 0:
        return on_own(board, ground, p, IMPOSSIBLE, found)
    return on_run(board, ground, p, a, IMPOSSIBLE, seed, found)


@inner
def why_not(board: Board, ground: Ground, p: int, a: int) -> int:
    """The rule that is met last when somebody is put on a run at any spot."""
    if is_foe(board, ground, p, a):
        return APART
    if parted(board, ground, p, a):
        return PARTED
    if board.size[a] > len(board.trial) - 3:
        return TOO_LONG
    furthest = ALONE_ABOARD
    for k in range(ground.ways_at[p], ground.ways_at[p + 1]):
        for at in range(board.size[a] + 1):
            for i in range(at + 1):
                furthest = max(furthest, stage(board, ground, ground.ways[k], a, i, at))
    return furthest


@inner
def why_no_own(board: Board, ground: Ground, p: int) -> int:
    """What stands in the way of a run of their own."""
    return PARTED if parted(board, ground, p, NOBODY) else TOO_FULL


@inner
def stage(board: Board, ground: Ground, p: int, a: int, i: int, at: int) -> int:
    """How far a run comes with somebody fetched before position `i` and a visit before position `at`."""
    trial, made = board.trial, 0
    for j in range(board.size[a] + 1):
        if j == i:
            trial[made] = p
            made += 1
        if j == at:
            trial[made] = ground.counts[PEOPLE] + ground.people[p, GOES_TO]
            made += 1
        if j < board.size[a]:
            trial[made] = board.nodes[a, j]
            made += 1
    if not loaded(trial, made, ground, board.desk, board.visit, board.notes):
        return ALONE_ABOARD
    if not pure(trial, made, ground, board.desk, board.notes):
        return RIDE_TOO_LONG
    return TOO_FULL if late(trial, made, ground, board.desk) else TOO_LATE
