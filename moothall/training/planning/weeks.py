"""Mondays, and the numbers by which the planner knows them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from moothall.cases.rules.reckoning import working_calendar

WEEK: Final = dt.timedelta(days=7)
FRIDAY: Final = dt.timedelta(days=4)
FEWEST_DAYS: Final = 3  # working days, for a week to be one of teaching


@dataclass
class Weeks:
    """Mondays and their numbers."""

    first: dt.date
    count: int
    shut: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        calendar = working_calendar(settings.OFFICE_CALENDAR)
        weeks = (self.first + WEEK * number for number in range(self.count))
        days = [
            calendar.working_days_between(monday - dt.timedelta(days=1), monday + FRIDAY) for monday in weeks
        ]
        self.shut = frozenset(number for number, many in enumerate(days) if many < FEWEST_DAYS)

    @property
    def last(self) -> dt.date:
        return self.first + WEEK * self.count - dt.timedelta(days=1)

    def number(self, day: dt.date) -> int:
        return (day - self.first).days // 7

    def numbers(self, first: dt.date, last: dt.date) -> range:
        return range(max(0, self.number(first)), min(self.count, self.number(last) + 1))

    def mondays(self, numbers: Iterable[int]) -> tuple[dt.date, ...]:
        return tuple(self.first + WEEK * number for number in numbers)
