"""Ejection chains, compiled: one in; if need be one out, who then looks for a place of their own.

After Nagata and Bräysy's guided ejection search (2009): whoever could not be placed grows heavier, and the
lightest of those in the way is put out, so the chain drifts to people who are easy to place. The number of
people placed never falls. Whoever was just placed is left alone for a while.
"""

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled, inner
from planner.training.board import NEVER, Board
from planner.training.moves import IMPOSSIBLE, Buffer, in_the_way, opens, put, take

Seed = npt.NDArray[np.uint64]
Tally = npt.NDArray[np.int64]
NEW_CLASS = 40  # minutes of journey that a new class is thought to cost


@inner
def draw(seed: Seed, below: int) -> int:
    """A number from 0 to `below` - 1 (xorshift64*, Vigna 2016)."""
    x = seed[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    seed[0] = x
    return int(((x * np.uint64(2685821657736338717)) >> np.uint64(33)) % np.uint64(below))


@inner
def free_session(board: Board, demand: int, avoid: int, seed: Seed, found: Buffer, noise: int) -> int:
    """A session the demand can go into at once, by shortest journey and fewest new classes; -1 if none."""
    best, least = -1, 1 << 30
    for k in range(board.options_at[demand], board.options_at[demand + 1]):
        session = board.options[k]
        if session == avoid or in_the_way(board, demand, session, found) != 0:
            continue
        price = board.minutes[board.team[demand], board.site[session]] + draw(seed, noise)
        if opens(board, session):
            price += NEW_CLASS
        if price < least:
            best, least = session, price
    return best


@inner
def followers_placed(board: Board, demand: int) -> bool:
    """Whether something that needs this demand first has a place."""
    for k in range(board.later_at[demand], board.later_at[demand + 1]):
        if board.place[board.later[k]] >= 0:
            return True
    return False


@inner
def exchange(
    board: Board, demand: int, weight: Tally, rested: Tally, now: int,
    seed: Seed, found: Buffer, spare: Buffer,
) -> int:  # fmt: skip
    """Put the demand in by moving one other. The one put out and left without a place, `demand` itself when
    nobody can be moved, or -1 when both have a place now."""
    best, where, least = -1, -1, 1 << 60
    for k in range(board.options_at[demand], board.options_at[demand + 1]):
        session = board.options[k]
        count = in_the_way(board, demand, session, found)
        if count == IMPOSSIBLE:
            continue
        for at in range(count):
            other = found[at]
            tied = other == board.after[demand] or followers_placed(board, other)
            bound_to = tied and rested[other] != NEVER
            if bound_to:
                if draw(seed, 8) == 0 and moved_along(board, demand, session, other, seed, spare):
                    return -1
                continue
            if rested[other] > now:
                continue
            price = weight[other] * 16 + draw(seed, 16)
            if price < least:
                best, where, least = other, session, price
    if best < 0:
        return demand
    old = take(board, best)
    put(board, demand, where)
    elsewhere = free_session(board, best, old, seed, spare, 8)
    if elsewhere >= 0:
        put(board, best, elsewhere)
        return -1
    return int(best)


@inner
def moved_along(board: Board, demand: int, session: int, other: int, seed: Seed, spare: Buffer) -> bool:
    """Put the demand in and the other, which must keep a place, somewhere else; or leave all as it was."""
    old = take(board, other)
    put(board, demand, session)
    elsewhere = free_session(board, other, old, seed, spare, 8)
    if elsewhere >= 0:
        put(board, other, elsewhere)
        return True
    take(board, demand)
    put(board, other, old)
    return False


@inner
def wander(board: Board, times: int, seed: Seed, found: Buffer) -> None:
    """Move some people to another session that is free, so that chains find new ways. They mostly go to the
    fuller class: thin ones empty, and give their trainers back."""
    demands = len(board.place)
    for _ in range(times):
        demand = draw(seed, demands)
        start, end = board.options_at[demand], board.options_at[demand + 1]
        if board.place[demand] < 0 or end - start < 2:
            continue
        session = board.options[start + draw(seed, end - start)]
        if session == board.place[demand] or opens(board, session):
            continue
        old = take(board, demand)
        thinner = board.filled[session] % board.size[session] < board.filled[old] % board.size[old]
        if in_the_way(board, demand, session, found) == 0 and (not thinner or draw(seed, 8) == 0):
            put(board, demand, session)
        else:
            put(board, demand, old)


@compiled
def search(
    board: Board, waiting: Buffer, count: int, weight: Tally,
    rested: Tally, clock: Tally, seed: Seed, found: Buffer, spare: Buffer, rounds: int, stir: int,
) -> int:  # fmt: skip
    """`rounds` rounds: somebody of the `count` first in `waiting` is tried, and whoever they displace after
    them; then `stir` people wander. How many are still waiting."""
    for _ in range(rounds):
        if count == 0:
            break
        at = draw(seed, count)
        demand = waiting[at]
        for _ in range(12):
            clock[0] += 1
            if board.after[demand] >= 0 and board.place[board.after[demand]] < 0:
                break
            session = free_session(board, demand, -1, seed, found, 8)
            if session >= 0:
                put(board, demand, session)
                demand = -1
                break
            weight[demand] += 1
            left = exchange(board, demand, weight, rested, clock[0], seed, found, spare)
            if left == demand:
                break
            rested[demand] = clock[0] + 20 + draw(seed, 20)
            demand = left
            if demand < 0:
                break
        if demand < 0:
            count -= 1
            waiting[at] = waiting[count]
        else:
            waiting[at] = demand
        wander(board, stir, seed, found)
    return count
