"""The planner measured: `python -m benchmarks --planner --seconds 60`. One table, in CPU seconds."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import numpy as np

from planner.training.board import Board, lay_out
from planner.training.bound import quick_bound
from planner.training.changes import minimum_raised, officer_away, run_lost
from planner.training.checking import check
from planner.training.greedy import first_plan
from planner.training.levers import levers, worth
from planner.training.limit import ROUNDS, limit_of
from planner.training.mending import Weights
from planner.training.pieces import better_pieces
from planner.training.plan import Plan
from planner.training.polish import polish, quality
from planner.training.prices import Prices, find_prices, limit_by_prices
from planner.training.problem import Problem
from planner.training.reading import raised, read_json, read_problem
from planner.training.repair import MAKES_ROOM, WAITED, Repair, accepted, repair
from planner.training.searching import STEP, Search
from planner.training.writing import plan_of, written

DATA = Path(__file__).with_name("data")
CASE, RUNS = DATA / "abstraction-1.json.gz", DATA / "abstraction-1-runs.json"
PUBLISHED = (
    ("published: office method", "4.9", 21_663, 22_688),
    ("published: ejection chains", "244", 22_443, 22_688),
    ("published: one CP-SAT model", "1,200", 21_663, 22_688),
    ("published: 5 points higher, ejection", "90", 17_693, 19_881),
)
HEAD = (
    f"{'plan':<40}{'CPU s':>8}{'placed':>9}{'limit':>9}{'gap %':>8}"
    f"{'broken':>8}{'worst %':>9}{'classes':>9}{'minutes':>9}"
)
PIECES = 4
Case = dict[str, Any]
Answer = TypeVar("Answer")


def run(seconds: float = 60, prove: float = 0) -> None:
    """Print the table: first plan, search, what is done to it then, and exact pieces, for seeds 1 and 2; then
    every minimum five points higher. The limit is the quick one or the one by prices, whichever is lower, and
    with `prove` seconds for HiGHS the linear programme's too; then what would help most is solved again."""
    case, problem = read_json(CASE), read_problem(CASE, RUNS)
    higher = raised(problem, case, 5)
    _compile(problem)
    print(HEAD)
    for name, cpu, placed, limit in PUBLISHED:
        print(_line(name, cpu, placed, limit))
    best, prices = _limit("as published", problem, prove)
    plan = _year("seed 1", problem, case, 1, seconds, best)
    _year("seed 2", problem, case, 2, seconds, best)
    lower, harder = _limit("5 points higher", higher, prove)
    _year("5 points higher", higher, _case(case, higher), 1, seconds, lower)
    _repaired(problem, case, plan)
    _levers(problem, prices)
    _levers(higher, harder)


def _compile(problem: Problem) -> None:
    """Everything compiled is called once, so that no compiler is measured."""
    board = lay_out(problem)
    Search(board, 1).go(1)
    polish(problem, board)
    find_prices(problem, lay_out(problem), rounds=1)


def _limit(name: str, problem: Problem, prove: float) -> tuple[int, Prices]:
    """The best limit there is time for, each in a line; and the prices of the one by prices."""
    board = lay_out(problem)
    spent, quick = _timed(lambda: quick_bound(problem, board))
    print(_line(f"{name}: quick limit", spent, None, quick))
    spent, prices = _timed(lambda: find_prices(problem, board, rounds=ROUNDS))
    priced = limit_by_prices(problem, board, prices)
    print(_line(f"{name}: limit by prices", spent, None, priced.places), flush=True)
    if not prove:
        return min(quick, priced.places), prices
    began = time.monotonic()
    exact = limit_of(problem, board, prove)
    wall = f"{time.monotonic() - began:.0f}"
    print(_line(f"{name}: linear programme (wall s)", wall, None, exact.places), flush=True)
    return min(quick, priced.places, exact.places), prices


def _year(name: str, problem: Problem, case: Case, seed: int, seconds: float, limit: int) -> Plan:
    """The rows of one year; the plan at the end."""
    from planner.training.moves import put_all

    began = time.process_time()
    board = lay_out(problem)
    put_all(board, np.array(first_plan(problem, board), np.int32))
    _row(f"{name}: first plan", time.process_time() - began, problem, board, case, limit)
    search = Search(board, seed)
    while time.process_time() - began < seconds and search.placed < limit:
        search.go(STEP)
    _row(f"{name}: search", time.process_time() - began, problem, board, case, limit)
    spent, _ = _timed(lambda: polish(problem, board, seed))
    _row(f"{name}: + fairer, fuller, nearer", float(spent), problem, board, case, limit)
    spent, _ = _timed(lambda: better_pieces(board, PIECES, seed=seed))
    return _row(f"{name}: + {PIECES} exact pieces", float(spent), problem, board, case, limit)


