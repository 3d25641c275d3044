"""The rest that is due between duties and sessions, as a part of the planner's case."""

import datetime as dt
from typing import Any

from moothall.training.models import PartHours, RestRule, Session
from moothall.training.models.ledger import PARTS
from moothall.training.models.rest import hours_of
from planner.training.patterns import PUBLISHED, Rested
from planner.training.reading import rested_of


def rest_due(on: dt.date) -> dict[str, Any] | None:
    """The rule of a day with the hours of sessions and of every part of the day; None where either is not on
    record: then the planner looks at the night before a course alone."""
    rule = RestRule.objects.in_force(on).first()
    duties = {each.part: list(each.as_hours()) for each in PartHours.objects.in_force(on)}
    if rule is None or set(duties) != {part for part, _words in PARTS}:
        return None
    return {
        "hours": float(rule.hours), "session": [hours_of(Session.BEGINS), hours_of(Session.ENDS)],
        "duties": duties, "source": rule.source, "confirmed": rule.source_read_on is not None,
    }  # fmt: skip


def as_rested(rest: dict[str, Any] | None) -> Rested:
    return PUBLISHED if rest is None else rested_of(rest)
