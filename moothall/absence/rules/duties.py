"""What law and conditions of service want of an absence by a day: half pay, accidents reported."""

import datetime as dt
from dataclasses import dataclass

from clocks.months import corresponding_date
from clocks.rule_book import rule
from clocks.sick_pay import HalfPay, police_half_pay
from moothall.absence.models import Episode, Figure
from moothall.workforce.models import Employment

from .paying import staff_half_pay

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
    if not episode.is_open:
        return None
    paid = _paid_days_before(episode)
    officer = episode.employment.workforce == Employment.OFFICER
    return police_half_pay(episode.first_day, paid) if officer else staff_half_pay(episode, paid)


def _paid_days_before(episode: Episode) -> int:
    """The days of sickness in the twelve months before the first day."""
    begins = corresponding_date(episode.first_day, -12)
    rows = Episode.objects.between(begins, episode.first_day - DAY).filter(employment=episode.employment_id)
    return sum(
        (min(last or episode.first_day - DAY, episode.first_day - DAY) - max(first, begins)).days + 1
        for first, last in rows.exclude(pk=episode.pk).values_list("first_day", "last_day")
    )
