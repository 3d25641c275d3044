"""Who came, what they achieved, the credential that gives, the certificate, and what they thought of it."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from clocks.months import last_day_of_months
from moothall.credentials.rules.recording import record_credential
from moothall.letters.models import PRINT, Letter, Letterhead
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.printing import print_letters
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Evaluation, Nomination, Session
from moothall.workforce.models import Employment

from .needs import note_for
from .placing import hold
from .refusals import (
    CountsAlready,
    DidNotPass,
    EvaluatedAlready,
    NoPlace,
    NotHeldYet,
    NotYourself,
    SayWhy,
)
from .telling import tell_of_absence, tell_of_result
from .wording import CERTIFICATE


def teaches(account: Account, session: Session) -> bool:
    own = Employment.objects.of_account(account).values("pk")
    return session.trainer_days.filter(trainer__in=own).exists()


def _refuse_own(held: Nomination, by: Account) -> None:
    if by.person_id is not None and by.person_id == held.employment.person_id:
        raise NotYourself


@transaction.atomic
def note_attendance(
    nomination: Nomination, *, attended: bool, by: Account, at: dt.datetime, today: dt.date,
    absent_because: str = "", charged: bool = False,
) -> Nomination:  # fmt: skip
    """They came, or they did not and this is why; an empty place can be recharged to their unit."""
    held = hold(nomination)
    _refuse_own(held, by)
    if held.state != Nomination.PLACED:
        raise NoPlace
    if today < held.session.first_on:
        raise NotHeldYet
    if held.credential_id is not None and not attended:
        raise CountsAlready
    if not attended and not absent_because.strip():
        raise SayWhy
    held.attended = attended
    held.absent_because = "" if attended else absent_because.strip()[:300]
    held.recharge = held.session.version.price if charged and not attended else Decimal(0)
    if not attended:
        held.result, held.result_on, held.result_at, held.result_by = "", None, None, None
    held.save(
        update_fields=[
            "attended", "absent_because", "recharge", "result", "result_on", "result_at", "result_by",
        ]
    )  # fmt: skip
    detail = {"attended": attended, "recharge": str(held.recharge)}
    append_audit("training.note_attendance", about=held, by=by, at=at, detail=detail)
    if not attended:
        tell_of_absence(held, by=by, at=at)
    return held


@transaction.atomic
def note_result(
    nomination: Nomination, *, result: str, by: Account, at: dt.datetime, today: dt.date
) -> Nomination:
    """Whoever came passed or did not. A pass gives what the course gives, from its last day on."""
    held = hold(nomination)
    _refuse_own(held, by)
    if held.state != Nomination.PLACED:
        raise NoPlace
    if today < held.session.last_on:
        raise NotHeldYet
    if held.credential_id is not None:
        if result == Nomination.PASSED:
            return held
        raise CountsAlready
    held.attended, held.absent_because, held.recharge = True, "", Decimal(0)
    held.result, held.result_on, held.result_at, held.result_by = result, held.session.last_on, at, by
    if result == Nomination.PASSED:
        _grant(held, by=by, at=at)
    held.save()
    append_audit("training.note_result", about=held, by=by, at=at, detail={"result": result})
    note_for(held.employment, held.session.version.course, at=at, today=today)
    tell_of_result(held, by=by, at=at)
    return held


def _grant(held: Nomination, *, by: Account, at: dt.datetime) -> None:
    version = held.session.version
    if version.grants is None:
        return
    months = version.valid_months
    held.credential = record_credential(
        held.employment.person, kind=version.grants, issued_on=held.session.last_on, by=by, at=at, seen=True,
        number=f"T{held.pk}", issuer=_office_name(),
        expires_on=last_day_of_months(held.session.last_on, months) if months else None,
    )  # fmt: skip


def _office_name() -> str:
    head = Letterhead.objects.current()
    return head.name if head else ""


def certificate(nomination: Nomination, *, language: str, at: dt.datetime) -> bytes:
    """The certificate as a PDF, in the person's language. Reads only."""
    if nomination.result != Nomination.PASSED:
        raise DidNotPass
    letter = _as_letter(CERTIFICATE, nomination, language, at)
    return print_letters([letter])


def _as_letter(built_in: BuiltIn, nomination: Nomination, language: str, at: dt.datetime) -> Letter:
    person = nomination.employment.person
    fields = fields_for(nomination, language=language, person=person, by=None, at=at)
    merged = merge(built_in.text(), language, fields)
    return Letter(
        channel=PRINT, language=merged.language, to_name=person.full_name, subject=merged.subject,
        body=merged.body, written_at=nomination.result_at or at,
        letterhead=Letterhead.objects.current(), message_id=f"T{nomination.pk}",
    )  # fmt: skip


@transaction.atomic
def evaluate(nomination: Nomination, *, useful: int, taught: int, words: str, at: dt.datetime) -> Evaluation:
    """What somebody who came thought of it. No audit row names them: what they say is for the course."""
    held = hold(nomination)
    if not held.attended:
        raise NoPlace
    if Evaluation.objects.filter(nomination=held).exists():
        raise EvaluatedAlready
    return Evaluation.objects.create(
        nomination=held, useful=useful, taught=taught, words=words.strip(), at=at
    )
