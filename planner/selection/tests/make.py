"""Small assessment days."""

from typing import Any

from planner.selection.problem import Problem
from planner.selection.reading import problem_of

Said = dict[str, Any]
NINE, TEN, ONE, FIVE = 540, 600, 780, 1020


def candidate(name: str, **changes: Any) -> Said:
    return {"id": name, **changes}


def assessor(name: str, *exercises: str, **changes: Any) -> Said:
    return {"id": name, "trained": dict.fromkeys(exercises or ("interview",)), **changes}


def room(name: str = "Cwm", **changes: Any) -> Said:
    return {"id": name, "seats": 8, **changes}


def exercise(name: str = "interview", minutes: int = 30, **changes: Any) -> Said:
    return {"id": name, "minutes": minutes, **changes}


def said(candidates: list[Said], assessors: list[Said], **changes: Any) -> Said:
    """A day from nine to five with interviews of half an hour in one room."""
    case: Said = {
        "days": [{"on": "2026-12-01", "opens": NINE, "closes": FIVE}],
        "exercises": [exercise()],
        "rooms": [room()],
        "assessors": assessors,
        "candidates": candidates,
    }
    return {**case, **changes}


def problem(candidates: list[Said], assessors: list[Said], **changes: Any) -> Problem:
    return problem_of(said(candidates, assessors, **changes))


def sitting(candidates: list[str], begins: int = NINE, **changes: Any) -> Said:
    """An interview of half an hour with Bron in Cwm."""
    one: Said = {
        "exercise": "interview", "day": 0, "begins": begins, "ends": begins + 30, "room": "Cwm",
        "candidates": candidates, "assessors": ["Bron"],
    }  # fmt: skip
    return {**one, **changes}
