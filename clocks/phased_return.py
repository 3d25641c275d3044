"""A phased return: fewer hours for some weeks, and what of them counts as lost. Pure arithmetic.

Weeks are given as the hours to be worked in each, first week first. Hours and days are Decimal; nothing is
rounded here.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

WEEK = dt.timedelta(days=7)
NONE = Decimal(0)


def last_day(begins: dt.date, weeks: Sequence[Decimal]) -> dt.date:
    """The last day of a plan of so many whole weeks. Raises ValueError for a plan without weeks."""
    if not weeks:
        raise ValueError("A plan has at least one week.")
    return begins + WEEK * len(weeks) - dt.timedelta(days=1)


def week_of(begins: dt.date, day: dt.date) -> int:
    """Which week of the plan a day lies in: the first is 1. Raises ValueError before it begins."""
    if day < begins:
        raise ValueError("The plan has not begun.")
    return (day - begins).days // 7 + 1


def hours_not_worked(weeks: Sequence[Decimal], usual: Decimal, *, days: int | None = None) -> Decimal:
    """Hours of the usual week that the plan leaves out; of the first `days` days only, where they are given,
    each day of a week counting for a seventh. Never below nought."""
    total, left = NONE, len(weeks) * 7 if days is None else max(days, 0)
    for hours in weeks:
        part = min(left, 7)
        left -= part
        total += max(usual - hours, NONE) * part / 7
    return total


def days_lost(hours: Decimal, *, full_day: Decimal, counts: bool) -> Decimal:
    """What the hours count for in days lost: nothing, unless the office's rule says that they count. Raises
    ValueError where a full day has no hours."""
    if full_day <= 0:
        raise ValueError("A full day has hours.")
    return hours / full_day if counts else NONE
