"""Writing to departments and other bodies on a case: asked by a day, chased, answered or let be."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.changing import lock
from moothall.cases.rules.corresponding import correspondence_of
from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.rules.refusals import need_reason, refuse_if_closed
from moothall.cases.rules.timeline import NothingWritten, add_entry
from moothall.casework.models import Approach, Chaser, Habit
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.knowledge.models import Signpost
from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import MissingFields, merge
from moothall.letters.rules.outbox import queue_letter, recall_letter
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit, append_audits, audit_event

from .authority import authority_for
from .wording import APPROACH, CHASER, DAY


class TooSoon(Refusal):
    sentence = _("An answer is asked for by a day to come.")
    next_step = _("Choose a later day.")


class SettledAlready(Refusal):
    sentence = _("This has been answered or let be already.")
    next_step = _("Look at its page again.")


class NotSettled(Refusal):
    sentence = _("This has been neither answered nor let be.")
    next_step = _("Look at its page again.")


class NothingSaid(Refusal):
    sentence = _("It is not written down what they answered.")
    next_step = _("Write it in a sentence, or attach their letter.")


@dataclass(frozen=True)
class Body:
    """Who is written to, and where."""

    name: str
    channel: str
    address: str
    language: str
    signpost: Signpost | None = None


def day_for_answer(on: dt.date, *, chaser: bool = False) -> dt.date:
    """By when an answer is asked for, unless somebody says otherwise: working days of the office's habit."""
    habit = Habit.objects.current()
    days = habit.chase_days if chaser else habit.reply_days
    return working_calendar(habit.calendar).add_working_days(on, days)


def words_for(
    built_in: BuiltIn, case: Case, *, language: str, by: Account, at: dt.datetime, **more: str
) -> tuple[str, str]:
    """The subject and words a letter to another body begins with; what is not known is left out."""
    authority = authority_for(case, on=in_london(at).date())
    known = fields_for(case, language=language, person=None, by=by, at=at)
    for_whom = case.subject or case.requester
    known |= {
        "approach.for": for_whom.full_name if for_whom else "",
        "approach.authority": authority.basis.said("name", language) if authority else "",
        "approach.reply_by": DAY,
        **more,
    }
    text = built_in.text()
    try:
        merged = merge(text, language, known)
    except MissingFields as missing:
        merged = merge(text, language, known | dict.fromkeys(missing.names, "–"))
    return f"{merged.subject} [{case.reference}]", merged.body


@transaction.atomic
def approach_body(
    case: Case, *, body: Body, subject: str, text: str, reply_by: dt.date, by: Account, at: dt.datetime
) -> Approach:
    """Write to another body on a case. It answers nobody who asked, so their clocks go on."""
    lock(case)
    refuse_if_closed(case)
    if reply_by <= in_london(at).date():
        raise TooSoon
    letter = _send(APPROACH, case, body, subject=subject, text=text, reply_by=reply_by, by=by, at=at)
    approach = Approach.objects.create(
        case=case, signpost=body.signpost, body=body.name, channel=body.channel, address=body.address,
        language=body.language, subject=letter.subject, letter=letter, asked_by=reply_by, reply_by=reply_by,
        sent_by=by, sent_at=at,
    )  # fmt: skip
    _write("casework.approach", approach, by=by, at=at, letter=letter.pk, reply_by=reply_by.isoformat())
    return approach


def _send(
    built_in: BuiltIn, case: Case, body: Body, *, subject: str, text: str, reply_by: dt.date, by: Account,
    at: dt.datetime,
) -> Letter:  # fmt: skip
    """The letter, on the timeline as what it is; gaps of its template have to be filled in."""
    if not text.strip():
        raise NothingWritten
    version = built_in.text()
    ours = correspondence_of(case)
    letter = queue_letter(
        about=case, person=None, channel=body.channel, language=body.language, to_address=body.address,
        to_name=body.name, from_address=ours.from_address if ours else case.team.email,
        from_name=ours.from_name if ours else case.team.name_in(body.language), subject=subject,
        body=text.replace(DAY, date_in(body.language, reply_by)), by=by, at=at,
        text_version=version if version.pk else None,
    )  # fmt: skip
    add_entry(
        case, kind=Entry.MAIL_OUT, at=at, by=by, subject=letter.subject, text=letter.body,
        sender=letter.from_address, recipients=letter.to_address, letter=letter,
        detail={"to_another_body": body.name},
    )  # fmt: skip
    return letter


