"""The outbox: a letter is written down in the transaction that needs it, and leaves once."""

import datetime as dt
import re
import uuid
from collections.abc import Collection, Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from moothall.letters.models import MAIL, NOTIFY, PRINT, Letter, Letterhead, LetterText
from moothall.people.models import Account, Person
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .following import tell_follower
from .refusals import (
    AttachmentsTooLarge,
    BadAddress,
    ChannelNotSetUp,
    NoRecipient,
    NotFilledIn,
    NotWaiting,
    NoWords,
    OwnLetter,
    TooLate,
)
from .sizes import size_for

RECALL_SECONDS = 15
MOST_ATTACHED = 20 * 2**20
MOST_REFERENCES = 20
SEND = "letters.send_letters"
GAP = re.compile(r"(?<![\[\\])\[[^\[\]\n]{1,80}\](?![(\]])")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,400}>")


@transaction.atomic
def queue_letter(
    *,
    about: Model,
    person: Person | None,
    channel: str,
    language: str,
    to_address: str,
    to_name: str,
    from_address: str,
    from_name: str,
    subject: str,
    body: str,
    by: Account | None,
    at: dt.datetime,
    documents: Collection[Document] = (),
    cc: Sequence[str] = (),
    in_reply_to: str = "",
    references: str | Sequence[str] = (),
    automatic: bool = False,
    text_version: LetterText | None = None,
    approval_required: bool = False,
    hold_seconds: int = RECALL_SECONDS,
    useless_after: dt.datetime | None = None,
) -> Letter:
    """Put a letter into the outbox, or before an approver; it can be recalled for `hold_seconds`. A reminder
    is `useless_after` what it reminds of: if it could not leave by then it never does."""
    sender_name, sender_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    letter = Letter(
        about_kind=about._meta.label_lower,
        about_id=about.pk,
        person=person,
        channel=channel,
        language="cy" if language == "cy" else "en",
        to_address=to_address.strip(),
        to_name=one_line(to_name)[:250],
        from_address=from_address.strip() or sender_address,
        from_name=one_line(from_name or ("" if from_address else sender_name))[:160],
        subject=one_line(subject)[:500],
        body=body.replace("\0", "").replace("\r\n", "\n").strip(),
        cc=[address.strip() for address in cc],
        in_reply_to=" ".join(MESSAGE_ID.findall(in_reply_to)[:1]),
        references=thread(references),
        automatic=automatic,
        text_version=text_version,
        letterhead=Letterhead.objects.current(),
        written_by=by,
        written_at=at,
        send_after=at + dt.timedelta(seconds=hold_seconds),
        useless_after=useless_after,
        points=size_for(person) if channel == PRINT else None,
        state=Letter.FOR_APPROVAL if needs_approval(text_version, approval_required) else Letter.QUEUED,
    )
    check_letter(letter, documents)
    check_gaps(letter)
    letter.message_id = new_message_id(letter.from_address)
    letter.save(force_insert=True)
    if documents:
        letter.documents.add(*documents)
    write(letter, "letters.queued" if letter.state == Letter.QUEUED else "letters.offered", by=by, at=at)
    send_when_due(letter)
    return letter


def check_letter(letter: Letter, documents: Collection[Document]) -> None:
    """Refuse what could never be sent."""
    if letter.channel == NOTIFY:
        raise ChannelNotSetUp
    if not letter.subject or not letter.body:
        raise NoWords
    if not letter.to_address:
        raise NoRecipient
    if letter.channel != MAIL:
        return
    for address in [letter.to_address, letter.from_address, *letter.cc]:
        try:
            validate_email(address)
        except ValidationError as problem:
            raise BadAddress(_("“%s” is not an email address.") % address) from problem
    if sum(document.size for document in documents) > MOST_ATTACHED:
        raise AttachmentsTooLarge


def check_gaps(letter: Letter) -> None:
    """A template's `[day and time]` is for the writer to fill in, never for the reader to see."""
    if letter.text_version is None:
        return
    welsh = letter.language == "cy" and letter.text_version.body_cy
    gaps = GAP.findall(welsh or letter.text_version.body_en)
    left = [gap for gap in dict.fromkeys(gaps) if gap in letter.body]
    if left:
        sentence = _("The letter still has gaps that nobody has filled in: %s.") % ", ".join(left)
        raise NotFilledIn(sentence)


def needs_approval(text_version: LetterText | None, asked: bool) -> bool:
    return asked or (text_version is not None and text_version.template.approval_required)