def _row(name: str, spent: float, problem: Problem, board: Board, case: Case, limit: int) -> Plan:
    plan, good = plan_of(problem, board, limit, 0), quality(problem, board)
    broken = len(check(case, written(plan)).breaches)
    worst = f"{100 * (1 - good.worst.gap):.1f}"
    more = f"{broken:>8}{worst:>9}{good.classes:>9,}{good.minutes:>9.1f}"
    print(_line(name, f"{spent:.1f}", plan.placed, limit) + more, flush=True)
    return plan


def _timed(work: Callable[[], Answer]) -> tuple[str, Answer]:
    began = time.process_time()
    answer = work()
    return f"{time.process_time() - began:.1f}", answer


def _case(case: Case, problem: Problem) -> Case:
    """The case with the changed year's absences and slack, for the judge."""
    teams = [{**said, "slack": one.slack} for said, one in zip(case["teams"], problem.teams, strict=True)]
    officers = [
        {**said, "absent": sorted(one.absent)}
        for said, one in zip(case["officers"], problem.officers, strict=True)
    ]
    return {**case, "teams": teams, "officers": officers}


def _repaired(problem: Problem, case: Case, plan: Plan) -> None:
    """A bad day 126, drawn as the published one was: people ill, classes cancelled, four days' operation."""
    today, freeze, draw = 126, 140, Random(9)
    changed = problem
    for officer in draw.sample(range(len(problem.officers)), len(problem.officers) * 6 // 100):
        first = today + draw.randrange(1, 56)
        changed = officer_away(changed, officer, range(first, first + draw.choice((1, 1, 2, 3, 5))))
    for team, said in zip(problem.teams, case["teams"], strict=True):
        changed = minimum_raised(changed, team.id, range(150, 154), by=-(-said["n"] * 8 // 100))
    soon = [held for held in plan.classes if today < held.days[0] < today + 56]
    lost = [held.id for held in draw.sample([held for held in soon if held.module is not None], 12)]
    runs = [at for at, run in enumerate(problem.runs) if today < run.days[0] < today + 56]
    for number in sorted(draw.sample(runs, 6), reverse=True):
        changed = run_lost(changed, number)
    for touched in (1.0, 0.5):
        _say_repair(changed, case, plan, today, freeze, lost, touched)


def _say_repair(
    changed: Problem, case: Case, plan: Plan, today: int, freeze: int, lost: list[int], touched: float
) -> None:
    def mend() -> Repair:
        return repair(changed, plan, today=today, frozen_until=freeze, lost=lost, weights=Weights(touched))

    mend()
    spent, mended = _timed(mend)
    moves = [move for proposal in mended.proposals for move in proposal.moves]
    back = sum(move.why not in (MAKES_ROOM, WAITED) for move in moves)
    waited = sum(move.why == WAITED for move in moves)
    whole = accepted(mended, range(len(mended.proposals)))
    broken = len(check(_case(case, changed), written(whole)).breaches)
    print(
        f"repair, {'one other moved for each' if touched < 1 else 'nobody else moved'}: {spent} CPU s, "
        f"{len(mended.withdrawn)} places lost, {back} given back, {mended.touched} others moved, "
        f"{len(mended.left)} left with a reason, {waited} who waited placed, "
        f"{len(mended.proposals)} proposals, {broken} rules broken, "
        f"{len(mended.begun)} in classes that have begun"
    )


def _levers(problem: Problem, prices: Prices) -> None:
    """What would help most by its price, and solved again."""
    for one in levers(problem, limit_by_prices(problem, lay_out(problem), prices)):
        spent, again = _timed(partial(worth, problem, one, prices))
        print(f"{one.says}: up to {one.places:.1f} places by its price, {again} solved again ({spent} CPU s)")


def _line(name: str, cpu: str, placed: int | None, limit: int) -> str:
    if placed is None:
        return f"{name:<40}{cpu:>8}{'':>9}{limit:>9,}"
    return f"{name:<40}{cpu:>8}{placed:>9,}{limit:>9,}{100 * (limit - placed) / limit:>8.2f}"
