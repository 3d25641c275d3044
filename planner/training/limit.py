"""The limit proved by linear programming, and what each scarce thing would bring.

People of courses are kept one by one, the surge by team, module and day. Left out, which only raises the
limit: sites of the surge, an officer's own clashes, sergeants and Taser. Whatever HiGHS answers, the limit is
worked out again from its duals alone, so it holds even where the solver stopped early (weak duality).
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix

from planner.highs import Programme, solve
from planner.training.board import EVERYBODY, Board, lay_out
from planner.training.problem import A, B, Problem

ROUNDS = 1_500  # of the limit by prices: it hardly falls after so many
Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Limit:
    """At most `places` can be given (`exact` before rounding down). Prices are places gained for one more: of
    slack of a team on a day (by cell), a seat in a run, a surge trainer on a day (by slot), in a week."""

    places: int
    exact: float
    slack: dict[int, float]
    seats: dict[int, float]
    trainers: dict[int, float]
    weeks: dict[int, float]
    classes: dict[tuple[int, int], float]  # module, slot: how many classes the relaxed plan holds


@dataclass
class _Model:
    """A linear programme being written down: maximise the sum of what pays, every row at most its limit."""

    pays: list[Numbers] = field(default_factory=list)
    most: list[Numbers] = field(default_factory=list)
    limits: list[Numbers] = field(default_factory=list)
    entries: list[tuple[Indices, Indices, Numbers]] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def variables(self, pays: float, most: npt.ArrayLike) -> Indices:
        upper = np.atleast_1d(np.asarray(most, np.float64))
        self.pays.append(np.full(len(upper), pays))
        self.most.append(upper)
        self.columns += len(upper)
        return np.arange(self.columns - len(upper), self.columns)

    def at_most(self, limits: npt.ArrayLike) -> Indices:
        upper = np.atleast_1d(np.asarray(limits, np.float64))
        self.limits.append(upper)
        self.rows += len(upper)
        return np.arange(self.rows - len(upper), self.rows)

    def enter(self, rows: npt.ArrayLike, columns: npt.ArrayLike, value: float) -> None:
        row, column = np.broadcast_arrays(np.asarray(rows, np.int64), np.asarray(columns, np.int64))
        self.entries.append((row.ravel(), column.ravel(), np.full(row.size, value)))

    def matrix(self) -> csc_matrix:
        rows, columns, values = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        return csc_matrix((values, (rows, columns)), shape=(self.rows, self.columns))


def limit_of(problem: Problem, board: Board, seconds: float = 600, threads: int = 1) -> Limit:
    """The limit for a board nobody is placed on yet. HiGHS may take `seconds`; what it has then is used."""
    model = _Model()
    slack = model.at_most(board.slack[EVERYBODY])
    seats = model.at_most(board.size[: board.runs])
    _courses(model, problem, board, slack, seats)
    days, weeks, classes = _surge(model, problem, board, slack)
    matrix = model.matrix()
    duals, values = _solved(model, matrix, seconds, threads)
    pays, most, limits = (np.concatenate(part) for part in (model.pays, model.most, model.limits))
    exact = float(limits @ duals + np.maximum(0, pays - matrix.T @ duals) @ most)

    def priced(rows: Indices) -> dict[int, float]:
        return {at: float(duals[row]) for at, row in enumerate(rows.tolist()) if duals[row] > 1e-6}

    held = {key: float(values[column]) for key, column in classes.items() if values[column] > 1e-6}
    return Limit(int(exact + 1e-6), exact, priced(slack), priced(seats), priced(days), priced(weeks), held)


def proved(problem: Problem, seconds: float, rounds: int = ROUNDS) -> Limit:
    """The limit by prices from the problem alone, for another process: `executor.submit(proved, problem,
    seconds)`. With fewer seconds than it needs it is a little higher."""
    from planner.training.prices import find_prices, limit_by_prices

    board = lay_out(problem)
    return limit_by_prices(
        problem, board, find_prices(problem, board, rounds=rounds, seconds=max(1.0, seconds))
    )


def _courses(model: _Model, problem: Problem, board: Board, slack: Indices, seats: Indices) -> None:
    """One variable for everybody in every run open to them."""
    asking = np.flatnonzero([demand.module is None for demand in problem.demands])
    counts = np.diff(board.options_at)[asking]
    demands = np.repeat(asking, counts)
    runs = _joined(board.options, board.options_at[asking], counts)
    column = model.variables(1.0, np.ones(len(runs)))
    once = model.at_most(np.ones(len(asking)))
    model.enter(np.repeat(once, counts), column, 1.0)
    model.enter(seats[runs], column, 1.0)
    rows = board.pattern[board.team[demands]] * board.daysets + board.dayset[runs]
    many = board.lost_at[rows + 1] - board.lost_at[rows]
    days = _joined(board.lost, board.lost_at[rows], many)
    model.enter(
        slack[np.repeat(board.team[demands], many) * board.horizon + days], np.repeat(column, many), 1.0
    )


def _joined(
    values: npt.NDArray[np.int32], starts: npt.NDArray[np.int32], counts: npt.NDArray[np.int32]
) -> Indices:
    """The stretches of `values` that begin at `starts` and are `counts` long, one after the other."""
    ends = np.cumsum(counts)
    at = (
        np.arange(int(ends[-1]) if len(ends) else 0)
        - np.repeat(ends - counts, counts)
        + np.repeat(starts, counts)
    )
    return values[at].astype(np.int64)


def _surge(
    model: _Model, problem: Problem, board: Board, slack: Indices
) -> tuple[Indices, Indices, dict[tuple[int, int], int]]:
    """Classes by module and day, and how many of each team go to them."""
    surge, slots = problem.surge, len(problem.surge.days)
    days = model.at_most(board.day_trainers[:slots])
    weeks = model.at_most(board.week_trainers)
    rooms = model.at_most(np.full(slots, float(board.rooms.sum())))
    classes: dict[tuple[int, int], int] = {}
    seats: dict[tuple[int, int], int] = {}
    for module in range(3):
        for slot in range(slots):
            held = classes[module, slot] = int(model.variables(0.0, [float(board.rooms.sum())])[0])
            full = seats[module, slot] = int(model.at_most([0.0])[0])
            model.enter([full], [held], -float(surge.size))
            model.enter([days[slot], weeks[board.week[slot]]], held, float(surge.class_trainers))
            model.enter([rooms[slot]], [held], 1.0)
    for team, asked in _teams_asking(problem, board).items():
        going = _team_going(model, team, asked, board, slack, seats)
        _one_after_the_other(model, going, asked, surge.gap, surge.days)
    return days, weeks, classes


Asked = dict[int, dict[int, int]]  # module: slot: how many of the team could go then


def _teams_asking(problem: Problem, board: Board) -> dict[int, Asked]:
    found: dict[int, Asked] = {}
    for number, demand in enumerate(problem.demands):
        if demand.module is None:
            continue
        options = board.options[board.options_at[number] : board.options_at[number + 1]]
        counts = found.setdefault(int(board.team[number]), {}).setdefault(demand.module, {})
        for slot in set(board.slot[options].tolist()):
            counts[slot] = counts.get(slot, 0) + 1
        counts[-1] = counts.get(-1, 0) + bool(len(options))
    return found


def _team_going(
    model: _Model, team: int, asked: Asked, board: Board, slack: Indices, seats: dict[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """A variable for each module and day on which some of the team can go."""
    going: dict[tuple[int, int], int] = {}
    for module, counts in asked.items():
        wanted = model.at_most([float(counts[-1])])
        for slot in sorted(set(counts) - {-1}):
            column = going[module, slot] = int(model.variables(1.0, [float(counts[slot])])[0])
            cell = team * board.horizon + int(board.first[board.runs + slot])
            model.enter([int(wanted[0]), int(slack[cell]), seats[module, slot]], column, 1.0)
    return going


def _one_after_the_other(
    model: _Model, going: dict[tuple[int, int], int], asked: Asked, gap: int, days: tuple[int, ...]
) -> None:
    """By no day have more taken B than had taken A long enough before. Running sums keep the matrix thin."""
    most = float(asked.get(A, {}).get(-1, 0))
    slots = sorted({slot for module, slot in going if module in (A, B)})
    sums: dict[tuple[int, int], int] = {}
    for before, slot in zip([None, *slots], slots, strict=False):
        for module, sign in ((A, 1.0), (B, -1.0)):
            total = sums[module, slot] = int(model.variables(0.0, [most])[0])
            row = model.at_most([0.0])
            model.enter(row, [total], sign)
            if before is not None:
                model.enter(row, [sums[module, before]], -sign)
            if (module, slot) in going:
                model.enter(row, [going[module, slot]], -sign)
        row = model.at_most([0.0])
        model.enter(row, [sums[B, slot]], 1.0)
        ripe = [early for early in slots if days[early] + gap <= days[slot]]
        if ripe:
            model.enter(row, [sums[A, ripe[-1]]], -1.0)


def _solved(model: _Model, matrix: csc_matrix, seconds: float, threads: int) -> tuple[Numbers, Numbers]:
    """Row duals, none below nought, and the values of the variables."""
    programme = Programme(
        gains=np.concatenate(model.pays),
        most=np.concatenate(model.most),
        limits=np.asarray(np.concatenate(model.limits), np.float64),
        starts=matrix.indptr.astype(np.int32),
        rows=matrix.indices.astype(np.int32),
        values=matrix.data,
    )
    return solve(programme, seconds=seconds, threads=threads)
