"""A day planned: a whole plan in seconds, then better ones while there is time."""

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

import numpy as np

from planner.transport.board import BEST, NOW, POOL, Board, empty_board
from planner.transport.chance import seeded
from planner.transport.choosing import choose
from planner.transport.ground import Ground, lay_out
from planner.transport.plan import Plan
from planner.transport.problem import Problem
from planner.transport.reasons import without_hope
from planner.transport.standing import Standing, columns_of, plan_of, put_on

STEP = 500  # rounds between two looks at the clock
HOT, COLD = 6.0, 0.05  # pounds
FIRST_WEIGHTS = np.array([4.0, 3.0, 1.0, 0.5, 0.5]) / 9.0  # of the ways in `ruining.py`
SHELF = 1 << 16
FORGET = 0.2  # how quickly the ways that bring something are preferred
LEAST = 0.03
AT_LAST = 0.88  # of the time is searched before runs are put together anew
MOST_COLUMNS = 60_000
FEW_COLUMNS = 16_000  # where no time ends it
NODES = 200
WORTH_CHOOSING = 1_000  # rounds after which runs seen are put together anew


@dataclass(frozen=True)
class Progress:
    """How far a search is: processor seconds since it began, rounds, pounds, runs, and how many are left
    out."""

    seconds: float
    rounds: int
    cost: float
    runs: int
    left_out: int


GoOn = Callable[[Progress], bool]  # told from time to time; the search ends when it answers False


def cpu_seconds() -> float:
    """Processor seconds of this process and of those it started that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class Search:
    """A search over a board. It goes on from where it is; `best_runs` are the nodes of the best plan seen."""

    def __init__(self, ground: Ground, seed: int, *, shelf: int = SHELF, least: int = 0) -> None:
        self.ground, self.rounds = ground, 0
        self.board: Board = empty_board(ground, shelf=shelf, least=least)
        self._seed, self._found = seeded(seed), np.zeros(2, np.int64)
        self._weights = FIRST_WEIGHTS.copy()

    @property
    def best(self) -> float:
        return float(self.board.sums[BEST])

    @property
    def best_by_number(self) -> list[Standing]:
        """The best plan seen; a run that is not driven has no nodes, so that all keep their numbers."""
        board = self.board
        return [
            Standing(tuple(board.best_nodes[a, : board.best_size[a]].tolist()), int(board.best_kind[a]))
            for a in range(int(np.flatnonzero(board.best_size).max(initial=-1)) + 1)
        ]

    @property
    def best_runs(self) -> list[Standing]:
        return [run for run in self.best_by_number if run.nodes]

    def begin(self) -> None:
        """Place everybody who is not placed, the simplest way."""
        from planner.transport.entering import place_all

        place_all(self.board, self.ground, self._seed, self._found)

    def take_over(self, runs: Sequence[Standing]) -> None:
        """Go on from these runs instead; what was seen on the way is kept. ValueError when one breaks a
        rule."""
        from planner.transport.entering import remember

        board = self.board
        board.size[:], board.on[:], board.cost[:] = 0, -1, 0.0
        board.left[:] = self.ground.fleet
        board.sums[NOW], board.sums[BEST] = len(board.on) * self.ground.prices[0], inf
        put_on(board, self.ground, runs)
        remember(board, self.ground)

    def go(self, rounds: int, heat: float) -> None:
        """Search for so many rounds at a heat in pounds; nothing where there is nobody to be placed."""
        from planner.transport.entering import refit_all, search_on

        self.rounds += rounds
        if not len(self.board.on):
            return
        scores = np.zeros((len(self._weights), 2))
        search_on(self.board, self.ground, self._weights, scores, self._seed, self._found, rounds, heat)
        refit_all(self.board, self.ground)
        used = scores[:, 0] > 0
        gained = np.where(used, (scores[:, 1] + 1e-3) / np.maximum(1, scores[:, 0]), 0.0)
        if scores[:, 1].sum() > 0:
            aim = np.where(used, gained / gained.sum(), self._weights)
            self._weights = np.maximum(LEAST, (1 - FORGET) * self._weights + FORGET * aim)

    def choose(self, *, seconds: float | None, columns: int = MOST_COLUMNS, nodes: int = NODES) -> None:
        """Put the best runs ever seen together anew, and go on from there if that is cheaper."""
        if self.board.tally[POOL] or not len(self.board.on):
            return
        runs, choice = columns_of(self.ground, self.board, self.best_runs, columns)
        taken = choose(choice, seconds=seconds, nodes=nodes)
        if set(taken) != set(choice.begun.tolist()):
            self.take_over([runs[column] for column in taken])


def plan_transport(
    problem: Problem, *, seconds: float | None = None, rounds: int | None = None, seed: int = 1,
    gone: Mapping[int, str] = MappingProxyType({}), tell: GoOn = lambda _: True,
) -> Plan:  # fmt: skip
    """Plan the day, without those who are gone and why, until `seconds` of processor time or `rounds` of
    search are used up. The same problem, seed and rounds give the same plan where no seconds are given.
    ValueError when neither is."""
    if seconds is None and rounds is None:
        raise ValueError("Say how long to search: seconds, rounds or both.")
    hopeless = without_hope(problem, gone)
    asked = problem.without(frozenset(one.passenger for one in hopeless))
    ground = lay_out(asked)
    search = Search(ground, seed)
    began = _compiled_first(ground)
    search.begin()
    most, longest = inf if rounds is None else rounds, inf if seconds is None else seconds
    budget = _Budget(began, most, longest, tell)
    _anneal(search, budget, HOT, COLD, until=AT_LAST)
    if not budget.stopped and search.rounds >= WORTH_CHOOSING:
        most_columns = FEW_COLUMNS if seconds is None else MOST_COLUMNS
        search.choose(seconds=None if seconds is None else budget.left / 2, columns=most_columns)
        _anneal(search, budget, COLD * 4, COLD, until=1.0)
    return plan_of(problem, asked, ground, search.best_runs, hopeless, search.rounds)


@dataclass
class _Budget:
    """What may be used up, and how much of it is."""

    began: float
    rounds: float
    seconds: float
    tell: GoOn
    stopped: bool = False

    @property
    def left(self) -> float:
        return max(0.0, self.seconds - (cpu_seconds() - self.began))

    def used(self, search: Search) -> float:
        spent = cpu_seconds() - self.began
        runs, out = int((search.board.best_size > 0).sum()), int(search.board.tally[POOL])
        going = self.tell(Progress(spent, search.rounds, search.best, runs, out))
        self.stopped = self.stopped or not going
        by_rounds = search.rounds / self.rounds if self.rounds else 1.0
        return 1.0 if self.stopped else max(spent / self.seconds if self.seconds else 1.0, by_rounds)


def _anneal(search: Search, budget: _Budget, hot: float, cold: float, until: float) -> None:
    """Cool down from where the budget stands now until a part of it is used."""
    start = now = budget.used(search)
    if start >= until or not len(search.board.on):
        return
    while now < until:
        heat = hot * (cold / hot) ** ((now - start) / (until - start))
        search.go(int(max(1, min(STEP, (until - now) * budget.rounds))), heat)
        now = budget.used(search)


def _compiled_first(ground: Ground) -> float:
    """Have everything compiled or fetched from the disk; that is not taken from the search's time."""
    aside = Search(ground, 1, shelf=2)
    aside.take_over([])
    aside.board.tally[POOL] = 0
    aside.begin()
    aside.go(0, 1.0)
    return cpu_seconds()
