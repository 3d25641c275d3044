"""Everything that plans and books, short, in one table with its targets.

python -m benchmarks --plans 60             so many processor seconds for the training year and for each week
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import psutil

from moothall.config.embedded import running
from moothall.config.home import Home
from planner.training.board import lay_out
from planner.training.bound import quick_bound
from planner.training.greedy import first_plan
from planner.training.moves import put_all
from planner.training.polish import polish
from planner.training.prices import find_prices, limit_by_prices
from planner.training.reading import read_problem
from planner.training.searching import STEP, Search

from .measuring import quantile
from .planner import CASE, RUNS
from .publishing import publish_a_year
from .report import number
from .timetables import measured

GAP, FIRST, WEEKS = 1.1, 3.0, (("comp01", 5, 5), ("comp11", 0, 0))


def measure_plans(asked: argparse.Namespace, home: Path) -> None:
    """The table; each row is printed as soon as it is known."""
    print(
        f"load {psutil.getloadavg()[0]:.1f}\n\n| | CPU s | came to | target |\n|---|--:|--:|--:|", flush=True
    )
    _training(asked.plans, asked.seed)
    for name, best, target in WEEKS:
        row = measured(name, best, asked.plans, asked.seed)
        _say(f"Timetable {name}", row.seconds, f"{row.verdict.penalty} penalty", f"{target}")
    for published in publish_a_year(asked, home):
        said = f"{published.statements:,} statements"
        _say(f"1,000 sessions: {published.name}", published.cpu, said, f"{published.target:g} CPU s")
    _bookings(asked, home)


def _say(name: str, cpu: float | None, came_to: str, target: str) -> None:
    print(f"| {name} | {number(cpu)} | {came_to} | {target} |", flush=True)


def _spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _training(seconds: float, seed: int) -> None:
    """23,000 places for 4,600 officers: the first plan, and a search; compiled beforehand."""
    problem = read_problem(CASE, RUNS)
    Search(lay_out(problem), seed).go(1)
    polish(problem, lay_out(problem))
    board = lay_out(problem)
    prices = limit_by_prices(problem, lay_out(problem), find_prices(problem, lay_out(problem), rounds=1))
    limit = min(quick_bound(problem, board), prices.places)
    began = time.process_time()
    put_all(board, np.array(first_plan(problem, board), np.int32))
    search = Search(board, seed)
    _say(
        "Training year: first plan", time.process_time() - began, f"{search.placed:,} placed", f"{FIRST:g} s"
    )
    while time.process_time() - began < seconds and search.placed < limit:
        search.go(STEP)
    gap = 100 * (limit - search.placed) / limit
    said = f"{search.placed:,} placed, gap {gap:.2f} %"
    _say("Training year: search", time.process_time() - began, said, f"gap {GAP} %")


def _bookings(asked: argparse.Namespace, home: Path) -> None:
    from . import bookings

    with running(Home(home)):
        place = bookings.fill()
        rng = Random(asked.seed)
        free = bookings.times_of(lambda: bookings.free(place, rng), asked.requests)
        grid, queries = bookings.grid(place, rng, asked.requests)
    for name, times, budget in (
        ("95,000 bookings: rooms free", free, bookings.ROOM_BUDGET),
        (f"95,000 bookings: week grid, {queries} queries", grid, bookings.GRID_BUDGET),
    ):
        _say(name, None, f"p95 {quantile(times, 0.95):.1f} ms", f"{budget:g} ms")