def one_line(words: str) -> str:
    """Words as one line without control characters, fit for a header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def new_message_id(from_address: str) -> str:
    """The letter's own name for good: a copy that leaves twice is known by it."""
    domain = from_address.rpartition("@")[2] or "localhost"
    return f"<letter.{uuid.uuid4().hex}@{domain.encode('idna').decode()}>"


def thread(references: str | Sequence[str]) -> str:
    """The messages this one answers: the first and the latest, when there are many."""
    joined = references if isinstance(references, str) else " ".join(references)
    found = list(dict.fromkeys(MESSAGE_ID.findall(joined)))
    return " ".join(found if len(found) <= MOST_REFERENCES else found[:1] + found[1 - MOST_REFERENCES :])


def send_when_due(letter: Letter) -> None:
    """Ask the worker, in this transaction, to look at the outbox when the letter may leave."""
    if letter.channel == MAIL and letter.state == Letter.QUEUED:
        app.configure_task(SEND, schedule_at=letter.send_after).defer()


def recall_letter(letter: Letter, *, by: Account, at: dt.datetime) -> Letter:
    """Take back a letter that has not left; its words are kept."""
    return change_state(
        letter,
        "letters.recalled",
        (Letter.FOR_APPROVAL, Letter.QUEUED),
        TooLate,
        by,
        at,
        state=Letter.CANCELLED,
    )


def approve_letter(letter: Letter, *, by: Account, at: dt.datetime) -> Letter:
    """A second person lets the letter go."""
    if letter.written_by_id == by.pk:
        raise OwnLetter
    return change_state(
        letter,
        "letters.approved",
        (Letter.FOR_APPROVAL,),
        NotWaiting,
        by,
        at,
        state=Letter.QUEUED,
        approved_by=by,
        approved_at=at,
        send_after=at + dt.timedelta(seconds=RECALL_SECONDS),
    )


def refuse_letter(letter: Letter, *, by: Account, at: dt.datetime, reason: str) -> Letter:
    """The approver does not let it go, and says why."""
    return change_state(
        letter,
        "letters.not_approved",
        (Letter.FOR_APPROVAL,),
        NotWaiting,
        by,
        at,
        state=Letter.CANCELLED,
        problem=reason,
    )


def settle_maybe_sent(letter: Letter, *, was_sent: bool, by: Account, at: dt.datetime) -> Letter:
    """Somebody has looked: it arrived, or it did not and leaves again under the same Message-ID."""
    if was_sent:
        return change_state(
            letter,
            "letters.found_sent",
            (Letter.MAYBE_SENT,),
            NotWaiting,
            by,
            at,
            state=Letter.SENT,
            sent_at=letter.claimed_at or at,
        )
    return send_again(letter, by=by, at=at)


def send_again(letter: Letter, *, by: Account, at: dt.datetime, to_address: str = "") -> Letter:
    """Put a letter that did not arrive back into the outbox, to another address if one is given."""
    letter.to_address = to_address.strip() or letter.to_address
    check_letter(letter, ())
    return change_state(
        letter,
        "letters.sent_again",
        (Letter.MAYBE_SENT, Letter.FAILED),
        NotWaiting,
        by,
        at,
        state=Letter.QUEUED,
        to_address=letter.to_address,
        send_after=at,
        attempts=0,
        problem="",
    )


def give_up_letter(letter: Letter, *, by: Account, at: dt.datetime) -> Letter:
    """A letter that could not be sent is put aside for good."""
    return change_state(
        letter, "letters.given_up", (Letter.FAILED,), NotWaiting, by, at, state=Letter.CANCELLED
    )


@transaction.atomic
def change_state(
    letter: Letter,
    verb: str,
    from_states: tuple[str, ...],
    refusal: type[Exception],
    by: Account,
    at: dt.datetime,
    **changes: Any,
) -> Letter:
    """Change the letter if it is still in one of these states; of two people at once only one does."""
    if not Letter.objects.filter(pk=letter.pk, state__in=from_states).update(**changes):
        raise refusal
    letter.refresh_from_db()
    write(letter, verb, by=by, at=at)
    tell_follower(letter, by=by, at=at)
    send_when_due(letter)
    return letter


def write(letter: Letter, verb: str, *, by: Account | None, at: dt.datetime) -> None:
    detail = {"channel": letter.channel, "kind": letter.about_kind, "id": letter.about_id}
    append_audit(verb, about=letter, by=by, at=at, detail=detail)
