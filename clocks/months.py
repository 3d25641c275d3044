"""Months as the law counts them."""

import datetime as dt
from calendar import monthrange


def corresponding_date(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on, or that month's last day when it has no such day.

    31 January and one month is 28 February (29 in a leap year). Months may be below nought.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_months(first: dt.date, months: int) -> dt.date:
    """The last day of a period of months that begins with its first day: the eve of the corresponding date.

    Six months beginning with 3 August end on 2 February; six beginning with 31 August end on 28 February,
    the last day of a month that has no 31st. With no months at all, the first day.
    """
    ends = corresponding_date(first, months)
    return ends - dt.timedelta(days=1) if months and ends.day == first.day else ends
