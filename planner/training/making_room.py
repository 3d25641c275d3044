"""Moves of few people, compiled: one makes room, and whoever need not have moved goes back."""

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled
from planner.training.board import Board
from planner.training.ejection import Seed, free_session, moved_along
from planner.training.moves import IMPOSSIBLE, Buffer, in_the_way, put, take

Flags = npt.NDArray[np.bool_]
ALL_IN, NOBODY_MOVED = -1, -2


@compiled
def take_all(board: Board, demands: Buffer) -> None:
    """Take all of these out, wherever they are."""
    for demand in demands:
        if board.place[demand] >= 0:
            take(board, demand)


@compiled
def make_room(
    board: Board, demand: int, moved: Flags, firm: Flags, seed: Seed, found: Buffer, spare: Buffer
) -> int:
    """Put the demand in by moving one other who is not `firm` and keeps a place; those `moved` before come
    first. ALL_IN when nobody had to, the one who was, or NOBODY_MOVED when it cannot be done."""
    if board.after[demand] >= 0 and board.place[board.after[demand]] < 0:
        return NOBODY_MOVED
    session = free_session(board, demand, -1, seed, found, 1)
    if session >= 0:
        put(board, demand, session)
        return ALL_IN
    for again in range(2):
        for k in range(board.options_at[demand], board.options_at[demand + 1]):
            session = board.options[k]
            count = in_the_way(board, demand, session, found)
            if count == IMPOSSIBLE:
                continue
            for at in range(count):
                other = found[at]
                if firm[other] or moved[other] != (again == 0):
                    continue
                if moved_along(board, demand, session, other, seed, spare):
                    return int(other)
    return NOBODY_MOVED


@compiled
def go_home(board: Board, demands: Buffer, home: Buffer, found: Buffer) -> int:
    """Put those back who have been moved and whose old seat is free; how many."""
    back = 0
    for demand in demands:
        old = board.place[demand]
        if old < 0 or old == home[demand]:
            continue
        take(board, demand)
        if in_the_way(board, demand, home[demand], found) == 0:
            put(board, demand, home[demand])
            back += 1
        else:
            put(board, demand, old)
    return back
