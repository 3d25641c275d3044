"""`moothall plan`: plans made and checked on the command line, without Django and without a database."""

import importlib
import sys
from collections.abc import Sequence

WRONG = 2
VERBS: dict[str, tuple[str, str]] = {  # the module that runs it, and what it is for
    "timetable": ("planner.timetable.command", "a week of lectures in periods and rooms, and its penalty"),
    "training": ("planner.training.command", "a training year: who goes on which course when, and why not"),
    "transport": (
        "planner.transport.command",
        "runs for passengers: which vehicle fetches whom when, and why not",
    ),
    "check-transport": ("planner.transport.command_check", "judge a plan of runs by its case alone"),
    "crews": ("planner.crews.command", "a week's runs manned: who drives and escorts what, and why not"),
    "check-crews": ("planner.crews.command_check", "judge a week of crews by its case alone"),
    "selection": (
        "planner.selection.command",
        "assessment days: who sits what when before whom, and why not",
    ),
    "check-selection": ("planner.selection.command_check", "judge assessment days by their case alone"),
    "vrp": ("planner.vrp.command", "a published routing problem: vrptw, pdptw, darp or sbrp"),
    "check-training": ("planner.training.command_check", "judge a training plan by its case alone"),
}


def run(argv: Sequence[str]) -> int:
    """Run `moothall plan` with these words. Two, and what it knows of on the error stream, when wrong."""
    verb = argv[0] if argv else "--help"
    if verb in VERBS:
        return int(importlib.import_module(VERBS[verb][0]).run(list(argv[1:])) or 0)
    asked = verb in ("-h", "--help")
    print("moothall plan WHAT …\n", file=sys.stdout if asked else sys.stderr)
    for name, (_, about) in VERBS.items():
        print(f"  {name:<18} {about}", file=sys.stdout if asked else sys.stderr)
    return 0 if asked else WRONG
