"""The one place that reads the clock. Everything else is told the time."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """This instant, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The date on the wall in London."""
    return now().astimezone(LONDON).date()


def in_london(at: dt.datetime) -> dt.datetime:
    """The same instant, as a clock in London shows it."""
    return at.astimezone(LONDON)
