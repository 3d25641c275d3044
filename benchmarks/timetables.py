"""`python -m benchmarks --timetable`: the competition's weeks, planned, judged, and beside the best known."""

import gzip
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.timetable.checking import Verdict, check
from planner.timetable.planning import Budget, Progress, plan_timetable
from planner.timetable.reading import read_problem

FOLDER = Path(__file__).parent / "data" / "itc2007"
BEST = (5, 24, 64, 35, 284, 27, 6, 37, 96, 4, 0)
ROW = "{:<8}{:>8}{:>12}{:>8}{:>8}{:>7}{:>7}{:>7}{:>14}"


@dataclass(frozen=True)
class Row:
    """One instance as it was planned: what the checker says, and the processor seconds of both chains."""

    name: str
    best: int
    verdict: Verdict
    seconds: float


def measure_timetables(*, seconds: float, seed: int, only: str) -> int:
    """Plan each instance for so many processor seconds a chain, two chains each, and print the table."""
    print(f"ITC-2007 track 3, {seconds:g} processor seconds for each of two chains, seed {seed}")
    print(ROW.format("", "penalty", "best known", "seats", "days", "alone", "rooms", "broken", "CPU s"))
    rows = []
    for number, best in enumerate(BEST, start=1):
        name = f"comp{number:02}"
        if only not in name:
            continue
        rows.append(measured(name, best, seconds, seed))
        v = rows[-1].verdict
        words = (
            name,
            v.penalty,
            best,
            v.seats,
            v.days,
            v.alone,
            v.rooms,
            len(v.broken),
            f"{rows[-1].seconds:.0f}",
        )
        print(ROW.format(*words), flush=True)
    ours, theirs = sum(row.verdict.penalty for row in rows), sum(row.best for row in rows)
    over = f"{100 * (ours / theirs - 1):+.1f} %" if theirs else ""
    print(ROW.format("all", ours, theirs, "", "", "", "", "", "") + over)
    return 1 if any(row.verdict.broken for row in rows) else 0


def measured(name: str, best: int, seconds: float, seed: int) -> Row:
    problem = read_problem(gzip.decompress((FOLDER / f"{name}.ctt.gz").read_bytes()).decode())
    made = plan_timetable(problem, budget=Budget(seconds=seconds, cpu=True), seed=seed, tell=said(name))
    return Row(name, best, check(problem, made.places), made.notes["cpu_seconds"])


def said(name: str) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        if sys.stderr.isatty():
            print(f"{name} {progress.done:4.0%} {progress.penalty:>6}", end="\r", file=sys.stderr)

    return tell
