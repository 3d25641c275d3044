"""What a person decides about a message that cannot be read: a case with its bytes, or nothing to do."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Contact, ContactCase, RawMessage
from moothall.enquiries.models.contact import MAIL
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document

from .keeping import bytes_of


class SettledAlready(Refusal):
    sentence = _("This message has been read or settled meanwhile.")


@transaction.atomic
def settle_quarantined(
    row: RawMessage, *, words: str, opens: bool, by: Account, at: dt.datetime
) -> Case | None:
    """Open a case called `words` with the message as a file, or put the message away, `words` being why."""
    fresh = (
        RawMessage.objects.select_for_update(of=("self",)).select_related("mailbox__service").get(pk=row.pk)
    )
    if fresh.state != RawMessage.QUARANTINED:
        raise SettledAlready
    case = _open(fresh, title=words, by=by, at=at) if opens else None
    RawMessage.objects.filter(pk=fresh.pk).update(
        state=RawMessage.SETTLED, settled_by=by, settled_at=at, settled_because=words[:300], settled_as=case
    )
    detail = {"because": words, "case": case.reference if case else ""}
    append_audit("enquiries.settle", about=fresh, by=by, at=at, detail=detail)
    return case


def _open(row: RawMessage, *, title: str, by: Account, at: dt.datetime) -> Case:
    mailbox = row.mailbox
    case = open_case(
        mailbox.service, title=title, channel="mail", received_at=row.kept_at, at=at, by=by, team=mailbox.team
    )
    documents, refused = _as_file(row, by=by, at=at)
    add_entry(
        case, kind=Entry.MAIL_IN, at=row.kept_at, by=by, subject=title, text=row.reason, documents=documents,
        detail={"refused": refused} if refused else {},
    )  # fmt: skip
    contact = Contact.objects.create(
        channel=MAIL, result=Contact.CASE, team=case.team, mailbox=mailbox, subject=title[:300],
        received_at=row.kept_at, logged_at=at, logged_by=by,
    )  # fmt: skip
    ContactCase.objects.create(contact=contact, case=case)
    return case


def _as_file(row: RawMessage, *, by: Account, at: dt.datetime) -> tuple[list[Document], list[str]]:
    """The bytes as a file of the case, claiming to be nothing in particular; or why they cannot be one."""
    name = f"message-{row.sha256[:12]}.bin"
    try:
        return [keep_document(bytes_of(row), name=name, by=by, at=at)], []
    except Refusal as refusal:
        return [], [f"{name}: {refusal}"]
