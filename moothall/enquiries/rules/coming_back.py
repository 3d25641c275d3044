"""What a message that came in does to its case: whose turn it is, who is told, and what is put right."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import reopen_case
from moothall.cases.rules.holding import resume_case
from moothall.core.refusals import Refusal
from moothall.enquiries.reading import MailKind
from moothall.letters.models import Letter
from moothall.letters.rules.returning import letter_came_back
from moothall.people.rules.contact_points import mark_undeliverable

from .acknowledging import acknowledge
from .arrivals import Arrival


def come_back(arrivals: Sequence[Arrival], *, at: dt.datetime) -> None:
    """It is our turn again, unless a machine wrote: those never change where a case stands. A copy with
    other words comes back too, so that somebody reads them."""
    back: set[int] = set()
    for arrival in arrivals:
        if arrival.original is not None:
            back |= {arrival.original.case().pk} if arrival.entry is not None else set()
        elif arrival.said.kind == MailKind.BOUNCE:
            _returned(arrival, at=at)
            back |= set() if arrival.opens else {arrival.case().pk}
        elif arrival.opens:
            _acknowledge(arrival, at=at)
        elif not arrival.by_machine:
            our_turn_again(arrival.case(), at=at)
            back.add(arrival.case().pk)
    if back:
        Case.objects.filter(pk__in=back).exclude(status=Case.CLOSED).update(came_back_at=at)


def our_turn_again(case: Case, *, at: dt.datetime) -> None:
    """Somebody wrote again on a case: what was closed or waited goes on."""
    if case.is_closed:
        reopen_case(case, by=None, at=at, because=_("They wrote again."))
    elif case.status == Case.WAITING or case.held_until is not None:
        resume_case(case, by=None, at=at)


def _acknowledge(arrival: Arrival, *, at: dt.datetime) -> None:
    """Say that we have it. A letter that cannot be made is no reason to lose the message: it is noted."""
    if not arrival.row.answer:
        return
    try:
        with transaction.atomic():
            acknowledge(
                arrival.case(), mail=arrival.said, mailbox=arrival.row.mailbox, person=arrival.person, at=at
            )
    except Refusal as refusal:
        if arrival.entry is not None:
            warning = _("Not acknowledged: %s") % refusal
            detail = arrival.entry.detail
            detail["warnings"] = [*detail.get("warnings", []), warning]
            Entry.objects.filter(pk=arrival.entry.pk).update(detail=detail)


def _returned(arrival: Arrival, *, at: dt.datetime) -> None:
    """A letter of ours did not arrive: the address is marked, and the letter put before a person."""
    mail, case = arrival.said, arrival.case()
    letter = Letter.objects.filter(message_id=f"<{mail.original_message_id}>").first()
    failed, persons = list(mail.failed_recipients), {case.requester_id}
    if letter is not None:
        letter_came_back(letter, problem=mail.subject or _("It was returned."), at=at)
        failed = failed or [letter.to_address]
        persons.add(letter.person_id)
    mark_undeliverable({each for each in persons if each is not None}, addresses=failed, at=at)
