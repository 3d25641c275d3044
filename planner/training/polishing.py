"""Moves that make a plan better without placing fewer, compiled: thin classes emptied, journeys shortened,
the worst team lifted."""

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled, inner
from planner.training.board import Board
from planner.training.ejection import Seed, followers_placed, free_session, moved_along
from planner.training.moves import IMPOSSIBLE, Buffer, in_the_way, opens, put, take

Counts = npt.NDArray[np.int64]
GAINED, NOBODY_ELSE = -1, -2


@inner
def nearest_held(board: Board, demand: int, below: int, avoid: int, found: Buffer) -> int:
    """The session with the shortest journey under `below` minutes that has a seat in a class held already;
    -1 if there is none."""
    best, least = -1, below
    for k in range(board.options_at[demand], board.options_at[demand + 1]):
        session = board.options[k]
        minutes = board.minutes[board.team[demand], board.site[session]]
        if minutes >= least or session == avoid or board.filled[session] == 0 or opens(board, session):
            continue
        if in_the_way(board, demand, session, found) == 0:
            best, least = session, minutes
    return best


@inner
def emptied(board: Board, session: int, count: int, found: Buffer, people: Buffer, gone: Buffer) -> bool:
    """Move `count` people out of the session into classes that are held; or leave all as it was."""
    moved, there = 0, board.filled[session]
    for k in range(there):
        people[k] = board.people[session, k]
    for k in range(there):
        if moved == count:
            break
        demand = people[k]
        take(board, demand)
        elsewhere = nearest_held(board, demand, 1 << 30, session, found)
        if elsewhere >= 0:
            put(board, demand, elsewhere)
            gone[moved] = demand
            moved += 1
        else:
            put(board, demand, session)
    if moved == count:
        return True
    for k in range(moved):
        take(board, gone[k])
        put(board, gone[k], session)
    return False


@compiled
def close_thin(board: Board, sessions: Buffer, found: Buffer, people: Buffer, gone: Buffer) -> int:
    """Empty the part of a class in each of these sessions, the thinnest first; how many classes fewer."""
    closed = 0
    for session in sessions:
        size = board.size[session]
        count = board.filled[session] % size
        if count > 0 and emptied(board, session, count, found, people, gone):
            closed += 1
    return closed


@compiled
def shorten(board: Board, found: Buffer) -> int:
    """Move whoever can go to a class nearer to them; how many."""
    moved = 0
    for demand in range(len(board.place)):
        old = board.place[demand]
        if old < 0:
            continue
        minutes = board.minutes[board.team[demand], board.site[old]]
        take(board, demand)
        nearer = nearest_held(board, demand, minutes, old, found)
        moved += nearer >= 0
        put(board, demand, nearer if nearer >= 0 else old)
    return moved


@compiled
def reseat(board: Board, demands: Buffer, sessions: Buffer) -> None:
    """Put each demand into its session, after all have left theirs."""
    for demand in demands:
        take(board, demand)
    for k in range(len(demands)):
        put(board, demands[k], sessions[k])


@compiled
def lift(
    board: Board, demand: int, placed: Counts, limit: Counts, seed: Seed, found: Buffer, spare: Buffer
) -> int:
    """Give the demand a place: a free one, one that somebody leaves who finds another (GAINED), or one of
    somebody in a team that stays better off than this one becomes, who is returned; else NOBODY_ELSE."""
    if board.after[demand] >= 0 and board.place[board.after[demand]] < 0:
        return NOBODY_ELSE
    session = free_session(board, demand, -1, seed, found, 1)
    if session >= 0:
        put(board, demand, session)
        return GAINED
    team, best, where, most = board.team[demand], -1, -1, 0.0
    share = (placed[team] + 1) / max(1, limit[team])
    for k in range(board.options_at[demand], board.options_at[demand + 1]):
        session = board.options[k]
        count = in_the_way(board, demand, session, found)
        if count == IMPOSSIBLE:
            continue
        for at in range(count):
            other = found[at]
            if moved_along(board, demand, session, other, seed, spare):
                return GAINED
            theirs = (placed[board.team[other]] - 1) / max(1, limit[board.team[other]])
            tied = other == board.after[demand] or followers_placed(board, other)
            if board.team[other] != team and not tied and theirs > share and theirs > most:
                best, where, most = other, session, theirs
    if best < 0:
        return NOBODY_ELSE
    take(board, best)
    put(board, demand, where)
    return int(best)
