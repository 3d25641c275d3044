"""What a batch of messages leaves on its cases: entries with their files, contacts, and the messages read."""

import datetime as dt
from collections.abc import Iterable, Sequence

from moothall.cases.models import Entry
from moothall.cases.rules.indexing import Words
from moothall.cases.rules.timeline import File, Files, add_entries
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Contact, ContactCase, Message, RawMessage
from moothall.enquiries.models.contact import MAIL
from moothall.enquiries.reading import Forwarded, ReadMail
from moothall.records.rules.audit import append_audits, audit_event
from moothall.records.rules.documents import keep_document

from .arrivals import Arrival
from .calendar_answers import message_of, tell_where
from .copies import difference

MOST_CARRIED = 20_000  # letters of a message inside another: the whole of it is among the files


def write_messages(arrivals: Sequence[Arrival], *, also: Iterable[Words], at: dt.datetime) -> None:
    """Write each message on its case, and count the contact."""
    written: list[tuple[Entry, Files]] = []
    for arrival in arrivals:
        files, refused = keep_files(arrival.said, at=at)
        arrival.entry = _entry(arrival, refused, at=at)
        written.append((arrival.entry, files))
    add_entries(written, also=also)
    contacts = [_contact(arrival, at=at) for arrival in arrivals]
    Contact.objects.bulk_create(contacts)
    ContactCase.objects.bulk_create(
        ContactCase(contact=contact, case=arrival.case())
        for contact, arrival in zip(contacts, arrivals, strict=True)
    )
    messages = [_message(a, contact) for a, contact in zip(arrivals, contacts, strict=True)]
    Message.objects.bulk_create(messages)
    tell_where(arrivals)
    rows = [arrival.row for arrival in arrivals]
    RawMessage.objects.filter(pk__in=[row.pk for row in rows]).update(state=RawMessage.READ, reason="")
    for row in rows:
        row.state, row.reason = RawMessage.READ, ""
    append_audits(
        audit_event(
            "enquiries.read", about=arrival.case(), by=None, at=at,
            detail={"message": message.pk, "opened": arrival.opens},
        )
        for arrival, message in zip(arrivals, messages, strict=True)
    )  # fmt: skip


def keep_files(mail: ReadMail, *, at: dt.datetime) -> tuple[list[File], list[str]]:
    """The files of a message, kept; and those that may not be, each with the reason."""
    kept: list[File] = []
    refused: list[str] = []
    for file in mail.attachments:
        try:
            document = keep_document(
                file.content, name=file.name, by=None, at=at, declared_type=file.media_type
            )
        except Refusal as refusal:
            refused.append(f"{file.name}: {refusal}")
        else:
            kept.append(File(document, file.name, file.content_id or "", file.inline))
    return kept, refused


def _entry(arrival: Arrival, refused: list[str], *, at: dt.datetime) -> Entry:
    mail = arrival.said
    answered = [arrival.heard.words] if arrival.heard is not None and arrival.heard.words else []
    detail: dict[str, object] = {"kind": str(mail.kind), "warnings": [*mail.warnings, *answered]}
    if refused:
        detail["refused"] = refused
    if mail.forwarded:
        detail["forwarded"] = [_carried(each) for each in mail.forwarded]
    if mail.blocked_images:
        detail["blocked"] = mail.blocked_images
    return Entry(
        case=arrival.case(), kind=Entry.MAIL_IN, at=arrival.came_at(at), person=arrival.person,
        subject=mail.subject[:1000], text=mail.new_text, quoted=mail.quoted_text, html=mail.html or "",
        sender=arrival.named, recipients=", ".join(each.address for each in (*mail.to, *mail.cc))[:5000],
        detail=detail,
    )  # fmt: skip


def _carried(inner: Forwarded) -> dict[str, str]:
    """A message that was sent along inside another, as the timeline opens it."""
    sender = inner.sender
    return {
        "subject": inner.subject[:1000],
        "sender": f"{sender.name} <{sender.address}>".strip()[:400] if sender else "",
        "text": inner.text[:MOST_CARRIED].replace("\0", " "),
    }


def _contact(arrival: Arrival, *, at: dt.datetime) -> Contact:
    """Somebody got in touch; what a machine sends is counted apart, as nothing to do."""
    mail, case = arrival.said, arrival.case()
    result = Contact.CASE if arrival.opens else Contact.ADDED
    return Contact(
        channel=MAIL, result=Contact.NO_ACTION if arrival.by_machine else result, person=arrival.person,
        team_id=case.team_id, mailbox=arrival.row.mailbox, subject=(mail.subject or case.title)[:300],
        received_at=arrival.came_at(at), logged_at=at,
    )  # fmt: skip


def _message(arrival: Arrival, contact: Contact) -> Message:
    message = message_of(arrival)
    message.contact, message.entry = contact, arrival.entry
    return message


def write_copies(arrivals: Sequence[Arrival], *, at: dt.datetime) -> None:
    """The same messages again. Where a text truly differs, the difference is shown on the case."""
    written: list[tuple[Entry, Files]] = []
    for arrival in arrivals:
        original = arrival.original
        if original is None:
            continue
        arrival.row.state, arrival.row.copy_of, arrival.row.reason = RawMessage.COPY, original.raw, ""
        lines = difference(arrival.said, original)
        if lines is not None:
            files, _refused = keep_files(arrival.said, at=at)
            arrival.entry = _difference(arrival, lines, at=at)
            written.append((arrival.entry, files))
    if arrivals:
        rows = [arrival.row for arrival in arrivals]
        RawMessage.objects.bulk_update(rows, ["state", "copy_of", "reason"])
        append_audits(
            audit_event("enquiries.copy", about=row, by=None, at=at, detail={"of": row.copy_of_id})
            for row in rows
        )
    if written:
        add_entries(written)


def _difference(arrival: Arrival, lines: list[str], *, at: dt.datetime) -> Entry:
    mail, original = arrival.said, arrival.original
    if original is None:
        raise ValueError("Only a copy differs from something.")
    return Entry(
        case=original.case(), kind=Entry.DIFFERENCE, at=at, subject=mail.subject[:1000], text=mail.new_text,
        quoted=mail.quoted_text, sender=arrival.named, detail={"difference": lines, "raw": arrival.row.pk},
    )  # fmt: skip
