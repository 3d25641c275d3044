"""`moothall plan timetable`: a competition file in, a timetable out, judged by the checker."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from planner.timetable.checking import check
from planner.timetable.planning import LEG, Budget, Progress, plan_timetable
from planner.timetable.problem import NoTimetable, TimetableError
from planner.timetable.reading import read_places, read_problem
from planner.timetable.writing import write_places

WRONG, BROKEN = 2, 1


def run(argv: Sequence[str]) -> int:
    """Run `moothall plan timetable`. One: a rule is broken, or nothing found; two: not understood."""
    asked = arguments().parse_args(argv)
    try:
        problem = read_problem(asked.file.read_text())
        places = read_places(asked.check.read_text()) if asked.check else ()
    except (OSError, TimetableError) as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    if not asked.check:
        budget = Budget(seconds=asked.seconds, rounds=asked.rounds, steps=asked.steps, cpu=asked.cpu)
        try:
            made = plan_timetable(problem, budget=budget, seed=asked.seed, chains=asked.chains, tell=say)
        except NoTimetable as none:
            print(none, file=sys.stderr)
            return BROKEN
        places = made.places
        if asked.out:
            asked.out.write_text(write_places(made))
    verdict = check(problem, places)
    for sentence in verdict.broken:
        print(sentence)
    print(
        f"{problem.name}: penalty {verdict.penalty} (seats {verdict.seats}, days {verdict.days},"
        f" alone {verdict.alone}, rooms {verdict.rooms}); {len(verdict.broken)} rules broken"
    )
    return BROKEN if verdict.broken else 0


def say(progress: Progress) -> None:
    if sys.stderr.isatty():
        end = "\n" if progress.done >= 1 else "\r"
        print(f"{progress.done:5.0%}  penalty {progress.penalty:<8}", end=end, file=sys.stderr)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="moothall plan timetable", description=__doc__)
    parser.add_argument("file", type=Path, help="the problem, in the .ctt format of ITC-2007 track 3")
    parser.add_argument("--seconds", type=float, default=300.0, help="how long to search")
    parser.add_argument("--cpu", action="store_true", help="count each chain's processor seconds instead")
    parser.add_argument("--rounds", type=int, help="stop after so many rounds: the same plan every time")
    parser.add_argument("--steps", type=int, default=LEG, help="steps of each chain in a round")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chains", type=int, default=2, help="searches side by side")
    parser.add_argument("--out", type=Path, help="where the timetable goes, a line a lecture")
    parser.add_argument(
        "--check", type=Path, metavar="SOL", help="judge this timetable instead of making one"
    )
    return parser
