"""A clock day by day: which days counted and why the others did not."""

import datetime as dt
from dataclasses import dataclass

from clocks.working_time import WorkingCalendar

Why = tuple[str, str]
COUNTS: Why = ("counts", "yn cyfrif")
PAUSED: Why = ("the clock is paused", "mae'r cloc wedi'i oedi")
RUNS_ON: Why = (
    "the period ended on a day that is not a working day, so it runs on",
    "daeth y cyfnod i ben ar ddiwrnod nad yw'n ddiwrnod gwaith, felly mae'n parhau",
)
WEEKEND: Why = ("weekend", "penwythnos")
CLOSED: Why = ("the office is shut", "mae'r swyddfa ar gau")
STARTED: Why = ("the clock starts; counting begins the next day", "mae'r cloc yn dechrau; cyfrir o drannoeth")


@dataclass(frozen=True)
class TraceDay:
    """One day of a clock: whether it counted, the number reached by its end, and why, in both languages.

    For a clock in hours the number is the whole hours counted by the end of that day.
    """

    day: dt.date
    counted: bool
    number: int
    why: str
    why_cy: str


def start_day(day: dt.date) -> TraceDay:
    """The day that sets the clock off without counting itself."""
    return TraceDay(day, False, 0, *STARTED)


def why_off(calendar: WorkingCalendar, day: dt.date) -> Why:
    """Why this day is no working day."""
    if day.weekday() > 4:
        return WEEKEND
    holiday = calendar.holiday(day)
    if holiday:
        return holiday.name, holiday.name_cy
    return CLOSED
