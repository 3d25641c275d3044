"""From kept bytes to a case: read the message, find its thread or open a case, and count the contact."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from moothall.cases.models import Case, CaseLink, Entry, EntryDocument
from moothall.cases.rules.closing import reopen_case
from moothall.cases.rules.holding import resume_case
from moothall.cases.rules.linking import link_cases
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Contact, ContactCase, Mailbox, Message, RawMessage
from moothall.enquiries.reading import MailKind, ReadMail, Unreadable, read_mail, show_difference
from moothall.letters.models import Letter
from moothall.people.models import ContactPoint, Person
from moothall.people.rules.senders import find_or_add_sender
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document

from .acknowledging import acknowledge
from .keeping import bytes_of
from .threading import Thread, find_thread

NEW, ADDED, DUPLICATE, QUARANTINED = "new_cases", "added", "duplicates", "quarantined"
AUTOMATIC = {MailKind.AUTO_REPLY, MailKind.BOUNCE, MailKind.DELIVERY_REPORT}
REOPENS_FOR = dt.timedelta(days=28)
Reader = Callable[[bytes], ReadMail]


def own_addresses() -> frozenset[str]:
    """The addresses we write from: what comes from them is never answered."""
    return frozenset(address.lower() for address in Mailbox.objects.values_list("address", flat=True))


def reader() -> Reader:
    """How messages are read here, with our own addresses known."""
    ours = own_addresses()
    return lambda raw: read_mail(raw, own_addresses=ours)


def take_in(
    row: RawMessage, *, at: dt.datetime, read: Reader, raw: bytes | None = None, answer: bool = False
) -> str:
    """Read one kept message. Whatever goes wrong, its bytes stay and its row says why."""
    try:
        mail = read(raw if raw is not None else bytes_of(row))
    except Unreadable as problem:
        return quarantine(row, reason=problem.sentence)
    try:
        with transaction.atomic():
            return _place(row, mail, at=at, answer=answer)
    except Refusal as refusal:
        return quarantine(row, reason=str(refusal))


@transaction.atomic
def quarantine(row: RawMessage, *, reason: str) -> str:
    """Set a message aside with its reason; its bytes are kept and it can be tried again."""
    RawMessage.objects.filter(pk=row.pk).update(
        state=RawMessage.QUARANTINED, reason=reason, attempts=row.attempts + 1
    )
    row.state, row.reason, row.attempts = RawMessage.QUARANTINED, reason, row.attempts + 1
    return QUARANTINED


def _place(row: RawMessage, mail: ReadMail, *, at: dt.datetime, answer: bool) -> str:
    earlier = _earlier_copy(mail)
    if earlier is not None:
        _note_copy(row, mail, earlier, at=at)
        return DUPLICATE
    thread = find_thread(mail)
    person = _sender(mail, at=at)
    case, opened = _case_for(row, mail, thread, person, at=at)
    entry = _write(case, mail, person, at=at)
    result = Contact.CASE if opened else Contact.ADDED
    contact = _count(row, mail, case, person, result=result, at=at)
    _remember(row, mail, entry, contact)
    if not opened:
        _came_back(case, mail, at=at)
    elif answer and mail.may_answer:
        acknowledge(case, mail=mail, mailbox=row.mailbox, person=person, at=at)
    return NEW if opened else ADDED


def _earlier_copy(mail: ReadMail) -> Message | None:
    if not mail.message_id:
        return None
    found = Message.objects.filter(message_id=mail.message_id, raw__state=RawMessage.READ)
    return found.select_related("raw", "entry__case").order_by("id").first()


def _note_copy(row: RawMessage, mail: ReadMail, earlier: Message, *, at: dt.datetime) -> None:
    """The same message again. Where its text truly differs, the difference is shown on the case."""
    RawMessage.objects.filter(pk=row.pk).update(state=RawMessage.COPY, copy_of=earlier.raw)
    row.state, row.copy_of = RawMessage.COPY, earlier.raw
    if mail.body_fingerprint == earlier.body_fingerprint or earlier.entry is None:
        return
    difference = show_difference(earlier.entry.text + earlier.entry.quoted, mail.text)
    if not difference and mail.subject[:1000] == earlier.subject:
        return
    detail: dict[str, object] = {"difference": difference, "raw": row.pk}
    add_entry(
        earlier.entry.case, kind=Entry.DIFFERENCE, at=at, subject=mail.subject[:1000], text=mail.new_text,
        quoted=mail.quoted_text, sender=_named(mail), detail=detail,
    )  # fmt: skip


def _sender(mail: ReadMail, *, at: dt.datetime) -> Person | None:
    if mail.sender is None or not mail.sender.address or mail.kind in AUTOMATIC | {MailKind.OWN}:
        return None
    return find_or_add_sender(name=mail.sender.name, address=mail.sender.address, at=at)


def _case_for(
    row: RawMessage, mail: ReadMail, thread: Thread | None, person: Person | None, *, at: dt.datetime
) -> tuple[Case, bool]:
    if thread is not None and not thread.related and not _too_old(thread.case, mail, at=at):
        return thread.case, False
    received_at = min(mail.sent_at or at, at)
    language = (person.language if person else "") or mail.language or ""
    case = open_case(
        row.mailbox.service, title=mail.subject or "", channel="mail", received_at=received_at, at=at,
        requester=person, team=row.mailbox.team, language=language,
        priority=Case.LOW if mail.kind in AUTOMATIC else Case.NORMAL,
    )  # fmt: skip
    if thread is not None:
        link_cases(case, thread.case, kind=CaseLink.RELATED, by=None, at=at)
    return case, True


def _too_old(case: Case, mail: ReadMail, *, at: dt.datetime) -> bool:
    """Long after a case was closed, an answer to it begins a new one, linked to the old."""
    return case.closed_at is not None and at - case.closed_at > REOPENS_FOR and mail.kind not in AUTOMATIC


def _write(case: Case, mail: ReadMail, person: Person | None, *, at: dt.datetime) -> Entry:
    entry = add_entry(
        case, kind=Entry.MAIL_IN, at=min(mail.sent_at or at, at), person=person,
        subject=mail.subject[:1000], text=mail.new_text, quoted=mail.quoted_text, html=mail.html or "",
        sender=_named(mail), recipients=", ".join(each.address for each in (*mail.to, *mail.cc))[:5000],
        detail={"kind": str(mail.kind), "warnings": list(mail.warnings)},
    )  # fmt: skip
    kept: list[tuple[Document, str]] = []
    refused: list[str] = []
    for attachment in mail.attachments:
        try:
            document = keep_document(
                attachment.content, name=attachment.name, by=None, at=at,
                declared_type=attachment.media_type,
            )  # fmt: skip
        except Refusal as refusal:
            refused.append(f"{attachment.name}: {refusal}")
        else:
            kept.append((document, attachment.name))
    EntryDocument.objects.bulk_create(
        EntryDocument(entry=entry, document=document, name=name) for document, name in kept
    )
    if refused:
        entry.detail["refused"] = refused
        Entry.objects.filter(pk=entry.pk).update(detail=entry.detail)
    return entry


def _named(mail: ReadMail) -> str:
    if mail.sender is None:
        return ""
    name = mail.sender.name
    return (f"{name} <{mail.sender.address}>" if name else mail.sender.address)[:400]


def _count(
    row: RawMessage, mail: ReadMail, case: Case, person: Person | None, *, result: str, at: dt.datetime
) -> Contact:
    contact = Contact.objects.create(
        channel="MAIL", result=result, person=person, team=case.team, mailbox=row.mailbox,
        subject=(mail.subject or case.title)[:300], received_at=min(mail.sent_at or at, at), logged_at=at,
    )  # fmt: skip
    ContactCase.objects.create(contact=contact, case=case)
    return contact


def _remember(row: RawMessage, mail: ReadMail, entry: Entry, contact: Contact) -> None:
    Message.objects.create(
        raw=row, message_id=(mail.message_id or "")[:998], body_fingerprint=mail.body_fingerprint,
        kind=str(mail.kind), may_answer=mail.may_answer, why_not=mail.why_not[:200],
        sender_name=(mail.sender.name if mail.sender else "")[:400],
        sender_address=(mail.sender.address if mail.sender else "")[:320].lower(),
        reply_address=(mail.reply_to[0].address if mail.reply_to else "")[:320],
        subject=mail.subject[:1000], sent_at=mail.sent_at, references=list(mail.references)[:200],
        warnings=list(mail.warnings), contact=contact, entry=entry,
    )  # fmt: skip
    RawMessage.objects.filter(pk=row.pk).update(state=RawMessage.READ, reason="")
    row.state = RawMessage.READ


def _came_back(case: Case, mail: ReadMail, *, at: dt.datetime) -> None:
    """It is our turn again, unless a machine wrote: those never change where a case stands."""
    if mail.kind in {MailKind.BOUNCE, MailKind.DELIVERY_REPORT}:
        _mark_undeliverable(mail, at=at)
        Case.objects.filter(pk=case.pk).exclude(status=Case.CLOSED).update(came_back_at=at)
        return
    if mail.kind in AUTOMATIC or mail.kind == MailKind.OWN:
        return
    if case.is_closed:
        reopen_case(case, by=None, at=at, because="They wrote again.")
    elif case.status == Case.WAITING:
        resume_case(case, by=None, at=at)
    Case.objects.filter(pk=case.pk).update(came_back_at=at)


def _mark_undeliverable(mail: ReadMail, *, at: dt.datetime) -> None:
    addresses = [address.lower() for address in mail.failed_recipients]
    letters = Letter.objects.filter(message_id=f"<{mail.original_message_id}>")
    points = ContactPoint.objects.filter(
        kind="EMAIL", folded__in=addresses, undeliverable_since=None, person__letter__in=letters
    )
    for point in points.order_by("id"):
        ContactPoint.objects.filter(pk=point.pk).update(undeliverable_since=at)
        append_audit("people.undeliverable", about=point.person, by=None, at=at, detail={"point": point.pk})
