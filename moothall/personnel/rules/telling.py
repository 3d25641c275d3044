"""Letters about requests, leaves and references: in the person's language, each once for its day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import MissingFields, merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.personnel.models import ReferenceRequest, SentOnce

from .noting import Record, column_of, happened
from .refusals import NowhereToWrite, ToldAlready


@dataclass(frozen=True)
class Sent:
    """What is told, and how."""

    channel: str
    address: str
    language: str
    subject: str
    text: str


def person_of(record: Record) -> Person:
    return record.employment.person


def language_of(record: Record) -> str:
    return "cy" if person_of(record).language == "cy" else "en"


def address_of(record: Record) -> tuple[str, str]:
    return address_to(person_of(record))


def address_to(person: Person) -> tuple[str, str]:
    """The channel and address somebody is best written to at: the mail of their account first."""
    account = Account.objects.in_use().filter(person=person).first()
    if account is not None and account.email:
        return "MAIL", account.email
    points = ContactPoint.objects.in_use().filter(person=person).order_by("-preferred", "id")
    mail = points.filter(kind=ContactPoint.EMAIL, undeliverable_since=None).first()
    post = points.filter(kind=ContactPoint.POST).first()
    if mail is None and post is not None:
        return "PRINT", post.value
    return "MAIL", mail.value if mail is not None else ""


def words_of(
    record: Record,
    built_in: BuiltIn,
    *,
    language: str,
    by: Account | None,
    at: dt.datetime,
    to: Person | None = None,
    besides: Mapping[str, str] | None = None,
) -> tuple[str, str]:
    """The subject and words a letter begins with; what is not known is left out. `to` is another reader."""
    person = None if _goes_out(record, built_in) else to or person_of(record)
    known = fields_for(record, language=language, person=person, by=by, at=at) | dict(besides or {})
    text = built_in.text()
    try:
        merged = merge(text, language, known)
    except MissingFields as missing:
        merged = merge(text, language, known | dict.fromkeys(missing.names, "–"))
    return merged.subject, merged.body


def _goes_out(record: Record, built_in: BuiltIn) -> bool:
    """Whether the letter is to whoever asks for a reference, and not to the person."""
    return isinstance(record, ReferenceRequest) and built_in.key != "ref_consent"


@transaction.atomic
def send_once(
    record: Record,
    built_in: BuiltIn,
    *,
    sent: Sent,
    about_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    to: Person | None = None,
) -> Letter:
    """The letter, once for the day it is about; one that was recalled or refused may be written anew. `to` is
    another reader than the person."""
    column = column_of(record)
    held = SentOnce.objects.select_for_update(of=("self",)).filter(
        **{column: record}, key=built_in.key, about_on=about_on, not_sent_at=None
    )
    for each in held.select_related("letter"):
        if each.letter.state != Letter.CANCELLED:
            raise ToldAlready
        SentOnce.objects.filter(pk=each.pk).update(not_sent_at=at)
    if not sent.address.strip():
        raise NowhereToWrite
    version = built_in.text()
    outward = _goes_out(record, built_in)
    reader = to or person_of(record)
    letter = queue_letter(
        about=record, person=None if outward else reader, channel=sent.channel,
        language=sent.language, to_address=sent.address,
        to_name=_outward_name(record) if outward else reader.full_name, from_address="",
        from_name="", subject=sent.subject, body=sent.text, by=by, at=at, automatic=by is None,
        text_version=version if version.pk else None,
    )  # fmt: skip
    SentOnce.objects.create(**{column: record}, key=built_in.key, about_on=about_on, letter=letter)
    happened("letter", record, by=by, at=at, words=letter.subject, key=built_in.key)
    return letter


def _outward_name(record: Record) -> str:
    return (record.contact_name or record.organisation) if isinstance(record, ReferenceRequest) else ""
