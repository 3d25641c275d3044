"""The dates around a birth, worked out from the day the baby is due."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class MaternityDates:
    """What falls when, all dates. Weeks begin on a Sunday, as the expected week of childbirth (EWC) does."""

    expected_week_begins: dt.date
    notice_week_begins: dt.date
    notice_by: dt.date
    earliest_start: dt.date
    illness_starts_leave_from: dt.date
    certificate_from: dt.date


def maternity_dates(due_on: dt.date) -> MaternityDates:
    """The maternity dates of a baby due on that day.

    Notice of the pregnancy is given by the Saturday that ends the 15th week before the EWC; leave starts at
    the earliest in the 11th week before it; absence for a pregnancy illness starts leave from the fourth week
    before it; the MATB1 certificate is issued from 20 weeks before it.
    Source: nibusinessinfo, LRD and XpertHR guides, read 22 November 2026; the same in all four nations.
    """
    week = due_on - dt.timedelta(days=(due_on.weekday() + 1) % 7)

    def before(weeks: int) -> dt.date:
        return week - dt.timedelta(weeks=weeks)

    return MaternityDates(
        expected_week_begins=week,
        notice_week_begins=before(15),
        notice_by=before(15) + dt.timedelta(days=6),
        earliest_start=before(11),
        illness_starts_leave_from=before(4),
        certificate_from=before(20),
    )