@transaction.atomic
def chase(
    approach: Approach, *, subject: str, text: str, reply_by: dt.date, by: Account, at: dt.datetime
) -> Chaser:
    """Remind them, and ask for another day."""
    fresh = _held(approach)
    lock(fresh.case)
    if reply_by <= in_london(at).date():
        raise TooSoon
    body = Body(fresh.body, fresh.channel, fresh.address, fresh.language, fresh.signpost)
    letter = _send(CHASER, fresh.case, body, subject=subject, text=text, reply_by=reply_by, by=by, at=at)
    chaser = Chaser.objects.create(
        approach=fresh, number=fresh.chasers.count() + 1, letter=letter, was_due_on=fresh.reply_by,
        reply_by=reply_by, by=by, at=at,
    )  # fmt: skip
    Approach.objects.filter(pk=fresh.pk).update(reply_by=reply_by, raised_at=None)
    _write("casework.chase", fresh, by=by, at=at, letter=letter.pk, number=chaser.number)
    return chaser


def chaser_words(approach: Approach, *, by: Account, at: dt.datetime) -> tuple[str, str]:
    """What a reminder begins with."""
    language = approach.language
    return words_for(
        CHASER, approach.case, language=language, by=by, at=at,
        **{
            "approach.subject": approach.subject.replace(f"[{approach.case.reference}]", "").strip(),
            "approach.sent_on": date_in(language, in_london(approach.sent_at).date()),
            "approach.asked_by": date_in(language, approach.asked_by),
            "approach.number": str(approach.chasers.count() + 1),
        },
    )  # fmt: skip


def first_words(case: Case, *, language: str, by: Account, at: dt.datetime) -> tuple[str, str]:
    """What a letter to another body begins with."""
    return words_for(APPROACH, case, language=language, by=by, at=at)


@transaction.atomic
def record_answer(
    approach: Approach, *, answer: str, document: Document | None, by: Account, at: dt.datetime
) -> Approach:
    """They have answered. Whoever asked is told by a reply on the case."""
    if not answer.strip() and document is None:
        raise NothingSaid
    fresh = _held(approach)
    Approach.objects.filter(pk=fresh.pk).update(
        answered_at=at, answered_by=by, answer=answer.strip(), document=document, raised_at=None
    )
    _write("casework.answered", fresh, by=by, at=at)
    return fresh


@transaction.atomic
def let_be(approach: Approach, *, because: str, by: Account, at: dt.datetime) -> Approach:
    """No answer is waited for any more."""
    need_reason(because)
    fresh = _held(approach)
    Approach.objects.filter(pk=fresh.pk).update(
        closed_at=at, closed_by=by, closed_because=because.strip(), raised_at=None
    )
    _write("casework.let_be", fresh, by=by, at=at, because=because)
    return fresh


@transaction.atomic
def wait_again(approach: Approach, *, by: Account, at: dt.datetime) -> Approach:
    """It was not the answer after all, or it matters again."""
    rows = Approach.objects.filter(pk=approach.pk, undone_at=None).exclude(answered_at=None, closed_at=None)
    put_back = rows.update(
        answered_at=None, answered_by=None, answer="", document=None, closed_at=None, closed_by=None,
        closed_because="",
    )  # fmt: skip
    if not put_back:
        raise NotSettled
    _write("casework.wait_again", approach, by=by, at=at)
    return approach


@transaction.atomic
def undo_approach(approach: Approach, *, by: Account, at: dt.datetime) -> Approach:
    """Call the letter back before it has left; refused once it has."""
    fresh = _held(approach)
    recall_letter(fresh.letter, by=by, at=at)
    Approach.objects.filter(pk=fresh.pk).update(undone_at=at, undone_by=by)
    _write("casework.undo_approach", fresh, by=by, at=at)
    return fresh


@for_the_office()
@transaction.atomic
def raise_chasers(*, at: dt.datetime, today: dt.date) -> int:
    """Put every approach whose day has passed on the work of whoever has the case; the answer is how many.
    Nothing is sent: a person reads the reminder first."""
    late = Approach.objects.late(today).filter(raised_at=None).exclude(case__status=Case.CLOSED)
    late = late.exclude(letter__state=Letter.CANCELLED)
    found = list(late.select_related("case").select_for_update(of=("self",), skip_locked=True).order_by("id"))
    Approach.objects.filter(pk__in=[each.pk for each in found]).update(raised_at=at)
    append_audits(
        audit_event(
            "casework.to_chase", about=each.case, by=None, at=at,
            detail={"approach": each.pk, "reply_by": each.reply_by.isoformat()},
        )
        for each in found
    )  # fmt: skip
    return len(found)


def _held(approach: Approach) -> Approach:
    rows = Approach.objects.select_for_update(of=("self",)).select_related("case__team", "letter", "signpost")
    fresh = rows.get(pk=approach.pk)
    if not fresh.is_open:
        raise SettledAlready
    return fresh


def _write(verb: str, approach: Approach, *, by: Account, at: dt.datetime, **detail: object) -> None:
    append_audit(verb, about=approach.case, by=by, at=at, detail={"approach": approach.pk, **detail})
