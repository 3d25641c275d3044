"""What of a case's timeline is between the office and whoever asked, and nobody else."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from moothall.cases.models import Case, Entry, EntryDocument
from moothall.letters.models import PRINT, Letter
from moothall.people.models import ContactPoint

GONE_OUT = (Letter.QUEUED, Letter.SENDING, Letter.SENT, Letter.MAYBE_SENT)


def messages_between(case: Case, *, at: dt.datetime) -> QuerySet[Entry]:
    """Messages that whoever asked wrote, and letters that went to them at an address of theirs, oldest first.

    Never notes, calls, decisions, what others wrote, or what was sent to others; nor a letter that has not
    left, or waits for approval.
    """
    if case.requester_id is None:
        theirs = Q(kind=Entry.MAIL_IN, detail__kind="form")
        return _with_files(case.entries.filter(theirs))
    points = ContactPoint.objects.filter(person=case.requester_id, kind=ContactPoint.EMAIL)
    addresses = [address for pair in points.values_list("value", "folded") for address in pair]
    to_them = Q(letter__channel=PRINT) | Q(letter__to_address__in=addresses)
    theirs = Q(kind=Entry.MAIL_IN, person=case.requester_id)
    ours = Q(
        to_them, kind=Entry.MAIL_OUT, undone_at=None, letter__person=case.requester_id,
        letter__state__in=GONE_OUT, letter__send_after__lte=at,
    )  # fmt: skip
    return _with_files(case.entries.filter(theirs | ours))


def _with_files(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    files = EntryDocument.objects.select_related("document").filter(inline=False).order_by("id")
    return entries.order_by("at", "id").prefetch_related(Prefetch("attached", files))
