"""The rest that is due between duties and sessions, as a part of the planner's case."""

import datetime as dt
from typing import Any

from moothall.training.rules.resting import USUAL, Rests
from planner.training.patterns import PUBLISHED, Rested
from planner.training.reading import rested_of


def rest_due(on: dt.date) -> dict[str, Any] | None:
    """The rule of a day with the hours of sessions and of every part of the day; None where either is not on
    record: then the planner looks at the night before a course alone."""
    rest = Rests().on(on)
    if rest is None:
        return None
    return {
        "hours": float(rest.rule.hours), "session": list(USUAL),
        "duties": {part: list(hours) for part, hours in rest.parts.items()},
        "source": rest.rule.source, "confirmed": rest.rule.source_read_on is not None,
    }  # fmt: skip


def as_rested(rest: dict[str, Any] | None) -> Rested:
    return PUBLISHED if rest is None else rested_of(rest)
