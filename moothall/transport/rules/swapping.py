"""Vehicles of a day's runs changed: by hand, or for the next that is free; done whole, taken back whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Duty, HireJob, Run, Vehicle, VehicleSwap

from . import crew_refusals as refusals
from .run_vehicles import Fleet, Want, choose, hired_out, span_of, want_of


@dataclass(frozen=True)
class Offer:
    """A vehicle for a run of a day: it can go, or why not. `swaps`: its own run, which takes ours."""

    vehicle: Vehicle
    why: str = ""
    swaps: Duty | None = None


@dataclass(frozen=True)
class Change:
    """A run of a day, or a run on all days to come, that goes with another vehicle."""

    duty: int | None
    run: int | None
    before: int | None
    after: int | None


def offers_for(duty: Duty, *, fleet: Fleet | None = None) -> list[Offer]:
    """Every vehicle of our own but the one it has: first those that can go, of its own depot and kind."""
    fleet = fleet or Fleet(duty.day, duty.day)
    want = want_of(duty)
    busy, hired = _busy(want, fleet), _hired(want)
    found = [
        _offer(each, want, fleet, busy.get(each.pk, []), hired.get(each.pk, ""))
        for each in fleet.vehicles.values()
        if each.pk != duty.vehicle_id
    ]
    return sorted(found, key=lambda one: _order(one, duty.run))


def _order(offer: Offer, run: Run) -> tuple[bool, bool, bool, bool, str]:
    held = offer.vehicle
    return (
        bool(offer.why), offer.swaps is not None, held.depot_id != run.depot_id, held.kind_id != run.kind_id,
        held.registration,
    )  # fmt: skip


def _busy(want: Want, fleet: Fleet) -> dict[int, list[Duty]]:
    """Which vehicles are out at that time, and with which other runs."""
    begins, ends = want.span
    rows = Duty.objects.filter(vehicle__in=fleet.vehicles, begins_at__lt=ends, ends_at__gt=begins)
    found: dict[int, list[Duty]] = {}
    for each in rows.exclude(pk=want.key).select_related("run").order_by("begins_at", "pk"):
        found.setdefault(each.vehicle_id or 0, []).append(each)
    return found


def _hired(want: Want) -> dict[int, str]:
    """Which vehicles go with a hire job at that time, and with which."""
    begins, ends = want.span
    rows = HireJob.objects.filter(state__in=HireJob.GOING, begins_at__lt=ends, ends_at__gt=begins)
    return {each.vehicle_id: each.called for each in rows if each.vehicle_id is not None}


def _offer(vehicle: Vehicle, want: Want, fleet: Fleet, busy: Sequence[Duty], hired: str) -> Offer:
    if bars := fleet.bars(vehicle.pk, want.day):
        return Offer(vehicle, "; ".join(map(str, bars)))
    if not fleet.fits(vehicle.pk, want.run, want.day):
        seats, bays = fleet.needed(want.run, want.day)
        said = _("too small: seats needed %(seats)s, wheelchair bays %(bays)s")
        return Offer(vehicle, said % {"seats": seats, "bays": bays})
    if hired:
        return Offer(vehicle, _("goes with %(runs)s at that time") % {"runs": hired})
    if not busy:
        return Offer(vehicle)
    if len(busy) == 1 and _could_swap(busy[0], want, fleet):
        return Offer(vehicle, swaps=busy[0])
    runs = ", ".join(each.run.called for each in busy)
    return Offer(vehicle, _("goes with %(runs)s at that time") % {"runs": runs})


def _could_swap(other: Duty, want: Want, fleet: Fleet) -> bool:
    """Whether the other run could go with our vehicle, which is not out with a third one at that time."""
    theirs = want_of(other)
    if other.day != want.day or want.has is None or not fleet.can_go(want.has, theirs):
        return False
    begins, ends = theirs.span
    then = Q(vehicle=want.has, begins_at__lt=ends, ends_at__gt=begins)
    third = Duty.objects.filter(then).exclude(pk=want.key)
    return not third.exists() and not HireJob.objects.filter(then, state__in=HireJob.GOING).exists()


@transaction.atomic
def give_by_hand(duty: Duty, vehicle: Vehicle, *, onward: bool, by: Account, at: dt.datetime) -> VehicleSwap:
    """This vehicle goes with the run that day; `onward`: from then on every day, as far as it can."""
    fleet = Fleet(duty.day, _last_day(duty) if onward else duty.day, held=True)
    held = _hold(Q(pk=duty.pk)).get()
    changes = _changes(held, vehicle.pk, fleet)
    _apply(changes)
    if onward:
        changes += _onward(held, changes, fleet)
    return _keep(held.day, changes, by=by, at=at)


def _changes(duty: Duty, vehicle: int, fleet: Fleet) -> list[Change]:
    """What changes that day; refused where the vehicle cannot go with it."""
    offer = next((one for one in offers_for(duty, fleet=fleet) if one.vehicle.pk == vehicle), None)
    if offer is None:
        raise refusals.NotAnotherVehicle
    if offer.why:
        said = _("%(vehicle)s cannot go with this run: %(why)s.")
        raise refusals.VehicleCannotGo(said % {"vehicle": offer.vehicle, "why": offer.why})
    changes = [Change(duty.pk, None, duty.vehicle_id, vehicle)]
    if offer.swaps is not None:
        changes.append(Change(offer.swaps.pk, None, offer.swaps.vehicle_id, duty.vehicle_id))
    return changes


def _last_day(duty: Duty) -> dt.date:
    """The last one on which any of our runs has its crew."""
    return Duty.objects.order_by("-day").values_list("day", flat=True)[0]


def _onward(duty: Duty, changes: Sequence[Change], fleet: Fleet) -> list[Change]:
    """The same on the days to come on which it can be, and as what is usual."""
    made: list[Change] = []
    vehicle = changes[0].after
    for later in _hold(Q(run=duty.run_id, day__gt=duty.day)).order_by("day"):
        if vehicle is None or later.vehicle_id == vehicle:
            continue
        try:
            rows = _changes(later, vehicle, fleet)
        except refusals.VehicleCannotGo:
            continue
        _apply(rows)
        made += rows
    runs = dict(Duty.objects.filter(pk__in=[one.duty for one in changes]).values_list("pk", "run"))
    usual = dict(Run.objects.filter(pk__in=runs.values()).values_list("pk", "vehicle"))
    rows = [Change(None, runs[one.duty], usual[runs[one.duty]], one.after) for one in changes if one.duty]
    _apply(rows)
    return made + rows


@transaction.atomic
def give_next(day: dt.date, direction: str, *, by: Account, at: dt.datetime) -> VehicleSwap:
    """Each run of the half day whose vehicle cannot go, or that has none, goes with the next that is free."""
    fleet = Fleet(day, day, held=True)
    duties = list(_hold(Q(day=day)).order_by("pk"))
    chosen = choose(map(want_of, duties), fleet, taken=hired_out(day, day))
    changes = [
        Change(each.pk, None, each.vehicle_id, chosen[each.pk])
        for each in duties
        if each.run.direction == direction and each.pk in chosen and chosen[each.pk] != each.vehicle_id
    ]
    if not changes:
        raise refusals.NoVehicleIsFree
    _apply(changes)
    return _keep(day, changes, by=by, at=at)


@transaction.atomic
def take_back_swap(swap: VehicleSwap, *, by: Account, at: dt.datetime) -> VehicleSwap:
    """Every run goes again with what it went with, if all is as it was left."""
    changes = [Change(**each) for each in swap.changes]
    Fleet(swap.day, swap.day, held=True)
    back = [Change(one.duty, one.run, one.after, one.before) for one in reversed(changes)]
    if not _is_as(back) or not VehicleSwap.objects.filter(pk=swap.pk, undone_at=None).update(
        undone_at=at, undone_by=by
    ):
        raise refusals.SwapIsOver
    _apply(back)
    if _taken_twice([one.duty for one in back if one.duty]):
        raise refusals.SwapIsOver
    append_audit("transport.take_back_swap", about=swap, by=by, at=at)
    swap.refresh_from_db()
    return swap


def _hold(which: Q) -> QuerySet[Duty]:
    return Duty.objects.select_for_update(of=("self",)).select_related("run").filter(which)


def _is_as(changes: Sequence[Change]) -> bool:
    """Whether each goes now with what it goes with before the change."""
    duties = dict(Duty.objects.filter(pk__in=[one.duty for one in changes]).values_list("pk", "vehicle"))
    runs = dict(Run.objects.filter(pk__in=[one.run for one in changes]).values_list("pk", "vehicle"))
    return all(
        (one.duty in duties and duties[one.duty] == one.before)
        if one.duty
        else (one.run in runs and runs[one.run] == one.before)
        for one in changes
    )


def _taken_twice(duties: Sequence[int]) -> bool:
    """Whether a vehicle of theirs is out with another run or a hire job at the same time."""
    for each in Duty.objects.filter(pk__in=duties, vehicle__isnull=False):
        then = Q(vehicle=each.vehicle_id, begins_at__lt=each.ends_at, ends_at__gt=each.begins_at)
        hired = HireJob.objects.filter(then, state__in=HireJob.GOING)
        if hired.exists() or Duty.objects.filter(then).exclude(pk=each.pk).exists():
            return True
    return False


def _apply(changes: Sequence[Change]) -> None:
    for one in changes:
        if one.run is not None:
            Run.objects.filter(pk=one.run).update(vehicle=one.after)
            continue
        held = Duty.objects.select_related("run").get(pk=one.duty or 0)
        begins, ends = span_of(held.run, held.day)
        Duty.objects.filter(pk=held.pk).update(vehicle=one.after, begins_at=begins, ends_at=ends)


def _keep(day: dt.date, changes: Sequence[Change], *, by: Account, at: dt.datetime) -> VehicleSwap:
    made = VehicleSwap.objects.create(day=day, changes=[each.__dict__ for each in changes], at=at, by=by)
    append_audit("transport.swap_vehicles", about=made, by=by, at=at, detail={"runs": len(changes)})
    return made
