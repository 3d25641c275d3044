"""How long somebody may go without hearing from us: ten working days, as their process promises."""

import datetime as dt
from typing import Any, Final

import clocks
from moothall.cases.rules.definition import ServiceDefinition, definition_of
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import LONDON, in_london
from moothall.recruitment.models import Application

CALENDAR: Final = "EW"
PROMISED: Final = 10


def since(at: dt.datetime, *, days: int = PROMISED) -> dt.datetime:
    """Whoever has heard nothing since this moment has waited longer than that many working days."""
    working, day, left = working_calendar(CALENDAR), in_london(at).date(), days
    while left:
        day -= dt.timedelta(days=1)
        left -= working.is_working_day(day)
    return dt.datetime.combine(day, dt.time.min, tzinfo=LONDON)


def promised_by(definition: ServiceDefinition) -> int:
    return definition.contact.every_wd if definition.contact else PROMISED


def heard_by(application: Application) -> dt.date | None:
    """By which day they have to hear from us next; None once it is over."""
    if application.case.is_closed:
        return None
    row: Any = Application.objects.filter(pk=application.pk).with_heard().get()
    last = row.heard_at or application.submitted_at
    definition = definition_of(application.case.version)
    working = working_calendar(definition.calendar)
    return clocks.add(in_london(last).date(), promised_by(definition), "wd", working)
