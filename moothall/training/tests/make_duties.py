"""Plain makers of duties, and of the rest that is due beside them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from moothall.people.tests.make import AT
from moothall.training.models import DutyFile, DutyLine, PartHours, RestRule
from moothall.workforce.models import Employment

from .make import SINCE


def down_for(who: Employment, kinds: Sequence[tuple[dt.date, str, str]]) -> None:
    """What the duty system says of these days: day, part, kind."""
    file, _made = DutyFile.objects.get_or_create(name="duties.csv", digest="0" * 64, brought_at=AT)
    DutyLine.objects.bulk_create(
        [DutyLine(employment=who, day=day, part=part, kind=kind, file=file) for day, part, kind in kinds]
    )


def make_rest(hours: int = 11, late_until: dt.time = dt.time(23), **changes: Any) -> RestRule:
    """A rule of rest, and when the parts of the day are."""
    at = dt.time
    parts = {"E": (at(7), at(16)), "L": (at(14), late_until), "N": (at(22), at(7)), "D": (at(9), at(17))}
    for part, (begins, ends) in parts.items():
        PartHours.objects.create(part=part, begins=begins, ends=ends, from_on=SINCE, source="Agreed")
    given = {"hours": hours, "from_on": SINCE, "source": "Working Time Regulations 1998, regulation 10"}
    return RestRule.objects.create(**given | changes)
