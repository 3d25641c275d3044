"""The smallest moves on a board, compiled: put in, take out, and ask what stands in the way.

Every function trusts its caller with the numbers; `checking` is what judges the outcome.
"""

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled, inner
from planner.training.board import Board

Buffer = npt.NDArray[np.int32]
IMPOSSIBLE = -1  # more than one place, or something that is not a place, stands in the way


@inner
def put(board: Board, demand: int, session: int) -> None:
    """Put a demand into a session that has room for it."""
    team, skill = board.team[demand], board.skill[demand]
    row = board.pattern[team] * board.daysets + board.dayset[session]
    for k in range(board.lost_at[row], board.lost_at[row + 1]):
        cell = team * board.horizon + board.lost[k]
        board.slack[0, cell] -= 1
        board.slack[1, cell] -= skill & 1
        board.slack[2, cell] -= skill >> 1
        board.missing[cell, board.missed[cell]] = demand
        board.missed[cell] += 1
    for k in range(board.held_at[row], board.held_at[row + 1]):
        board.busy[board.officer[demand], board.held[k]] = demand
    slot = board.slot[session]
    if slot >= 0 and board.filled[session] % board.size[session] == 0:
        board.day_used[slot] += board.class_trainers
        board.week_used[board.week[slot]] += board.class_trainers
        board.room_used[board.site[session], slot] += 1
    board.people[session, board.filled[session]] = demand
    board.filled[session] += 1
    board.place[demand] = session


@inner
def take(board: Board, demand: int) -> int:
    """Take a demand out of its session, which is returned."""
    session = board.place[demand]
    team, skill = board.team[demand], board.skill[demand]
    row = board.pattern[team] * board.daysets + board.dayset[session]
    for k in range(board.lost_at[row], board.lost_at[row + 1]):
        cell = team * board.horizon + board.lost[k]
        board.slack[0, cell] += 1
        board.slack[1, cell] += skill & 1
        board.slack[2, cell] += skill >> 1
        board.missed[cell] -= 1
        at = 0
        while board.missing[cell, at] != demand:
            at += 1
        board.missing[cell, at] = board.missing[cell, board.missed[cell]]
    for k in range(board.held_at[row], board.held_at[row + 1]):
        board.busy[board.officer[demand], board.held[k]] = -1
    board.filled[session] -= 1
    at = 0
    while board.people[session, at] != demand:
        at += 1
    board.people[session, at] = board.people[session, board.filled[session]]
    slot = board.slot[session]
    if slot >= 0 and board.filled[session] % board.size[session] == 0:
        board.day_used[slot] -= board.class_trainers
        board.week_used[board.week[slot]] -= board.class_trainers
        board.room_used[board.site[session], slot] -= 1
    board.place[demand] = -1
    return int(session)


@inner
def can_open(board: Board, session: int) -> bool:
    """Whether another class of a module can be held at this site on this day."""
    slot, site = board.slot[session], board.site[session]
    week = board.week[slot]
    return bool(
        board.day_used[slot] + board.class_trainers <= board.day_trainers[slot]
        and board.week_used[week] + board.class_trainers <= board.week_trainers[week]
        and board.room_used[site, slot] < board.rooms[site]
    )


@inner
def opens(board: Board, session: int) -> bool:
    """Whether one more in this session means one more class."""
    return bool(board.slot[session] >= 0 and board.filled[session] % board.size[session] == 0)


@inner
def loses(board: Board, demand: int, cell: int) -> bool:
    """Whether a placed demand takes a duty from the cell."""
    team = board.team[demand]
    if team != cell // board.horizon:
        return False
    row = board.pattern[team] * board.daysets + board.dayset[board.place[demand]]
    day = cell % board.horizon
    for k in range(board.lost_at[row], board.lost_at[row + 1]):  # noqa: SIM110 - it is compiled
        if board.lost[k] == day:
            return True
    return False


