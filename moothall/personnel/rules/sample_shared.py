"""Shared parental leave among the sample staff: notices that wait, blocks booked, days worked in them."""

import datetime as dt
from random import Random
from typing import Final

from django.utils.translation import gettext as _

from clocks.shared_parental import WEEK
from moothall.core.clock import LONDON
from moothall.people.models import Account
from moothall.personnel.models import FamilyLeave
from moothall.workforce.models import Employment

from .in_touch import add_touch_day
from .shared import agree_blocks, give_notice, rule_of

DAY: Final = dt.timedelta(days=1)
AMONG_NINE_THOUSAND: Final = 18
LEFT: Final = 24  # weeks that the parents have left to this person
A_WEEK: Final = dt.timedelta(days=WEEK)


def share_leave(dice: Random, today: dt.date, *, share: float, by: Account) -> int:
    """Of three notices one waits for an answer, one is agreed and to come, and one has begun."""
    wanted = round(AMONG_NINE_THOUSAND * share)
    here = Employment.objects.in_force(today).filter(workforce=Employment.EMPLOYEE, ended_on=None)
    away = FamilyLeave.objects.standing().values("employment")
    rows = list(here.exclude(pk__in=away).exclude(person=by.person_id).order_by("pk")[: wanted * 20])
    made = 0
    for number, employment in enumerate(dice.sample(rows, min(wanted, len(rows)))):
        made += _notice(employment, today, ago=(6, 34, 90)[number % 3], by=by)
    return made


def _notice(employment: Employment, today: dt.date, *, ago: int, by: Account) -> bool:
    """Told so many days ago; two blocks of four weeks, the first eight weeks after it was told."""
    told = today - ago * DAY
    born = told + 20 * DAY
    rule = rule_of(employment, born)
    if rule is None or (born - employment.continuous_from).days < WEEK * rule.service_weeks:
        return False
    first = told + rule.notice_days * DAY
    second = first + 10 * A_WEEK
    blocks = [(day, day + 4 * A_WEEK - DAY) for day in (first, second)]
    notice = give_notice(
        employment, event_on=born, weeks=LEFT, blocks=blocks, received_on=told, by=None, at=_at(told)
    )
    if today >= notice.answer_by:
        agree_blocks(notice, by=by, at=_at(told + 5 * DAY))
        _work_in(notice.employment, first, today, by=by)
    return True


def _work_in(employment: Employment, first: dt.date, today: dt.date, *, by: Account) -> None:
    """A Wednesday and the one after, where they have been."""
    leave = FamilyLeave.objects.get(employment=employment, starts_on=first)
    wednesday = first + (9 - first.weekday()) % WEEK * DAY
    for day in (wednesday, wednesday + A_WEEK):
        if day < today:
            add_touch_day(leave, day=day, what=_("Team day"), by=by, at=_at(day))


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), tzinfo=LONDON)
