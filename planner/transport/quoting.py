"""What it would mean to take somebody on each run: pounds, when they are fetched, and who else is fetched at
another time; or the first rule in the way. A quote takes milliseconds once the plan is laid out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from planner.transport.asking import (
    ALONE_ABOARD,
    APART,
    PARTED,
    REFUSED,
    RIDE_TOO_LONG,
    TOO_FULL,
    TOO_LATE,
    TOO_LONG,
)
from planner.transport.board import empty_board
from planner.transport.entering import ask_for, put_back, take_off, time_stops
from planner.transport.ground import lay_out
from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.standing import put_on, standings, time_at

WHY: Final = {
    APART: "somebody on it must be kept apart from them",
    PARTED: "whoever travels with them is on another run",
    TOO_LONG: "it has too many stops already",
    ALONE_ABOARD: "somebody on it travels alone",
    RIDE_TOO_LONG: "somebody would be aboard too long",
    TOO_LATE: "it would be at a school outside its time",
    TOO_FULL: "no vehicle that is left has the seats and bays",
}


@dataclass(frozen=True)
class Shift:
    """Somebody who would be fetched (in the afternoon: set down) so many seconds later; below nought:
    earlier."""

    passenger: int
    seconds: int


@dataclass(frozen=True)
class Quote:
    """What taking somebody on a run means. `run` is its number in the plan, None for a run of their own;
    `pounds` is what it costs more, None where `why` says which rule is in the way."""

    run: int | None
    pounds: float | None
    why: str = ""


@dataclass(frozen=True)
class Effect:
    """A quote in full: when they are at home's door, and who else is at theirs at another time."""

    pounds: float
    time: int
    shifts: tuple[Shift, ...]


class Quoting:
    """A plan laid out to be asked. Whoever is on a run already is thought to have got off it before.
    ProblemError when the plan is not one of the problem."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem, self._ground = problem, lay_out(problem)
        self._runs = standings(problem, plan)
        self._board = empty_board(self._ground, shelf=1)
        try:
            put_on(self._board, self._ground, self._runs)
        except ValueError as wrong:
            raise ProblemError(f"The plan cannot be driven: {wrong}") from wrong
        self._found = np.zeros(2, np.int64)

    def quotes(self, passenger: int) -> list[Quote]:
        """What it means on each run and, last, on one of their own; the cheapest first, then those on which
        they cannot be. Pounds are against the plan as it is."""
        more, saved = self._asked(passenger)
        told = [self._quote(number, pounds, saved) for number, pounds in enumerate(more)]
        return sorted(told, key=lambda one: (one.pounds is None, one.pounds or 0.0))

    def refusals(self, passenger: int) -> Iterator[str]:
        """For each run why they cannot be on it; nothing where they can be on one."""
        more, _ = self._asked(passenger)
        if max(more) <= REFUSED:
            for pounds in more[:-1]:
                yield WHY[round(REFUSED - pounds)]

    def effect(self, passenger: int, run: int | None) -> Effect | None:
        """One quote in full, or None where they cannot be on that run."""
        board, ground = self._board, self._ground
        number = len(self._runs) if run is None else run
        more = np.full(len(self._runs) + 1, REFUSED)
        saved = take_off(board, ground, passenger)
        before: dict[int, int] = {}
        if run is not None and board.size[run]:
            time_stops(board, ground, run)
            before = self._times(board.nodes[run, : board.size[run]].tolist())
        ask_for(board, ground, passenger, number, more, self._found)
        after = self._times(board.chosen[: self._found[1]].tolist()) if self._found[0] >= 0 else {}
        put_back(board, ground)
        if not after:
            return None
        shifts = (Shift(who, after[who] - time) for who, time in before.items() if after[who] != time)
        return Effect(round(float(more[number]) - saved, 2), after[passenger], tuple(shifts))

    def _quote(self, number: int, pounds: float, saved: float) -> Quote:
        run = None if number == len(self._runs) else number
        if pounds <= REFUSED:
            return Quote(run, None, WHY[round(REFUSED - pounds)])
        return Quote(run, round(pounds - saved, 2))

    def _asked(self, passenger: int) -> tuple[list[float], float]:
        """For each run and one of their own, pounds more or the rule in the way; and what it saves that they
        are not on theirs."""
        more = np.empty(len(self._runs) + 1)
        saved = take_off(self._board, self._ground, passenger)
        ask_for(self._board, self._ground, passenger, -1, more, self._found)
        put_back(self._board, self._ground)
        return more.tolist(), saved

    def _times(self, nodes: Sequence[int]) -> dict[int, int]:
        """When each passenger is at home's door or at their meeting point, by the timetable on the desk."""
        ways = self._problem.boardings
        return {
            ways[v].passenger: time_at(self._problem, self._board, i)
            for i, v in enumerate(nodes)
            if v < len(ways)
        }
