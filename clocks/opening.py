"""The hours a desk is open in an ordinary week."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHOLE_DAY = 24 * 60


@dataclass(frozen=True)
class Span:
    """One stretch of opening on one day of the week (Monday is 0), in minutes from midnight."""

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if self.weekday not in range(7) or not 0 <= self.opens < self.closes <= WHOLE_DAY:
            raise ValueError("An opening span needs a weekday from 0 to 6 and must close after it opens.")


@dataclass(frozen=True)
class Opening:
    """Weekly opening hours as the wall clock in London shows them; a day may have several spans."""

    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("Opening hours need at least one span.")
        ordered = tuple(sorted(self.spans, key=lambda span: (span.weekday, span.opens)))
        for one, following in pairwise(ordered):
            if one.weekday == following.weekday and following.opens < one.closes:
                raise ValueError(f"Two opening spans overlap on {WEEKDAYS[one.weekday]}.")
        object.__setattr__(self, "spans", ordered)

    @classmethod
    def weekly(cls, hours: Mapping[str, str]) -> "Opening":
        """Read {"mon-thu": "08:30-17:00", "fri": "08:30-12:00, 13:00-16:30"}.

        Raises ValueError, in one sentence, on a day or a time it cannot read.
        """
        return cls(
            tuple(
                Span(weekday, *_minutes(span))
                for days, spans in hours.items()
                for weekday in _weekdays(days)
                for span in spans.split(",")
            )
        )

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The days of the week with any opening at all."""
        return frozenset(span.weekday for span in self.spans)

    def instants(self, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """When that day's spans begin and end, in UTC, so that the nights the clocks change are right."""
        for span in self.spans:
            if span.weekday == day.weekday():
                yield wall_clock(day, span.opens), wall_clock(day, span.closes)


def wall_clock(day: dt.date, minutes: int) -> dt.datetime:
    """The instant, in UTC, at which clocks in London show so many minutes past that day's midnight."""
    day, minutes = (day + dt.timedelta(days=1), 0) if minutes == WHOLE_DAY else (day, minutes)
    shown = dt.time(minutes // 60, minutes % 60, tzinfo=LONDON)
    return dt.datetime.combine(day, shown).astimezone(dt.UTC)


def _weekdays(words: str) -> range:
    first, _, last = words.strip().lower().partition("-")
    try:
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    except ValueError:
        raise ValueError(f"{words!r} is not a day or a run of days like mon-fri.") from None
    if end < start:
        raise ValueError(f"{words!r} runs backwards; write it as two runs.")
    return range(start, end + 1)


def _minutes(span: str) -> tuple[int, int]:
    opens, _, closes = span.strip().partition("-")
    return _minute(opens), _minute(closes)


def _minute(text: str) -> int:
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60):
        raise ValueError(f"{text!r} is not a time like 08:30.")
    return int(hours) * 60 + int(minutes)


OFFICE_HOURS = Opening.weekly({"mon-fri": "09:00-17:00"})
