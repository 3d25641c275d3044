"""Who is engaged elsewhere and when, as the floors above know it. Filled in from each `apps.py`.

The finder of times asks it, and so do people's own calendars: what has a line there stands in them.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from moothall.bookings.rules.diary import DiaryLine


@dataclass(frozen=True)
class Engaged:
    """Somebody cannot be elsewhere from one moment until another. `why` is what colleagues may read."""

    account_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    why: str
    place_id: int | None = None
    tiring: bool = True
    line: DiaryLine | None = None


Source = Callable[[Collection[int], dt.date, dt.date], Iterable[Engaged]]
_sources: list[Source] = []


def register_engaged(source: Source) -> None:
    """Have this asked, in few queries, for what these accounts do on the days between the two."""
    if source not in _sources:
        _sources.append(source)


def engaged_between(account_ids: Collection[int], first: dt.date, last: dt.date) -> list[Engaged]:
    """Everything that the floors above know of these, in order of account and beginning."""
    if not account_ids:
        return []
    return sorted(
        (each for source in _sources for each in source(account_ids, first, last)),
        key=lambda one: (one.account_id, one.starts_at, one.ends_at),
    )
