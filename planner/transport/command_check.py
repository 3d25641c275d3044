"""`moothall plan check-transport`: a plan of runs judged on the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

from planner.transport.checking import Verdict, check_files

WRONG = 2
SHOWN = 20
UNREADABLE = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, BadZipFile, EOFError)


def run(argv: Sequence[str]) -> int:
    """Judge a plan. Nought when it keeps every rule, 1 when it does not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(
        prog="moothall plan check-transport", description="Judge a plan of runs by the case alone."
    )
    parser.add_argument("case", type=Path, metavar="CASE.json")
    parser.add_argument("plan", type=Path, metavar="PLAN.json")
    asked = parser.parse_args(list(argv))
    try:
        verdicts = check_files(asked.case, asked.plan)
    except UNREADABLE as problem:
        print(f"The case or the plan cannot be read: {problem}.", file=sys.stderr)
        return WRONG
    for verdict in verdicts:
        _say(verdict)
    return int(any(verdict.breaches for verdict in verdicts))


def _say(verdict: Verdict) -> None:
    if verdict.day:
        print(f"{verdict.day}:")
    print(f"{verdict.served} passengers in {verdict.vehicles} vehicles, {verdict.left_out} left out")
    print(f"counted again: {verdict.cost:.2f} pounds, {verdict.hours} hours on the road")
    for breach in verdict.breaches[:SHOWN]:
        print(f"  {breach}")
    if len(verdict.breaches) > SHOWN:
        print(f"  and {len(verdict.breaches) - SHOWN} more")
    print("every rule is kept" if not verdict.breaches else f"{len(verdict.breaches)} breaches")
