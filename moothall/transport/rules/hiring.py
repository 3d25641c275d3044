"""Hire jobs: quoted, booked with a vehicle and places to man, cancelled, put on an invoice."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Duty, HireJob, KindPrice, Manning, PlanningFigure, Vehicle
from moothall.transport.models.crew import DRIVER, ESCORT

from . import hire_refusals as refusals
from .run_vehicles import Fleet
from .why_nobody import NEW

PENNY: Final = Decimal("0.01")
NOTHING: Final = Decimal(0)
ESCORTS: Final = (PlanningFigure.ESCORT_RUN, PlanningFigure.ESCORT_HOUR)


@transaction.atomic
def quote_hire(*, by: Account | None, at: dt.datetime, today: dt.date, **given: Any) -> HireJob:
    """A price is named; nothing goes out until it is booked. `given` are the fields of the job."""
    _check(given, today)
    made = HireJob.objects.create(**given, asked_at=at, asked_by=by)
    append_audit("transport.quote_hire", about=made, by=by, at=at, detail={"price": str(made.price)})
    return made


@transaction.atomic
def change_hire(job: HireJob, *, by: Account, at: dt.datetime, today: dt.date, **given: Any) -> HireJob:
    """Only while it is quoted: what is booked is manned as it stands."""
    held = _held(job, HireJob.QUOTED)
    _check(given, today)
    before = {name: str(getattr(held, name)) for name in given if getattr(held, name) != given[name]}
    for name, value in given.items():
        setattr(held, name, value)
    held.save(update_fields=[*given])
    append_audit("transport.change_hire", about=held, by=by, at=at, detail={"before": before})
    return held


@transaction.atomic
def book_hire(job: HireJob, *, by: Account | None, at: dt.datetime, today: dt.date) -> HireJob:
    """It goes out: with the first vehicle that is free and fits, and a place for each of its crew."""
    held = _held(job, HireJob.QUOTED)
    if held.day < today:
        raise refusals.HireIsOver
    free = vehicles_for(held, hold=True)
    held.state, held.vehicle = HireJob.BOOKED, next(iter(free), None)
    held.save(update_fields=["state", "vehicle"])
    Manning.objects.bulk_create(
        Manning(
            hire=held, role=role, seat=seat, reason=NEW, begins_at=held.begins_at, ends_at=held.ends_at,
            changed_at=at,
        )
        for role, seat in places_of(held)
    )  # fmt: skip
    append_audit("transport.book_hire", about=held, by=by, at=at, detail={"vehicle": str(held.vehicle or "")})
    return held


@transaction.atomic
def unbook_hire(job: HireJob, *, by: Account, at: dt.datetime) -> HireJob:
    """It is a quotation again; whoever was to go is free."""
    held = _free(_held(job, HireJob.BOOKED), HireJob.QUOTED)
    append_audit("transport.unbook_hire", about=held, by=by, at=at)
    return held


@transaction.atomic
def cancel_hire(job: HireJob, *, because: str, by: Account, at: dt.datetime) -> HireJob:
    """It does not go; its people and its vehicle are free."""
    held = _free(_held(job, HireJob.QUOTED, HireJob.BOOKED), HireJob.CANCELLED, because=because)
    append_audit("transport.cancel_hire", about=held, by=by, at=at, detail={"because": because})
    return held


@transaction.atomic
def revive_hire(job: HireJob, *, by: Account, at: dt.datetime) -> HireJob:
    """It was not cancelled after all: a quotation again, to be booked."""
    held = _free(_held(job, HireJob.CANCELLED), HireJob.QUOTED)
    append_audit("transport.revive_hire", about=held, by=by, at=at)
    return held


@transaction.atomic
def invoice_hire(job: HireJob, *, number: str, by: Account, at: dt.datetime) -> HireJob:
    """It is on an invoice of ours, once it is back."""
    held = _held(job, HireJob.BOOKED)
    if held.ends_at > at:
        raise refusals.HireNotDriven
    held.state, held.invoice = HireJob.INVOICED, number
    held.save(update_fields=["state", "invoice"])
    append_audit("transport.invoice_hire", about=held, by=by, at=at, detail={"invoice": number})
    return held


@transaction.atomic
def uninvoice_hire(job: HireJob, *, by: Account, at: dt.datetime) -> HireJob:
    """It is on no invoice after all."""
    held = _held(job, HireJob.INVOICED)
    append_audit("transport.uninvoice_hire", about=held, by=by, at=at, detail={"invoice": held.invoice})
    held.state, held.invoice = HireJob.BOOKED, ""
    held.save(update_fields=["state", "invoice"])
    return held


@transaction.atomic
def give_hire_vehicle(job: HireJob, vehicle: Vehicle, *, by: Account, at: dt.datetime) -> HireJob:
    """Another vehicle goes with it: one that is free then, and fits."""
    held = _held(job, HireJob.BOOKED)
    if vehicle not in vehicles_for(held, hold=True):
        raise refusals.HireVehicleBusy
    before, held.vehicle = held.vehicle, vehicle
    held.save(update_fields=["vehicle"])
    append_audit(
        "transport.give_hire_vehicle", about=held, by=by, at=at, detail={"before": str(before or "")}
    )
    return held


def places_of(job: HireJob) -> list[tuple[str, int]]:
    """Role and seat of each of its crew."""
    return [(DRIVER, 0), *((ESCORT, seat) for seat in range(job.escorts))]


def vehicles_for(job: HireJob, *, hold: bool = False) -> list[Vehicle]:
    """Vehicles of our own that fit, can go that day, and go with nothing else then. The best first: of the
    kind that was quoted, from its depot, with the fewest places over."""
    then = {"begins_at__lt": job.ends_at, "ends_at__gt": job.begins_at}
    busy = set(Duty.objects.filter(vehicle__isnull=False, **then).values_list("vehicle_id", flat=True))
    others = HireJob.objects.filter(state__in=HireJob.GOING, **then).exclude(pk=job.pk)
    busy |= set(others.filter(vehicle__isnull=False).values_list("vehicle_id", flat=True))
    fleet = Fleet(job.day, job.day, held=hold)
    found = [
        each for each in fleet.vehicles.values()
        if each.pk not in busy and fits(each, job) and not fleet.bars(each.pk, job.day)
    ]  # fmt: skip
    return sorted(found, key=lambda each: _rank(each, job))


def fits(vehicle: Vehicle, job: HireJob) -> bool:
    """Whether one of its layouts has a seat for everybody, crew beside the driver included, and the bays."""
    seats = job.people - job.in_wheelchairs + job.escorts
    return any(seats <= has and job.in_wheelchairs <= bays for has, bays in vehicle.kind.layouts)


def _rank(vehicle: Vehicle, job: HireJob) -> tuple[bool, bool, int, str]:
    places = max((seats + bays for seats, bays in vehicle.kind.layouts), default=0)
    return (
        vehicle.kind_id != job.kind_id, vehicle.depot_id != job.depot_id, places, vehicle.registration,
    )  # fmt: skip


def cost_of(job: HireJob) -> Decimal | None:
    """What it costs us with its crew, by the prices and figures of its day; None where there is no price."""
    price = KindPrice.objects.in_force(job.day).filter(kind=job.kind_id, contractor=None).first()
    if price is None:
        return None
    hours = Decimal(job.minutes) / 60
    cost = price.a_run + price.an_hour * hours + price.a_mile * job.miles
    still = Q(until_on=None) | Q(until_on__gte=job.day)
    figures = PlanningFigure.objects.filter(still, key__in=ESCORTS, from_on__lte=job.day).order_by("from_on")
    amounts = {each.key: each.amount for each in figures}
    escort = amounts.get(PlanningFigure.ESCORT_RUN, NOTHING)
    escort += amounts.get(PlanningFigure.ESCORT_HOUR, NOTHING) * hours
    return (cost + escort * job.escorts).quantize(PENNY)


def _check(given: dict[str, Any], today: dt.date) -> None:
    minutes = (given["ends_at"] - given["begins_at"]).total_seconds() / 60
    if minutes <= 0:
        raise refusals.HireTakesNoTime
    if given["driving"] > minutes:
        raise refusals.HireDrivesTooLong
    if given["in_wheelchairs"] > given["people"]:
        raise refusals.HireTakesNobody
    if given["day"] < today:
        raise refusals.HireIsOver


def _held(job: HireJob, *states: str) -> HireJob:
    """The row as it now stands, held until the transaction ends; refused where it stands differently."""
    held = HireJob.objects.select_for_update(of=("self",)).in_full().get(pk=job.pk)
    if held.state not in states:
        raise refusals.HireStandsElse
    return held


def _free(held: HireJob, state: str, *, because: str = "") -> HireJob:
    Manning.objects.filter(hire=held).delete()
    held.state, held.because, held.vehicle = state, because, None
    held.save(update_fields=["state", "because", "vehicle"])
    return held
