"""What each team has of a plan, and at most could have."""

import numpy as np
import numpy.typing as npt

from planner.training.board import EVERYBODY, NOBODY, Board
from planner.training.limit import joined
from planner.training.plan import TeamShare

Counts = npt.NDArray[np.int64]


def shares(board: Board) -> tuple[Counts, Counts]:
    """For each team the places it has, and how many it could have if all others had none: no more than have
    a session open to them, and no more than its duties to spare can pay for, the cheapest places first."""
    teams = len(board.pattern)
    placed = np.bincount(board.team[board.place != NOBODY], minlength=teams).astype(np.int64)
    counts = np.diff(board.options_at)
    asking = np.repeat(np.arange(len(counts)), counts)
    rows = board.pattern[board.team[asking]] * board.daysets + board.dayset[board.options]
    price = np.diff(board.lost_at)[rows]
    least = np.full(len(counts), np.iinfo(np.int32).max)
    np.minimum.at(least, asking, price)
    spare = _spare(board, asking)
    limit = np.zeros(teams, np.int64)
    for team in range(teams):
        prices = np.sort(least[(board.team == team) & (counts > 0)])
        limit[team] = np.searchsorted(np.cumsum(prices), spare[team], side="right")
    return placed, np.maximum(limit, placed)


def worst(board: Board) -> TeamShare:
    """The team that has least of what it could have."""
    placed, limit = shares(board)
    share = np.where(limit > 0, placed / np.maximum(1, limit), np.inf)
    team = int(share.argmin())
    return TeamShare(team, int(placed[team]), int(limit[team]))


def _spare(board: Board, asking: npt.NDArray[np.int64]) -> Counts:
    """The duties each team can spare before anybody trains, on days on which some session takes one."""
    teams = len(board.pattern)
    open_to = np.zeros(teams * board.daysets, bool)
    open_to[board.team[asking] * board.daysets + board.dayset[board.options]] = True
    pairs = np.flatnonzero(open_to)
    team, dayset = pairs // board.daysets, pairs % board.daysets
    rows = board.pattern[team] * board.daysets + dayset
    many = board.lost_at[rows + 1] - board.lost_at[rows]
    cells = np.repeat(team, many) * board.horizon + joined(board.lost, board.lost_at[rows], many)
    useful = np.zeros(teams * board.horizon, bool)
    useful[cells] = True
    whole: Counts = ((board.slack[EVERYBODY] + board.missed) * useful).astype(np.int64)
    found: Counts = whole.reshape(teams, board.horizon).sum(axis=1)
    return found
