"""`python -m benchmarks --transport`: a published morning planned, judged, mended, beside the published."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import numpy as np

from planner.transport.changes import Changed, added, away, moved_house, unchanged
from planner.transport.checking import Verdict, check
from planner.transport.plan import Plan
from planner.transport.problem import Problem
from planner.transport.quoting import Quoting
from planner.transport.reading import read_problem
from planner.transport.repair import repair
from planner.transport.searching import Progress, cpu_seconds, plan_transport
from planner.transport.writing import written

from .transport_peers import ask_peer, installed

CASE = Path(__file__).parent / "data" / "morning-1.json.gz"
ROW = "{:<44}{:>8}{:>10}{:>9}{:>7}{:>8}"
PUBLISHED = (  # name, CPU seconds, pounds, vehicles, left out, rules broken
    ("published: VROOM", 123, 17_899, 237, 12, 0),
    ("published: commiv, decomposed", 108, 16_438, 228, 0, 1),
    ("published: OR-Tools", 402, 25_746, 300, 53, 0),
    ("published: ruin and recreate, a prototype", 114, 15_709, 207, 0, 0),
    ("published: the same, longer", 375, 15_112, 199, 0, 0),
)
LEAVE, JOIN, MOVE = 30, 15, 10
Answer = TypeVar("Answer")


def run(seconds: float, seeds: int) -> None:
    """Plan the morning for so many processor seconds with each seed, then mend the last plan."""
    print(ROW.format("morning-1: 1,500 passengers", "CPU s", "pounds", "vehicles", "left", "broken"))
    for name, spent, pounds, vehicles, left, broken in PUBLISHED:
        print(ROW.format(name, spent, f"{pounds:,}", vehicles, left, broken))
    problem = read_problem(CASE)
    for peer in installed():
        for answer in ask_peer(peer, problem, seconds, 1):
            print(judged(answer.name, answer.seconds, answer.plan), flush=True)
    plans = [planned(problem, seconds, seed) for seed in range(1, seeds + 1)]
    middle = median(plan.cost for plan in plans)
    print(line(f"median of {seeds}", seconds, middle, int(median(len(plan.runs) for plan in plans)), 0))
    plan = plans[-1]
    mend(problem, plan)
    quote(problem, plan)


def planned(problem: Problem, seconds: float, seed: int) -> Plan:
    """One plan, with its first one and how it stands at each quarter."""
    marks = [0.0, seconds / 4, seconds / 2]

    def tell(far: Progress) -> bool:
        if marks and far.seconds >= marks[0]:
            marks.pop(0)
            print(line(f"seed {seed}: {far.rounds:,} rounds", far.seconds, far.cost, far.runs, far.left_out))
        return True

    spent, plan = timed(lambda: plan_transport(problem, seconds=seconds, seed=seed, tell=tell))
    print(judged(f"seed {seed}: {plan.rounds:,} rounds, judged", spent, written(plan)), flush=True)
    return plan


def judged(name: str, spent: float, plan: Mapping[str, Any]) -> str:
    verdict = verdict_of(plan)
    return line(name, spent, verdict.cost, verdict.vehicles, verdict.left_out, len(verdict.breaches))


def verdict_of(plan: Mapping[str, Any]) -> Verdict:
    """What the judge says of a plan of the published morning."""
    with np.load(CASE.with_name("morning-1.npz")) as kept:
        tables = {table: kept[table] for table in kept.files}
    said: dict[str, Any] = json.loads(gzip.decompress(CASE.read_bytes()))
    return check(said, tables, plan)


def line(name: str, spent: float, pounds: float, vehicles: int, left: int, broken: int | str = "") -> str:
    return ROW.format(name, f"{spent:.1f}", f"{pounds:,.0f}", vehicles, left, broken)


def drawn_changes(problem: Problem, seed: int = 1) -> Changed:
    """30 leave, 15 join at a home that is there already, 10 move to such a home."""
    chance = np.random.default_rng(seed)
    those = chance.permutation(len(problem.passengers))
    day = unchanged(problem)
    for who in those[:LEAVE].tolist():
        day = away(day, who, "Left.")
    for who in those[LEAVE : LEAVE + JOIN].tolist():
        now = day.problem
        home, count = now.homes + who, len(now.passengers)
        there, back = [*now.seconds[home].tolist(), 60], [*now.seconds[:, home].tolist(), 0]
        there[home] = back[home] = 60
        day = added(day, replace(now.passengers[who], id=count), there, back)
    for who, other in zip(those[60 : 60 + MOVE].tolist(), those[80 : 80 + MOVE].tolist(), strict=True):
        home = day.problem.homes + other
        out, home_again = day.problem.seconds[home].tolist(), day.problem.seconds[:, home].tolist()
        out[home] = home_again[home] = 60
        out[day.problem.homes + who] = home_again[day.problem.homes + who] = 0
        day = moved_house(day, who, out, home_again)
    return day


def mend(problem: Problem, plan: Plan) -> None:
    """The whole curve for 55 changes, and a single change."""
    repair(unchanged(problem), plan, keeps=[1.0], rounds=10)
    for name, day in (
        ("55 changes", drawn_changes(problem)),
        ("one passenger ill", away(unchanged(problem), 7, "Ill today.")),
        ("one moved house", _one_moved(problem)),
    ):
        spent, points = timed(lambda day=day: repair(day, plan))  # type: ignore[misc]
        print(f"{name}: the whole curve in {spent:.2f} CPU s")
        for point in points:
            keep = "nobody else moved" if point.keep is None else f"{point.keep:g} pounds a passenger"
            print(
                f"  {keep:<24}{point.plan.cost:>10,.0f} pounds, {len(point.plan.runs)} vehicles, "
                f"{point.unaffected_moved} others moved, {len(point.shifted)} shifted, "
                f"{len(point.plan.unserved)} not on a run"
            )


def _one_moved(problem: Problem) -> Changed:
    there = problem.seconds[problem.homes + 30].copy()
    there[problem.homes + 30], there[problem.homes + 5] = 60, 0
    return moved_house(unchanged(problem), 5, there.tolist(), there.tolist())


def quote(problem: Problem, plan: Plan) -> None:
    spent, asking = timed(lambda: Quoting(problem, plan))
    asking.quotes(0)
    each, _ = timed(lambda: [asking.quotes(who) for who in range(100)])
    print(f"a plan laid out in {spent:.2f} CPU s; a quote for every run in {10 * each:.1f} ms")


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Processor seconds, of processes it started too, and the answer."""
    began = cpu_seconds()
    answer = work()
    return cpu_seconds() - began, answer
