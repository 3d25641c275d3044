"""A plan made: one in seconds, then better ones while there is time, with the limit beside them."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from math import inf

import numpy as np
import numpy.typing as npt

from planner.training.board import NEVER, NOBODY, Board, lay_out
from planner.training.bound import quick_bound
from planner.training.drawing import buffers, seeded
from planner.training.greedy import first_plan
from planner.training.limit import Limit
from planner.training.plan import Plan
from planner.training.polish import polish, quality
from planner.training.problem import Problem
from planner.training.writing import plan_of

STIR = 20  # people who wander in each round
STEP = 2_000  # rounds between two looks at the clock


@dataclass(frozen=True)
class Progress:
    """How far a search is: seconds since it began, rounds done, places given, and the limit proved so far."""

    seconds: float
    rounds: int
    placed: int
    bound: int


Demands = npt.NDArray[np.int32]
GoOn = Callable[[Progress], bool]  # told from time to time; the search ends when it answers False


def plan_training(
    problem: Problem, *, seconds: float | None = None, rounds: int | None = None, seed: int = 1,
    tell: GoOn = lambda _: True, limit: Future[Limit] | None = None, polished: bool = True,
) -> Plan:  # fmt: skip
    """Plan the year until `seconds` of wall time or `rounds` of search are used up, or everybody who can have
    a place has one. The same problem, seed and rounds give the same plan. `limit` is a
    better limit being proved on some executor (`proved`), looked at whenever it is ready. What was searched
    is then `polished`, which takes seconds more. ValueError when neither seconds nor rounds is given."""
    if seconds is None and rounds is None:
        raise ValueError("Say how long to search: seconds, rounds or both.")
    most, longest = inf if rounds is None else rounds, inf if seconds is None else seconds
    began = time.perf_counter()
    board = lay_out(problem)
    bound = quick_bound(problem, board)
    places = first_plan(problem, board)

    def go_on(rounds: int, placed: int) -> bool:
        """Tell how far it is; whether there is time left and anything left to do."""
        far = Progress(time.perf_counter() - began, rounds, placed, _better(bound, limit))
        return tell(far) and far.seconds < longest and rounds < most and placed < far.bound

    going = go_on(0, sum(session != NOBODY for session in places))
    ready = time.perf_counter()
    _put(board, places)
    search = Search(board, seed)
    if going:
        search.go(0)  # the first time this is the compiler's work, which is not taken from the search's time
    began += time.perf_counter() - ready
    while going:
        search.go(int(min(STEP, most - search.rounds)))
        going = go_on(search.rounds, search.placed)
    searched = quality(problem, board)
    if polished and search.rounds:
        polish(problem, board, seed)
    plan = plan_of(problem, board, _better(bound, limit), search.rounds)
    return replace(plan, quality=quality(problem, board), searched=searched)


def _better(bound: int, limit: Future[Limit] | None) -> int:
    return min(bound, limit.result().places) if limit is not None and limit.done() else bound


class Search:
    """A search over a board that already holds some places; it goes on from where it was. `waiting` are those
    to be placed (everybody without a place who has a session), `free` those who may be moved (everybody)."""

    def __init__(
        self, board: Board, seed: int, waiting: Demands | None = None, free: Demands | None = None
    ) -> None:
        self.board, self.rounds = board, 0
        hopeful = board.options_at[:-1] < board.options_at[1:]
        asking = (board.place == NOBODY) & hopeful
        self._waiting = np.flatnonzero(asking).astype(np.int32) if waiting is None else waiting.copy()
        self._count = len(self._waiting)
        self._weight = np.zeros(len(board.place), np.int64)
        self._rested = np.full(len(board.place), 0 if free is None else NEVER, np.int64)
        self._stir = STIR
        if free is not None:
            self._rested[free], self._stir = 0, 0
        self._clock = np.zeros(1, np.int64)
        self._room, self._seed = buffers(), seeded(seed)

    @property
    def placed(self) -> int:
        return int((self.board.place != NOBODY).sum())

    def go(self, rounds: int) -> None:
        """Search for so many rounds; the number of places never falls."""
        from planner.training.ejection import search

        memory = self._weight, self._rested, self._clock, self._seed, *self._room
        self._count = search(self.board, self._waiting, self._count, *memory, rounds, self._stir)
        self.rounds += rounds


def _put(board: Board, places: list[int]) -> None:
    from planner.training.moves import put_all

    put_all(board, np.array(places, np.int32))
