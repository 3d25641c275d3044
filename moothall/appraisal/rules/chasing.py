"""Chasing by the clock: the beginning, what is due soon, what is late, the outcome; each once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from moothall.appraisal.models import Appraisal, Cycle, Reminder
from moothall.core.clock import in_london
from moothall.letters.models import MAIL
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import ContactPoint, Person
from moothall.people.models.often_asked import ways_to_reach
from moothall.workforce.models import Assignment, Employment

from .wording import ASKS, LAUNCH, OUTCOME, REMINDER

AT_MOST = 2000  # letters of one run; the next run goes on
SOON = dt.timedelta(days=7)
LATE = dt.timedelta(days=1)
RUNGS = (Reminder.SOON, Reminder.LATE, Reminder.WEEKLY)
OWN_STAGES = (Appraisal.SELF, Appraisal.SIGN)
MANAGERS_STAGES = (Appraisal.OBJECTIVES, Appraisal.RATING)


@dataclass(frozen=True)
class Due:
    """One letter that is to be written: to whom, about what."""

    employment: Employment
    about: models.Model
    cycle: Cycle
    kind: str
    built_in: BuiltIn
    stage: str = ""
    round: int = 1
    people: int = 0


def chase(*, at: dt.datetime, today: dt.date) -> int:
    """Write what is to be written; run again it writes to nobody twice. The answer is how many letters."""
    told = 0
    for cycle in Cycle.objects.running().order_by("pk"):
        for due in (*_launches(cycle, today), *_outcomes(cycle, today), *_stages(cycle, today)):
            if told == AT_MOST:
                return told
            told += _tell(due, at=at)
    return told


def _open(cycle: Cycle, today: dt.date) -> Any:
    rows = Appraisal.objects.filter(cycle=cycle).of_those_who_work_here(today).in_full()
    return rows.order_by("pk")


def _untold(rows: Any, kind: str, stage: str | None = None) -> Any:
    """Those whose employees were not written to like this, of that stage or of any."""
    told = Reminder.objects.filter(
        cycle=OuterRef("cycle"), employment=OuterRef("employment"), kind=kind, round=OuterRef("round")
    )
    told = told if stage is None else told.filter(stage=stage)
    return rows.filter(~Exists(told))


def _launches(cycle: Cycle, today: dt.date) -> Iterator[Due]:
    rows = _untold(_open(cycle, today).to_be_done().filter(round=1), Reminder.LAUNCH)
    for each in rows[:AT_MOST]:
        yield Due(each.employment, each, cycle, Reminder.LAUNCH, LAUNCH, stage=Appraisal.OBJECTIVES)


def _outcomes(cycle: Cycle, today: dt.date) -> Iterator[Due]:
    for each in _untold(_open(cycle, today).filter(stage=Appraisal.DONE), Reminder.OUTCOME)[:AT_MOST]:
        yield Due(each.employment, each, cycle, Reminder.OUTCOME, OUTCOME, round=each.round)


def _stages(cycle: Cycle, today: dt.date) -> Iterator[Due]:
    """Each stage a week before its day and on the day after it, to whoever it waits for."""
    for stage in (*MANAGERS_STAGES, *OWN_STAGES):
        day = cycle.due_on(stage)
        if day is None or today < day - SOON:
            continue
        kind = Reminder.LATE if today >= day + LATE else Reminder.SOON
        waiting = _open(cycle, today).filter(stage=stage)
        if stage in OWN_STAGES:
            yield from _to_employees(cycle, waiting, kind, stage)
        else:
            yield from _to_managers(cycle, waiting, kind, stage, today)


def _to_employees(cycle: Cycle, rows: Any, kind: str, stage: str) -> Iterator[Due]:
    untold = _untold(rows.exclude(stage=Appraisal.SIGN, employee_signed_at__isnull=False), kind, stage)
    for each in untold:
        yield Due(each.employment, each, cycle, kind, REMINDER, stage=stage, round=each.round)


def _to_managers(cycle: Cycle, rows: Any, kind: str, stage: str, today: dt.date) -> Iterator[Due]:
    """One letter to each manager, with how many of their people it is about."""
    told = Reminder.objects.filter(cycle=cycle, kind=kind, stage=stage, round=1)
    there = Assignment.objects.in_force(today).filter(
        ~Exists(told.filter(employment=OuterRef("manager"))), is_main=True, manager__isnull=False,
        employment__in=rows.order_by().values("employment_id"),
    )  # fmt: skip
    counted = there.order_by().values("manager_id").annotate(people=Count("pk"))
    count = dict(counted.values_list("manager_id", "people"))
    managers = Employment.objects.in_force(today).filter(pk__in=count)
    for manager in managers.select_related("person").order_by("pk"):
        yield Due(manager, cycle, cycle, kind, REMINDER, stage=stage, people=count[manager.pk])


def _had_one_today(due: Due, at: dt.datetime) -> bool:
    """Whether they were written to that day about a stage: what else there is waits until the next."""
    day = in_london(at).date()
    rows = Reminder.objects.filter(employment=due.employment, kind__in=RUNGS)
    last = rows.order_by("-at").values_list("at", flat=True).first()
    return last is not None and in_london(last).date() == day


@transaction.atomic
def _tell(due: Due, *, at: dt.datetime) -> bool:
    if due.kind in (Reminder.SOON, Reminder.LATE) and _had_one_today(due, at):
        return False
    _row, new = Reminder.objects.get_or_create(
        employment=due.employment, cycle=due.cycle, kind=due.kind, stage=due.stage, round=due.round,
        defaults={"at": at},
    )  # fmt: skip
    if new:
        _write(due, due.employment.person, at=at)
    return new


def _write(due: Due, to: Person, *, at: dt.datetime) -> None:
    """By mail; whoever has no address sees it under My appraisal."""
    mail = next(
        (each.value for each in ways_to_reach(person=to.pk, most=8) if each.kind == ContactPoint.EMAIL), ""
    )
    if not mail:
        return
    language, text = to.language or "en", due.built_in.text()
    route = "team_appraisals" if due.people else "my_appraisal"
    day = due.cycle.due_on(due.stage) if due.stage else None
    said = {
        "appraisal.stage": ASKS.get(language, ASKS["en"]).get(due.stage, ""),
        "appraisal.due": date_in(language, day) if day else "",
        "appraisal.people": str(due.people) if due.people else "",
        "appraisal.link": settings.PUBLIC_URL.rstrip("/") + reverse(route),
    }
    merged = merge(text, language, fields_for(due.about, language=language, person=to, by=None, at=at) | said)
    queue_letter(
        about=due.about, person=to, channel=MAIL, language=merged.language, to_address=mail,
        to_name=to.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=None, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
