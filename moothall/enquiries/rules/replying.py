"""Answering: a reply on a case goes out from its team's mailbox, in the thread it belongs to, once."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.answering import record_answer
from moothall.cases.rules.changing import lock
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.corresponding import Correspondence
from moothall.cases.rules.refusals import refuse_if_closed
from moothall.cases.rules.timeline import NothingWritten
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Mailbox, Message
from moothall.knowledge.rules.counting import count_answer
from moothall.letters.models import Letter, LetterTemplate, LetterText
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.records.models import Document

from .arrivals import BY_MACHINE

ANSWER_MARKS = re.compile(r"^(?:\s*(?:re|ynghylch|parthed|aw|sv|vs)\s*:)+\s*", re.IGNORECASE)


class NobodyToAnswer(Refusal):
    sentence = _("There is no address to send this to.")
    next_step = _("Add an email address for the person, or log a call instead.")


@dataclass(frozen=True)
class Recipient:
    """Where an answer goes, and the message it answers."""

    address: str
    name: str
    message_id: str = ""
    references: tuple[str, ...] = ()


def recipient_of(case: Case) -> Recipient | None:
    """Always the one who asked, by the latest message they wrote; else their own mail address. Nobody else
    who wrote on the case is answered by default."""
    written = _written_by_people(Message.objects.filter(entry__case=case))
    if not written.exists():  # split off another case, where the message itself has stayed
        written = _written_by_people(Message.objects.filter(contact__led_to__case=case))
    if case.requester_id is not None:
        message = written.filter(entry__person=case.requester).first()
    else:
        first = written.last()
        message = written.filter(sender_address=first.sender_address).first() if first else None
    return _in_thread(message) if message is not None else _known_address(case.requester)


def _written_by_people(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The latest first."""
    machines = [str(kind) for kind in BY_MACHINE]
    found = messages.filter(entry__kind=Entry.MAIL_IN).exclude(sender_address="").exclude(kind__in=machines)
    return found.order_by("-entry__at", "-id")


def _in_thread(message: Message) -> Recipient:
    earlier = [*reversed(message.references), message.message_id]
    references = tuple(f"<{each}>" for each in earlier[-20:] if each)
    address = message.reply_address or message.sender_address
    replied_to = f"<{message.message_id}>" if message.message_id else ""
    return Recipient(address, message.sender_name, replied_to, references)


def _known_address(person: Person | None) -> Recipient | None:
    if person is None:
        return None
    points = ContactPoint.objects.filter(person=person, kind=ContactPoint.EMAIL, ended_at=None)
    point = points.filter(undeliverable_since=None).order_by("-preferred", "-id").first()
    return Recipient(point.value, person.full_name) if point else None


def mailbox_of(case: Case) -> Mailbox | None:
    """The mailbox a case is answered from: where its last message came in, else its team's. A team without
    one answers from wherever the message came in, so that what comes back is seen."""
    came_to = Mailbox.objects.filter(raw_messages__message__entry__case=case).order_by("-raw_messages__id")
    theirs = Mailbox.objects.filter(team=case.team).order_by("id")
    return came_to.filter(team=case.team).first() or theirs.first() or came_to.first()


def answering_address(mailbox: Mailbox | None, case: Case) -> str:
    """The mailbox with the case's reference in it, so that an answer finds its case by itself."""
    if mailbox is None:
        return case.team.email
    name, _at, domain = mailbox.address.partition("@")
    return f"{name}+{case.reference}@{domain}"


def subject_of(case: Case) -> str:
    """The subject of an answer: one "Re:" and the reference, however often it has gone to and fro."""
    title = ANSWER_MARKS.sub("", case.title)
    return f"Re: {title}" if case.reference in title else f"Re: {title} [{case.reference}]"


def language_for(case: Case) -> str:
    """The person's own language, else the language they wrote in, else English."""
    known = case.requester.language if case.requester else ""
    return known or case.language or "en"


