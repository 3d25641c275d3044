"""The beds of an event belong to those who come to it, in their turn, and to nobody once they do not."""

import datetime as dt

from django.db import transaction

from moothall.bookings.models import Reservation, Stay
from moothall.people.models import Account, Person

from .beds import record_each


@transaction.atomic
def give_bed(*, reservation: Reservation, person: Person, by: Account | None, at: dt.datetime) -> Stay | None:
    """The first bed of the event that has no name is theirs; none where all have. May be asked again."""
    held = reservation.stays.to_come().select_for_update(no_key=True)
    mine = held.filter(person=person).first()
    found = mine or held.filter(person=None, guest="").order_by("pk").first()
    if found is not None and mine is None:
        found.person, found.guest = person, person.full_name[:160]
        found.save(update_fields=["person", "guest"])
        record_each([found], "changed", by=by, at=at)
    return found


@transaction.atomic
def give_bed_back(*, reservation: Reservation, person: Person, by: Account | None, at: dt.datetime) -> None:
    """Their bed is for whoever comes next."""
    found = list(reservation.stays.to_come().filter(person=person).select_for_update(no_key=True))
    for each in found:
        each.person, each.guest = None, ""
    Stay.objects.bulk_update(found, ["person", "guest"])
    record_each(found, "changed", by=by, at=at)
