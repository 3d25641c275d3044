"""What training, duties and absences take of people's time, for the finder of times and their calendars.

Colleagues read that somebody is on a course, teaches, is in court, or is away; never why they are away.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bookings.engaged import Engaged
from moothall.bookings.rules.inviting import host
from moothall.people.models import Account
from moothall.people.models.working import at_on
from moothall.training.models import CohortClass, DutyLine, PlaceDay, Session, TrainerDay
from moothall.training.models.ledger import NIGHT
from moothall.workforce.away import TRAINING, away_between
from moothall.workforce.models import Employment

from .inviting import line_of
from .pathways.class_days import class_days, class_line

ONE = dt.timedelta(days=1)
SLEPT = dt.time(15)  # after a night on duty nobody is asked before
ENDLESS = dt.date.max


def engaged_in_training(accounts: Collection[int], first: dt.date, last: dt.date) -> Iterator[Engaged]:
    """Courses and teaching with their line, absences and what the duty system says, in eight queries."""
    people = dict(Account.objects.filter(pk__in=accounts).values_list("person_id", "pk"))
    rows = Employment.objects.filter(person__in=people).order_by().values_list("pk", "person_id")
    who = {employment: people[person] for employment, person in rows}
    if not who:
        return
    yield from _on_courses(who, first, last)
    yield from _teaching(who, first, last)
    yield from _on_a_pathway(who, first, last)
    yield from _away(who, first, last)
    yield from _on_duty(who, first, last)


def _on_courses(who: dict[int, int], first: dt.date, last: dt.date) -> Iterator[Engaged]:
    rows = PlaceDay.objects.filter(employment__in=who, day__gte=first, day__lte=last)
    full = rows.select_related("nomination__session__version__course", "nomination__session__place")
    for each in full:
        yield _at(each.nomination.session, each.day, who[each.employment_id], _("on a course"))


def _teaching(who: dict[int, int], first: dt.date, last: dt.date) -> Iterator[Engaged]:
    rows = TrainerDay.objects.filter(trainer__in=who, day__gte=first, day__lte=last)
    full = rows.select_related(
        "session__version__course", "session__place", "held__module", "held__group__cohort"
    )
    for each in full:
        if each.session is not None:
            yield _at(each.session, each.day, who[each.trainer_id], _("teaches"), teaches=True)
        elif each.held is not None:
            yield _in_class(each.held, each.day, who[each.trainer_id], _("teaches"), teaches=True)


def _on_a_pathway(who: dict[int, int], first: dt.date, last: dt.date) -> Iterator[Engaged]:
    for each in class_days(first, last, list(who)):
        yield _in_class(each.held, each.day, who[each.employment_id], _("on a course"))


def _in_class(held: CohortClass, day: dt.date, account: int, why: str, *, teaches: bool = False) -> Engaged:
    language = "cy" if get_language() == "cy" else "en"
    return Engaged(
        account, at_on(day, CohortClass.BEGINS), at_on(day, CohortClass.ENDS), why,
        line=class_line(held, host=host(), language=language, teaches=teaches),
    )  # fmt: skip


def _at(session: Session, day: dt.date, account: int, why: str, **how: Any) -> Engaged:
    language = "cy" if get_language() == "cy" else "en"
    return Engaged(
        account, at_on(day, session.begins), at_on(day, session.ends), why, session.place_id,
        line=line_of(session, language=language, **how),
    )  # fmt: skip


def _away(who: dict[int, int], first: dt.date, last: dt.date) -> Iterator[Engaged]:
    for each in away_between(list(who), first, last):
        if each.kind != TRAINING:
            begins, until = max(each.from_on, first), min(each.until_on or ENDLESS, last)
            yield Engaged(
                who[each.employment_id], _midnight(begins), _midnight(until + ONE), _("away"), tiring=False
            )


def _on_duty(who: dict[int, int], first: dt.date, last: dt.date) -> Iterator[Engaged]:
    """Court, leave, sickness and rest days keep from meetings, and so does the morning after a night."""
    words = {DutyLine.COURT: _("in court"), DutyLine.REST: _("rest day")}
    rows = DutyLine.objects.filter(employment__in=who, day__gte=first - ONE, day__lte=last).order_by(
        "day", "pk"
    )
    for each in rows:
        account = who[each.employment_id]
        if each.kind != DutyLine.DUTY:
            why = words.get(each.kind, _("away"))
            tiring = each.kind == DutyLine.COURT
            yield Engaged(account, _midnight(each.day), _midnight(each.day + ONE), why, tiring=tiring)
        elif each.part == NIGHT:
            yield Engaged(
                account, _midnight(each.day + ONE), at_on(each.day + ONE, SLEPT), _("after a night on duty"),
                tiring=False,
            )  # fmt: skip


def _midnight(day: dt.date) -> dt.datetime:
    return at_on(day, dt.time(0))
