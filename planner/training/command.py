"""`moothall plan training` and `moothall plan check-training`."""

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

from planner.training.board import lay_out
from planner.training.calendar import make_runs
from planner.training.levers import lever, levers, worth
from planner.training.limit import ROUNDS, proved
from planner.training.plan import Plan, Quality
from planner.training.problem import Problem, ProblemError
from planner.training.reading import raised, read_json, read_problem
from planner.training.searching import Progress, plan_training
from planner.training.writing import written

WRONG = 2
SHORT, PROVING = 20, 0.9  # a longer search proves a limit for this part of its time
ABOUT = "Plan a training year: who goes on which course when, and why somebody cannot."


class _Parser(argparse.ArgumentParser):
    """One sentence instead of a usage block when the words are wrong."""

    def error(self, message: str) -> NoReturn:
        raise ProblemError(f"{message[:1].upper()}{message[1:]}; try {self.prog} --help.")


def run(argv: Sequence[str]) -> int:
    """Run `moothall plan training` with these words. Nought when a plan was made; 2, and one sentence on the
    error stream, when a file or a word is wrong."""
    try:
        asked = _parser().parse_args(list(argv))
        problem = _problem(asked)
        plan = _planned(problem, asked)
        if asked.out:
            _write(asked.out, plan)
        _say(plan, as_json=asked.json)
        if asked.levers is not None:
            _say_levers(problem, asked.levers, asked.prove)
    except ProblemError as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="moothall plan training", description=ABOUT)
    parser.add_argument("case", type=Path, metavar="CASE.json.gz", help="the year, in the published form")
    parser.add_argument("--runs", type=Path, help="the run calendar; without it one is made")
    parser.add_argument("--seconds", type=float, help="how long to search; 60 unless --rounds is given")
    parser.add_argument("--rounds", type=int, help="how many rounds to search: the same plan on any machine")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another plan (1)")
    parser.add_argument("--raise-minimum", type=float, default=0, metavar="POINTS",
                        help="what if every team kept so many points more of its establishment")  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="PLAN.json", help="where to write the plan")
    parser.add_argument(
        "--prove",
        type=float,
        metavar="SECONDS",
        help="prove a better limit meanwhile, for at most so long; 0 for not (a long search does)",
    )
    parser.add_argument("--levers", nargs="*", metavar="LEVER",
                        help="what would help most; how much trainer:1, team:17, saturdays")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def _problem(asked: argparse.Namespace) -> Problem:
    problem = read_problem(asked.case, asked.runs)
    if asked.raise_minimum:
        problem = raised(problem, read_json(asked.case), asked.raise_minimum)
    return problem if asked.runs else replace(problem, runs=make_runs(problem))


def _planned(problem: Problem, asked: argparse.Namespace) -> Plan:
    seconds = 60.0 if asked.seconds is None and asked.rounds is None else asked.seconds
    last = [-10.0]

    def tell(far: Progress) -> bool:
        if far.seconds - last[0] >= 5:
            last[0] = far.seconds
            gap = 100 * (far.bound - far.placed) / max(1, far.bound)
            print(
                f"{far.seconds:6.1f} s  {far.placed} placed, at most {far.bound} possible, gap {gap:.2f} %",
                file=sys.stderr,
            )
        return True

    prove = PROVING * seconds if asked.prove is None and seconds and seconds > SHORT else asked.prove
    if not prove:
        return plan_training(problem, seconds=seconds, rounds=asked.rounds, seed=asked.seed, tell=tell)
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:
        limit = aside.submit(proved, problem, prove)
        return plan_training(
            problem, seconds=seconds, rounds=asked.rounds, seed=asked.seed, tell=tell, limit=limit
        )


def _say_quality(said: Quality) -> None:
    worst = said.worst
    print(f"worst team {worst.team}: {worst.placed} of at most {worst.limit} ({100 * worst.gap:.1f} % short)")
    print(f"{said.thin} thin classes, {100 * said.full:.1f} % full, {said.minutes:.1f} minutes a journey")


def _say_levers(problem: Problem, named: Sequence[str], seconds: float | None) -> None:
    """On the error stream, so that figures in JSON stay alone."""
    from planner.training.prices import find_prices, limit_by_prices

    board = lay_out(problem)
    prices = find_prices(problem, board, rounds=ROUNDS, seconds=seconds or 1e9)
    for found in levers(problem, limit_by_prices(problem, board, prices)):
        print(f"up to {found.places:7.1f} places more: {found.says}", file=sys.stderr)
    for name in named:
        pull = lever(name)
        print(f"{worth(problem, pull, prices):13} places more: {pull.says}, solved again", file=sys.stderr)


def _write(path: Path, plan: Plan) -> None:
    try:
        path.write_text(json.dumps(written(plan)), encoding="utf-8")
    except OSError as problem:
        raise ProblemError(f"{path} cannot be written: {problem.strerror}.") from problem


def _say(plan: Plan, *, as_json: bool) -> None:
    reasons: dict[str, int] = {}
    for left in plan.unplaced:
        reasons[left.reason] = reasons.get(left.reason, 0) + 1
    if as_json:
        said = written(plan)
        figures = {part: said[part] for part in ("placed", "bound", "gap", "rounds", "quality", "searched")}
        print(json.dumps({**figures, "classes": len(plan.classes), "unplaced": reasons}))
        return
    short = f"{100 * plan.gap:.2f} % short"
    print(f"{plan.placed} places of at most {plan.bound} ({short}), {len(plan.classes)} classes")
    if plan.quality:
        _say_quality(plan.quality)
    for reason, count in sorted(reasons.items(), key=lambda pair: -pair[1]):
        print(f"{count:6}  {reason}")
