"""What a contractor, one of their crew or a vehicle of theirs is told or kept from, and why."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Contractor, ContractorStaff, Sanction, Vehicle

from . import firm_refusals as refusals
from .contracting import hold
from .keeping import check_days


@transaction.atomic
def sanction(
    contractor: Contractor, *, kind: str, because: str, from_on: dt.date, by: Account, at: dt.datetime,
    until_on: dt.date | None = None, member: ContractorStaff | None = None, vehicle: Vehicle | None = None,
) -> Sanction:  # fmt: skip
    """Whoever is suspended or removed is allotted nothing on these days, and what they had is barred."""
    held = hold(contractor)
    check_days(from_on, until_on)
    if not because.strip():
        raise refusals.ReasonNeeded
    if any(one is not None and one.contractor_id != held.pk for one in (member, vehicle)):
        raise refusals.NotTheirs
    made = Sanction.objects.create(
        contractor=held, member=member, vehicle=vehicle, kind=kind, because=because.strip(), from_on=from_on,
        until_on=until_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    detail = {"kind": kind, "from": from_on.isoformat()}
    append_audit("transport.sanction", about=held, by=by, at=at, detail=detail)
    return made
