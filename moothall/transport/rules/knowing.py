"""Who from outside sees what: those who act for a contractor, and a passenger's family."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Carer, Contractor, ContractorContact, Home, Passenger

from . import refusals
from .contracting import hold as hold_contractor
from .keeping import check_days, hold, is_protected


@transaction.atomic
def act_for_contractor(
    contractor: Contractor, *, person: Person, from_on: dt.date, by: Account | None, at: dt.datetime,
    until_on: dt.date | None = None,
) -> ContractorContact:  # fmt: skip
    """From that day on they see this contractor's own page once they sign in."""
    held = hold_contractor(contractor)
    check_days(from_on, until_on)
    rows = ContractorContact.objects.from_now(from_on).filter(contractor=held, person=person)
    if rows.exists():
        raise refusals.KnownAlready
    made = ContractorContact.objects.create(
        contractor=held, person=person, from_on=from_on, until_on=until_on, recorded_at=at, recorded_by=by
    )
    append_audit("transport.act_for_contractor", about=held, by=by, at=at, detail={"contact": made.pk})
    return made


@transaction.atomic
def name_carer(
    passenger: Passenger, *, person: Person, relationship: str, from_on: dt.date, by: Account | None,
    at: dt.datetime, until_on: dt.date | None = None, home: Home | None = None, may_see: bool = True,
    because: str = "",
) -> Carer:  # fmt: skip
    """Somebody of the family sees the journeys from that day on, of all homes or one; or may see nothing."""
    held = hold(passenger)
    check_days(from_on, until_on)
    if by is not None and is_protected(held) and not by.may("people.caution"):
        raise refusals.ProtectedHome
    if not relationship.strip() or (not may_see and not because.strip()):
        raise refusals.ReasonNeeded
    if home is not None and home.passenger_id != held.pk:
        raise refusals.NotTheirHome
    if Carer.objects.from_now(from_on).filter(passenger=held, person=person).exists():
        raise refusals.KnownAlready
    made = Carer.objects.create(
        passenger=held, person=person, relationship=relationship.strip()[:80], home=home, may_see=may_see,
        because=because.strip()[:200], from_on=from_on, until_on=until_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.carer", about=held, by=by, at=at, detail={"carer": made.pk, "sees": may_see})
    return made
