"""`moothall plan check-crews`: a week of crews judged on the command line."""

from collections.abc import Sequence

from planner.command_judge import judge
from planner.crews.checking import Verdict, check_files


def run(argv: Sequence[str]) -> int:
    """Judge a plan. Nought when it keeps every rule, 1 when it does not, 2 when a file cannot be read."""
    return judge(
        argv, command="check-crews", about="Judge a week of crews by its case alone.",
        check=check_files, counted=_counted,
    )  # fmt: skip


def _counted(verdict: Verdict) -> str:
    return f"{verdict.manned} of {verdict.posts} posts manned; counted again: {verdict.cost} points"
