"""Whom a plan of runs has to take: every journey of its days that nobody has arranged otherwise."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from moothall.transport.models import Arrangement, Away, How, RunPlan
from moothall.transport.models.journey import FROM, TO

from .journeys import journeys_of

WEEKS: Final = 4  # the longest pattern of travel or of homes
Unit = tuple[int, str, int | None, int, int]
"""Passenger, direction, home, centre, day of the week."""


@dataclass(frozen=True)
class Asked:
    """One passenger in one direction between one home and one centre, on these days of the week."""

    passenger: int
    direction: str
    home: int | None
    centre: int
    bell_at: dt.time | None
    weekdays: tuple[int, ...]

    @property
    def units(self) -> Iterator[Unit]:
        for day in self.weekdays:
            yield self.passenger, self.direction, self.home, self.centre, day


def days_of(plan: RunPlan) -> list[dt.date]:
    """The days that show every pattern: those of its first four weeks."""
    last = plan.from_on + dt.timedelta(weeks=WEEKS, days=-1)
    last = min(last, plan.until_on) if plan.until_on is not None else last
    span = range((last - plan.from_on).days + 1)
    days = (plan.from_on + dt.timedelta(days=each) for each in span)
    return [each for each in days if each.weekday() in plan.weekdays]


def asked_of(plan: RunPlan) -> list[Asked]:
    """Everybody to be taken, in order. Somebody with two homes is asked for twice, each on their days. A
    plan for single days leaves out who is away on them; any other has them, since they come back."""
    days = days_of(plan)
    otherwise = _otherwise(days) | (_away(days) if plan.is_for_days else set())
    found: dict[tuple[int, str, int | None, int, dt.time | None], set[int]] = defaultdict(set)
    for day in days:
        for due in journeys_of(day):
            wanted = due.direction in plan.directions
            if wanted and (due.passenger, due.direction, day) not in otherwise:
                found[due.passenger, due.direction, due.home, due.centre, due.bell_at].add(day.weekday())
    rows = [Asked(*key, weekdays=tuple(sorted(on))) for key, on in found.items()]
    return sorted(
        rows, key=lambda each: (each.direction != TO, each.passenger, each.weekdays, each.home or 0)
    )


def _otherwise(days: Sequence[dt.date]) -> set[tuple[int, str, dt.date]]:
    """Who goes with a contractor's own job or by own transport, on which of these days."""
    if not days:
        return set()
    rows = Arrangement.objects.between(days[0], days[-1]).exclude(how=How.RUN)
    return {
        (each.passenger_id, each.direction, day) for each in rows for day in days if each.holds(day)
    }  # fmt: skip


def _away(days: Sequence[dt.date]) -> set[tuple[int, str, dt.date]]:
    """Who does not travel on which of these days."""
    rows = Away.objects.between(days[0], days[-1]) if days else Away.objects.none()
    return {
        (each.passenger_id, way, day)
        for each in rows
        for way, is_away in ((TO, each.there), (FROM, each.back))
        for day in days
        if is_away and each.from_on <= day <= (each.until_on or day)
    }


def by_direction(rows: Sequence[Asked]) -> dict[str, list[Asked]]:
    return {way: [each for each in rows if each.direction == way] for way in (TO, FROM)}
