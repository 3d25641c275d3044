"""The one door from Python into the compiled code.

Each function with a door of its own would be compiled with all it calls, the whole search again: so there is
one door, and what is wanted behind it is a number. The functions below are its names.
"""

from typing import Final

import numpy as np

from planner.compiled import compiled, inner
from planner.transport.asking import ask, get_back, get_off, time_run
from planner.transport.board import Board
from planner.transport.chance import Seed
from planner.transport.ground import Floats, Ground, Wide
from planner.transport.putting import can_run, offers, put_runs, times_of
from planner.transport.rounds import first_runs, keep_best, refit, search

SEARCH, FIRST, REFIT, KEEP, PUT, CAN, TIMES, OFFERS, OFF, BACK, ASK, TIME = range(12)
NO_NUMBERS: Final = np.zeros(2, np.int64)
NO_FLOATS: Final = np.zeros(1)
NO_TABLE: Final = np.zeros((1, 1))
NO_SEED: Final = np.zeros(1, np.uint64)


@compiled
def enter(
    board: Board, ground: Ground, wish: int, a: int, b: int, heat: float,
    numbers: Wide, floats: Floats, table: Floats, seed: Seed,
) -> float:  # fmt: skip
    """Do what is wished with the numbers and arrays that are meant for it."""
    answer = 0.0
    if wish == SEARCH:
        search(board, ground, floats, table, seed, numbers, a, heat)
    elif wish == FIRST:
        first_runs(board, ground, seed, numbers)
    elif wish == REFIT:
        refit(board, ground)
    elif wish == KEEP:
        keep_best(board)
    else:
        answer = look(board, ground, wish, a, b, numbers, floats, table, seed)
    return answer


@inner
def look(
    board: Board, ground: Ground, wish: int, a: int, b: int,
    numbers: Wide, floats: Floats, table: Floats, seed: Seed,
) -> float:  # fmt: skip
    """What does not search."""
    answer = 0.0
    if wish == PUT:
        answer = 1.0 * put_runs(board, ground, a, numbers)
    elif wish == CAN:
        answer = 1.0 * can_run(board, ground, numbers, a, b)
    elif wish == TIMES:
        answer = times_of(board, ground, a)
    elif wish == OFFERS:
        offers(board, ground, table)
    elif wish == OFF:
        answer = get_off(board, ground, a)
    elif wish == BACK:
        get_back(board, ground)
    elif wish == ASK:
        answer = ask(board, ground, a, b, floats, seed, numbers)
    else:
        time_run(board, ground, a)
    return answer


def search_on(
    board: Board,
    ground: Ground,
    weights: Floats,
    scores: Floats,
    seed: Seed,
    found: Wide,
    rounds: int,
    heat: float,
) -> None:
    """So many rounds of search at a heat in pounds. See `rounds.search`."""
    enter(board, ground, SEARCH, rounds, 0, heat, found, weights, scores, seed)


def place_all(board: Board, ground: Ground, seed: Seed, found: Wide) -> None:
    """Place everybody in the pool. See `rounds.first_runs`."""
    enter(board, ground, FIRST, 0, 0, 0.0, found, NO_FLOATS, NO_TABLE, seed)


def refit_all(board: Board, ground: Ground) -> None:
    """Give every run the cheapest vehicle that is left."""
    enter(board, ground, REFIT, 0, 0, 0.0, NO_NUMBERS, NO_FLOATS, NO_TABLE, NO_SEED)


def remember(board: Board, ground: Ground) -> None:
    """Remember the runs as they stand as the best there are."""
    enter(board, ground, KEEP, 0, 0, 0.0, NO_NUMBERS, NO_FLOATS, NO_TABLE, NO_SEED)


def put_all(board: Board, ground: Ground, kinds: Wide) -> int:
    """Take over runs with vehicles of these types. The first that cannot be, or -1. See
    `putting.put_runs`."""
    return round(enter(board, ground, PUT, len(kinds), 0, 0.0, kinds, NO_FLOATS, NO_TABLE, NO_SEED))


def is_run(board: Board, ground: Ground, run: Wide, length: int, kind: int) -> bool:
    """Whether the first `length` nodes make a run that breaks no rule, with a vehicle of the type."""
    return enter(board, ground, CAN, length, kind, 0.0, run, NO_FLOATS, NO_TABLE, NO_SEED) > 0


def time_it(board: Board, ground: Ground, a: int) -> float:
    """What a run costs; its timetable is on the desk, its escorts in the notes."""
    return enter(board, ground, TIMES, a, 0, 0.0, NO_NUMBERS, NO_FLOATS, NO_TABLE, NO_SEED)


def price_shelf(board: Board, ground: Ground, prices: Floats) -> None:
    """What each run on the shelf costs with each type of vehicle; below nought where it does not fit."""
    enter(board, ground, OFFERS, 0, 0, 0.0, NO_NUMBERS, NO_FLOATS, prices, NO_SEED)


def take_off(board: Board, ground: Ground, passenger: int) -> float:
    """Take somebody off their run, if they are on one. What that saves."""
    return enter(board, ground, OFF, passenger, 0, 0.0, NO_NUMBERS, NO_FLOATS, NO_TABLE, NO_SEED)


def put_back(board: Board, ground: Ground) -> None:
    """Make everything as it was before `take_off`."""
    enter(board, ground, BACK, 0, 0, 0.0, NO_NUMBERS, NO_FLOATS, NO_TABLE, NO_SEED)


def ask_for(board: Board, ground: Ground, passenger: int, only: int, more: Floats, found: Wide) -> None:
    """What it costs to take somebody on each run, or on run `only` alone. See `asking.ask`."""
    enter(board, ground, ASK, passenger, only, 0.0, found, more, NO_TABLE, NO_SEED)


def time_stops(board: Board, ground: Ground, a: int) -> None:
    """Put the timetable of a run on the desk."""
    enter(board, ground, TIME, a, 0, 0.0, NO_NUMBERS, NO_FLOATS, NO_TABLE, NO_SEED)
