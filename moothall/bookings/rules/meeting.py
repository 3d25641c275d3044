"""A meeting booked at a time that was found: its room, the diaries of those who come, their invitations."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Reservation, Resource
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.models.working import Span
from moothall.records.rules.audit import append_audit

from .arranging import Details, book
from .inviting import invite


class NobodyComes(Refusal):
    sentence = _("Nobody is asked to this meeting.")
    next_step = _("Say who is to come, then look for a time.")


class NothingToBook(Refusal):
    sentence = _("A meeting without a room needs somebody whose diary can be booked.")
    next_step = _("Choose a room, or have a diary of one of those who come set up.")


@transaction.atomic
def book_meeting(
    *, title: str, room: Resource | None, span: Span, people: Sequence[Account], by: Account, at: dt.datetime
) -> Reservation:
    """The room and all diaries that can be booked are taken together and everybody is invited; or none is."""
    if not people:
        raise NobodyComes
    diaries = Resource.objects.in_use().filter(kind=Resource.PERSON, account__in=people)
    wanted = [*([room] if room is not None else []), *diaries]
    if not wanted:
        raise NothingToBook
    made = book(
        resources=wanted, span=span, details=Details(), by=by, at=at, title=title,
        people=len(people) if room is not None else 0,
    )  # fmt: skip
    invite(reservation=made, emails=[each.email for each in people], by=by, at=at)
    append_audit("bookings.meeting", about=made, by=by, at=at, detail={"people": len(people)})
    return made
