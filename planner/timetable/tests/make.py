"""Small problems, and an executor that runs everything at once in this process."""

import gzip
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

from planner.timetable.problem import Course, Curriculum, Problem, Room
from planner.timetable.reading import read_problem

DATA = Path(__file__).parent / "data"
Result = TypeVar("Result")


class AtOnce(Executor):
    """Runs what it is given before it answers, so that tests start no processes."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        done: Future[Result] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def competition(name: str) -> Problem:
    return read_problem(gzip.decompress((DATA / f"{name}.ctt.gz").read_bytes()).decode())


def make_problem(**changes: Any) -> Problem:
    """Two days of three periods, two rooms, three courses; the first two are one curriculum."""
    given: dict[str, Any] = {
        "name": "small",
        "days": 2,
        "periods": 3,
        "courses": (
            Course("law", "amina", 2, 2, 30),
            Course("first-aid", "bedwyr", 2, 1, 20),
            Course("driving", "amina", 1, 1, 10),
        ),
        "rooms": (Room("hall", 40), Room("annexe", 15)),
        "curricula": (Curriculum("intake", ("law", "first-aid")),),
    }
    return Problem(**(given | changes))
