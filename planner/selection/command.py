"""`moothall plan selection`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from planner.selection.mending import mend
from planner.selection.plan import Plan, Progress
from planner.selection.planning import plan_selection
from planner.selection.problem import Problem, SelectionError
from planner.selection.reading import read_problem
from planner.selection.writing import written

WRONG = 2
EVERY = 5.0  # seconds between two words on how far it is
ABOUT = "Plan assessment days, fitness tests or interviews: who sits what when and before whom, and why not."


class _Parser(argparse.ArgumentParser):
    """One sentence instead of a usage block when the words are wrong."""

    def error(self, message: str) -> NoReturn:
        raise SelectionError(f"{message[:1].upper()}{message[1:]}; try {self.prog} --help.")


def run(argv: Sequence[str]) -> int:
    """Run `moothall plan selection` with these words. Nought when a plan was made; 2, and one sentence on the
    error stream, when a file or a word is wrong."""
    try:
        asked = _parser().parse_args(list(argv))
        problem = read_problem(asked.case)
        said = _said(problem, asked)
        if asked.out:
            _write(asked.out, said)
    except SelectionError as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    _say(said, as_json=asked.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="moothall plan selection", description=ABOUT)
    parser.add_argument("case", type=Path, metavar="CASE.json", help="days, exercises, rooms and people")
    parser.add_argument("--seconds", type=float, help="processor seconds to search; 30 without --rounds")
    parser.add_argument("--rounds", type=int, help="how many rounds: the same plan on any machine")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another plan (1)")
    parser.add_argument("--mend", action="store_true", help="change the plan in force as little as can be")
    parser.add_argument("--out", type=Path, metavar="PLAN.json", help="where to write the plan")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def _said(problem: Problem, asked: argparse.Namespace) -> dict[str, Any]:
    if asked.mend:
        if not problem.published:
            raise SelectionError("There is no plan in force to mend: the case has no “published”.")
        mended = mend(
            problem,
            seconds=10.0 if asked.seconds is None else asked.seconds,
            rounds=asked.rounds,
            seed=asked.seed,
        )
        return dict(written(mended.plan, mended.changes))
    return dict(written(_planned(problem, asked)))


def _planned(problem: Problem, asked: argparse.Namespace) -> Plan:
    last = [-EVERY]

    def tell(far: Progress) -> bool:
        if far.seconds - last[0] >= EVERY:
            last[0] = far.seconds
            print(f"{far.seconds:6.1f} s  {far.cost:9} points, {far.unseated} with no day", file=sys.stderr)
        return True

    return plan_selection(problem, seconds=asked.seconds, rounds=asked.rounds, seed=asked.seed, tell=tell)


def _write(path: Path, said: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as wrong:
        raise SelectionError(f"{path} cannot be written: {wrong.strerror or wrong}.") from wrong


def _say(said: dict[str, Any], *, as_json: bool) -> None:
    figures = {name: value for name, value in said.items() if not isinstance(value, list)}
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):<14} {value:>9,}")
    for one in said["unseated"]:
        print(f"  {one['candidate']} has no {one['exercise']}: {one['reason']}")
    for one in said.get("changes", ()):
        kind = "moved" if one["moved"] else "another assessor"
        print(f"  {one['candidate']}, {one['exercise']}: {kind}. {one['why']}")