def correspondence_of(case: Case) -> Correspondence | None:
    """How a letter on this case reaches whoever asked, in its thread and from its mailbox."""
    to = recipient_of(case)
    if to is None:
        return None
    mailbox = mailbox_of(case)
    return Correspondence(
        to.address, to.name, answering_address(mailbox, case), mailbox.name if mailbox else case.team.name,
        language_for(case), to.message_id, to.references,
    )  # fmt: skip


@transaction.atomic
def reply(
    case: Case,
    *,
    text: str,
    by: Account,
    at: dt.datetime,
    subject: str = "",
    language: str = "",
    to_address: str = "",
    cc: Sequence[str] = (),
    documents: Sequence[Document] = (),
    template: LetterTemplate | None = None,
    waiting_on: str = Case.PERSON,
) -> Letter:
    """Send an answer. It becomes their turn, and the response clock is met."""
    lock(case)
    refuse_if_closed(case)
    if not text.strip():
        raise NothingWritten
    to = recipient_of(case)
    address = to_address.strip() or (to.address if to else "")
    if not address:
        raise NobodyToAnswer
    if to is not None and address.lower() != to.address.lower():
        to = Recipient(address, "", to.message_id, to.references)
    mailbox = mailbox_of(case)
    letter = queue_letter(
        about=case, person=case.requester, channel="MAIL", language=language or language_for(case),
        to_address=address, to_name=to.name if to else "", cc=list(cc),
        from_address=answering_address(mailbox, case), from_name=mailbox.name if mailbox else case.team.name,
        subject=subject or subject_of(case), body=text, by=by, at=at,
        documents=documents, in_reply_to=to.message_id if to else "",
        references=to.references if to else (),
        text_version=template.texts.order_by("-version").first() if template else None,
        approval_required=template.approval_required if template else False,
    )  # fmt: skip
    record_answer(case, letter=letter, text=text, by=by, at=at, documents=documents, waiting_on=waiting_on)
    return letter


@transaction.atomic
def reply_and_then(
    case: Case, asked: dict[str, Any], *, documents: Sequence[Document], by: Account, at: dt.datetime
) -> Entry | None:
    """Send an answer as it was written on its page, and close the case when that was asked for."""
    then = asked["then"]
    letter = reply(
        case, text=asked["text"], subject=asked["subject"], language=asked["language"],
        to_address=asked["to_address"], cc=asked["cc"], documents=documents, template=asked["template"],
        waiting_on=Case.PERSON if then == "CLOSE" else then, by=by, at=at,
    )  # fmt: skip
    if asked.get("article") is not None:
        count_answer(case, source=asked["article"], letter=letter, by=by, at=at)
    return close_case(case, by=by, at=at, outcome="answered") if then == "CLOSE" else None


@transaction.atomic
def send_automatically(
    case: Case,
    *,
    template: str,
    mailbox: Mailbox,
    to_address: str,
    to_name: str,
    person: Person | None,
    at: dt.datetime,
    in_reply_to: str = "",
) -> Letter | None:
    """Send a template by rule. It is marked automatic, and does not count as an answer."""
    text = LetterText.objects.filter(template__key=template, template__retired_at=None).first()
    if text is None:
        return None
    language = language_for(case)
    merged = merge(text, language, fields_for(case, language=language, person=person, by=None, at=at))
    letter = queue_letter(
        about=case, person=person, channel="MAIL", language=merged.language, to_address=to_address,
        to_name=to_name, from_address=answering_address(mailbox, case), from_name=mailbox.name,
        subject=f"{merged.subject} [{case.reference}]", body=merged.body, by=None, at=at,
        in_reply_to=in_reply_to, references=(in_reply_to,) if in_reply_to else (), automatic=True,
        text_version=text,
    )  # fmt: skip
    record_answer(case, letter=letter, text=merged.body, by=None, at=at, automatic=True)
    return letter
