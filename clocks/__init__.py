"""Working calendars, clock rules and deadlines. Plain Python: nothing here knows of Django.

A deadline is a pure function of what happened, the rule in force on its day and the holidays:

    >>> from datetime import date
    >>> due = deadline(rule("FOI-20", date(2026, 5, 20)), [Event("received", date(2026, 5, 20))])
    >>> due.due_on
    datetime.date(2026, 6, 19)
"""

from clocks.adding import add
from clocks.bank_holidays import Holiday, corrected, load_holidays
from clocks.deadlines import Deadline, deadline
from clocks.events import KINDS, ClockError, Event, ImpossibleEvents
from clocks.opening import OFFICE_HOURS, Opening, Span
from clocks.rule_book import UnknownRule, WrongRule, load_rules, rule
from clocks.rules import LAPSES, ClockRule, Extension, Pause
from clocks.trace import TraceDay
from clocks.working_time import CALENDARS, WorkingCalendar, calendar

__all__ = [
    "CALENDARS",
    "KINDS",
    "LAPSES",
    "OFFICE_HOURS",
    "ClockError",
    "ClockRule",
    "Deadline",
    "Event",
    "Extension",
    "Holiday",
    "ImpossibleEvents",
    "Opening",
    "Pause",
    "Span",
    "TraceDay",
    "UnknownRule",
    "WorkingCalendar",
    "WrongRule",
    "add",
    "calendar",
    "corrected",
    "deadline",
    "load_holidays",
    "load_rules",
    "rule",
]
