"""Whoever asked writes again on the page of their case, or asks for a new link to it."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from moothall.cases.models import Case, Entry
from moothall.cases.rules.changing import lock
from moothall.cases.rules.timeline import NothingWritten, add_entry
from moothall.core.serving import for_the_office
from moothall.enquiries.models import Contact, ContactCase
from moothall.enquiries.models.contact import FORM
from moothall.enquiries.rules.coming_back import our_turn_again
from moothall.enquiries.rules.placing import REOPENS_FOR
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.models.contact_folding import fold_email
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .acknowledging import send_new_link
from .refusals import TooLateToWrite

LONGEST: Final = 20_000


def may_write(case: Case, *, at: dt.datetime) -> bool:
    """Whether a message on the case would still be seen by somebody."""
    return case.closed_at is None or at - case.closed_at <= REOPENS_FOR


@for_the_office()
@transaction.atomic
def write_again(
    case: Case,
    *,
    text: str,
    at: dt.datetime,
    by: Account | None = None,
    documents: Sequence[Document] = (),
    once: str = "",
) -> Entry:
    """A message from whoever asked: it comes back to the office as one by mail would, with its clocks and
    turn. Sent twice with the same `once`, it is one message."""
    lock(case)
    if not may_write(case, at=at) or case.merged_into_id is not None:
        raise TooLateToWrite
    if not text.strip() and not documents:
        raise NothingWritten
    earlier = case.entries.filter(kind=Entry.MAIL_IN, detail__once=once).first() if once else None
    if earlier is not None:
        return earlier
    person = case.requester
    entry = add_entry(
        case, kind=Entry.MAIL_IN, at=at, person=person, sender=person.full_name if person else "",
        subject=case.title, text=text[:LONGEST], documents=documents, detail={"kind": "form", "once": once},
    )  # fmt: skip
    contact = Contact.objects.create(
        channel=FORM, result=Contact.ADDED, person=person, team_id=case.team_id, subject=case.title,
        received_at=at, logged_at=at, logged_by=by,
    )  # fmt: skip
    ContactCase.objects.create(contact=contact, case=case)
    our_turn_again(case, at=at)
    Case.objects.filter(pk=case.pk).exclude(status=Case.CLOSED).update(came_back_at=at)
    append_audit("portal.write_again", about=case, by=by, at=at, detail={"entry": entry.pk})
    return entry


@for_the_office()
@transaction.atomic
def ask_for_link(*, reference: str, email: str, at: dt.datetime) -> bool:
    """Send a new link to the address of whoever asked, if both fit together; nobody is told whether they
    did."""
    case = (
        Case.objects.filter(reference=reference.strip().upper()).select_related("requester", "team").first()
    )
    if case is None or case.requester is None:
        return False
    address = _address_of(case.requester, email)
    if address is None:
        return False
    send_new_link(case, person=case.requester, to_address=address, to_name=case.requester.full_name, at=at)
    return True


def _address_of(person: Person, email: str) -> str | None:
    """The address as we know it, not as it was typed."""
    points = ContactPoint.objects.in_use().filter(person=person, kind=ContactPoint.EMAIL)
    return points.filter(folded=fold_email(email)).values_list("value", flat=True).first()
