"""The months that are planned, as days numbered from a Monday on."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.conf import settings

from moothall.cases.rules.reckoning import working_calendar

AFTER: Final = 28  # days after the last one on which rest days can still be given back


@dataclass(frozen=True)
class Span:
    """From `first` until `last`, both included; day 0 is the Monday of the first week."""

    first: dt.date
    last: dt.date

    @cached_property
    def monday(self) -> dt.date:
        return self.first - dt.timedelta(days=self.first.weekday())

    @cached_property
    def horizon(self) -> int:
        return (self.last - self.monday).days + 1 + AFTER

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(self.monday + dt.timedelta(days=number) for number in range(self.horizon))

    @cached_property
    def teaching(self) -> tuple[int, ...]:
        """The office's working days between the first and the last."""
        calendar = working_calendar(settings.OFFICE_CALENDAR)
        return tuple(
            number
            for number, day in enumerate(self.days)
            if self.first <= day <= self.last and calendar.is_working_day(day)
        )

    def number(self, day: dt.date) -> int:
        """Which day of the span it is; the ends stand for what lies beyond them."""
        return min(max((day - self.monday).days, 0), self.horizon - 1)
