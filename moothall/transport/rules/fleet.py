"""Vehicles added, off the road, back on it, and gone; what a kind of vehicle costs from a day on."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    Contractor,
    Depot,
    KindPrice,
    OffRoad,
    PlanningFigure,
    Vehicle,
    VehicleKind,
)

from . import refusals

DAY = dt.timedelta(days=1)


@transaction.atomic
def add_vehicle(
    *, registration: str, kind: VehicleKind, depot: Depot | None = None, contractor: Contractor | None = None,
    fuel: str = Vehicle.DIESEL, by: Account | None, at: dt.datetime,
) -> Vehicle:  # fmt: skip
    """One vehicle, at a depot or a contractor's."""
    if (depot is None) == (contractor is None):
        raise refusals.DepotOrContractor
    plate = "".join(registration.split()).upper()
    if Vehicle.objects.filter(registration=plate).exists():
        raise refusals.VehicleAlready
    made = Vehicle.objects.create(
        registration=plate, kind=kind, depot=depot, contractor=contractor, fuel=fuel, added_at=at, added_by=by
    )
    append_audit("transport.add_vehicle", about=made, by=by, at=at, detail={"kind": kind.key})
    return made


@transaction.atomic
def take_off_road(
    vehicle: Vehicle, *, from_on: dt.date, until_on: dt.date | None, because: str, by: Account | None,
    at: dt.datetime,
) -> OffRoad:  # fmt: skip
    """On these days it does not go out."""
    if until_on is not None and until_on < from_on:
        raise refusals.EndsBeforeItBegins
    made = OffRoad.objects.create(
        vehicle=vehicle, from_on=from_on, until_on=until_on, because=because.strip()[:200], recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    append_audit("transport.off_road", about=vehicle, by=by, at=at, detail={"from": from_on.isoformat()})
    return made


@transaction.atomic
def back_on_road(row: OffRoad, *, by: Account, at: dt.datetime) -> OffRoad:
    """It goes out after all: the entry was a mistake, or it is mended."""
    rows = OffRoad.objects.filter(pk=row.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_by=by):
        raise refusals.EndedAlready
    append_audit("transport.back_on_road", about=row.vehicle, by=by, at=at)
    return row


@transaction.atomic
def set_price(
    *, kind: VehicleKind, contractor: Contractor | None, a_run: Decimal, an_hour: Decimal, a_mile: Decimal,
    from_on: dt.date, source: str, by: Account | None, at: dt.datetime,
) -> KindPrice:  # fmt: skip
    """So much from that day on; the price before ends the day before."""
    if not source.strip():
        raise refusals.SourceNeeded
    rows = KindPrice.objects.standing().filter(kind=kind, contractor=contractor)
    rows.filter(from_on=from_on).update(withdrawn_at=at, withdrawn_by=by)
    rows.filter(from_on__lt=from_on, until_on=None).update(until_on=from_on - DAY)
    made = KindPrice.objects.create(
        kind=kind, contractor=contractor, a_run=a_run, an_hour=an_hour, a_mile=a_mile, from_on=from_on,
        source=source.strip()[:300], recorded_at=at, recorded_by=by,
    )  # fmt: skip
    detail = {"kind": kind.key, "run": str(a_run), "from": from_on.isoformat()}
    append_audit("transport.price", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def set_figure(
    *, key: str, amount: Decimal, from_on: dt.date, source: str, by: Account | None, at: dt.datetime
) -> PlanningFigure:
    """A figure that plans keep to, from that day on."""
    if not source.strip():
        raise refusals.SourceNeeded
    rows = PlanningFigure.objects.select_for_update(of=("self",)).filter(key=key)
    rows.filter(from_on__lt=from_on, until_on=None).update(until_on=from_on - DAY)
    made, _new = PlanningFigure.objects.update_or_create(
        key=key, from_on=from_on,
        defaults={"amount": amount, "source": source.strip()[:300], "confirmed": True},
    )  # fmt: skip
    detail = {"key": key, "amount": str(amount), "from": from_on.isoformat()}
    append_audit("transport.planning_figure", by=by, at=at, detail=detail)
    return made
