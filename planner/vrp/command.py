"""`moothall plan vrp`: a published routing problem in, routes out, judged from the file alone."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from planner.vrp.checking import check_files
from planner.vrp.planning import Budget, Progress, plan_routes
from planner.vrp.problem import VrpError
from planner.vrp.reading import FORMATS, RIDE, read_routing
from planner.vrp.writing import written

WRONG, BROKEN = 2, 1


def run(argv: Sequence[str]) -> int:
    """Run `moothall plan vrp`. One: somebody is left out, or a rule is broken; two: not understood."""
    asked = arguments().parse_args(list(argv))
    try:
        problem = read_routing(asked.file, asked.format, ride=asked.ride)
    except VrpError as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    plan = plan_routes(
        problem,
        budget=Budget(asked.seconds, asked.steps),
        seed=asked.seed,
        fewest=asked.fewest or asked.format == "sbrp",
        tell=say,
    )
    made = written(problem, plan)
    verdict = check_files(asked.file, asked.format, made, asked.ride)
    if asked.out:
        asked.out.write_text(json.dumps(made, indent=1), encoding="utf-8")
    for sentence in verdict.broken:
        print(sentence, file=sys.stderr)
    figures = {
        "name": problem.name,
        "cost": round(verdict.cost, 3),
        "vehicles": verdict.vehicles,
        "unserved": len(made["unserved"]),
        "steps": plan.rounds,
        "broken": len(verdict.broken),
    }
    print(json.dumps(figures) if asked.json else told(figures))
    return BROKEN if verdict.broken or made["unserved"] else 0


def told(figures: dict[str, object]) -> str:
    return (
        "{name}: cost {cost}, {vehicles} vehicles, {unserved} left out, {steps} steps; {broken} rules broken"
    ).format(**figures)


def say(progress: Progress) -> None:
    if sys.stderr.isatty():
        told = f"{progress.done:5.0%}  cost {progress.cost:<12.2f} vehicles {progress.vehicles:<4}"
        print(f"{told} left out {progress.absent:<5}", end="\r", file=sys.stderr)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="moothall plan vrp", description=__doc__)
    parser.add_argument(
        "file", type=Path, help="the problem; for sbrp the folder of Schools.txt and Stops.txt"
    )
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--seconds", type=float, default=60.0, help="processor seconds to search")
    parser.add_argument("--steps", type=int, help="search so many steps instead: the same plan every time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fewest", action="store_true", help="few vehicles first (sbrp: always)")
    parser.add_argument("--ride", type=float, default=RIDE, help="longest ride of sbrp, in seconds")
    parser.add_argument("--out", type=Path, help="where the routes go, as JSON")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser
