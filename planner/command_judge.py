"""A judge on the command line: a case and a plan are read, what was counted is printed with every breach."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

WRONG = 2
SHOWN = 20
UNREADABLE = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError)


class Verdict(Protocol):
    """What a judge answers: every rule that is broken, in a sentence."""

    @property
    def breaches(self) -> Sequence[str]: ...


Found = TypeVar("Found", bound=Verdict)


def judge(
    argv: Sequence[str],
    *,
    command: str,
    about: str,
    check: Callable[[Path, Path], Found],
    counted: Callable[[Found], str],
) -> int:
    """Judge a plan. Nought when it keeps every rule, 1 when it does not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(prog=f"moothall plan {command}", description=about)
    parser.add_argument("case", type=Path, metavar="CASE.json")
    parser.add_argument("plan", type=Path, metavar="PLAN.json")
    asked = parser.parse_args(list(argv))
    try:
        verdict = check(asked.case, asked.plan)
    except UNREADABLE as problem:
        print(f"The case or the plan cannot be read: {problem}.", file=sys.stderr)
        return WRONG
    print(counted(verdict))
    for breach in verdict.breaches[:SHOWN]:
        print(f"  {breach}")
    if len(verdict.breaches) > SHOWN:
        print(f"  and {len(verdict.breaches) - SHOWN} more")
    print("every rule is kept" if not verdict.breaches else f"{len(verdict.breaches)} breaches")
    return int(bool(verdict.breaches))
