"""What shows how somebody did: added by either side, taken away and brought back."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from moothall.appraisal.models import Appraisal, Competency, Evidence
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .holding import hold
from .refusals import NotWithdrawn, Withdrawn, WordsNeeded

OPEN = (Appraisal.OBJECTIVES, Appraisal.SELF, Appraisal.RATING)


@transaction.atomic
def add_evidence(
    appraisal: Appraisal,
    *,
    text: str,
    by: Account,
    at: dt.datetime,
    competencies: Collection[Competency] = (),
    document: Document | None = None,
) -> Evidence:
    """Words, and perhaps a document, that speak of these competencies."""
    held = hold(appraisal, *OPEN)
    if not text.strip():
        raise WordsNeeded
    made = Evidence.objects.create(appraisal=held, text=text.strip(), document=document, at=at, by=by)
    made.competencies.set([each for each in competencies if each.framework_id == held.cycle.framework_id])
    append_audit("appraisal.add_evidence", about=held, by=by, at=at)
    return made


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: Account, at: dt.datetime) -> Evidence:
    """It does not count; it stays to be brought back."""
    held = hold(Appraisal(pk=evidence.appraisal_id), *OPEN)
    done = Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
    if not done:
        raise Withdrawn
    append_audit("appraisal.withdraw_evidence", about=held, by=by, at=at)
    return evidence


@transaction.atomic
def restore_evidence(evidence: Evidence, *, by: Account, at: dt.datetime) -> Evidence:
    held = hold(Appraisal(pk=evidence.appraisal_id), *OPEN)
    taken = Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=False)
    if not taken.update(withdrawn_at=None, withdrawn_by=None):
        raise NotWithdrawn
    append_audit("appraisal.restore_evidence", about=held, by=by, at=at)
    return evidence


@transaction.atomic
def see_evidence(evidence: Evidence, *, by: Account, at: dt.datetime) -> None:
    """Write down who looked at the document."""
    append_audit("appraisal.see_evidence", about=evidence.appraisal, by=by, at=at)
