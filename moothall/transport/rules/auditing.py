"""Audits and visits: planned, filled in question by question, finished with a result, or withdrawn."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    AuditRating,
    Checklist,
    ChecklistQuestion,
    Contractor,
    ContractorStaff,
    Evidence,
    Inspection,
    InspectionAnswer,
    Vehicle,
)
from moothall.transport.models.audit import MET, NOT_ASKED, NOT_MET, PARTLY
from moothall.transport.models.checklist import CENTRE, CREW, FIRM, RUN, VEHICLE, Sourced

from . import audit_refusals as refusals
from .contracting import hold as hold_contractor
from .due import days_between_visits
from .findings import find_what_was_not_met

SHARES: Final = {MET: Decimal(1), PARTLY: Decimal("0.5"), NOT_MET: Decimal(0)}


@transaction.atomic
def plan_audit(
    contractor: Contractor, *, checklist: Checklist, planned_on: dt.date, auditor: Account,
    by: Account | None, at: dt.datetime, vehicle: Vehicle | None = None,
    member: ContractorStaff | None = None, job: str = "",
) -> Inspection:  # fmt: skip
    """Somebody looks at this contractor, a vehicle, somebody of the crew or a run on that day."""
    held = hold_contractor(contractor)
    if any(one is not None and one.contractor_id != held.pk for one in (member, vehicle)):
        raise refusals.NotTheirs
    asked = {VEHICLE: vehicle is not None, CREW: member is not None, RUN: bool(job.strip())}
    fits = {FIRM: member is None and vehicle is None and not job.strip(), CENTRE: False}
    if not (asked | fits)[checklist.of] or (member is not None and vehicle is not None):
        raise refusals.WrongChecklist
    about = {"contractor": held, "vehicle": vehicle, "member": member, "job": job.strip()[:40]}
    return plan_inspection(about, checklist, planned_on, auditor, by=by, at=at)


def plan_inspection(
    about: dict[str, Any], checklist: Checklist, planned_on: dt.date, auditor: Account, *, by: Account | None,
    at: dt.datetime,
) -> Inspection:  # fmt: skip
    """Whom or what it is of is held by whoever calls, so that the same is not planned twice."""
    check_plan(checklist, planned_on, auditor)
    same = Inspection.objects.waiting().filter(checklist=checklist, planned_on=planned_on, **about)
    if same.exists():
        raise refusals.PlannedAlready
    made = Inspection.objects.create(
        **about, checklist=checklist, planned_on=planned_on, auditor=auditor, planned_at=at, planned_by=by
    )
    append_audit("transport.plan_audit", about=made, by=by, at=at, detail={"on": planned_on.isoformat()})
    return made


def check_plan(checklist: Checklist, planned_on: dt.date, auditor: Account) -> None:
    if not Checklist.objects.in_force(planned_on).filter(pk=checklist.pk).exists():
        raise refusals.ChecklistEnded
    if not auditor.may("transport.use"):
        raise refusals.AuditorNeeded


@transaction.atomic
def move_inspection(
    inspection: Inspection, *, planned_on: dt.date, auditor: Account, by: Account, at: dt.datetime
) -> Inspection:
    """On another day, or by somebody else."""
    held = hold_open(inspection)
    check_plan(held.checklist, planned_on, auditor)
    before = {"on": held.planned_on.isoformat(), "auditor": held.auditor_id}
    Inspection.objects.filter(pk=held.pk).update(planned_on=planned_on, auditor=auditor)
    after = {"on": planned_on.isoformat(), "auditor": auditor.pk}
    detail = {name: [before[name], said] for name, said in after.items() if before[name] != said}
    append_audit("transport.move_audit", about=held, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


def hold(inspection: Inspection) -> Inspection:
    """It as it now stands, held until the transaction ends."""
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True).in_full()
    return rows.get(pk=inspection.pk)


def hold_open(inspection: Inspection) -> Inspection:
    held = hold(inspection)
    if not held.is_open:
        raise refusals.FilledInAlready
    return held


@transaction.atomic
def answer(
    inspection: Inspection, *, question: ChecklistQuestion, said: str, by: Account, at: dt.datetime,
    note: str = "", photos: Collection[Document] = (),
) -> InspectionAnswer:  # fmt: skip
    """What was seen of one question. Until it is finished the last word counts; photos are added."""
    held = hold_open(inspection)
    if question.checklist_id != held.checklist_id:
        raise refusals.WrongChecklist
    made, _new = InspectionAnswer.objects.update_or_create(
        inspection=held, question=question,
        defaults={"said": said, "note": note.strip(), "recorded_at": at, "recorded_by": by},
    )  # fmt: skip
    keep_evidence(held, photos, question=question, by=by, at=at)
    detail = {"question": question.place, "said": said}
    append_audit("transport.answer_audit", about=held, by=by, at=at, detail=detail)
    return made


def keep_evidence(
    inspection: Inspection, documents: Collection[Document], *, by: Account, at: dt.datetime, **shows: Any
) -> None:
    Evidence.objects.bulk_create(
        Evidence(inspection=inspection, document=each, added_at=at, added_by=by, **shows)
        for each in documents
    )


@transaction.atomic
def take_away_evidence(evidence: Evidence, *, by: Account, at: dt.datetime) -> Evidence:
    """It does not belong here. It is kept, and can be put back."""
    held = Evidence.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=evidence.pk)
    if held.withdrawn_at is not None:
        raise refusals.EndedAlready
    Evidence.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
    detail = {"evidence": held.pk}
    append_audit("transport.take_away_evidence", about=held.inspection, by=by, at=at, detail=detail)
    held.refresh_from_db(fields=["withdrawn_at"])
    return held


@transaction.atomic
def put_back_evidence(evidence: Evidence, *, by: Account, at: dt.datetime) -> Evidence:
    held = Evidence.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=evidence.pk)
    if held.withdrawn_at is None:
        raise refusals.EndedAlready
    Evidence.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None)
    detail = {"evidence": held.pk}
    append_audit("transport.put_back_evidence", about=held.inspection, by=by, at=at, detail=detail)
    held.refresh_from_db(fields=["withdrawn_at"])
    return held


def result_of(answers: Collection[InspectionAnswer]) -> tuple[Decimal, int]:
    """How much of what could be met is met, in per cent and by weight, and how many critical questions are
    not. What was not asked counts neither way."""
    asked = [each for each in answers if each.said != NOT_ASKED]
    most = sum(each.question.weight for each in asked)
    if not most:
        raise refusals.NothingAsked
    met = sum(SHARES[each.said] * each.question.weight for each in asked)
    critical = sum(1 for each in asked if each.question.is_critical and each.said == NOT_MET)
    return (Decimal(100) * met / most).quantize(Decimal("0.01")), critical


def rating_for(score: Decimal, critical: int, *, on: dt.date) -> AuditRating:
    """The first rating of that day that this result reaches."""
    for each in AuditRating.objects.in_force(on):
        if score >= each.score_from and (each.critical_most is None or critical <= each.critical_most):
            return each
    raise refusals.NoRating


@transaction.atomic
def finish(
    inspection: Inspection, *, carried_out_on: dt.date, by: Account, at: dt.datetime, summary: str = ""
) -> Inspection:
    """Every question has an answer: its result is worked out by the rules of that day, and whatever was not
    met, or in part, is a finding with a deadline, unless somebody has written it down already."""
    held = hold_open(inspection)
    if carried_out_on > in_london(at).date():
        raise refusals.CarriedOutLater
    answers = list(held.answers.select_related("question"))
    if len(answers) < held.checklist.questions.count():
        raise refusals.QuestionsWait
    score, critical = result_of(answers)
    rating = None if held.is_visit else rating_for(score, critical, on=carried_out_on)
    Inspection.objects.filter(pk=held.pk).update(
        carried_out_on=carried_out_on, summary=summary.strip(), finished_at=at, finished_by=by, score=score,
        critical=critical, rating=rating, again_on=_again_on(held, rating, carried_out_on),
    )  # fmt: skip
    held.refresh_from_db()
    find_what_was_not_met(held, answers, by=by, at=at)
    append_audit("transport.finish_audit", about=held, by=by, at=at, detail={"score": str(score)})
    return held


def _again_on(inspection: Inspection, rating: AuditRating | None, day: dt.date) -> dt.date | None:
    """By when the whole contractor, or the centre, is looked at again."""
    if rating is not None:
        return day + dt.timedelta(days=rating.again_days) if inspection.checklist.of == FIRM else None
    days = days_between_visits(inspection.centre, on=day) if inspection.centre is not None else None
    return None if days is None else day + dt.timedelta(days=days)


@transaction.atomic
def open_again(inspection: Inspection, *, by: Account, at: dt.datetime) -> Inspection:
    """It was finished too soon: it can be filled in again. Its findings stay."""
    held = hold(inspection)
    if held.finished_at is None or held.withdrawn_at is not None:
        raise refusals.NotFinished
    if held.told_at is not None:
        raise refusals.ToldAlready
    Inspection.objects.filter(pk=held.pk).update(
        carried_out_on=None, finished_at=None, finished_by=None, score=None, critical=0, rating=None,
        again_on=None,
    )  # fmt: skip
    append_audit("transport.open_audit_again", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def withdraw_inspection(inspection: Inspection, *, because: str, by: Account, at: dt.datetime) -> Inspection:
    """It was planned or made by mistake: it counts no more, and what it found is nobody's to do. It stays."""
    held = hold(inspection)
    if not because.strip():
        raise refusals.ReasonNeeded
    if held.withdrawn_at is not None:
        raise refusals.EndedAlready
    Inspection.objects.filter(pk=held.pk).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_because=because.strip()[:200]
    )
    detail = {"because": because.strip()}
    append_audit("transport.withdraw_audit", about=held, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


@transaction.atomic
def restore_inspection(inspection: Inspection, *, by: Account, at: dt.datetime) -> Inspection:
    """It was not withdrawn after all."""
    held = hold(inspection)
    if held.withdrawn_at is None:
        raise refusals.EndedAlready
    Inspection.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
    append_audit("transport.restore_audit", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def confirm_row(row: Sourced, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """Somebody has read the source, and the row says what it says."""
    held = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    type(row)._default_manager.filter(pk=held.pk).update(confirmed=True, source_read_on=today)
    detail = {"kind": row._meta.model_name, "number": held.pk}
    append_audit("transport.confirm_audit_rule", by=by, at=at, detail=detail)
