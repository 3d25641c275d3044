"""What was seen of a student is signed off by their tutor, or by whoever looks after training."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import PathwayItem, SignOff, Student

from .refusals import (
    LaterThanToday,
    NotOnTheWay,
    NotYourselfSigned,
    NotYourStudent,
    ReasonWanted,
    TakenBackAlready,
)
from .student_cases import go_on, not_signed_after_all


def is_own(account: Account, student: Student) -> bool:
    return account.person_id is not None and student.employment.person_id == account.person_id


def may_sign(account: Account, student: Student) -> bool:
    """Their tutor at some time of the way, or whoever looks after training; nobody for themselves."""
    if is_own(account, student):
        return False
    return (
        account.may("training.manage") or Student.objects.tutored_by(account).filter(pk=student.pk).exists()
    )


def _refuse_others(account: Account, student: Student) -> None:
    if is_own(account, student):
        raise NotYourselfSigned
    if not may_sign(account, student):
        raise NotYourStudent


@transaction.atomic
def sign_off(
    student: Student, item: PathwayItem, *, result: str, by: Account, at: dt.datetime, today: dt.date,
    seen_on: dt.date | None = None, note: str = "",
) -> SignOff:  # fmt: skip
    """They can do it, or are to be seen again, and this is why. The last word counts; all are kept."""
    held = Student.objects.select_for_update(of=("self",)).in_full().get(pk=student.pk)
    if not held.is_on:
        raise NotOnTheWay
    _refuse_others(by, held)
    if seen_on is not None and seen_on > today:
        raise LaterThanToday
    if result == SignOff.AGAIN and not note.strip():
        raise ReasonWanted
    made = SignOff.objects.create(
        student=held,
        item=item,
        result=result,
        seen_on=seen_on or today,
        note=note.strip()[:500],
        at=at,
        by=by,
    )
    append_audit("training.sign_off", about=held, by=by, at=at, detail={"item": item.pk, "result": result})
    go_on([held], by=by, at=at, today=today)
    return made


@transaction.atomic
def take_back_sign_off(signed: SignOff, *, by: Account, at: dt.datetime) -> SignOff:
    """It does not count; what was said before it counts again."""
    held = (
        SignOff.objects.select_for_update(of=("self",))
        .select_related("student__employment", "item")
        .get(pk=signed.pk)
    )
    if not held.student.is_on:
        raise NotOnTheWay
    _refuse_others(by, held.student)
    if held.withdrawn_at is not None:
        raise TakenBackAlready
    held.withdrawn_at, held.withdrawn_by = at, by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    append_audit(
        "training.take_back_sign_off", about=held.student, by=by, at=at, detail={"item": held.item_id}
    )
    not_signed_after_all(held.student, held.item, by=by, at=at)
    return held
