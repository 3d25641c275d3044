"""Small questions for a meeting, in a week of May 2027."""

from datetime import date, datetime, timedelta
from typing import Any

from planner.meetings.problem import LONDON, Meeting, Person, Place, Span

MONDAY = date(2027, 5, 3)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """So many days after the Monday, by the clock on the wall in London."""
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute, tzinfo=LONDON) + timedelta(days=day)


def busy(day: int, start: float, end: float, because: str = "busy", **changes: Any) -> Span:
    """A span of a day, its hours as numbers: 9.25 is a quarter past nine."""
    first, last = (at(day, int(hour), round(60 * (hour % 1))) for hour in (start, end))
    return Span(first, last, because, **changes)


def make_meeting(**changes: Any) -> Meeting:
    """An hour on one of two days for three people, in one room."""
    given: dict[str, Any] = {
        "minutes": 60,
        "first": MONDAY,
        "last": MONDAY + timedelta(days=1),
        "people": (Person("Nia"), Person("Kofi"), Person("Ewa", required=False)),
        "places": (Place("Cedar", seats=12),),
    }
    return Meeting(**(given | changes))
