"""Who is away and when, without why: each upper floor tells what it knows. Filled in from each `apps.py`."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LEAVE, SICK, TRAINING, FAMILY, SUSPENDED, OTHER = "LEAVE", "SICK", "TRAINING", "FAMILY", "SUSPENDED", "OTHER"
KINDS = {
    LEAVE: _("Leave"), SICK: _("Sick"), TRAINING: _("Training"), FAMILY: _("Family leave"),
    SUSPENDED: _("Away"), OTHER: _("Away"),
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Away:
    """Somebody is away from a day until another, both included; with no end, until further notice.

    Days worked in between part it into pieces, each of which says since when all of it lasts.
    """

    employment_id: int
    from_on: dt.date
    until_on: dt.date | None
    kind: str
    since: dt.date | None = None

    @property
    def begun_on(self) -> dt.date:
        return self.since or self.from_on


Source = Callable[[Collection[int], dt.date, dt.date], Iterable[Away]]
_sources: list[Source] = []


def register_away(source: Source) -> None:
    """Have this asked, in one query, for what keeps these away on any of the days between the two."""
    if source not in _sources:
        _sources.append(source)


def away_between(employment_ids: Collection[int], first: dt.date, last: dt.date) -> list[Away]:
    """Every absence of these that touches the days between the two, in order of person and day."""
    if not employment_ids:
        return []
    return sorted(
        (away for source in _sources for away in source(employment_ids, first, last)),
        key=lambda one: (one.employment_id, one.from_on),
    )
