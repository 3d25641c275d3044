"""`moothall plan check-training`: a plan judged on the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from planner.training.checking import check_files

WRONG = 2
SHOWN = 20


def run(argv: Sequence[str]) -> int:
    """Judge a plan. Nought when it keeps every rule, 1 when it does not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(
        prog="moothall plan check-training", description="Judge a training plan by the case alone."
    )
    parser.add_argument("case", type=Path, metavar="CASE.json.gz")
    parser.add_argument("plan", type=Path, metavar="PLAN.json")
    asked = parser.parse_args(list(argv))
    try:
        verdict = check_files(asked.case, asked.plan)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as problem:
        print(f"The case or the plan cannot be read: {problem}.", file=sys.stderr)
        return WRONG
    print(f"{verdict.placed} places in {verdict.classes} classes, {verdict.thin} of them thin")
    for breach in verdict.breaches[:SHOWN]:
        print(f"  {breach}")
    if len(verdict.breaches) > SHOWN:
        print(f"  and {len(verdict.breaches) - SHOWN} more")
    print("every rule is kept" if not verdict.breaches else f"{len(verdict.breaches)} breaches")
    return int(bool(verdict.breaches))
