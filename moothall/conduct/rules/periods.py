"""The days of a procedure, reckoned: pure functions of its row, a day and a calendar. Nothing here writes."""

import datetime as dt

from clocks import add
from clocks.months import corresponding_date
from moothall.cases.rules.reckoning import working_calendar
from moothall.conduct.models import Procedure, SanctionLevel
from moothall.conduct.models.procedure import WORKING


def later(day: dt.date, days: int, unit: str, calendar: str) -> dt.date:
    """The last day of a period of so many days that begins the day after."""
    working = working_calendar(calendar)
    return working.add_working_days(day, days) if unit == WORKING else add(day, days, unit, working)


def earliest_meeting(procedure: Procedure, *, notice_on: dt.date) -> dt.date:
    """The first day a formal meeting may be on. Neither the day notice is given nor the day of the meeting
    counts: so many clear days lie between."""
    ends = later(notice_on, procedure.notice_days, procedure.notice_unit, procedure.calendar)
    return ends + dt.timedelta(days=1)


def latest_notice(procedure: Procedure, *, meeting_on: dt.date) -> dt.date:
    """The last day on which notice of a formal meeting of that day can be given."""
    day = meeting_on - dt.timedelta(days=1)
    while earliest_meeting(procedure, notice_on=day) > meeting_on:
        day -= dt.timedelta(days=1)
    return day


def notice_is_long_enough(procedure: Procedure, *, notice_on: dt.date, meeting_on: dt.date) -> bool:
    return meeting_on >= earliest_meeting(procedure, notice_on=notice_on)


def latest_postponement(procedure: Procedure, *, first_on: dt.date) -> dt.date:
    """Until when a formal meeting may be put off because a companion cannot come."""
    return later(first_on, procedure.postpone_days, WORKING, procedure.calendar)


def appeal_by(procedure: Procedure, *, told_on: dt.date) -> dt.date:
    return later(told_on, procedure.appeal_days, procedure.appeal_unit, procedure.calendar)


def reply_by(procedure: Procedure, *, asked_on: dt.date) -> dt.date | None:
    """By when a written answer is due, where the procedure asks for one."""
    days = procedure.reply_days
    return None if days is None else later(asked_on, days, WORKING, procedure.calendar)


def witnesses_by(procedure: Procedure, *, answered_on: dt.date) -> dt.date | None:
    """By when lists of witnesses are exchanged, where the procedure asks for them."""
    days = procedure.witness_days
    return None if days is None else later(answered_on, days, WORKING, procedure.calendar)


def suspension_review_by(procedure: Procedure, *, on: dt.date) -> dt.date | None:
    days = procedure.suspension_days
    return None if days is None else later(on, days, procedure.suspension_unit, procedure.calendar)


def live_until(level: SanctionLevel, *, decided_on: dt.date) -> dt.date | None:
    """The last day an outcome counts: the corresponding date so many months on. One that is never live counts
    on no day but is known from its day; one without an end has none."""
    if level.live_months is None:
        return None
    return corresponding_date(decided_on, level.live_months)


def longest_window(procedure: Procedure, *, given_on: dt.date, exceptional: bool) -> dt.date | None:
    """The last day an improvement period may have, where the procedure has a limit."""
    months = procedure.window_most if exceptional else procedure.window_months
    return None if months is None else corresponding_date(given_on, months)
