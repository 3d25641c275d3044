"""The planner measured: `python -m benchmarks --planner --seconds 60`. One table, in CPU seconds."""

import time
from dataclasses import replace
from pathlib import Path

from planner.training.checking import check
from planner.training.limit import proved
from planner.training.problem import Problem
from planner.training.reading import raised, read_json, read_problem
from planner.training.searching import Progress, plan_training
from planner.training.writing import written

DATA = Path(__file__).with_name("data")
CASE, RUNS = DATA / "abstraction-1.json.gz", DATA / "abstraction-1-runs.json"
PUBLISHED = (
    ("published: office method", "4.9", 21_663, 22_688),
    ("published: ejection chains", "244", 22_443, 22_688),
    ("published: one CP-SAT model", "1,200", 21_663, 22_688),
)
HEAD = f"{'plan':<38}{'CPU s':>8}{'placed':>9}{'limit':>9}{'gap %':>8}{'broken':>8}"


def run(seconds: float = 60, prove: float = 0) -> None:
    """Print the table: first plan and search, seeds 1 and 2, then every minimum five points higher. The limit
    is the quick one, or with `prove` seconds for HiGHS the better of both."""
    case, problem = read_json(CASE), read_problem(CASE, RUNS)
    higher = raised(problem, case, 5)
    harder = {**case, "teams": [
        {**said, "slack": team.slack} for said, team in zip(case["teams"], higher.teams, strict=True)
    ]}  # fmt: skip
    print(HEAD)
    for name, cpu, placed, limit in PUBLISHED:
        print(_line(name, cpu, placed, limit, "-"))
    for name, year, judged, seed in (
        ("as published, seed 1", problem, case, 1),
        ("as published, seed 2", problem, case, 2),
        ("minimum 5 points higher", higher, harder, 1),
    ):
        best = proved(year, prove).places if prove else sum(1 for _ in year.demands)
        _measured(f"{name}: first plan", year, judged, seed, 0, best)
        _measured(f"{name}: {seconds:g} s", year, judged, seed, seconds, best)


def _measured(name: str, problem: Problem, case: dict[str, object], seed: int, seconds: float,
              best: int) -> None:  # fmt: skip
    if seconds:
        plan_training(problem, rounds=1, seed=seed)  # compiled, and not counted
    began = time.process_time()

    def tell(_: Progress) -> bool:
        return time.process_time() - began < seconds

    plan = plan_training(problem, rounds=None if seconds else 0, seconds=1e9, seed=seed, tell=tell)
    spent = f"{time.process_time() - began:.1f}"
    plan = replace(plan, bound=min(plan.bound, best))
    breaches = len(check(case, written(plan)).breaches)
    print(_line(name, spent, plan.placed, plan.bound, str(breaches)))


def _line(name: str, cpu: str, placed: int, limit: int, broken: str) -> str:
    return f"{name:<38}{cpu:>8}{placed:>9,}{limit:>9,}{100 * (limit - placed) / limit:>8.2f}{broken:>8}"
