"""`moothall plan check-selection`: assessment days judged on the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from planner.selection.checking import Verdict, check_files

WRONG = 2
SHOWN = 20
UNREADABLE = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError)


def run(argv: Sequence[str]) -> int:
    """Judge a plan. Nought when it keeps every rule, 1 when it does not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(
        prog="moothall plan check-selection", description="Judge assessment days by their case alone."
    )
    parser.add_argument("case", type=Path, metavar="CASE.json")
    parser.add_argument("plan", type=Path, metavar="PLAN.json")
    asked = parser.parse_args(list(argv))
    try:
        verdict = check_files(asked.case, asked.plan)
    except UNREADABLE as problem:
        print(f"The case or the plan cannot be read: {problem}.", file=sys.stderr)
        return WRONG
    _say(verdict)
    return int(bool(verdict.breaches))


def _say(verdict: Verdict) -> None:
    print(f"{verdict.seated} of {verdict.candidates} have a day; counted again: {verdict.cost} points")
    for breach in verdict.breaches[:SHOWN]:
        print(f"  {breach}")
    if len(verdict.breaches) > SHOWN:
        print(f"  and {len(verdict.breaches) - SHOWN} more")
    print("every rule is kept" if not verdict.breaches else f"{len(verdict.breaches)} breaches")
