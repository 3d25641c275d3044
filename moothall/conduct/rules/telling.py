"""Letters to the person a matter is about: in their language, to an address of theirs, or given by hand."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Entry
from moothall.cases.rules.timeline import NothingWritten, add_entry
from moothall.conduct.models import Matter
from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import MissingFields, merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.records.models import Document

from .holding import put_on_timeline

HAND = "HAND"


class NowhereToWrite(Refusal):
    sentence = _("There is no address to tell them at.")
    next_step = _("Write an email address, or the lines of a postal one.")


@dataclass(frozen=True)
class Sent:
    """What is told, and how: by mail, on paper, or by hand with the words kept."""

    channel: str
    address: str
    language: str
    subject: str
    text: str
    built_in: BuiltIn | None = None
    documents: tuple[Document, ...] = ()


def send_to_them(matter: Matter, sent: Sent, *, by: Account, at: dt.datetime) -> Letter | None:
    """The letter, kept with the case; of what was given by hand, the words."""
    if not sent.text.strip() or not sent.subject.strip():
        raise NothingWritten
    if sent.channel == HAND:
        put_on_timeline(
            matter, f"{sent.subject}\n\n{sent.text}", by=by, at=at, person=matter.employment.person,
            documents=sent.documents,
        )  # fmt: skip
        return None
    if not sent.address.strip():
        raise NowhereToWrite
    return _queue(matter, sent, by=by, at=at)


def _queue(matter: Matter, sent: Sent, *, by: Account | None, at: dt.datetime) -> Letter:
    version = sent.built_in.text() if sent.built_in else None
    person = matter.employment.person
    letter = queue_letter(
        about=matter.case, person=person, channel=sent.channel, language=sent.language,
        to_address=sent.address, to_name=person.full_name, from_address=matter.case.team.email,
        from_name=matter.case.team.name_in(sent.language), subject=sent.subject, body=sent.text, by=by,
        at=at, documents=sent.documents, automatic=by is None,
        text_version=version if version is not None and version.pk else None,
    )  # fmt: skip
    add_entry(
        matter.case, kind=Entry.MAIL_OUT, at=at, by=by, person=person, subject=letter.subject,
        text=letter.body, sender=letter.from_address, recipients=letter.to_address, letter=letter,
    )  # fmt: skip
    return letter


def address_of(person: Person) -> tuple[str, str]:
    """The channel and address somebody is best written to at; the address is empty where none is known."""
    points = ContactPoint.objects.in_use().filter(person=person)
    mail = (
        points.filter(kind=ContactPoint.EMAIL, undeliverable_since=None).order_by("-preferred", "id").first()
    )
    post = points.filter(kind=ContactPoint.POST).order_by("-preferred", "id").first()
    if mail is None and post is not None:
        return "PRINT", post.value
    return "MAIL", mail.value if mail is not None else ""


def words_of(
    built_in: BuiltIn, matter: Matter, *, language: str, by: Account | None, at: dt.datetime, **more: str
) -> tuple[str, str]:
    """The subject and words a letter begins with; what is not known is left out."""
    person = matter.employment.person
    known = fields_for(matter.case, language=language, person=person, by=by, at=at)
    known |= {
        "matter.kind": matter.kind.said("name", language),
        "matter.notice": str(matter.procedure.notice_days),
    }
    known |= more
    text = built_in.text()
    try:
        merged = merge(text, language, known)
    except MissingFields as missing:
        merged = merge(text, language, known | dict.fromkeys(missing.names, "–"))
    return f"{merged.subject} [{matter.case.reference}]", merged.body


def write_by_itself(
    matter: Matter, built_in: BuiltIn, *, about: Any, said: Callable[[str, Any], dict[str, str]],
    at: dt.datetime,
) -> Letter | None:  # fmt: skip
    """A letter that leaves without anybody writing it, where there is an address."""
    person = matter.employment.person
    channel, address = address_of(person)
    if not address:
        return None
    language = "cy" if person.language == "cy" else "en"
    subject, text = words_of(built_in, matter, language=language, by=None, at=at, **said(language, about))
    return _queue(matter, Sent(channel, address, language, subject, text, built_in), by=None, at=at)
