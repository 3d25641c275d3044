"""Everything that plans and books in one table, with what is wanted of it and what others published.

python -m benchmarks --plans 60             so many processor seconds for the training year and for each week,
                                            and twice as many for the morning of passengers
"""

import argparse
import time
from pathlib import Path
from random import Random

import numpy as np
import psutil

from moothall.config.embedded import running
from moothall.config.home import Home
from planner.training.board import lay_out
from planner.training.bound import quick_bound
from planner.training.greedy import first_plan
from planner.training.limit import ROUNDS
from planner.training.moves import put_all
from planner.training.polish import polish
from planner.training.prices import find_prices, limit_by_prices
from planner.training.problem import Problem
from planner.training.reading import raised, read_json, read_problem
from planner.training.searching import STEP, Search
from planner.transport.changes import away, unchanged
from planner.transport.reading import read_problem as read_morning
from planner.transport.repair import repair
from planner.transport.searching import Progress, plan_transport

from .measuring import quantile
from .planner import CASE, RUNS
from .publishing import publish_a_year
from .report import number
from .timetables import measured
from .transport import CASE as MORNING_CASE
from .transport import drawn_changes, timed

GAP, GAP_HIGHER, FIRST = 1.1, 4.0, 3.0
WEEKS = (("comp01", 5, "5"), ("comp02", 24, "45"), ("comp11", 0, "0"))
MORNING, FIRST_MORNING, CURVE, SINGLE = 15_500, 5.0, 60.0, 1.0
OFFICE, EJECTION, HIGHER = "21,663 in 5 s", "22,443 in 244 s", "17,693 of 19,881 in 90 s"
ROUTES = "15,709 in 114 s; VROOM 17,899, 12 left"
NONE = "no target"


def measure_plans(asked: argparse.Namespace, home: Path) -> None:
    """The table; each row is printed as soon as it is known."""
    print(f"load {psutil.getloadavg()[0]:.1f}\n\n| | CPU s | came to | target | published |")
    print("|---|--:|--:|--:|--:|", flush=True)
    _training(asked.plans)
    for name, best, target in WEEKS:
        row = measured(name, best, asked.plans, 1)
        _say(f"Timetable {name}", row.seconds, f"{row.verdict.penalty} penalty", target, f"{best} best known")
    _morning(2 * asked.plans)
    for done in publish_a_year(asked, home):
        _say(f"1,000 sessions: {done.name}", done.cpu, f"{done.statements:,} statements", NONE)
    _bookings(asked, home)


def _say(name: str, cpu: float | None, came_to: str, target: str, published: str = "–") -> None:
    print(f"| {name} | {number(cpu)} | {came_to} | {target} | {published} |", flush=True)


def _training(seconds: float) -> None:
    """23,000 places for 4,600 officers: the first plan, two searches, and every minimum five points higher;
    compiled beforehand."""
    problem = read_problem(CASE, RUNS)
    Search(lay_out(problem), 1).go(1)
    polish(problem, lay_out(problem))
    limit = _limit(problem)
    _search("Training year", problem, limit, seconds, 1, (f"gap {GAP} %", OFFICE, EJECTION))
    _search("Training year, seed 2", problem, limit, seconds, 2, (f"gap {GAP} %", OFFICE, EJECTION))
    higher = raised(problem, read_json(CASE), 5)
    _search("5 points higher", higher, _limit(higher), seconds, 1, (f"gap {GAP_HIGHER:g} %", "–", HIGHER))


def _limit(problem: Problem) -> int:
    prices = limit_by_prices(problem, lay_out(problem), find_prices(problem, lay_out(problem), rounds=ROUNDS))
    return min(quick_bound(problem, lay_out(problem)), prices.places)


def _search(
    name: str, problem: Problem, limit: int, seconds: float, seed: int, wanted: tuple[str, str, str]
) -> None:
    began = time.process_time()
    board = lay_out(problem)
    put_all(board, np.array(first_plan(problem, board), np.int32))
    search = Search(board, seed)
    said = f"{search.placed:,} placed"
    _say(f"{name}: first plan", time.process_time() - began, said, f"{FIRST:g} s", wanted[1])
    while time.process_time() - began < seconds and search.placed < limit:
        search.go(STEP)
    gap = 100 * (limit - search.placed) / limit
    said = f"{search.placed:,} of {limit:,}, gap {gap:.2f} %"
    _say(f"{name}: search", time.process_time() - began, said, wanted[0], wanted[2])


def _morning(seconds: float) -> None:
    """1,500 passengers: a plan, then 55 changes and one, each the whole curve."""
    problem = read_morning(MORNING_CASE)
    plan_transport(problem, rounds=10)
    first: list[Progress] = []

    def tell(far: Progress) -> bool:
        if not first and not far.left_out:
            first.append(far)
        return True

    spent, plan = timed(lambda: plan_transport(problem, seconds=seconds, seed=1, tell=tell))
    for far in first:
        said = f"{far.cost:,.0f} pounds"
        _say("Morning: all on a run", far.seconds, said, f"{FIRST_MORNING:g} s")
    said = f"{plan.cost:,.0f} pounds, {len(plan.runs)} vehicles, {len(plan.unserved)} left"
    _say("Morning of 1,500 passengers", spent, said, f"{MORNING:,} pounds, none left", ROUTES)
    day = unchanged(problem)
    repair(day, plan, keeps=[1.0], rounds=10)
    for name, changed, most in (
        ("Morning: 55 changes, the whole curve", drawn_changes(problem), CURVE),
        ("Morning: one ill, the whole curve", away(day, 7, "Ill today."), SINGLE),
    ):
        spent, points = timed(lambda changed=changed: repair(changed, plan))  # type: ignore[misc]
        _say(name, spent, f"{len(points)} choices", f"{most:g} s")


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
