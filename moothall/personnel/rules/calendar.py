"""Every date of one family leave, each with why it is there."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clocks.family import (
    ORDINARY,
    PAID,
    FamilyPay,
    earliest_return,
    family_pay,
    last_compulsory_day,
    maternity_dates,
    notice_of_change_by,
)
from moothall.personnel.models import FamilyLeave

from .family import LONG, MATERNITY, rule_of

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Date:
    """One date of a leave."""

    on: dt.date
    what: str
    why: str
    is_ours: bool = False
    is_done: bool = False


def dates_of(leave: FamilyLeave) -> list[Date]:
    """In order of the day; what is the office's to do is marked, and so is what was done."""
    found = [
        Date(leave.notified_on, _("They told us"), ""),
        Date(leave.starts_on, _("First day away"), leave.get_starts_because_display()),
        Date(leave.ends_on, _("Last day away"), _planned_end(leave)),
        Date(leave.returns_on, _("Back at work"), _("The day after the last day away.")),
        Date(
            leave.reply_by,
            _("We confirm in writing by"),
            _reply_words(leave),
            is_ours=True,
            is_done=leave.confirmed_on is not None,
        ),
    ]
    if leave.kind == MATERNITY:
        found += _of_maternity(leave)
    else:
        found.append(Date(leave.event_on, _("What it is about"), _("The birth, the placement or the loss.")))
        found += _window(leave)
    if leave.kind in LONG:
        found += _of_a_long_leave(leave)
    if leave.born_on is not None:
        found.append(Date(leave.born_on, _("Born"), ""))
    return sorted(found)


def _planned_end(leave: FamilyLeave) -> str:
    if leave.return_told_on is not None:
        return _("An earlier return was told on %(day)s.") % {"day": f"{leave.return_told_on:%d/%m/%Y}"}
    rule = rule_of(leave)
    if leave.ends_on == leave.full_end_on and rule is not None and rule.weeks is not None:
        return _("%(weeks)s weeks from the first day.") % {"weeks": rule.weeks}
    return _("The last day they asked for.")


def _reply_words(leave: FamilyLeave) -> str:
    if leave.kind in LONG:
        return _("28 days after they told us, by law.")
    return _("Five working days after they told us.")


def _of_maternity(leave: FamilyLeave) -> list[Date]:
    dates = maternity_dates(leave.event_on)
    found = [
        Date(leave.event_on, _("The baby is due"), ""),
        Date(
            dates.expected_week_begins,
            _("Expected week of childbirth"),
            _("The Sunday on or before the due day."),
        ),
        Date(dates.notice_by, _("Notice is due"), _("The end of the 15th week before the expected week.")),
        Date(
            dates.certificate_from,
            _("MATB1 can be issued from"),
            _("20 weeks before the expected week."),
            is_done=leave.certificate_on is not None,
        ),
        Date(dates.earliest_start, _("Earliest first day"), _("The 11th week before the expected week.")),
        Date(
            dates.illness_starts_leave_from,
            _("A pregnancy illness begins the leave from"),
            _("The fourth week before the expected week."),
        ),
    ]
    if leave.born_on is not None:
        words = _("Two weeks from the birth: nobody works in them.")
        found.append(Date(last_compulsory_day(leave.born_on), _("End of compulsory leave"), words))
    return found


def _of_a_long_leave(leave: FamilyLeave) -> list[Date]:
    ordinary = leave.starts_on + ORDINARY - DAY
    found = [
        Date(
            notice_of_change_by(leave.starts_on, leave.starts_on),
            _("Last day to change the first day"),
            _("28 days before it."),
        ),
        Date(leave.full_end_on, _("End of the whole entitlement"), _("26 weeks ordinary and 26 additional.")),
    ]
    if ordinary < leave.ends_on:
        found.append(Date(ordinary, _("Ordinary leave ends"), _("26 weeks from the first day.")))
    paid = leave.starts_on + PAID - DAY
    if paid <= leave.ends_on:
        found.append(Date(paid, _("Statutory pay ends at the latest"), _("39 weeks from the first day.")))
    told = leave.ends_on - (earliest_return(leave.ends_on) - leave.ends_on)
    words = _("Eight weeks before they are back: later, it has to be agreed.")
    found.append(Date(told, _("Last day to tell of an earlier return"), words))
    return found


def _window(leave: FamilyLeave) -> list[Date]:
    rule = rule_of(leave)
    if rule is None or rule.within_weeks is None:
        return []
    end = leave.event_on + dt.timedelta(weeks=rule.within_weeks) - DAY
    words = _("%(weeks)s weeks from what it is about.") % {"weeks": rule.within_weeks}
    return [Date(end, _("To be taken by"), words)]


def pay_of(leave: FamilyLeave) -> FamilyPay | None:
    """The figures payroll works with, in force on the first day away."""
    return family_pay(leave.starts_on) if leave.kind in LONG else None
