"""Findings: written down, put right with evidence, closed by somebody who manages; never removed."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    AuditFigure,
    ChecklistQuestion,
    Evidence,
    Finding,
    FindingStep,
    Inspection,
    InspectionAnswer,
    Sanction,
)
from moothall.transport.models.audit import NOT_MET, PARTLY
from moothall.transport.models.checklist import CRITICAL, MAJOR, MINOR, finding_key

from . import audit_refusals as refusals
from .sanctioning import sanction


def severity_of(answer: InspectionAnswer) -> str:
    """How grave it is that this was not met, or only in part."""
    if answer.question.is_critical:
        return CRITICAL if answer.said == NOT_MET else MAJOR
    return MAJOR if answer.said == NOT_MET else MINOR


def deadline_for(severity: str, *, on: dt.date) -> dt.date:
    """By when a finding of that day is put right."""
    days = AuditFigure.objects.days(on).get(finding_key(severity))
    if days is None:
        raise refusals.NoTerm
    return on + dt.timedelta(days=days)


def find_what_was_not_met(
    inspection: Inspection, answers: Iterable[InspectionAnswer], *, by: Account, at: dt.datetime
) -> None:
    """One finding for each question that was not met and has none."""
    known = set(inspection.findings.values_list("question_id", flat=True))
    for each in answers:
        if each.said in (NOT_MET, PARTLY) and each.question_id not in known:
            record_finding(
                inspection, question=each.question, severity=severity_of(each), words=each.note,
                owner=inspection.auditor, by=by, at=at,
            )  # fmt: skip


@transaction.atomic
def record_finding(
    inspection: Inspection, *, severity: str, words: str, owner: Account, by: Account, at: dt.datetime,
    deadline_on: dt.date | None = None, question: ChecklistQuestion | None = None,
) -> Finding:  # fmt: skip
    """Something has to be put right by a day; without one the figure for its severity says by when."""
    held = Inspection.objects.select_for_update(of=("self",), no_key=True).get(pk=inspection.pk)
    if held.withdrawn_at is not None:
        raise refusals.FilledInAlready
    if not words.strip() and question is None:
        raise refusals.FindingSaysNothing
    if not owner.may("transport.use"):
        raise refusals.AuditorNeeded
    day = held.carried_out_on or held.planned_on
    made = Finding.objects.create(
        inspection=held, question=question, severity=severity, words=words.strip(), owner=owner,
        deadline_on=deadline_on or deadline_for(severity, on=day), recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.finding", about=made, by=by, at=at, detail={"severity": severity})
    return made


def hold(finding: Finding) -> Finding:
    return Finding.objects.select_for_update(of=("self",), no_key=True).in_full().get(pk=finding.pk)


def _step(
    finding: Finding, what: str, words: str, *, by: Account, at: dt.datetime, **changes: Any
) -> FindingStep:
    """It became something else, in these words."""
    if not words.strip():
        raise refusals.ReasonNeeded
    Finding.objects.filter(pk=finding.pk).update(**changes)
    made = FindingStep.objects.create(finding=finding, what=what, words=words.strip(), at=at, by=by)
    append_audit("transport.finding_step", about=finding, by=by, at=at, detail={"what": what})
    finding.refresh_from_db()
    return made


@transaction.atomic
def change_finding(
    finding: Finding, *, severity: str, deadline_on: dt.date, owner: Account, because: str, by: Account,
    at: dt.datetime,
) -> Finding:  # fmt: skip
    """More or less grave, by another day, followed by somebody else; and why. What it was stays."""
    held = hold(finding)
    if held.state == Finding.CLOSED:
        raise refusals.NotOpen
    if not owner.may("transport.use"):
        raise refusals.AuditorNeeded
    before = f"{held.get_severity_display()}, {held.deadline_on:%d/%m/%Y}, {held.owner.name}"
    changes: dict[str, Any] = {"severity": severity, "deadline_on": deadline_on, "owner": owner}
    _step(held, FindingStep.CHANGED, because and f"{because.strip()} ({before})", by=by, at=at, **changes)
    return held


@transaction.atomic
def report_put_right(
    finding: Finding, *, words: str, by: Account, at: dt.datetime, evidence: Collection[Document] = ()
) -> Finding:
    """What was done about it, and what shows it. Somebody who manages transport closes it."""
    held = hold(finding)
    if held.state != Finding.OPEN:
        raise refusals.NotOpen
    step = _step(held, FindingStep.DONE, words, by=by, at=at, state=Finding.DONE)
    Evidence.objects.bulk_create(
        Evidence(inspection=held.inspection, step=step, document=each, added_at=at, added_by=by)
        for each in evidence
    )
    return held


@transaction.atomic
def close_finding(finding: Finding, *, words: str, by: Account, at: dt.datetime) -> Finding:
    """Somebody who manages transport has seen that it is put right, or says why it was none."""
    held = hold(finding)
    if held.state == Finding.CLOSED:
        raise refusals.NotOpen
    _step(held, FindingStep.CLOSED, words, by=by, at=at, state=Finding.CLOSED)
    return held


@transaction.atomic
def reopen_finding(finding: Finding, *, words: str, by: Account, at: dt.datetime) -> Finding:
    """It is not put right after all."""
    held = hold(finding)
    if held.state == Finding.OPEN:
        raise refusals.NotClosed
    _step(held, FindingStep.REOPENED, words, by=by, at=at, state=Finding.OPEN)
    return held


@transaction.atomic
def sanction_for(finding: Finding, *, by: Account, at: dt.datetime, **given: Any) -> Sanction:
    """A sanction because of this finding: each names the other. One that was taken back as a mistake leaves
    the finding free for another."""
    held = hold(finding)
    firm = held.inspection.contractor
    if firm is None:
        raise refusals.NotAnAudit
    if held.state == Finding.CLOSED:
        raise refusals.NotOpen
    if held.is_sanctioned:
        raise refusals.SanctionedAlready
    made = sanction(firm, by=by, at=at, **given)
    _step(held, FindingStep.SANCTIONED, given["because"], by=by, at=at, sanction=made)
    return made
