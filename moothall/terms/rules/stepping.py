"""What is done on the way to a decision, step by step, and undone."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.terms.models import Term, TermStep

from . import refusals
from .opening import hold
from .ticking import tick_step


@transaction.atomic
def finish_step(
    step: TermStep, *, done_on: dt.date, by: Account, at: dt.datetime, note: str = "", concerns: bool = False
) -> TermStep:
    """It is done, with what was agreed in a few words."""
    term = hold(step.term)
    values = {"done_on": done_on, "done_by": by, "note": note.strip()[:300], "has_concerns": concerns}
    found = TermStep.objects.filter(pk=step.pk, done_on=None)
    if term.settled_at is not None or not found.update(**values):
        raise refusals.StepDone
    append_audit("terms.finish_step", about=term, by=by, at=at, detail={"step": step.key})
    tick_step(term, step.key, by=by, at=at, has_concerns=concerns)
    step.refresh_from_db()
    return step


@transaction.atomic
def reopen_step(step: TermStep, *, by: Account, at: dt.datetime) -> Term:
    """It is not done after all."""
    term = hold(step.term)
    values = {"done_on": None, "done_by": None, "note": "", "has_concerns": False}
    found = TermStep.objects.filter(pk=step.pk, done_on__isnull=False)
    if term.settled_at is not None or not found.update(**values):
        raise refusals.StepNotDone
    append_audit("terms.reopen_step", about=term, by=by, at=at, detail={"step": step.key})
    return term
