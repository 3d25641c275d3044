"""What law and conditions of service want of an absence by a day: half pay, accidents reported."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clocks.months import corresponding_date
from clocks.rule_book import rule
from clocks.sick_pay import HalfPay, police_half_pay
from moothall.absence.models import Episode, Figure
from moothall.workforce.models import Employment

from .paying import SchemeOfPay

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Accident:
    """An injury at work: from which day off it is reported, by when, and whether it has come to that."""

    reportable_from: dt.date
    report_by: dt.date
    is_reportable: bool


def accident_of(episode: Episode, *, on: dt.date) -> Accident | None:
    """More than seven days off after the day of the accident are reported within fifteen days of it."""
    if not episode.on_duty_injury or episode.accident_on is None:
        return None
    happened = episode.accident_on
    figures = Figure.objects.on(happened, workforce=episode.employment.workforce)
    over = happened + dt.timedelta(days=figures.whole("accident_days") + 1)
    report_by = happened + dt.timedelta(days=rule("RIDDOR-15", happened).length)
    return Accident(over, report_by, episode.spell.until(on) >= over)


def half_pay_of(episode: Episode) -> HalfPay | None:
    """When somebody's pay halves if they stay off: from the days of sickness in the year before. Of those who
    are no police officers nothing is worked out until a scheme is switched on."""
    return half_pays_of([episode]).get(episode.pk)


def half_pays_of(episodes: Iterable[Episode]) -> dict[int, HalfPay]:
    """Of each of these that goes on and whose pay halves, when; three questions, however many they are."""
    goes_on = [each for each in episodes if each.is_open]
    if not goes_on:
        return {}
    paid, scheme = _paid_days_before(goes_on), SchemeOfPay()
    found: dict[int, HalfPay] = {}
    for each in goes_on:
        officer = each.employment.workforce == Employment.OFFICER
        half = police_half_pay(each.first_day, paid[each.pk]) if officer else scheme.half(each, paid[each.pk])
        if half is not None:
            found[each.pk] = half
    return found


def _paid_days_before(episodes: Sequence[Episode]) -> dict[int, int]:
    """Of each the days of sickness in the twelve months before its first day."""
    first = min(corresponding_date(each.first_day, -12) for each in episodes)
    last = max(each.first_day for each in episodes) - DAY
    theirs: dict[int, list[tuple[int, dt.date, dt.date | None]]] = defaultdict(list)
    rows = Episode.objects.between(first, last).filter(
        employment__in={each.employment_id for each in episodes}
    )
    named = rows.order_by().values_list("employment_id", "pk", "first_day", "last_day")
    for employment, pk, begun, ended in named:
        theirs[employment].append((pk, begun, ended))
    return {each.pk: _days_before(each, theirs[each.employment_id]) for each in episodes}


def _days_before(episode: Episode, spells: Iterable[tuple[int, dt.date, dt.date | None]]) -> int:
    begins, ends = corresponding_date(episode.first_day, -12), episode.first_day - DAY
    days = ((min(last or ends, ends) - max(first, begins)).days + 1 for pk, first, last in spells
            if pk != episode.pk)  # fmt: skip
    return sum(each for each in days if each > 0)
