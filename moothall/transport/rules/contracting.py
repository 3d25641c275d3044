"""The register of contractors: who they are, their contracts and prices, and the crew they bring."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction

from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    Allotment,
    Contract,
    Contractor,
    ContractorStaff,
    ContractPrice,
    Vehicle,
    VehicleKind,
)

from . import firm_refusals as refusals
from .fleet import add_vehicle
from .keeping import check_days, end_before


@transaction.atomic
def add_contractor(*, by: Account | None, at: dt.datetime, **given: str) -> Contractor:
    """They are in the register; without a contract and papers nothing can be allotted to them."""
    _refuse_known(given["number"], given["name"])
    made = Contractor.objects.create(added_at=at, added_by=by, **given)
    append_audit("transport.add_contractor", about=made, by=by, at=at)
    return made


@transaction.atomic
def change_contractor(contractor: Contractor, *, by: Account, at: dt.datetime, **given: str) -> Contractor:
    held = hold(contractor)
    _refuse_known(given["number"], given["name"], but=held)
    before = {name: getattr(held, name) for name in given}
    Contractor.objects.filter(pk=held.pk).update(**given)
    detail = {name: [before[name], said] for name, said in given.items() if before[name] != said}
    append_audit("transport.change_contractor", about=held, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


def _refuse_known(number: str, name: str, *, but: Contractor | None = None) -> None:
    rows = Contractor.objects.exclude(pk=but.pk if but else 0)
    if rows.filter(number=number).exists() or rows.filter(name__iexact=name).exists():
        raise refusals.ContractorAlready


def hold(contractor: Contractor) -> Contractor:
    """The contractor as they now stand, held until the transaction ends."""
    return Contractor.objects.select_for_update(of=("self",), no_key=True).get(pk=contractor.pk)


@transaction.atomic
def end_contractor(
    contractor: Contractor, *, on: dt.date, because: str, by: Account, at: dt.datetime
) -> Contractor:
    """That day is the last on which they work for us; jobs of later days are to be allotted anew."""
    held = hold(contractor)
    if not because.strip():
        raise refusals.ReasonNeeded
    Contractor.objects.filter(pk=held.pk).update(ended_on=on, ended_because=because.strip()[:200])
    append_audit("transport.end_contractor", about=held, by=by, at=at, detail={"on": on.isoformat()})
    held.refresh_from_db()
    return held


@transaction.atomic
def take_back_contractor(contractor: Contractor, *, by: Account, at: dt.datetime) -> Contractor:
    """They have not ended after all."""
    held = hold(contractor)
    Contractor.objects.filter(pk=held.pk).update(ended_on=None, ended_because="")
    append_audit("transport.take_back_contractor", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def add_contract(
    contractor: Contractor, *, number: str, name: str, from_on: dt.date, by: Account | None, at: dt.datetime,
    until_on: dt.date | None = None,
) -> Contract:  # fmt: skip
    held = hold(contractor)
    check_days(from_on, until_on)
    if Contract.objects.standing().filter(contractor=held, number=number.strip()).exists():
        raise refusals.ContractAlready
    made = Contract.objects.create(
        contractor=held, number=number.strip(), name=name.strip(), from_on=from_on, until_on=until_on,
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.contract", about=held, by=by, at=at, detail={"number": made.number})
    return made


@transaction.atomic
def set_price(
    contract: Contract, *, unit: str, amount: Decimal, from_on: dt.date, by: Account | None, at: dt.datetime,
    job: str = "",
) -> ContractPrice:  # fmt: skip
    """So much from that day on; the price before ends the day before."""
    held = Contract.objects.select_for_update(of=("self",)).select_related("contractor").get(pk=contract.pk)
    if amount <= 0:
        raise refusals.PriceNeeded
    end_before(ContractPrice.objects.filter(contract=held, job=job.strip(), unit=unit), from_on)
    made = ContractPrice.objects.create(
        contract=held, job=job.strip()[:40], unit=unit, amount=amount, from_on=from_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    detail = {"contract": held.number, "job": made.job, "unit": unit, "amount": str(amount)}
    append_audit("transport.contract_price", about=held.contractor, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def add_contractor_staff(
    contractor: Contractor, *, person: Person, badge: str, drives: bool, assists: bool, from_on: dt.date,
    by: Account | None, at: dt.datetime,
) -> ContractorStaff:  # fmt: skip
    """They drive for this contractor, look after passengers, or both. A badge is worn by one at a time."""
    held = hold(contractor)
    if not (drives or assists):
        raise refusals.DrivesOrAssists
    still = ContractorStaff.objects.from_now(from_on)
    if still.filter(contractor=held, person=person).exists():
        raise refusals.InTheCrewAlready
    if still.filter(badge__iexact=badge.strip()).exists():
        raise refusals.BadgeWorn
    try:
        with transaction.atomic():
            made = ContractorStaff.objects.create(
                contractor=held, person=person, badge=badge.strip(), drives=drives, assists=assists,
                from_on=from_on, recorded_at=at, recorded_by=by,
            )  # fmt: skip
    except IntegrityError as taken:  # two people at once
        raise refusals.BadgeWorn from taken
    append_audit("transport.contractor_staff", about=held, by=by, at=at, detail={"badge": made.badge})
    return made


@transaction.atomic
def end_contractor_staff(
    member: ContractorStaff, *, until_on: dt.date, by: Account, at: dt.datetime
) -> ContractorStaff:
    """That day is their last. What they are allotted to ends with it."""
    held = (
        ContractorStaff.objects.select_for_update(of=("self",)).select_related("contractor").get(pk=member.pk)
    )
    if held.withdrawn_at is not None or (held.until_on is not None and held.until_on <= until_on):
        raise refusals.EndedAlready
    if until_on < held.from_on:
        raise refusals.EndsBeforeItBegins
    ContractorStaff.objects.filter(pk=held.pk).update(until_on=until_on)
    theirs = Allotment.objects.standing().filter(driver=held) | Allotment.objects.standing().filter(
        assistant=held
    )
    later = theirs.filter(from_on__gt=until_on)
    later_ids = list(later.values_list("pk", flat=True))
    Allotment.objects.filter(pk__in=later_ids).update(withdrawn_at=at, withdrawn_by=by)
    running = [each.pk for each in theirs if each.until_on is None or each.until_on > until_on]
    Allotment.objects.filter(pk__in=running).exclude(pk__in=later_ids).update(until_on=until_on)
    detail = {"badge": held.badge, "until": until_on.isoformat(), "allotments": len({*running, *later_ids})}
    append_audit("transport.end_contractor_staff", about=held.contractor, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


@transaction.atomic
def add_contractor_vehicle(
    contractor: Contractor, *, registration: str, kind: int, by: Account | None, at: dt.datetime,
    fuel: str = Vehicle.DIESEL,
) -> Vehicle:  # fmt: skip
    """A vehicle that this contractor brings. It is known by its registration alone."""
    held = hold(contractor)
    made = add_vehicle(
        registration=registration, kind=VehicleKind.objects.get(pk=kind), contractor=held, fuel=fuel, by=by,
        at=at,
    )  # fmt: skip
    detail = {"vehicle": made.registration}
    append_audit("transport.contractor_vehicle", about=held, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def contractor_vehicle_goes(
    vehicle: Vehicle, *, on: dt.date, because: str, by: Account, at: dt.datetime
) -> Vehicle:
    """That day is its last; jobs of later days are to be allotted anew."""
    held = Vehicle.objects.select_for_update(of=("self",)).get(pk=vehicle.pk)
    if not because.strip():
        raise refusals.ReasonNeeded
    Vehicle.objects.filter(pk=held.pk).update(gone_on=on, gone_because=because.strip()[:200])
    detail = {"vehicle": held.registration, "on": on.isoformat()}
    append_audit("transport.contractor_vehicle_goes", about=held.contractor, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


@transaction.atomic
def contractor_vehicle_stays(vehicle: Vehicle, *, by: Account, at: dt.datetime) -> Vehicle:
    held = Vehicle.objects.select_for_update(of=("self",)).get(pk=vehicle.pk)
    Vehicle.objects.filter(pk=held.pk).update(gone_on=None, gone_because="")
    detail = {"vehicle": held.registration}
    append_audit("transport.contractor_vehicle_stays", about=held.contractor, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held
