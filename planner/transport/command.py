"""`moothall plan transport`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from planner.transport.lateness import Lateness, lateness, refuse_unreliable, with_margin
from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.reading import read_problem
from planner.transport.searching import Progress, plan_transport
from planner.transport.writing import written

WRONG = 2
EVERY = 5.0  # seconds between two words on how far it is
ABOUT = "Plan runs for passengers: which vehicle fetches whom when, and why somebody cannot be taken."


class _Parser(argparse.ArgumentParser):
    """One sentence instead of a usage block when the words are wrong."""

    def error(self, message: str) -> NoReturn:
        raise ProblemError(f"{message[:1].upper()}{message[1:]}; try {self.prog} --help.")


def run(argv: Sequence[str]) -> int:
    """Run `moothall plan transport` with these words. Nought when a plan was made; 2, and one sentence on the
    error stream, when a file or a word is wrong."""
    try:
        asked = _parser().parse_args(list(argv))
        problem = read_problem(asked.case)
        plan = _planned(with_margin(problem, asked.margin), asked)
        late = lateness(problem, plan, asked.slow)
        if asked.most_late is not None:
            refuse_unreliable(late, asked.most_late)
        if asked.out:
            _write(asked.out, plan)
    except ProblemError as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    _say(plan, late, as_json=asked.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="moothall plan transport", description=ABOUT)
    parser.add_argument("case", type=Path, metavar="CASE.json", help="the day; its times are beside it")
    parser.add_argument("--seconds", type=float, help="processor seconds to search; 60 without --rounds")
    parser.add_argument("--rounds", type=int, help="how many rounds: the same plan on any machine")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another plan (1)")
    parser.add_argument("--margin", type=int, default=0, metavar="SECONDS",
                        help="be at school so many seconds before the bell")  # fmt: skip
    parser.add_argument("--slow", type=float, default=1.2, help="legs on a slow day, times so much (1.2)")
    parser.add_argument("--most-late", type=float, metavar="SHARE",
                        help="refuse a plan with a greater share late on a slow day")  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="PLAN.json", help="where to write the plan")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def _planned(problem: Problem, asked: argparse.Namespace) -> Plan:
    seconds = 60.0 if asked.seconds is None and asked.rounds is None else asked.seconds
    last = [-EVERY]

    def tell(far: Progress) -> bool:
        if far.seconds - last[0] >= EVERY:
            last[0] = far.seconds
            left = f", {far.left_out} left out" if far.left_out else ""
            print(
                f"{far.seconds:6.1f} s  {far.cost:10.2f} pounds, {far.runs} vehicles{left}", file=sys.stderr
            )
        return True

    return plan_transport(problem, seconds=seconds, rounds=asked.rounds, seed=asked.seed, tell=tell)


def _write(path: Path, plan: Plan) -> None:
    try:
        path.write_text(json.dumps(written(plan)), encoding="utf-8")
    except OSError as problem:
        raise ProblemError(f"{path} cannot be written: {problem.strerror}.") from problem


def _say(plan: Plan, late: Lateness, *, as_json: bool) -> None:
    if as_json:
        said = written(plan)
        figures = {part: said[part] for part in said if part != "routes"}
        print(json.dumps({**figures, "late_when_slow": len(late.passengers)}))
        return
    print(f"{plan.cost:.2f} pounds, {len(plan.runs)} vehicles, {plan.hours} hours on the road")
    print(f"travel times: {plan.times_from}")
    print(f"{len(late.passengers)} passengers late on a slow day ({100 * late.share:.1f} %)")
    for reason, count in Counter(one.reason for one in plan.unserved).most_common():
        print(f"{count:6}  {reason}")
