"""Each week, whoever is late with appraisals has one letter about it all, until nearly all are complete."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from moothall.appraisal.models import Appraisal, Cycle, Reminder
from moothall.core.clock import in_london
from moothall.letters.models import MAIL
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import ContactPoint, Person
from moothall.people.models.often_asked import ways_to_reach
from moothall.workforce.models import Assignment, Employment

from .completion import late_stages
from .cycle_case import tick_progress
from .wording import ASKS, WEEKLY

ENOUGH = 95  # of a hundred complete: the cycle is chased no more
A_WEEK = dt.timedelta(days=7)
AT_MOST = 2000  # letters of one run; the next run goes on
MANAGERS = (Appraisal.OBJECTIVES, Appraisal.RATING, Appraisal.SIGN)
OWN = (Appraisal.SELF, Appraisal.SIGN)
READ = ("stage", "employment_id", "manager_signed_at", "employee_signed_at")


@dataclass
class Waiting:
    """What is late and waits for one person: their own appraisal, and so many people of their team."""

    cycle: Cycle
    own: Appraisal | None = None
    people: int = 0


def week_of(day: dt.date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def chase_weekly(*, at: dt.datetime, today: dt.date) -> int:
    """One letter a person a week, whatever waits for them; run again it writes to nobody twice. Nobody who
    had another letter about appraisals within the week has this one as well."""
    waiting: dict[int, Waiting] = {}
    cycles = list(Cycle.objects.running().select_related("framework").order_by("pk"))
    for cycle in cycles:
        if not is_nearly_complete(cycle):
            _gather(cycle, today, waiting)
    lately = _written_to_since(waiting, today - A_WEEK)
    people = Employment.objects.in_force(today).filter(pk__in=waiting.keys() - lately)
    told, chased = 0, set()
    for employment in people.select_related("person").order_by("pk")[:AT_MOST]:
        if _tell(employment, waiting[employment.pk], week_of(today), at=at):
            told += 1
            chased.add(waiting[employment.pk].cycle.pk)
    for cycle in cycles:
        tick_progress(cycle, at=at, chased=cycle.pk in chased)
    return told


def is_nearly_complete(cycle: Cycle) -> bool:
    asked = cycle.appraisals.exclude(stage=Appraisal.EXEMPT).count()
    return 100 * cycle.appraisals.filter(stage=Appraisal.DONE).count() >= ENOUGH * asked


def _gather(cycle: Cycle, today: dt.date, waiting: dict[int, Waiting]) -> None:
    rows = Appraisal.objects.filter(cycle=cycle, stage__in=late_stages(cycle, today))
    named = rows.of_those_who_work_here(today).only(*READ)
    late = list(named.order_by("pk"))
    theirs = [each.employment_id for each in late if _waits_for_manager(each)]
    there = Assignment.objects.in_force(today).filter(is_main=True, employment_id__in=theirs)
    managers = Counter(pk for pk in there.order_by().values_list("manager_id", flat=True) if pk)
    for manager, people in managers.items():
        waiting.setdefault(manager, Waiting(cycle)).people += people
    for each in late:
        if _waits_for_employee(each):
            held = waiting.setdefault(each.employment_id, Waiting(cycle))
            held.own = held.own or each
            each.cycle = cycle


def _waits_for_manager(appraisal: Appraisal) -> bool:
    signed = appraisal.stage == Appraisal.SIGN and appraisal.manager_signed_at is not None
    return appraisal.stage in MANAGERS and not signed


def _waits_for_employee(appraisal: Appraisal) -> bool:
    signed = appraisal.stage == Appraisal.SIGN and appraisal.employee_signed_at is not None
    return appraisal.stage in OWN and not signed


def _written_to_since(waiting: dict[int, Waiting], since: dt.date) -> set[int]:
    """Those of these who were written to after that day."""
    rows = Reminder.objects.filter(employment__in=list(waiting)).exclude(kind=Reminder.LAUNCH)
    last = rows.order_by().values("employment").annotate(last=Max("at"))
    return {each["employment"] for each in last if in_london(each["last"]).date() > since}


@transaction.atomic
def _tell(employment: Employment, held: Waiting, week: str, *, at: dt.datetime) -> bool:
    if Reminder.objects.filter(employment=employment, kind=Reminder.WEEKLY, stage=week).exists():
        return False
    Reminder.objects.create(
        employment=employment, cycle=held.cycle, kind=Reminder.WEEKLY, stage=week, at=at
    )  # fmt: skip
    _write(held, employment.person, at=at)
    return True


def _write(held: Waiting, to: Person, *, at: dt.datetime) -> None:
    """By mail; whoever has no address sees it under My appraisal."""
    ways = ways_to_reach(person=to.pk, most=8)
    mail = next((each.value for each in ways if each.kind == ContactPoint.EMAIL), "")
    if not mail:
        return
    language, text = to.language or "en", WEEKLY.text()
    stage = held.own.stage if held.own is not None else ""
    day = held.own.cycle.due_on(stage) if held.own is not None else None
    said = {
        "appraisal.stage": ASKS.get(language, ASKS["en"]).get(stage, ""),
        "appraisal.due": date_in(language, day) if day else "",
        "appraisal.people": str(held.people) if held.people else "",
        "appraisal.link": settings.PUBLIC_URL.rstrip("/")
        + reverse("team_appraisals" if held.people else "my_appraisal"),
    }
    known = fields_for(held.cycle, language=language, person=to, by=None, at=at)
    merged = merge(text, language, known | said)
    queue_letter(
        about=held.cycle, person=to, channel=MAIL, language=merged.language, to_address=mail,
        to_name=to.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=None, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
