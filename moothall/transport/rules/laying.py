"""A plan's runs, calls and rides laid down as rows, in a constant number of questions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from moothall.transport.models import Call, NoRide, Ride, Run, RunPlan

BATCH = 2_000


@dataclass(frozen=True)
class CallRow:
    """A stop at a home or a centre, by their numbers."""

    at: dt.time
    kind: str
    home: int | None
    centre: int | None


@dataclass(frozen=True)
class RideRow:
    """A passenger from one stop of a run to another, both counted from 1. `number` is theirs in the case."""

    number: int
    passenger: int
    home: int
    centre: int
    weekdays: tuple[int, ...]
    picked_up: int
    set_down: int
    seconds: int
    most_seconds: int


@dataclass(frozen=True)
class RunRow:
    """A run with all that is on it."""

    number: int
    kind: int
    depot: int | None
    contractor: int | None
    escorts: int
    leaves_at: dt.time
    back_at: dt.time
    seconds: int
    cost: Decimal
    calls: Sequence[CallRow]
    rides: Sequence[RideRow]


@dataclass(frozen=True)
class NoRideRow:
    """Somebody without a run, and why."""

    passenger: int
    home: int | None
    centre: int
    weekdays: tuple[int, ...]
    reason: str


def lay_down(plan: RunPlan, direction: str, *, runs: Sequence[RunRow], without: Sequence[NoRideRow]) -> None:
    """In place of the rows that were there. A run keeps its row by its number, with its vehicle; what was
    locked, and who owns whom without a run, stays so."""
    before = Run.objects.filter(plan=plan, direction=direction)
    rides = Ride.objects.filter(run__plan=plan, run__direction=direction, locked=True)
    locked = set(rides.values_list("passenger", "home"))
    owners = _forget_without(plan, direction)
    before.exclude(number__in=[each.number for each in runs]).delete()
    Call.objects.filter(run__in=before).delete()
    made = Run.objects.bulk_create(
        [
            Run(
                plan=plan, direction=direction, number=each.number, kind_id=each.kind, depot_id=each.depot,
                contractor_id=each.contractor, escorts=each.escorts, leaves_at=each.leaves_at,
                back_at=each.back_at, seconds=each.seconds, cost=each.cost,
            )
            for each in runs
        ],
        batch_size=BATCH, update_conflicts=True, unique_fields=["plan", "direction", "number"],
        update_fields=[
            "kind", "depot", "contractor", "escorts", "leaves_at", "back_at", "seconds", "cost",
        ],
    )  # fmt: skip
    _lay_calls_and_rides(made, runs, locked)
    NoRide.objects.bulk_create(
        NoRide(
            plan=plan, direction=direction, passenger_id=each.passenger, home_id=each.home,
            centre_id=each.centre, weekdays=list(each.weekdays), reason=each.reason,
            owner_id=owners.get((each.passenger, each.home)),
        )
        for each in without
    )  # fmt: skip


def _forget_without(plan: RunPlan, direction: str) -> dict[tuple[int, int | None], int]:
    rows = NoRide.objects.filter(plan=plan, direction=direction)
    owners: dict[tuple[int, int | None], int] = {
        (passenger, home): owner
        for passenger, home, owner in rows.exclude(owner=None).values_list("passenger", "home", "owner")
        if owner is not None
    }
    rows.delete()
    return owners


def _lay_calls_and_rides(made: Sequence[Run], runs: Sequence[RunRow], locked: set[tuple[int, int]]) -> None:
    calls = Call.objects.bulk_create(
        [
            Call(
                run=run, position=position, at=call.at, kind=call.kind, home_id=call.home,
                centre_id=call.centre,
            )
            for run, row in zip(made, runs, strict=True)
            for position, call in enumerate(row.calls, start=1)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    at = {(call.run_id, call.position): call for call in calls}
    Ride.objects.bulk_create(
        [
            Ride(
                run=run, passenger_id=ride.passenger, home_id=ride.home, centre_id=ride.centre,
                weekdays=list(ride.weekdays), picked_up=at[run.pk, ride.picked_up],
                set_down=at[run.pk, ride.set_down], seconds=ride.seconds, most_seconds=ride.most_seconds,
                locked=(ride.passenger, ride.home) in locked,
            )
            for run, row in zip(made, runs, strict=True)
            for ride in row.rides
        ],
        batch_size=BATCH,
    )  # fmt: skip