@inner
def in_order(board: Board, demand: int, session: int) -> int:
    """The demand whose place is too early or late for this one: -1 if none, -2 if something needed first has
    no place, or something that comes later stands too early."""
    first = board.after[demand]
    if first >= 0 and board.place[first] < 0:
        return -2
    for k in range(board.later_at[demand], board.later_at[demand + 1]):
        then = board.place[board.later[k]]
        if then >= 0 and board.first[then] < board.last[session] + board.wait[board.later[k]]:
            return -2
    if first >= 0 and board.first[session] < board.last[board.place[first]] + board.wait[demand]:
        return int(first)
    return -1


@inner
def in_the_way(board: Board, demand: int, session: int, found: Buffer) -> int:
    """Why a demand cannot go into a session: 0 when it can; otherwise how many demands were written into
    `found`, each of which alone would make room by leaving; IMPOSSIBLE when none would."""
    count = -1  # nothing found in the way yet
    order = in_order(board, demand, session)
    if order == -2:
        return IMPOSSIBLE
    if order >= 0:
        found[0], count = order, 1
    row = board.pattern[board.team[demand]] * board.daysets + board.dayset[session]
    count = in_their_own_way(board, demand, row, found, count)
    if count != 0:
        count = in_the_teams_way(board, demand, row, found, count)
    if count != 0 and is_full(board, session):
        count = narrow_to_session(board, session, found, count)
    if count == 0:
        return IMPOSSIBLE
    return max(count, 0)


@inner
def is_full(board: Board, session: int) -> bool:
    """Whether nobody else can join: no seat, and no other class can be opened."""
    if board.slot[session] < 0:
        return bool(board.filled[session] >= board.size[session])
    return opens(board, session) and not can_open(board, session)


@inner
def in_their_own_way(board: Board, demand: int, row: int, found: Buffer, count: int) -> int:
    """Narrow what was found by the officer's own other training; 0 if none is left."""
    for k in range(board.held_at[row], board.held_at[row + 1]):
        other = board.busy[board.officer[demand], board.held[k]]
        if other < 0:
            continue
        if count < 0:
            found[0] = other
        elif not keep_only(found, count, other):
            return 0
        count = 1
    return count


@inner
def keep_only(found: Buffer, count: int, other: int) -> bool:
    """Keep of what was found this one alone; whether it was among it."""
    for k in range(count):
        if found[k] == other:
            found[0] = other
            return True
    return False


@inner
def in_the_teams_way(board: Board, demand: int, row: int, found: Buffer, count: int) -> int:
    """Narrow what was found by the duties the team cannot lose; 0 if none is left."""
    skill = board.skill[demand]
    for k in range(board.lost_at[row], board.lost_at[row + 1]):
        cell = board.team[demand] * board.horizon + board.lost[k]
        for kind in range(3):
            if board.slack[kind, cell] > 0 or (kind > 0 and not skill & kind):
                continue
            count = narrow_to_cell(board, cell, kind, found, count)
            if count == 0:
                return 0
    return count


@inner
def narrow_to_cell(board: Board, cell: int, kind: int, found: Buffer, count: int) -> int:
    """Keep of what was found those who take a duty from the cell and are of the kind; how many."""
    kept = 0
    if count < 0:
        for k in range(board.missed[cell]):
            other = board.missing[cell, k]
            if kind == 0 or board.skill[other] & kind:
                found[kept] = other
                kept += 1
        return kept
    for k in range(count):
        other = found[k]
        if (kind == 0 or board.skill[other] & kind) and loses(board, other, cell):
            found[kept] = other
            kept += 1
    return kept


@inner
def narrow_to_session(board: Board, session: int, found: Buffer, count: int) -> int:
    """Keep of what was found those who are in the session; how many."""
    kept = 0
    if count < 0:
        for k in range(board.filled[session]):
            found[k] = board.people[session, k]
        return int(board.filled[session])
    for k in range(count):
        if board.place[found[k]] == session:
            found[kept] = found[k]
            kept += 1
    return kept


@compiled
def put_all(board: Board, places: Buffer) -> None:
    """Put everybody on an empty board where `places` says: a session for each demand, or -1."""
    for demand in range(len(places)):
        if places[demand] >= 0:
            put(board, demand, places[demand])
