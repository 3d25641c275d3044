"""`moothall plan transport`."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from planner.transport.districts import Turn, plan_in_districts
from planner.transport.lateness import Lateness, lateness, refuse_unreliable, with_margin
from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.reading import beside, problem_of, read_case, read_json
from planner.transport.searching import Progress, plan_transport
from planner.transport.travelling import has_coordinates, with_tables
from planner.transport.week import plan_week, read_day, read_week
from planner.transport.writing import written
from planner.workers import NoCluster, executor

WRONG = 2
ROUNDS_EACH = 100  # for each passenger, in districts
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
        said, tables = _read(asked.case, asked.streets)
        plans = _plans(said, tables, asked)
        late = [_late(problem, plan, asked) for _, problem, plan in plans]
        if asked.out:
            made = [written(plan, day=day) for day, _, plan in plans]
            _write(asked.out, {"days": made} if len(made) > 1 else made[0])
    except ProblemError as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    for (day, _, plan), slow in zip(plans, late, strict=True):
        _say(day, plan, slow, as_json=asked.json)
    return 0


def _read(case: Path, streets: Path | None) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The case with the tables beside it, with those by street if that is asked for, or with guessed ones
    where it has none but says where everything lies."""
    if streets is None and beside(case).exists():
        return read_case(case)
    said = read_json(case)
    if streets is None and not has_coordinates(said):
        return read_case(case)
    return with_tables(said, streets)


def _plans(
    said: Mapping[str, Any], tables: Mapping[str, Any], asked: argparse.Namespace
) -> list[tuple[str, Problem, Plan]]:
    """One plan, or one for each day of the week where the case names them and none was asked for."""
    if "days" not in said:
        if asked.day:
            raise ProblemError("The case names no days of the week.")
        problem = problem_of(said, tables)
        return [("", problem, _planned(with_margin(problem, asked.margin), asked, {}))]
    if asked.day:
        day = read_day(said, tables, asked.day)
        plan = _planned(with_margin(day.problem, asked.margin), asked, day.gone)
        return [(day.name, day.problem, plan)]
    days = read_week(said, tables)
    roomy = [replace(day, problem=with_margin(day.problem, asked.margin)) for day in days]
    week = plan_week(roomy, seconds=_seconds(asked), rounds=asked.rounds, seed=asked.seed)
    return [(day.name, day.problem, made.plan) for day, made in zip(days, week, strict=True)]


def _late(problem: Problem, plan: Plan, asked: argparse.Namespace) -> Lateness:
    """Who is late on a slow day; ProblemError where more are than may be."""
    late = lateness(problem, plan, asked.slow)
    most = problem.most_late if asked.most_late is None else asked.most_late
    if most is not None:
        refuse_unreliable(late, most)
    return late


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="moothall plan transport", description=ABOUT)
    parser.add_argument("case", type=Path, metavar="CASE.json", help="the day; its times are beside it")
    parser.add_argument("--seconds", type=float, help="processor seconds to search; 60 without --rounds")
    parser.add_argument("--rounds", type=int, help="how many rounds: the same plan on any machine")
    parser.add_argument("--districts", type=int, default=0, metavar="PROCESSES",
                        help="cut the day into districts, searched by so many processes")  # fmt: skip
    parser.add_argument("--cluster", default=os.environ.get("MOOTHALL_CLUSTER", ""), metavar="tcp://HOST:PORT",
                        help="with --districts: a Dask scheduler instead; or MOOTHALL_CLUSTER")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="another seed, another plan (1)")
    parser.add_argument("--margin", type=int, default=0, metavar="SECONDS",
                        help="be at school so many seconds before the bell")  # fmt: skip
    parser.add_argument("--streets", type=Path, metavar="FILE.streets.npz",
                        help="take the times from prepared streets")  # fmt: skip
    parser.add_argument("--day", default="", help="one day of the week, where the case says how they differ")
    parser.add_argument("--slow", type=float, metavar="FACTOR",
                        help="legs on a slow day, times so much; else the case's own, or 1.2")  # fmt: skip
    parser.add_argument("--most-late", type=float, metavar="SHARE",
                        help="refuse a plan with a greater share late on a slow day")  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="PLAN.json", help="where to write the plan")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def _seconds(asked: argparse.Namespace) -> float | None:
    return 60.0 if asked.seconds is None and asked.rounds is None else asked.seconds


def _in_districts(problem: Problem, asked: argparse.Namespace, gone: Mapping[int, str]) -> Plan:
    """In districts, by so many processes or by the cluster that is named."""

    def tell(turn: Turn) -> None:
        told = f"{turn.cost:10.2f} pounds, {turn.runs} vehicles, {turn.left_out} left out"
        print(f"turn {turn.done} of {turn.turns}, {turn.districts} districts: {told}", file=sys.stderr)

    if asked.seconds is not None:
        raise ProblemError("Districts are searched by --rounds, so that every machine makes the same plan.")
    rounds = ROUNDS_EACH * len(problem.passengers) if asked.rounds is None else asked.rounds
    try:
        with executor(workers=asked.districts, cluster=asked.cluster) as there:
            return plan_in_districts(
                problem, rounds=rounds, seed=asked.seed, executor=there, gone=gone, tell=tell
            )
    except NoCluster as wrong:
        raise ProblemError(str(wrong)) from wrong


def _planned(problem: Problem, asked: argparse.Namespace, gone: Mapping[int, str]) -> Plan:
    if asked.districts:
        return _in_districts(problem, asked, gone)
    last = [-EVERY]

    def tell(far: Progress) -> bool:
        if far.seconds - last[0] >= EVERY:
            last[0] = far.seconds
            left = f", {far.left_out} left out" if far.left_out else ""
            print(
                f"{far.seconds:6.1f} s  {far.cost:10.2f} pounds, {far.runs} vehicles{left}", file=sys.stderr
            )
        return True

    return plan_transport(
        problem, seconds=_seconds(asked), rounds=asked.rounds, seed=asked.seed, gone=gone, tell=tell
    )


def _write(path: Path, made: Mapping[str, Any]) -> None:
    try:
        path.write_text(json.dumps(made), encoding="utf-8")
    except OSError as problem:
        raise ProblemError(f"{path} cannot be written: {problem.strerror}.") from problem


def _say(day: str, plan: Plan, late: Lateness, *, as_json: bool) -> None:
    if as_json:
        said = written(plan, day=day)
        figures = {part: said[part] for part in said if part != "routes"}
        print(json.dumps({**figures, "late_when_slow": len(late.passengers)}))
        return
    if day:
        print(f"{day}:")
    print(f"{plan.cost:.2f} pounds, {len(plan.runs)} vehicles, {plan.hours} hours on the road")
    print(f"travel times: {plan.times_from}")
    print(f"{len(late.passengers)} passengers late on a slow day ({100 * late.share:.1f} %)")
    for reason, count in Counter(one.reason for one in plan.unserved).most_common():
        print(f"{count:6}  {reason}")
