"""A meeting to be found a time, and the times found: frozen, and without a word on how they are found.

Every time is an instant (aware, of any zone) and every span half open, so a day that the clocks change is as
long as it is. Days and hours of the day are those of the meeting's own zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class MeetingError(ValueError):
    """The question cannot be understood; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until `end`, not included: what somebody or a room is taken by.

    `site` is where that is, if journeys count. `tiring` is what one needs a rest after: not leave, for one.
    """

    start: datetime
    end: datetime
    because: str = "busy"
    site: str = ""
    tiring: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be there. `deputy` names somebody in the question's `deputies`."""

    name: str
    busy: tuple[Span, ...] = ()
    required: bool = True
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A room the meeting could be in."""

    name: str
    site: str = ""
    seats: int = 10_000
    busy: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """The question. `quorum` counts required people and their deputies; the chair must be there in person.

    `protected` is time nobody is asked for. `minutes_between` holds journeys by (site, site) either way round
    (missing: no journey). After `tiring_after` without a gap comes a rest of `rest`, before and after.
    """

    minutes: int
    first: date
    last: date
    people: tuple[Person, ...]
    places: tuple[Place, ...]
    deputies: tuple[Person, ...] = ()
    chair: str = ""
    quorum: int = 0
    protected: tuple[Span, ...] = ()
    closed: frozenset[date] = frozenset()
    weekdays: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    shuts: time = time(17)
    minutes_between: Mapping[tuple[str, str], int] = field(default_factory=dict)
    tiring_after: timedelta = timedelta(hours=3)
    rest: timedelta = timedelta(minutes=15)
    papers_days: int = 0
    zone: ZoneInfo = LONDON

    def journey(self, one: str, other: str) -> timedelta:
        """How long from one site to the other; nothing where either is not known."""
        known = self.minutes_between.get((one, other), self.minutes_between.get((other, one), 0))
        return timedelta(minutes=known if one != other else 0)


@dataclass(frozen=True, slots=True)
class Missing:
    """Who cannot come, what by, and whether the deputy comes for them."""

    name: str
    because: str
    required: bool
    deputy: str = ""
    deputy_comes: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A time and room, who is there in person, and why the others are not."""

    start: datetime
    end: datetime
    place: str
    present: tuple[str, ...]
    missing: tuple[Missing, ...]
    required: int  # people whose answer counts
    papers_on: date

    @property
    def required_present(self) -> int:
        return self.required - sum(one.required for one in self.missing)

    @property
    def answered(self) -> int:
        """Required people who are there or have their deputy there."""
        return self.required - sum(one.required and not one.deputy_comes for one in self.missing)


@dataclass(frozen=True, slots=True)
class Found:
    """The options, the best first; where there is none, how many starts each rule left, in order."""

    options: tuple[Option, ...]
    left: tuple[tuple[str, int], ...] = ()
