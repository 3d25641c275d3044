"""People put back who lost their places, and those who waited put where there is a seat."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.training.board import NOBODY, Board, Ints
from planner.training.drawing import buffers, seeded
from planner.training.in_force import Standing
from planner.training.searching import Search

Flags = npt.NDArray[np.bool_]
EACH = 100  # rounds of search for everybody who is to be placed


@dataclass(frozen=True)
class Weights:
    """A place given back is worth 1, moving somebody who could have stayed costs `touched` (from 1 on nobody
    is moved), and `told` if they were told of their place (from 1 on none of those is moved; never less than
    the others). A place for somebody who had none is worth `waiting` (at 0 none is offered)."""

    touched: float = 0.5
    waiting: float = 0.25
    told: float = 0.9

    def of_moving(self, is_told: bool) -> float:
        return max(self.touched, self.told) if is_told else self.touched


class Mender:
    """The board of a plan in force, and the people who may be placed and moved on it."""

    def __init__(
        self, standing: Standing, weights: Weights, *,
        frozen: int, shut: set[int], rounds: int | None, seed: int,
    ) -> None:  # fmt: skip
        self.standing, self.frozen, self.weights = standing, frozen, weights
        self.rounds, self.seed = rounds, seed
        self.board = narrowed(standing.board, frozen, shut)
        self.made_room: dict[int, int] = {}
        put_all_on(self.board, standing.kept)
        self.loose = [one.demand for one in standing.withdrawn if one.demand not in standing.hang]

    @property
    def placed(self) -> int:
        return int((self.board.place != NOBODY).sum())

    def mend(self) -> None:
        """Those who lost a place, moving nobody else; then moving one other each; then those who waited."""
        self._search(self.loose)
        fallen = self._fallen()
        if fallen:
            self.loose += fallen
            self._search(self.loose)
        if self.weights.touched < 1:
            self._make_room()
        if self.weights.waiting > 0:
            had = {one.demand for one in self.standing.withdrawn}
            hopeful = self.board.options_at[1:] > self.board.options_at[:-1]
            waiting = np.flatnonzero(hopeful & (self.board.place == NOBODY)).tolist()
            self._search([one for one in waiting if one not in had])

    def _search(self, those: Sequence[int]) -> None:
        """Place as many of these as can be, moving nobody but them."""
        free = np.array(sorted(those), np.int32)
        waiting = free[self.board.place[free] == NOBODY]
        if len(waiting):
            search = Search(self.board, self.seed, waiting, free)
            search.go(EACH * len(waiting) if self.rounds is None else self.rounds)

    def _fallen(self) -> list[int]:
        """Those whose place hung on something that found none: they are taken out."""
        from planner.training.making_room import take_all

        fallen: list[int] = []
        hang = sorted(self.standing.hang, key=lambda one: int(self.board.first[self.standing.kept[one]]))
        for demand in hang:
            if self.board.place[self.board.after[demand]] == NOBODY:
                take_all(self.board, np.array([demand], np.int32))
                fallen.append(demand)
        return fallen

    def _make_room(self) -> None:
        """One other moved for each who is still without a place: first of those who were not told of theirs.
        Whoever need not have moved goes back."""
        from planner.training.making_room import go_home

        board, draws, room = self.board, seeded(self.seed), buffers()
        moved = np.zeros(len(board.place), bool)
        moved[self.loose] = True
        sessions = self.standing.kept
        firm = (sessions == NOBODY) | (board.first[sessions] <= self.frozen)
        firm[sorted(self.standing.hang)] = True
        firm[self.loose] = False
        spared = firm.copy()
        spared[sorted(self.standing.told)] = True
        spared[self.loose] = False
        self._move_some(moved, spared, draws, room)
        if self.standing.told and self.weights.of_moving(True) < 1:
            self._move_some(moved, firm, draws, room)
        others = np.flatnonzero(moved & ~np.isin(np.arange(len(moved)), self.loose)).astype(np.int32)
        go_home(board, others, self.standing.kept, room[0])

    def _move_some(
        self, moved: Flags, firm: Flags, draws: npt.NDArray[np.uint64], room: tuple[Ints, Ints]
    ) -> None:
        """One who is not `firm` moved for each who is without a place."""
        from planner.training.making_room import make_room

        board = self.board
        for demand in sorted(self.loose, key=lambda one: (self._latest(one), one)):
            if board.place[demand] == NOBODY:
                other = make_room(board, demand, moved, firm, draws, *room)
                if other >= 0:
                    moved[other] = True
                    self.made_room[demand] = other

    def _latest(self, demand: int) -> int:
        """The last day on which it could begin; -1 when there is none."""
        options = self.board.options[self.board.options_at[demand] : self.board.options_at[demand + 1]]
        return int(self.board.first[options].max(initial=-1))


def narrowed(board: Board, frozen: int, shut: set[int]) -> Board:
    """The board with only those sessions open that begin after the freeze and are not `shut`."""
    keep = (board.first[board.options] > frozen) & ~np.isin(board.options, sorted(shut))
    counted = np.concatenate([[0], np.cumsum(keep)]).astype(np.int32)
    return board._replace(options=board.options[keep], options_at=counted[board.options_at])


def put_all_on(board: Board, places: Ints) -> None:
    from planner.training.moves import put_all

    put_all(board, places)
