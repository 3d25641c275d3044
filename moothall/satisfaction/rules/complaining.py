"""Complaints in two stages: somebody else looks at the second, and each ends with a finding and a lesson."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import clocks
from moothall.cases.models import Case, CaseClock, CaseLink, Entry, Service
from moothall.cases.rules.access import copy_access
from moothall.cases.rules.changing import lock
from moothall.cases.rules.clocks import record_event
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.linking import link_cases
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.reckoning import remembered_rule, working_calendar
from moothall.cases.rules.refusals import need_reason, refuse_if_closed
from moothall.cases.rules.timeline import write_note
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.satisfaction.models import Complaint, ComplaintExtension, Lesson

ESCALATED: Final = "escalated"
MOST_DAYS: Final = 90


class NotAComplaint(Refusal):
    sentence = _("This case is not a complaint at its first stage.")
    next_step = _("Change the service of the case to the complaint first.")


class EscalatedAlready(Refusal):
    sentence = _("This complaint has gone to the second stage already.")
    next_step = _("Open the second stage from the box beside the case.")


class SamePerson(Refusal):
    sentence = _("Whoever dealt with the first stage of a complaint may not answer its second stage.")
    next_step = _("Give it to somebody who had no part in the first stage.")


class AnswerFirst(Refusal):
    sentence = _("They have not been told yet what was found.")
    next_step = _("Send the answer, then write down the finding.")


class NoLongerTime(Refusal):
    sentence = _("More time begins after today, and ends within ninety days.")
    next_step = _("Check the day.")


def stage_of(case: Case) -> int:
    """1 or 2, or 0 for a case that is no complaint."""
    return definition_of(case.version).complaint_stage


def note_complaint(case: Case, verb: str, by: Account | None, at: dt.datetime) -> None:
    """A case was opened, or moved to another service: if that is a complaint, it stands at a stage. It is
    called in the transaction that did it."""
    stage = stage_of(case)
    if stage:
        Complaint.objects.get_or_create(case=case, defaults={"stage": stage})


def dealt_with_first(complaint: Complaint) -> set[int]:
    """The accounts that had a hand in the first stage: assigned, answering, finding or closing."""
    if complaint.first is None:
        return set()
    case = complaint.first.case
    wrote = case.entries.filter(kind__in=[Entry.MAIL_OUT, Entry.DECISION], by__isnull=False)
    changed = case.entries.filter(kind=Entry.CHANGE, detail__verb="close", by__isnull=False)
    found = set(wrote.values_list("by_id", flat=True)) | set(changed.values_list("by_id", flat=True))
    return {each for each in (*found, case.assignee_id, complaint.first.concluded_by_id) if each is not None}


@for_the_office()
def refuse_same_person(case: Case, verb: str, by: Account | None, at: dt.datetime) -> None:
    """On the second stage nobody is assigned, answers or closes who had a hand in the first."""
    if stage_of(case) != 2:
        return
    rows = Complaint.objects.select_related("first__case")
    complaint = rows.filter(case=case, first__isnull=False).first()
    if complaint is None:
        return
    who = case.assignee_id if verb in {"assign", "hand_over"} else (by.pk if by is not None else None)
    if who is not None and who in dealt_with_first(complaint):
        raise SamePerson


@for_the_office()
@transaction.atomic
def escalate(case: Case, *, because: str, by: Account, at: dt.datetime) -> Case:
    """Open the second stage: a case of its own, on its own clocks, for somebody else; the first is closed if
    it was not yet."""
    lock(case)
    need_reason(because)
    definition = definition_of(case.version)
    complaint = Complaint.objects.select_for_update(of=("self",)).filter(case=case, stage=1).first()
    service = Service.objects.filter(key=definition.next_stage or "", retired_at=None).first()
    if complaint is None or service is None:
        raise NotAComplaint
    if Complaint.objects.filter(first=complaint).exists():
        raise EscalatedAlready
    second = open_case(
        service, title=case.title, channel=case.channel, received_at=at, at=at, by=by,
        requester=case.requester, subject=case.subject, language=case.language, answers=case.answers,
        confidentiality=case.confidentiality, words=because,
    )  # fmt: skip
    copy_access(case, to=second, by=by, at=at)
    Complaint.objects.filter(case=second).update(first=complaint, because=because)
    write_note(second, text=because, by=by, at=at)
    link_cases(second, case, kind=CaseLink.RELATED, by=by, at=at)
    if not case.is_closed:
        close_case(case, by=by, at=at, outcome=ESCALATED, reason=because)
    append_audit("satisfaction.escalate", about=second, by=by, at=at, detail={"first": case.reference})
    return second


@transaction.atomic
def extend(case: Case, *, until: dt.date, reason: str, by: Account, at: dt.datetime, today: dt.date) -> None:
    """More time for the answer, with the reason in writing. A clock whose rule knows of extensions moves by
    it; any other stays as it is, and the case shows both days."""
    lock(case)
    refuse_if_closed(case)
    need_reason(reason)
    if not dt.timedelta(0) < until - today <= dt.timedelta(days=MOST_DAYS):
        raise NoLongerTime
    complaint = Complaint.objects.filter(case=case).first()
    if complaint is None:
        raise NotAComplaint
    clock = _answer_clock(case)
    ComplaintExtension.objects.create(
        complaint=complaint, reason=reason, was_due_on=clock.due_on if clock else None, until=until, by=by,
        at=at,
    )  # fmt: skip
    rule = remembered_rule(clock.rule) if clock is not None else None
    if clock is not None and rule is not None and rule.extension is not None and clock.due_on is not None:
        record_event(clock, kind="extended", event_at=at, by=by, at=at, reason=reason,
                     detail=_lengthening(clock, rule, until))  # fmt: skip
    note = _("Told they will have the answer by %(day)s: %(reason)s")
    write_note(case, text=note % {"day": f"{until:%d/%m/%Y}", "reason": reason}, by=by, at=at)
    append_audit("satisfaction.extend", about=case, by=by, at=at, detail={"until": until.isoformat()})


def _answer_clock(case: Case) -> CaseClock | None:
    """The clock of the answer itself: of those still running, the one that is due last."""
    running = case.clocks.filter(met_at=None, stopped_at=None, due_on__isnull=False)
    return running.order_by("-due_on", "id").first()


def _lengthening(clock: CaseClock, rule: clocks.ClockRule, until: dt.date) -> dict[str, object]:
    """How much longer, where the rule counts its extension in working days: at most what it allows."""
    extension = rule.extension
    if extension is None or extension.unit != "working_day" or clock.due_on is None:
        return {}
    more = max(1, working_calendar(rule.calendar).working_days_between(clock.due_on, until))
    return {"amount": more if extension.max is None else min(more, extension.max)}


@transaction.atomic
def conclude(
    case: Case,
    *,
    finding: str,
    found: str,
    lesson: str,
    action: str,
    due_on: dt.date | None,
    by: Account,
    at: dt.datetime,
) -> Entry:
    """Write down what was found and learned, and close the stage. They have to have been told first."""
    lock(case)
    refuse_if_closed(case)
    complaint = Complaint.objects.select_for_update(of=("self",)).filter(case=case).first()
    if complaint is None:
        raise NotAComplaint
    if case.first_answered_at is None:
        raise AnswerFirst
    Complaint.objects.filter(pk=complaint.pk).update(
        finding=finding, found=found, concluded_by=by, concluded_at=at
    )
    if lesson.strip():
        Lesson.objects.create(complaint=complaint, text=lesson, action=action, due_on=due_on, by=by, at=at)
    append_audit("satisfaction.conclude", about=case, by=by, at=at, detail={"finding": finding})
    return close_case(case, by=by, at=at, outcome=finding, reason=found)


@transaction.atomic
def finish_lesson(lesson: Lesson, *, by: Account, at: dt.datetime) -> bool:
    """What was to change has changed; said twice, the first stands."""
    done = Lesson.objects.filter(pk=lesson.pk, done_at=None).update(done_at=at, done_by=by)
    if done:
        append_audit("satisfaction.lesson_done", about=lesson.complaint.case, by=by, at=at, detail={})
    return bool(done)
