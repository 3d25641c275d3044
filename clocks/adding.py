"""The small function for a step's target: this day and so many of that unit."""

import datetime as dt

from clocks.events import Moment, london_date
from clocks.months import corresponding_date
from clocks.rules import unit_named
from clocks.working_time import WorkingCalendar
from clocks.working_time import calendar as calendar_named


def add(day: Moment, amount: int, unit: str, calendar: WorkingCalendar | str = "EW") -> dt.date:
    """The date that lies so many units after the day.

    `unit` is wd (working days), cd (calendar days), wk (weeks), mo (months), h (elapsed hours) or wh (opening
    hours), or the long name of one. `calendar` is a key or a calendar; only wd and wh look at it. `day` may
    be a datetime with its zone, read in London; hours added to a plain date make whole days, rounded up.
    An amount below nought goes back, except for opening hours. Raises ValueError on an unknown unit or key.
    """
    named = unit_named(unit)
    working = calendar_named(calendar) if isinstance(calendar, str) else calendar
    if named in ("hour", "working_hour"):
        return _hours_later(day, amount, working if named == "working_hour" else None)
    start = london_date(day)
    if named == "working_day":
        return working.add_working_days(start, amount)
    if named == "month":
        return corresponding_date(start, amount)
    return start + dt.timedelta(days=amount * 7 if named == "week" else amount)


def _hours_later(day: Moment, hours: int, working: WorkingCalendar | None) -> dt.date:
    if isinstance(day, dt.datetime):
        if working:
            return london_date(working.add_working_hours(day, hours))
        return london_date(day.astimezone(dt.UTC) + dt.timedelta(hours=hours))
    if working:
        opens = next((opens for opens, _ in working.spans(day)), None)
        first = working.add_working_days(day, 1)
        start = opens or next(opens for opens, _ in working.spans(first))
        return london_date(working.add_working_hours(start, hours))
    return day + dt.timedelta(days=-(-hours // 24))
