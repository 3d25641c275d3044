"""What is done to a plan when nobody more can be placed: it is made fairer, and cheaper to hold.

First the worst team is lifted, then thin classes are closed, then journeys are made shorter: on each day of
the surge by an exact assignment of people to sites (Crouse, *IEEE Transactions on Aerospace and Electronic
Systems* 52, 2016, in SciPy). None of it lowers the number of places.
"""

from collections import defaultdict

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.training.board import NOBODY, Board, module_of
from planner.training.drawing import buffers, seeded
from planner.training.plan import Quality
from planner.training.problem import Problem
from planner.training.shares import shares, worst

HOUR = 60
SWEEPS = 3
THIN = 0.6  # classes no fuller than this are tried
OUT_OF_REACH = 1_000_000.0


def quality(problem: Problem, board: Board) -> Quality:
    """How good the plan on the board is, beside the number of its places."""
    surge = board.slot != NOBODY
    classes = np.where(surge, -(-board.filled // np.maximum(1, board.size)), board.filled > 0)
    some, more = np.divmod(board.filled, np.maximum(1, classes))  # the people of a session, shared evenly
    least = problem.surge.least
    thin = surge * ((some < least) * (classes - more) + (some + 1 < least) * more)
    placed = np.flatnonzero(board.place != NOBODY)
    minutes = board.minutes[board.team[placed], board.site[board.place[placed]]]
    seats = int((classes * board.size).sum())
    return Quality(
        placed=len(placed),
        classes=int(classes.sum()),
        thin=int(thin.sum()),
        full=len(placed) / seats if seats else 0.0,
        minutes=float(minutes.mean()) if len(placed) else 0.0,
        far=float((minutes > HOUR).mean()) if len(placed) else 0.0,
        worst=worst(board),
    )


def polish(problem: Problem, board: Board, seed: int = 1) -> None:
    """Make the plan on the board fairer and cheaper. The number of places never falls."""
    lift_the_worst(board, seed)
    close_thin_classes(board)
    shorten_journeys(problem, board)


def lift_the_worst(board: Board, seed: int) -> int:
    """Give places to the team with the smallest share, from teams that stay better off, until that team
    cannot be lifted any more. How many places it took."""
    from planner.training.polishing import NOBODY_ELSE, lift

    placed, limit = shares(board)
    draws, room, lifted = seeded(seed), buffers(), 0
    while limit.any():
        share = np.where(limit > 0, placed / np.maximum(1, limit), np.inf)
        team = int(share.argmin())
        hopeful = board.options_at[1:] > board.options_at[:-1]
        waiting = np.flatnonzero((board.team == team) & (board.place == NOBODY) & hopeful)
        for demand in waiting.tolist():
            other = lift(board, demand, placed, limit, draws, *room)
            if other == NOBODY_ELSE:
                continue
            lifted += 1
            placed[team] += 1
            if other >= 0:
                placed[board.team[other]] -= 1
            break
        else:
            return lifted
    return lifted


def close_thin_classes(board: Board) -> int:
    """Close the classes with fewest people, if all of them find a seat in others. How many."""
    from planner.training.polishing import close_thin

    found, people = buffers()
    gone, closed = found.copy(), 0
    for _ in range(SWEEPS):
        part = board.filled % np.maximum(1, board.size) / np.maximum(1, board.size)
        order = np.argsort(part, kind="stable")
        thin = order[(part[order] > 0) & (part[order] <= THIN)].astype(np.int32)
        fewer = close_thin(board, thin, found, people, gone)
        closed += fewer
        if not fewer:
            break
    return closed


def shorten_journeys(problem: Problem, board: Board) -> None:
    """Bring people to classes nearer to them: one by one where there is a seat, then all of a day at once."""
    from planner.training.polishing import shorten

    found, _ = buffers()
    for _ in range(SWEEPS):
        if not shorten(board, found):
            break
    _assign_sites(problem, board)


def _assign_sites(problem: Problem, board: Board) -> None:
    """On each day of the surge and for each module, who goes to which site, so that journeys are shortest.
    Nobody changes the day, and no site holds more or fewer."""
    from planner.training.polishing import reseat

    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for session in np.flatnonzero((board.filled > 0) & (board.slot != NOBODY)).tolist():
        together[module_of(problem, session), int(board.slot[session])].append(session)
    near = np.full((len(problem.teams), len(problem.sites)), False)
    for team in problem.teams:
        near[team.id, list(problem.near[team.station])] = True
    for sessions in together.values():
        if len(sessions) < 2:
            continue
        demands = np.concatenate([board.people[one, : board.filled[one]] for one in sessions])
        seats = np.repeat(np.array(sessions, np.int32), board.filled[sessions])
        teams, sites = board.team[demands], board.site[seats]
        cost = np.where(near[teams][:, sites], board.minutes[teams][:, sites].astype(float), OUT_OF_REACH)
        _, chosen = linear_sum_assignment(cost)
        if cost[np.arange(len(demands)), chosen].sum() < np.trace(cost):
            reseat(board, demands.astype(np.int32), seats[chosen])
