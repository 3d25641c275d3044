"""Small pieces of a plan solved exactly by CP-SAT, everything else held fast.

A piece is everybody in a few teams, and the seats they have or that are free in classes that are held. The
plan as it stands is the hint, so the answer is never worse, and no piece is started without one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from ortools.sat.python import cp_model

from planner.training.board import NOBODY, Board

TEAMS = 3  # in a piece
EFFORT = 4.0  # CP-SAT's own measure of work for a piece: the same on any machine


def better_pieces(board: Board, count: int, *, seed: int = 1, effort: float = EFFORT) -> int:
    """Solve `count` pieces of the plan on the board, those with most people waiting first. How many more have
    a place."""
    hopeful = (board.options_at[1:] > board.options_at[:-1]) & (board.place == NOBODY)
    waiting = np.bincount(board.team[hopeful], minlength=len(board.pattern))
    order = np.argsort(-waiting, kind="stable").tolist()
    pieces = [order[at : at + TEAMS] for at in range(0, len(order), TEAMS)]
    return sum(better_piece(board, piece, seed=seed, effort=effort) for piece in pieces[:count])


def better_piece(board: Board, teams: Sequence[int], *, seed: int = 1, effort: float = EFFORT) -> int:
    """Place everybody in these teams anew, as many as can be. How many more have a place."""
    from planner.training.making_room import take_all
    from planner.training.moves import put_all

    piece = _Piece(board, teams)
    places = piece.solved(seed, effort)
    before = int((board.place[piece.demands] != NOBODY).sum())
    if int((places[piece.demands] != NOBODY).sum()) <= before:
        return 0
    take_all(board, piece.demands)
    put_all(board, places)
    return int((board.place[piece.demands] != NOBODY).sum()) - before


class _Piece:
    """The model of one piece: a boolean for each demand of the teams and each session with a seat for it."""

    def __init__(self, board: Board, teams: Sequence[int]) -> None:
        self.board, self.model = board, cp_model.CpModel()
        self.demands = np.flatnonzero(np.isin(board.team, teams)).astype(np.int32)
        mine = np.bincount(
            board.place[self.demands][board.place[self.demands] != NOBODY], minlength=len(board.size)
        )
        held = np.where(board.slot == NOBODY, 1, -(-board.filled // np.maximum(1, board.size)))
        self.seats = held * board.size - board.filled + mine
        self.goes: dict[int, dict[int, cp_model.IntVar]] = {}
        for demand in self.demands.tolist():
            options = board.options[board.options_at[demand] : board.options_at[demand + 1]].tolist()
            self.goes[demand] = {
                session: self.model.new_bool_var("") for session in options if self.seats[session] > 0
            }
        self._limits()
        self._order()
        for demand, ways in self.goes.items():
            for session, way in ways.items():
                self.model.add_hint(way, int(board.place[demand] == session))
        self.model.maximize(sum(way for ways in self.goes.values() for way in ways.values()))

    def _limits(self) -> None:
        """Once each; seats; what each team can spare; one thing a day."""
        takes: dict[tuple[str, int, int], list[cp_model.IntVar]] = defaultdict(list)
        for demand, ways in self.goes.items():
            self.model.add_at_most_one(ways.values())
            for session, way in ways.items():
                takes["seat", session, 0].append(way)
                for resource in self._taken(demand, session):
                    takes[resource].append(way)
        mine = self._mine()
        for (kind, one, two), ways_in in takes.items():
            if kind == "day":
                self.model.add_at_most_one(ways_in)
                continue
            free = self.seats[one] if kind == "seat" else self.board.slack[one, two] + mine[one, two]
            if len(ways_in) > free:
                self.model.add(sum(ways_in) <= int(free))

    def _taken(self, demand: int, session: int) -> Iterator[tuple[str, int, int]]:
        board, team, skill = self.board, int(self.board.team[demand]), int(self.board.skill[demand])
        row = board.pattern[team] * board.daysets + board.dayset[session]
        for day in board.lost[board.lost_at[row] : board.lost_at[row + 1]].tolist():
            for kind in (0, *((1,) if skill & 1 else ()), *((2,) if skill & 2 else ())):
                yield "duty", kind, team * board.horizon + day
        for day in board.held[board.held_at[row] : board.held_at[row + 1]].tolist():
            yield "day", int(board.officer[demand]), day

    def _mine(self) -> dict[tuple[int, int], int]:
        """The duties that the people of the piece take now."""
        used: dict[tuple[int, int], int] = defaultdict(int)
        for demand in self.demands.tolist():
            session = int(self.board.place[demand])
            for kind, one, two in self._taken(demand, session) if session != NOBODY else ():
                if kind == "duty":
                    used[one, two] += 1
        return used

    def _order(self) -> None:
        """What comes first has a place, early enough."""
        board = self.board
        for demand, ways in self.goes.items():
            first = int(board.after[demand])
            if first == NOBODY:
                continue
            wait, before = int(board.wait[demand]), self.goes[first]
            for session, way in ways.items():
                early = [
                    other for one, other in before.items() if board.last[one] + wait <= board.first[session]
                ]
                self.model.add_bool_or([*early, way.negated()])

    def solved(self, seed: int, effort: float) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        """For each demand of the piece its session, and NOBODY for everybody else."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, seed
        solver.parameters.max_deterministic_time = effort
        places = np.full(len(self.board.place), NOBODY, np.int32)
        if solver.solve(self.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            for demand, ways in self.goes.items():
                for session, way in ways.items():
                    if solver.boolean_value(way):
                        places[demand] = session
        return places
