"""Notice of family leave by the rule of its day, and the days of carer's leave in any twelve months."""

import datetime as dt
from collections.abc import Collection

from clocks.family import FamilyRule, maternity_dates, notice_of_change_by
from clocks.months import corresponding_date
from moothall.personnel.models import FamilyLeave
from moothall.workforce.models import Assignment, Employment

from . import refusals

DAY = dt.timedelta(days=1)
MATERNITY, ADOPTION, CARERS = "maternity", "adoption", "carers"
LONG = (MATERNITY, ADOPTION)
A_YEAR, A_WEEK = 12, 7


def refuse_late_notice(
    rule: FamilyRule, *, event_on: dt.date, notified_on: dt.date, starts_on: dt.date
) -> None:
    """Of maternity leave by the end of the 15th week before the expected week; of the others so many days
    before it begins as the row says, where it says."""
    if rule.kind == MATERNITY:
        if rule.notice_days is None and "notice_days" in rule.unconfirmed:
            return
        last = maternity_dates(event_on).notice_by
        if notified_on > last:
            raise refusals.NoticeTooLate.of_maternity(last)
        return
    if rule.notice_days and (starts_on - notified_on).days < rule.notice_days:
        raise refusals.NoticeTooLate.of_days(rule.notice_days, notified_on + rule.notice_days * DAY)


def refuse_late_change(
    rule: FamilyRule | None, kind: str, *, planned_on: dt.date, wanted_on: dt.date, told_on: dt.date
) -> None:
    """Another first day is told 28 days before the earlier of the two, or as many as the leave asks for."""
    if kind in LONG:
        last = notice_of_change_by(planned_on, wanted_on)
    elif rule is not None and rule.notice_days:
        last = min(planned_on, wanted_on) - rule.notice_days * DAY
    else:
        return
    if told_on > last:
        raise refusals.ChangeTooLate(last)


def usual_days(employment: Employment, on: dt.date) -> int:
    """On how many days of a usual week they work, by the pattern of that day; rounded up."""
    main = _main(employment, on)
    if main is None or main.pattern is None:
        return sum(main.hours_on(on + n * DAY) > 0 for n in range(A_WEEK)) if main else 0
    worked = sum(hours > 0 for hours in main.pattern.hours)
    return -(-worked * A_WEEK // len(main.pattern.hours))


def _main(employment: Employment, on: dt.date) -> Assignment | None:
    rows = Assignment.objects.in_force(on).filter(employment=employment, is_main=True)
    return rows.select_related("pattern").first()


def working_days(employment: Employment, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days between the two on which they would work."""
    main = _main(employment, first)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [each for each in days if main is not None and main.hours_on(each) > 0]


def refuse_beyond_a_week(
    employment: Employment, rule: FamilyRule, *, first: dt.date, last: dt.date, but: int | None = None
) -> None:
    """Carer's leave comes to a usual week at most in any twelve months, whichever day they end with."""
    if rule.kind != CARERS or rule.weeks is None:
        return
    others = FamilyLeave.objects.standing().filter(employment=employment, kind=CARERS)
    reach = (corresponding_date(first, -A_YEAR), corresponding_date(last, A_YEAR))
    rows = others.filter(ends_on__gte=reach[0], starts_on__lte=reach[1]).exclude(pk=but or 0)
    taken = {
        day for each in rows for day in working_days(employment, each.starts_on, each.ends_on)
    }  # fmt: skip
    most = usual_days(employment, first) * rule.weeks
    wanted = working_days(employment, first, last)
    if _most_in_a_year({*taken, *wanted}) > most:
        again = _free_from(taken, len(wanted), most, first)
        raise refusals.CarersWeekUsed(most, again)


def _most_in_a_year(days: Collection[dt.date]) -> int:
    """The most of these days that lie within any twelve months."""
    return max(
        (sum(corresponding_date(end, -A_YEAR) < day <= end for day in days) for end in days), default=0
    )


def _free_from(taken: Collection[dt.date], wanted: int, most: int, first: dt.date) -> dt.date | None:
    """The first day from which so many days fit again beside those already taken, where they ever do."""
    if wanted > most:
        return None
    for oldest in sorted(taken):
        day = max(first, corresponding_date(oldest, A_YEAR))
        if sum(each > corresponding_date(day, -A_YEAR) for each in taken) + wanted <= most:
            return day
    return None
