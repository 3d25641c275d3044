"""Mentors: asked for, matched by skill and unit, never one's own manager or report, and ended."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse

from moothall.appraisal.models import Mentoring
from moothall.core.clock import in_london
from moothall.letters.models import MAIL
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint
from moothall.people.models.often_asked import ways_to_reach
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, EmployeeSkill, Employment, Skill

from .refusals import AskedAlready, EndedAlready, InOneLine, MatchedAlready, NotHere, WordsNeeded
from .wording import MATCH

AT_MOST = 3  # mentees of one mentor at a time
SHOWN = 20


@transaction.atomic
def ask_for_mentor(
    mentee: Employment, *, wants: str, by: Account, at: dt.datetime, skill: Skill | None = None
) -> Mentoring:
    """Somebody asks for a mentor; one at a time."""
    if not wants.strip():
        raise WordsNeeded
    Employment.objects.select_for_update(no_key=True).get(pk=mentee.pk)
    if Mentoring.objects.going_on().filter(mentee=mentee).exists():
        raise AskedAlready
    made = Mentoring.objects.create(
        mentee=mentee, skill=skill, wants=wants.strip()[:500], asked_at=at, asked_by=by
    )
    append_audit("appraisal.ask_for_mentor", about=made, by=by, at=at)
    return made


def in_one_line(one: Employment, other: Employment, *, on: dt.date) -> bool:
    """Whether one of the two is the other's manager that day, or they are one person."""
    both = Q(employment=one, manager__person=other.person_id)
    both |= Q(employment=other, manager__person=one.person_id)
    return one.person_id == other.person_id or Assignment.objects.in_force(on).filter(both).exists()


def candidates(mentoring: Mentoring, *, on: dt.date) -> list[Employment]:
    """Those who are practised in what is asked for and have time, of other units first. Each carries its
    `level` and its `mentees`."""
    held = EmployeeSkill.objects.filter(ended_at=None, level__gte=EmployeeSkill.PRACTISED)
    held = held.filter(skill=mentoring.skill) if mentoring.skill else held.filter(level=EmployeeSkill.TEACHES)
    levels = dict(held.order_by("level").values_list("employment_id", "level")[:500])
    busy = Count("mentors", filter=Q(mentors__ended_at=None))
    people = Employment.objects.in_force(on).filter(pk__in=list(levels)).exclude(pk=mentoring.mentee_id)
    rows = people.annotate(mentees=busy).filter(mentees__lt=AT_MOST).with_assignment(on)
    theirs = Assignment.objects.in_force(on).filter(employment=mentoring.mentee, is_main=True).first()
    unit, manager = (theirs.unit_id, theirs.manager_id) if theirs else (None, None)
    found = [
        each for each in rows.order_by("pk")
        if each.pk != manager and not (each.main and each.main.manager_id == mentoring.mentee_id)
    ]  # fmt: skip
    for each in found:
        each.level = levels[each.pk]  # type: ignore[attr-defined]
    found.sort(key=lambda each: (bool(each.main and each.main.unit_id == unit), -levels[each.pk], each.pk))
    return found[:SHOWN]


@transaction.atomic
def match_mentor(mentoring: Mentoring, *, mentor: Employment, by: Account, at: dt.datetime) -> Mentoring:
    """Bring the two together and write to both."""
    held = _hold(mentoring)
    if held.ended_at is not None:
        raise EndedAlready
    if held.mentor_id is not None:
        raise MatchedAlready
    on = in_london(at).date()
    if in_one_line(held.mentee, mentor, on=on):
        raise InOneLine
    if not Employment.objects.in_force(on).filter(pk=mentor.pk).exists():
        raise NotHere
    Mentoring.objects.filter(pk=held.pk).update(mentor=mentor, matched_at=at, matched_by=by)
    held.mentor, held.matched_at, held.matched_by = mentor, at, by
    append_audit("appraisal.match_mentor", about=held, by=by, at=at)
    for to in (held.mentee, mentor):
        _write(held, to, by=by, at=at)
    return held


def _hold(mentoring: Mentoring) -> Mentoring:
    return Mentoring.objects.select_for_update(of=("self",)).in_full().get(pk=mentoring.pk)


@transaction.atomic
def end_mentoring(mentoring: Mentoring, *, because: str, by: Account, at: dt.datetime) -> Mentoring:
    """It is over, or is not asked for any more."""
    held = _hold(mentoring)
    if held.ended_at is not None:
        raise EndedAlready
    Mentoring.objects.filter(pk=held.pk).update(ended_at=at, ended_by=by, ended_because=because.strip()[:300])
    append_audit("appraisal.end_mentoring", about=held, by=by, at=at)
    return held


def _write(mentoring: Mentoring, to: Employment, *, by: Account, at: dt.datetime) -> None:
    reach = ways_to_reach(person=to.person_id, most=8)
    mail = next((each.value for each in reach if each.kind == ContactPoint.EMAIL), "")
    if not mail:
        return
    person, text = to.person, MATCH.text()
    language = person.language or "en"
    said = fields_for(mentoring, language=language, person=person, by=by, at=at) | {
        "mentoring.link": settings.PUBLIC_URL.rstrip("/") + reverse("development", args=[to.number])
    }
    merged = merge(text, language, said)
    queue_letter(
        about=mentoring, person=person, channel=MAIL, language=merged.language, to_address=mail,
        to_name=person.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=by, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
