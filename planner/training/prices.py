"""A limit proved by prices, in seconds: Lagrangean relaxation of everything that is shared.

Put a price on each duty of each team and on each seat. Whatever the prices, the worth of what is there plus
what everybody gains who chooses freely is at least what any plan can give, so each set of prices proves a
limit. The prices are then bettered where more or less is asked for than there is: subgradient steps (Held,
Wolfe and Crowder, *Mathematical Programming* 6, 1974) along a running mean, each price by its own measure
(Kingma and Ba, *Adam*, ICLR 2015), ever shorter.

Nothing is left out but an officer's own clashes and what must come first among courses, so the limit is no
weaker than a linear programme of the same parts.
"""

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.training.board import NOBODY, Board, Ints
from planner.training.buying import Bought, Market, choose
from planner.training.limit import Limit
from planner.training.problem import Problem

Numbers = npt.NDArray[np.float64]
MEMORY, LONG_MEMORY = 0.9, 0.99  # of the way gone so far, and of how far it went
SMALL = 1e-3
FIRST_STEP, LATER_STEP = 0.1, 0.005  # in places, from nothing and from prices found before
LAST_STEP = 0.003  # the part of the first step that the last is
MEAN = 0.02  # how much of the newest classes goes into their mean


@dataclass(frozen=True)
class Prices:
    """A limit of `exact` places, and the prices that prove it: of duties by kind and cell, of seats by
    session. `classes` is how many of each session would be held, in the mean of the last steps."""

    exact: float
    duty: Numbers
    seat: Numbers
    classes: Numbers
    rounds: int


def find_prices(
    problem: Problem, board: Board, *, rounds: int, seconds: float = 1e9, start: Prices | None = None
) -> Prices:
    """Prices that prove a low limit, for a board nobody is placed on, after `rounds` steps or `seconds`;
    `start` are prices to begin with. The same year and rounds give the same prices."""
    market, bought = _market(problem, board), _room(board)
    there = board.slack.astype(np.float64)
    size = np.where(board.slot == NOBODY, board.size, 0).astype(np.float64)
    duty = np.zeros(board.slack.shape) if start is None else start.duty.copy()
    seat = np.zeros(len(board.size)) if start is None else start.seat.copy()
    walks = _Walk(duty), _Walk(seat)
    best = Prices(np.inf, duty.copy(), seat.copy(), np.zeros(len(seat)), 0)
    classes, until, began = best.classes, time.monotonic() + seconds, time.monotonic()
    for done in range(rounds):
        gained = choose(board, market, duty, seat, bought)
        exact = gained + float((there * duty).sum()) + float(size @ seat)
        classes = classes + MEAN * (bought.classes - classes)
        if exact < best.exact:
            best = Prices(exact, duty.copy(), seat.copy(), classes, done + 1)
        if time.monotonic() > until:
            break
        part = max(done / rounds, (time.monotonic() - began) / seconds)
        step = (FIRST_STEP if start is None else LATER_STEP) * LAST_STEP**part
        walks[0].go(there - bought.used, step)
        walks[1].go(size + board.size * bought.classes - bought.filled, step)
    return best


class _Walk:
    """Prices going down where more is there than asked for, and up where less is; never below nought."""

    def __init__(self, prices: Numbers) -> None:
        self.prices = prices
        self.way, self.size = np.zeros_like(prices), np.zeros_like(prices)

    def go(self, spare: Numbers, step: float) -> None:
        """One step; every price by its own measure."""
        along = np.where((self.prices > 0) | (spare < 0), spare, 0.0)
        self.way += (1 - MEMORY) * (along - self.way)
        self.size += (1 - LONG_MEMORY) * (along * along - self.size)
        self.prices -= step * self.way / (np.sqrt(self.size) + SMALL)
        np.maximum(self.prices, 0.0, out=self.prices)


