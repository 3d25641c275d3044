"""What a repair proposes: moves that can be accepted alone, in any order, or say which others they need.

A move takes seats, duties of a team and days of an officer, and may give some back. What is free now is given
to those who need it; whoever gets only what another gives back needs that other first. Moves that need each
other in a circle are one proposal. So every set of proposals that holds what its members need keeps every
limit: what it takes is free now or given back within the set.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from planner.training.board import NOBODY, Board, Ints
from planner.training.problem import Problem


@dataclass(frozen=True)
class Sitting:
    """A class as somebody sees it who is asked to come: module or course (the other is None), where, when."""

    module: int | None
    course: int | None
    site: int
    days: tuple[int, ...]


@dataclass(frozen=True)
class Move:
    """An officer's place for a requirement or a module: `out_of` one class (None if they have none now),
    `into` another, and `why` (a code). `session` is the class's number in the year, `demand` the place's.
    Whoever was `told` knows the place they are to leave."""

    demand: int
    session: int
    officer: int
    requirement: int | None
    module: int | None
    out_of: Sitting | None
    into: Sitting
    why: str
    told: bool = False


@dataclass(frozen=True)
class Proposal:
    """Moves to accept together. `needs` are proposals to accept before, `places` how many places it gives,
    `touched` how many people it moves who could have stayed, `gain` the one weighed against the other."""

    number: int
    moves: tuple[Move, ...]
    needs: tuple[int, ...]
    places: int
    touched: int
    gain: float


Resource = tuple[str, int, int]  # "duty", kind, cell; "day", officer, day; "seat", session, 0
Needs = set[tuple[int, int]]  # who needs, whom: by their place in the list of moves


def dependencies(
    problem: Problem, board: Board, base: Ints, moving: Sequence[int], hints: Mapping[int, int]
) -> Needs:
    """Which of the demands in `moving` need which others, by their places in it. `board` stands as after all
    of them moved, `base` is where everybody is before; `hints` names for a demand the one who made room."""
    at = {demand: place for place, demand in enumerate(moving)}
    needs: Needs = {
        (at[demand], at[other]) for demand, other in hints.items() if demand in at and other in at
    }
    takes: dict[Resource, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for place, demand in enumerate(moving):
        for session, sign in ((int(board.place[demand]), 1), (int(base[demand]), -1)):
            for resource in _taken(board, demand, session) if session != NOBODY else ():
                takes[resource][place] += sign
    for resource, by in takes.items():
        _give(_left(board, base, resource) + sum(by.values()), by, needs)
    needs |= _one_after_the_other(board, base, moving, at)
    for circle in _circles(problem, board, base, moving):
        needs |= set(zip(circle, [*circle[1:], circle[0]], strict=True)) if len(circle) > 1 else set()
    return needs


def _taken(board: Board, demand: int, session: int) -> Iterable[Resource]:
    """One of each of these is what the demand takes by being in the session."""
    team, skill = int(board.team[demand]), int(board.skill[demand])
    row = board.pattern[team] * board.daysets + board.dayset[session]
    for day in board.lost[board.lost_at[row] : board.lost_at[row + 1]].tolist():
        cell = team * board.horizon + day
        yield "duty", 0, cell
        if skill & 1:
            yield "duty", 1, cell
        if skill & 2:
            yield "duty", 2, cell
    for day in board.held[board.held_at[row] : board.held_at[row + 1]].tolist():
        yield "day", int(board.officer[demand]), day
    yield "seat", session, 0


def _left(board: Board, base: Ints, resource: Resource) -> int:
    """How many of a thing are left when everybody has moved. Classes of the surge are counted as they are
    before or after, whichever are more; `_circles` sees to their trainers and rooms."""
    kind, one, two = resource
    if kind == "duty":
        return int(board.slack[one, two])
    if kind == "day":
        return int(board.busy[one, two] == NOBODY)
    size = int(board.size[one])
    if board.slot[one] >= 0:
        size *= max(
            _classes(board, int(board.filled[one]), one), _classes(board, int((base == one).sum()), one)
        )
    return size - int(board.filled[one])


def _classes(board: Board, people: int, session: int) -> int:
    return -(-people // int(board.size[session]))


def _give(free: int, by: Mapping[int, int], needs: Needs) -> None:
    """Give what is free to those who take; the others need somebody each who gives back. `free` may be below
    nought where a limit is broken already: then what is given back mends that first."""
    takers = [place for place, net in by.items() for _ in range(net)]
    givers = [place for place, net in by.items() for _ in range(-net)]
    if len(takers) <= free:
        return
    spent = set[int]()
    for taker in list(takers):
        match = next(
            (k for k, giver in enumerate(givers) if k not in spent and (taker, giver) in needs), None
        )
        if match is not None:
            spent.add(match)
            takers.remove(taker)
    open_givers = [giver for k, giver in enumerate(givers) if k not in spent]
    for taker in takers[max(0, free) :]:
        needs.add((taker, open_givers.pop()))
    if free < 0:
        needs |= {(taker, giver) for taker in by if by[taker] > 0 for giver in open_givers}


def _one_after_the_other(board: Board, base: Ints, moving: Sequence[int], at: Mapping[int, int]) -> Needs:
    """What comes first has to have its place, and neither may overtake the other on the way."""
    needs: Needs = set()
    for place, demand in enumerate(moving):
        first = int(board.after[demand])
        if first in at and not _ripe(board, demand, int(base[first]), int(board.place[demand])):
            needs.add((place, at[first]))
        for then in board.later[board.later_at[demand] : board.later_at[demand + 1]].tolist():
            stays = then in at and int(base[then]) != NOBODY
            if stays and not _ripe(board, then, int(board.place[demand]), int(base[then])):
                needs.add((place, at[then]))
    return needs


def _ripe(board: Board, demand: int, first: int, session: int) -> bool:
    """Whether a demand may be in a session while what comes first is in another."""
    return first != NOBODY and bool(board.first[session] >= board.last[first] + board.wait[demand])


def _circles(problem: Problem, board: Board, base: Ints, moving: Sequence[int]) -> Iterable[list[int]]:
    """Moves that only fit together, because a class opens with trainers or a room that another gives up."""
    surge = len(board.filled) - board.runs
    if not surge:
        return
    before = np.bincount(base[base != NOBODY], minlength=len(board.filled))
    most = -(-np.maximum(before, board.filled) // np.maximum(1, board.size))
    slots, sessions = len(problem.surge.days), np.arange(board.runs, len(board.filled))
    slot, site, most = board.slot[sessions], board.site[sessions], most[board.runs :] * board.class_trainers
    on_day = np.bincount(slot, most, slots)
    in_week = np.bincount(board.week[slot], most, len(board.week_trainers))
    here = np.bincount(site * slots + slot, most // max(1, board.class_trainers), len(board.rooms) * slots)
    tight_day = on_day > board.day_trainers[:slots]
    tight_week = in_week > board.week_trainers
    tight_room = here > np.repeat(board.rooms, slots)
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, demand in enumerate(moving):
        for session in {int(base[demand]), int(board.place[demand])} - {NOBODY}:
            that = int(board.slot[session])
            if that < 0:
                continue
            where = int(board.site[session]) * slots + that
            for tight, key in (
                (tight_day[that], ("day", that)),
                (tight_week[board.week[that]], ("week", int(board.week[that]))),
                (tight_room[where], ("room", where)),
            ):
                if tight:
                    groups[key].append(place)
    yield from groups.values()


def bundles(count: int, needs: Needs) -> tuple[list[list[int]], list[set[int]]]:
    """Moves that need each other put together, and for each bundle the bundles it needs; no bundle stands
    before one that it needs."""
    pairs = np.array(sorted(needs), np.int32).reshape(-1, 2)
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    parts, part_of = connected_components(graph, directed=True, connection="strong")
    wants: list[set[int]] = [set() for _ in range(parts)]
    for one, other in needs:
        if part_of[one] != part_of[other]:
            wants[part_of[one]].add(int(part_of[other]))
    order: list[int] = []
    left = dict(enumerate(wants))
    while left:
        ready = [part for part, those in left.items() if those.isdisjoint(left)]
        order += ready
        for part in ready:
            del left[part]
    rank = {part: place for place, part in enumerate(order)}
    members: list[list[int]] = [[] for _ in range(parts)]
    for place, part in enumerate(part_of.tolist()):
        members[rank[part]].append(place)
    return members, [{rank[other] for other in wants[part]} for part in order]
