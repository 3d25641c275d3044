"""Small years to plan."""

from functools import cache
from pathlib import Path
from typing import Any

from planner.training.problem import Problem
from planner.training.reading import read_json, read_problem

DATA = Path(__file__).with_name("data")
CASE, RUNS = DATA / "few-teams.json.gz", DATA / "few-teams-runs.json.gz"


@cache
def make_problem() -> Problem:
    """Twelve teams of a published year."""
    return read_problem(CASE, RUNS)


@cache
def make_case() -> Any:
    """What the file says; not to be changed."""
    return read_json(CASE)