def limit_by_prices(problem: Problem, board: Board, prices: Prices) -> Limit:
    """The limit those prices prove, with what each scarce thing would bring."""
    runs, slots = board.runs, len(problem.surge.days)

    def priced(values: Numbers) -> dict[int, float]:
        return {at: float(values[at]) for at in np.flatnonzero(values > 1e-6).tolist()}

    bought = _room(board)
    choose(board, _market(problem, board), prices.duty, prices.seat, bought)
    weeks, days = _trainers(board, prices.seat, bought)
    by_module = prices.classes[runs:].reshape(-1, len(problem.sites), max(1, slots)).sum(axis=1)
    held = {
        (module, slot): float(by_module[module, slot])
        for module, slot in zip(*np.nonzero(by_module > 1e-6), strict=True)
    }
    places = int(prices.exact + 1e-6)
    return Limit(places, prices.exact, priced(prices.duty[0]), priced(prices.seat[:runs]), days, weeks, held)


def _trainers(board: Board, seat: Numbers, bought: Bought) -> tuple[dict[int, float], dict[int, float]]:
    """What one more trainer would earn in each week and on each day of the surge: by the dearest class that
    is not held for want of one, less the cheapest that would have to go for it."""
    each, shape = board.class_trainers, (-1, *board.room_used.shape)
    if len(board.filled) == board.runs or not each:
        return {}, {}
    income = (seat * board.size)[board.runs :].reshape(shape)
    held = bought.classes[board.runs :].reshape(shape)
    waiting = np.where(bought.rooms > 0, income.max(axis=0), 0.0).max(axis=0)
    lowest = np.where(held > 0, income, np.inf).min(axis=(0, 1))
    full_day = (bought.on_day + 1) * each > board.day_trainers
    weeks: dict[int, float] = {}
    days: dict[int, float] = {}
    for week in np.unique(board.week).tolist():
        those = np.flatnonzero(board.week == week)
        full = (bought.on_day[those].sum() + 1) * each > board.week_trainers[week]
        if full and (~full_day[those]).any():
            weeks[week] = float(waiting[those][~full_day[those]].max()) / each
        for slot in those[full_day[those]].tolist():
            days[slot] = max(0.0, float(waiting[slot] - (lowest[those].min() if full else 0.0))) / each
    return (
        {week: price for week, price in weeks.items() if price > 1e-6},
        {slot: price for slot, price in days.items() if price > 1e-6},
    )


def _market(problem: Problem, board: Board) -> Market:
    counts = np.diff(board.options_at)
    asking = [at for at in range(len(counts)) if counts[at]]
    module = np.array([-1 if one.module is None else one.module for one in problem.demands], np.int32)
    slots: list[Ints] = []
    for at in range(len(counts)):
        options = board.options[board.options_at[at] : board.options_at[at + 1]]
        slots.append(np.unique(board.slot[options]) if module[at] >= 0 else np.zeros(0, np.int32))
    pairs = [
        (one.after, at)
        for at, one in enumerate(problem.demands)
        if one.module is not None and one.after is not None and counts[at] and counts[one.after]
    ]
    paired = {demand for pair in pairs for demand in pair}
    blocked = {
        at for at, one in enumerate(problem.demands) if one.module is not None and one.after is not None
    }
    days = np.array(problem.surge.days, np.int32)
    reach = np.zeros((len(problem.teams), len(problem.sites), max(1, len(days))), bool)
    for team in problem.teams:
        for site in problem.near[team.station] if len(days) else ():
            reach[team.id, site] = [day not in problem.sites[site].closed for day in problem.surge.days]
    return Market(
        _ints([at for at in asking if module[at] < 0]),
        _ints([at for at in asking if module[at] >= 0 and at not in paired and at not in blocked]),
        _ints([one for one, _ in pairs]), _ints([two for _, two in pairs]),
        np.concatenate([[0], np.cumsum([len(those) for those in slots])]).astype(np.int32),
        np.concatenate([*slots, np.zeros(0, np.int32)]).astype(np.int32),
        module, reach, np.searchsorted(days, days + problem.surge.gap).astype(np.int32),
    )  # fmt: skip


def _room(board: Board) -> Bought:
    """Arrays for what is chosen."""
    sites, slots = board.room_used.shape
    modules = max(0, len(board.filled) - board.runs) // max(1, sites * slots)
    by = (modules, len(board.pattern), slots)
    return Bought(
        np.zeros(board.slack.shape), np.zeros(len(board.size)), np.zeros(len(board.size)),
        np.zeros(by), np.zeros(by, np.int32), np.zeros(slots + 1), np.zeros(slots + 1, np.int32),
        np.zeros((sites, slots), np.int32), np.zeros(slots, np.int32),
    )  # fmt: skip


def _ints(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int32)
