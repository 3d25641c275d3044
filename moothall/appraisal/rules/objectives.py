"""Objectives: written by either side, agreed by both, changed with what stood before, and followed."""

import datetime as dt

from django.db import transaction

from moothall.appraisal.models import Appraisal, Event, Objective, ObjectiveChange, ProgressNote
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .holding import change, hold, is_own, note
from .refusals import AgreedAlready, NothingAgreed, NotWithdrawn, Withdrawn, WordsNeeded

BEFORE_THE_RATING = (Appraisal.OBJECTIVES, Appraisal.SELF, Appraisal.RATING)


@transaction.atomic
def write_objective(
    appraisal: Appraisal, *, text: str, due_on: dt.date, by: Account, at: dt.datetime, measure: str = ""
) -> Objective:
    """Whoever writes it agrees to it; it holds once the other side does."""
    held = hold(appraisal, *BEFORE_THE_RATING)
    if not text.strip():
        raise WordsNeeded
    made = Objective.objects.create(
        appraisal=held, text=text.strip()[:300], measure=measure.strip()[:300], due_on=due_on, at=at, by=by,
        **_agreed_by(held, by, at),
    )  # fmt: skip
    append_audit("appraisal.write_objective", about=held, by=by, at=at)
    return made


def _agreed_by(appraisal: Appraisal, by: Account, at: dt.datetime) -> dict[str, dt.datetime | None]:
    own = is_own(appraisal, by)
    return {"employee_agreed_at": at if own else None, "manager_agreed_at": None if own else at}


def _hold_objective(objective: Objective) -> tuple[Appraisal, Objective]:
    held = hold(Appraisal(pk=objective.appraisal_id), *BEFORE_THE_RATING)
    row = Objective.objects.select_for_update().get(pk=objective.pk)
    if row.withdrawn_at is not None:
        raise Withdrawn
    return held, row


@transaction.atomic
def change_objective(
    objective: Objective, *, text: str, due_on: dt.date, by: Account, at: dt.datetime, measure: str = ""
) -> Objective:
    """Other words need agreeing to again; how it stood before stays to be read."""
    held, row = _hold_objective(objective)
    if not text.strip():
        raise WordsNeeded
    ObjectiveChange.objects.create(
        objective=row, text=row.text, measure=row.measure, due_on=row.due_on, at=at, by=by
    )
    Objective.objects.filter(pk=row.pk).update(
        text=text.strip()[:300], measure=measure.strip()[:300], due_on=due_on, **_agreed_by(held, by, at)
    )
    append_audit("appraisal.change_objective", about=held, by=by, at=at)
    row.refresh_from_db()
    return row


@transaction.atomic
def agree_objective(objective: Objective, *, by: Account, at: dt.datetime) -> Objective:
    """One side agrees. Once both have agreed to all of them, the appraisal goes on."""
    held, row = _hold_objective(objective)
    side = "employee_agreed_at" if is_own(held, by) else "manager_agreed_at"
    if getattr(row, side) is not None:
        raise AgreedAlready
    Objective.objects.filter(pk=row.pk).update(**{side: at})
    row.refresh_from_db()
    append_audit("appraisal.agree_objective", about=held, by=by, at=at)
    go_on_when_agreed(held, by=by, at=at)
    return row


def go_on_when_agreed(held: Appraisal, *, by: Account, at: dt.datetime) -> None:
    standing = held.objectives.filter(withdrawn_at=None)
    if held.stage != Appraisal.OBJECTIVES or not standing.exists():
        return
    open_ones = standing.filter(employee_agreed_at=None) | standing.filter(manager_agreed_at=None)
    if not open_ones.exists():
        change(held, stage=Appraisal.SELF, objectives_at=at)
        note(held, Event.OBJECTIVES, by=by, at=at)


@transaction.atomic
def agree_all(appraisal: Appraisal, *, by: Account, at: dt.datetime) -> int:
    """One side agrees to everything that waits for it."""
    held = hold(appraisal, *BEFORE_THE_RATING)
    side = "employee_agreed_at" if is_own(held, by) else "manager_agreed_at"
    standing = held.objectives.filter(withdrawn_at=None)
    if not standing.exists():
        raise NothingAgreed
    count = standing.filter(**{side: None}).update(**{side: at})
    if not count:
        raise AgreedAlready
    append_audit("appraisal.agree_objectives", about=held, by=by, at=at, detail={"count": count})
    go_on_when_agreed(held, by=by, at=at)
    return int(count)


@transaction.atomic
def drop_objective(objective: Objective, *, by: Account, at: dt.datetime) -> Objective:
    """It is not an objective any more."""
    held, row = _hold_objective(objective)
    Objective.objects.filter(pk=row.pk).update(withdrawn_at=at, withdrawn_by=by)
    append_audit("appraisal.drop_objective", about=held, by=by, at=at)
    go_on_when_agreed(held, by=by, at=at)
    return row


@transaction.atomic
def restore_objective(objective: Objective, *, by: Account, at: dt.datetime) -> Objective:
    """It is one after all."""
    held = hold(Appraisal(pk=objective.appraisal_id), *BEFORE_THE_RATING)
    row = Objective.objects.select_for_update().get(pk=objective.pk)
    if row.withdrawn_at is None:
        raise NotWithdrawn
    Objective.objects.filter(pk=row.pk).update(withdrawn_at=None, withdrawn_by=None)
    append_audit("appraisal.restore_objective", about=held, by=by, at=at)
    return row


@transaction.atomic
def note_progress(
    objective: Objective, *, text: str, by: Account, at: dt.datetime, outcome: str = ""
) -> ProgressNote:
    """How it is coming along, and, once that is known, whether it was reached."""
    held, row = _hold_objective(objective)
    if not text.strip():
        raise WordsNeeded
    made = ProgressNote.objects.create(objective=row, text=text.strip()[:1000], at=at, by=by)
    if outcome:
        Objective.objects.filter(pk=row.pk).update(outcome=outcome)
    append_audit("appraisal.note_progress", about=held, by=by, at=at)
    return made
