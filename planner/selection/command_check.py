"""`moothall plan check-selection`: assessment days judged on the command line."""

from collections.abc import Sequence

from planner.command_judge import judge
from planner.selection.checking import Verdict, check_files


def run(argv: Sequence[str]) -> int:
    """Judge a plan. Nought when it keeps every rule, 1 when it does not, 2 when a file cannot be read."""
    return judge(
        argv, command="check-selection", about="Judge assessment days by their case alone.",
        check=check_files, counted=_counted,
    )  # fmt: skip


def _counted(verdict: Verdict) -> str:
    return f"{verdict.seated} of {verdict.candidates} have a day; counted again: {verdict.cost} points"
