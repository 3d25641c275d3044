"""`moothall plan crews`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from planner.crews.bound import least_cost
from planner.crews.plan import Plan, Progress
from planner.crews.planning import plan_crews
from planner.crews.problem import CrewError, Problem
from planner.crews.reading import read_problem
from planner.crews.writing import written

WRONG = 2
EVERY = 5.0  # seconds between two words on how far it is
ABOUT = "Man the runs of a week: who drives and who escorts what on which day, and why a run has nobody."
FIGURES = ("unmanned", "given")


class _Parser(argparse.ArgumentParser):
    """One sentence instead of a usage block when the words are wrong."""

    def error(self, message: str) -> NoReturn:
        raise CrewError(f"{message[:1].upper()}{message[1:]}; try {self.prog} --help.")


def run(argv: Sequence[str]) -> int:
    """Run `moothall plan crews` with these words. Nought when a plan was made; 2, and one sentence on the
    error stream, when a file or a word is wrong."""
    try:
        asked = _parser().parse_args(list(argv))
        problem = read_problem(asked.case)
        plan = _planned(problem, asked)
        said = written(problem, plan, least_cost(problem))
        if asked.out:
            _write(asked.out, said)
    except CrewError as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    _say(said, as_json=asked.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="moothall plan crews", description=ABOUT)
    parser.add_argument("case", type=Path, metavar="CASE.json", help="the week: people, runs, rules")
    parser.add_argument("--seconds", type=float, help="processor seconds to search; 60 without --rounds")
    parser.add_argument("--rounds", type=int, help="how many rounds: the same plan on any machine")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another plan (1)")
    parser.add_argument("--out", type=Path, metavar="PLAN.json", help="where to write the plan")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def _planned(problem: Problem, asked: argparse.Namespace) -> Plan:
    last = [-EVERY]

    def tell(far: Progress) -> bool:
        if far.seconds - last[0] >= EVERY:
            last[0] = far.seconds
            print(f"{far.seconds:6.1f} s  {far.cost:9} points, {far.unmanned} unmanned", file=sys.stderr)
        return True

    return plan_crews(problem, seconds=asked.seconds, rounds=asked.rounds, seed=asked.seed, tell=tell)


def _write(path: Path, said: Any) -> None:
    try:
        path.write_text(json.dumps(said), encoding="utf-8")
    except OSError as problem:
        raise CrewError(f"{path} cannot be written: {problem.strerror}.") from problem


def _say(said: Any, *, as_json: bool) -> None:
    if as_json:
        figures = {part: said[part] for part in said if part not in FIGURES}
        rows = [{part: one[part] for part in one if part != "people"} for one in said["unmanned"]]
        print(json.dumps({**figures, "unmanned": rows}))
        return
    print(
        f"{said['cost']} points, {said['manned']} of {said['posts']} posts manned by {said['people']} people"
    )
    print(f"no plan can have fewer than {said['bound']} points")
    for reason, count in Counter(one["reason"] for one in said["unmanned"]).most_common():
        print(f"{count:6}  {reason}")
