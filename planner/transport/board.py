"""The runs as they stand, what is needed to change them quickly, and what to go back to."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.transport.ground import Floats, Ground, Ints, Words
from planner.transport.timing import NOTES, ROWS

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
    touched run was, `best_…` the best seen. `left` is what is left of each type and each group of
    drivers. `shelf_…` are good runs for putting together anew. Numbers of runs and passengers are wide, so
    that what is called with them is compiled once."""

    nodes: Ints
    size: Tally
    cost: Floats
    kind: Tally
    depot: Tally
    idle: Tally
    own: Tally  # the type each run had before a repair, or -1
    facts: Ints
    on: Tally
    left: Ints
    pool: Tally
    tally: Tally
    sums: Floats
    desk: Ints
    visit: Ints
    notes: Ints
    trial: Ints
    chosen: Ints
    out: Tally
    keys: Floats
    touched: Tally
    is_touched: Tally
    seen: Tally
    kept_nodes: Ints
    kept_size: Tally
    kept_cost: Floats
    kept_kind: Tally
    kept_depot: Tally
    kept_idle: Tally
    kept_facts: Ints
    kept_pool: Tally
    best_nodes: Ints
    best_size: Tally
    best_kind: Tally
    shelf_nodes: Ints
    shelf_size: Tally
    shelf_cost: Floats
    shelf_name: Words
    shelf_when: Tally
    offered: Ints
    focus: Tally  # those around whom passengers are taken off


def empty_board(ground: Ground, *, shelf: int, least: int = 0) -> Board:
    """A board on which nobody is placed yet, with room for as many runs as there may be and for `least`;
    `shelf` (a power of two) is how many good runs it remembers."""
    people, places, kinds = len(ground.care), int(ground.counts[1]), len(ground.kinds)
    runs = max(least, min(max(1, people), int(ground.fleet[:kinds].sum()))) + 1
    ints, wide = np.int32, np.int64
    board = Board(
        nodes=np.full((runs, LONGEST), NOBODY, ints), size=np.zeros(runs, wide), cost=np.zeros(runs),
        kind=np.zeros(runs, wide), depot=np.zeros(runs, wide), idle=np.zeros(runs, wide),
        own=np.full(runs, NOBODY, wide), facts=np.zeros((runs, 5, LONGEST + 1), ints),
        on=np.full(people, NOBODY, wide), left=ground.fleet.copy(), pool=np.arange(people, dtype=wide),
        tally=np.zeros(7, np.int64), sums=np.zeros(3), desk=np.zeros((ROWS, LONGEST), ints),
        visit=np.zeros(max(1, places), ints), notes=np.zeros(NOTES, ints), trial=np.zeros(LONGEST, ints),
        chosen=np.zeros(LONGEST, ints), out=np.zeros(people, wide), keys=np.zeros(people),
        touched=np.zeros(runs, wide), is_touched=np.zeros(runs, wide), seen=np.zeros(runs, np.int64),
        kept_nodes=np.zeros((runs, LONGEST), ints), kept_size=np.zeros(runs, wide), kept_cost=np.zeros(runs),
        kept_kind=np.zeros(runs, wide), kept_depot=np.zeros(runs, wide), kept_idle=np.zeros(runs, wide),
        kept_facts=np.zeros((runs, 5, LONGEST + 1), ints), kept_pool=np.zeros(people, wide),
        best_nodes=np.zeros((runs, LONGEST), ints), best_size=np.zeros(runs, wide),
        best_kind=np.zeros(runs, wide),
        shelf_nodes=np.zeros((shelf, LONGEST), ints), shelf_size=np.zeros(shelf, wide),
        shelf_cost=np.zeros(shelf), shelf_name=np.zeros(shelf, np.uint64),
        shelf_when=np.zeros(shelf, np.int64), offered=ground.fleet.copy(),
        focus=np.arange(people, dtype=wide),
    )  # fmt: skip
    board.tally[POOL] = people
    board.sums[NOW] = people * ground.prices[0]
    board.sums[BEST] = np.inf
    return board
