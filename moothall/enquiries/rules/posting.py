"""One message handed to us by a program: kept before it is understood, like every other."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Mailbox, Message, RawMessage
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .arrivals import DUPLICATE
from .importing import take_turn
from .intake import reader, take_in
from .keeping import keep_messages

LARGEST = 50 * 2**20


class NoMessage(Refusal):
    sentence = _("Nothing was sent.")
    next_step = _("Send the message itself, from its first header to its last line.")


class MessageTooLarge(Refusal):
    sentence = _("This message is larger than 50 MB.")
    next_step = _("Import it from a file instead.")


@dataclass(frozen=True)
class Posted:
    """What became of the message: `new_cases`, `added`, `duplicates` or `quarantined`."""

    result: str
    row: RawMessage
    case: Case | None


@transaction.atomic
def take_posted_message(
    raw: bytes, *, mailbox: Mailbox, by: Account, at: dt.datetime, answer: bool = False
) -> Posted:
    """Keep one message and put it on its case. The same bytes again are a duplicate, and change nothing."""
    if not raw.strip():
        raise NoMessage
    if len(raw) > LARGEST:
        raise MessageTooLarge
    take_turn()
    [(row, _had)] = keep_messages([(by.name, raw)], mailbox=mailbox, at=at, answer=answer)
    kept = row.state == RawMessage.KEPT
    result = take_in(row, at=at, read=reader(), raw=raw) if kept else DUPLICATE
    append_audit("enquiries.post", about=row, by=by, at=at, detail={"result": result})
    row.refresh_from_db()
    return Posted(result, row, _case_of(row))


def _case_of(row: RawMessage) -> Case | None:
    """The case that the message, or the one it is a copy of, is on."""
    read = Message.objects.filter(raw__in=[row.pk, row.copy_of_id or row.pk], entry__isnull=False)
    message = read.select_related("entry__case").order_by("-id").first()
    return message.entry.case if message is not None and message.entry is not None else None
