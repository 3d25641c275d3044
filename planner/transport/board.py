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
