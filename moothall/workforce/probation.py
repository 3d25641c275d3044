"""Whether somebody is in probation on a day: upper floors tell what they know of it, else the staff record
does. Filled in from each `apps.py`."""

import datetime as dt
from collections.abc import Callable

from moothall.workforce.models import Employment

Source = Callable[[Employment, dt.date], bool | None]
_sources: list[Source] = []


def register_probation(source: Source) -> None:
    """Have this asked, in one query; it answers None where it knows of no probation at all."""
    if source not in _sources:
        _sources.append(source)


def is_in_probation(employment: Employment, on: dt.date) -> bool:
    """As decided where anybody has decided about it, else until the day on the staff record."""
    for source in _sources:
        if (known := source(employment, on)) is not None:
            return known
    return (
        employment.probation_until is not None and employment.started_on <= on <= employment.probation_until
    )
