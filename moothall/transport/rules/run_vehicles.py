"""Which vehicle of our own each run goes with: as far as can be the same every day.

A run keeps the vehicle it has, else goes with its usual one, else with the next that is free and fits: one of
the kind that was planned first. None goes that is off the road, gone, or without a paper that is asked of it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.db import transaction

from moothall.core.clock import LONDON
from moothall.transport.models import Duty, HireJob, Needs, OffRoad, Ride, Run, RunPlan, Vehicle
from moothall.transport.models.paper import OWN

from .allotting import ENDED, OFF_ROAD, Bar, bar_of, holds
from .papers import Held

Span = tuple[dt.datetime, dt.datetime]
Load = tuple[int, int]
"""Seats and wheelchair bays."""
Taken = dict[int, list[Span]]
AHEAD: Final = 20
NOTHING: Final[Mapping[int, int]] = {}


def span_of(run: Run, day: dt.date) -> Span:
    """From leaving its depot to being back; one that is back after midnight is back the next day."""
    begins = dt.datetime.combine(day, run.leaves_at, tzinfo=LONDON)
    over = dt.timedelta(days=run.back_at <= run.leaves_at)
    return begins, dt.datetime.combine(day + over, run.back_at, tzinfo=LONDON)


@dataclass(frozen=True)
class Want:
    """A run of our own that goes on a day, and the vehicle it has already. `key` is of whoever asks."""

    key: int
    run: Run
    day: dt.date
    span: Span
    has: int | None = None


def want_of(duty: Duty) -> Want:
    return Want(duty.pk, duty.run, duty.day, span_of(duty.run, duty.day), duty.vehicle_id)


class Fleet:
    """The vehicles of our own between two days, and what keeps each in, asked once for all of them."""

    def __init__(self, first: dt.date, last: dt.date, *, held: bool = False) -> None:
        rows = Vehicle.objects.there(first).filter(contractor=None)
        if held:  # two people at once: the second waits until the first is done
            rows = rows.select_for_update(of=("self",), no_key=True)
        self.vehicles = {each.pk: each for each in rows.select_related("kind", "depot")}
        self.off: dict[int, list[OffRoad]] = defaultdict(list)
        for row in OffRoad.objects.between(first, last).filter(vehicle__in=self.vehicles):
            self.off[row.vehicle_id].append(row)
        self._papers = Held(list(self.vehicles.values()), first, last)
        self._loads: dict[int, Load] = {}
        self._bars: dict[tuple[int, dt.date], list[Bar]] = {}

    def bars(self, vehicle: int, on: dt.date) -> list[Bar]:
        """What keeps it in that day."""
        if (vehicle, on) not in self._bars:
            self._bars[vehicle, on] = list(self._bars_of(self.vehicles[vehicle], on))
        return self._bars[vehicle, on]

    def _bars_of(self, vehicle: Vehicle, on: dt.date) -> Iterator[Bar]:
        if vehicle.gone_on is not None and vehicle.gone_on < on:
            yield Bar(ENDED, vehicle)
        if any(holds(row, on) for row in self.off[vehicle.pk]):
            yield Bar(OFF_ROAD, vehicle)
        for lack in self._papers.lacking(vehicle, OWN, on=on):
            yield bar_of(lack)

    def know(self, runs: Iterable[Run], on: dt.date) -> None:
        """Ask at once what these runs need."""
        self._loads |= loads_of({run.pk for run in runs} - self._loads.keys(), on)

    def needed(self, run: Run, on: dt.date) -> Load:
        if run.pk not in self._loads:
            self.know([run], on)
        return self._loads.get(run.pk, (0, 0))

    def fits(self, vehicle: int, run: Run, on: dt.date) -> bool:
        """Whether it is of the kind that was planned, or can be fitted with the seats and bays."""
        held = self.vehicles[vehicle]
        if held.kind_id == run.kind_id:
            return True
        seats, bays = self.needed(run, on)
        return any(seats <= has and bays <= wide for has, wide in held.kind.layouts)

    def can_go(self, vehicle: int | None, want: Want) -> bool:
        if vehicle is None or vehicle not in self.vehicles:
            return False
        return not self.bars(vehicle, want.day) and self.fits(vehicle, want.run, want.day)

    def at_depot_of(self, run: Run) -> list[Vehicle]:
        return [each for each in self.vehicles.values() if each.depot_id == run.depot_id]


def loads_of(runs: Collection[int], on: dt.date) -> dict[int, Load]:
    """The most seats and the most wheelchair bays that each run has taken at once; its escorts sit too."""
    if not runs:
        return {}
    chairs = set(
        Needs.objects.in_force(on).filter(wheelchair__in=Needs.STAYS_IN).values_list("passenger", flat=True)
    )
    changes: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    escorts: dict[int, int] = {}
    rows = Ride.objects.filter(run__in=runs).order_by("run", "id")
    for run, beside, who, on_at, off_at in rows.values_list(
        "run", "run__escorts", "passenger", "picked_up__position", "set_down__position"
    ):
        seat, bay = (0, 1) if who in chairs else (1, 0)
        changes[run] += [(on_at, seat, bay), (off_at, -seat, -bay)]
        escorts[run] = beside
    return {run: _most(rows_of, escorts[run]) for run, rows_of in changes.items()}


def _most(changes: Sequence[tuple[int, int, int]], escorts: int) -> Load:
    seats = bays = most_seats = most_bays = 0
    for _position, seat, bay in sorted(changes):
        seats, bays = seats + seat, bays + bay
        most_seats, most_bays = max(most_seats, seats), max(most_bays, bays)
    return most_seats + escorts, most_bays


def _is_free(taken: Mapping[int, Sequence[Span]], vehicle: int, span: Span) -> bool:
    return all(ends <= span[0] or begins >= span[1] for begins, ends in taken.get(vehicle, ()))


def choose(
    wants: Iterable[Want],
    fleet: Fleet,
    *,
    taken: Taken | None = None,
    before: Mapping[int, int] = NOTHING,
) -> dict[int, int]:
    """For each that gets one, its vehicle. `taken` goes elsewhere at those times; `before` is what runs went
    with last, by their number."""
    rows = sorted(wants, key=lambda one: (one.day, one.span, one.key))
    if rows:
        fleet.know((one.run for one in rows), rows[0].day)
    day = _Day(fleet, taken or {}, dict(before))
    for _on, those in groupby(rows, key=lambda one: one.day):
        day.choose(list(those))
    return day.picked


class _Day:
    """One day after the other: first what each has, then its usual one, then whatever is left."""

    def __init__(self, fleet: Fleet, taken: Taken, before: dict[int, int]) -> None:
        self.fleet, self.before = fleet, before
        self.taken: Taken = defaultdict(list, taken)
        self.picked: dict[int, int] = {}

    def choose(self, wants: Sequence[Want]) -> None:
        for first in (self._has, self._usual, self._next):
            wants = [one for one in wants if not self._give(one, first)]

    def _has(self, want: Want) -> int | None:
        return want.has if self._can(want.has, want) else None

    def _usual(self, want: Want) -> int | None:
        for one in (want.run.vehicle_id, self.before.get(want.run.pk)):
            if self._can(one, want):
                return one
        return None

    def _next(self, want: Want) -> int | None:
        there = self.fleet.at_depot_of(want.run)
        free = [each for each in there if self._can(each.pk, want)]
        return min(free, key=lambda each: self._rank(each, want)).pk if free else None

    def _can(self, vehicle: int | None, want: Want) -> bool:
        return (
            vehicle is not None
            and self.fleet.can_go(vehicle, want)
            and _is_free(self.taken, vehicle, want.span)
        )

    def _rank(self, vehicle: Vehicle, want: Want) -> tuple[bool, int, bool, str]:
        """Of its kind; with the fewest places over; out that day already, so that it is looked over once."""
        places = max((seats + bays for seats, bays in vehicle.kind.layouts), default=0)
        out = any(begins.date() == want.day for begins, _ends in self.taken.get(vehicle.pk, ()))
        return vehicle.kind_id != want.run.kind_id, places, not out, vehicle.registration

    def _give(self, want: Want, find: Callable[[Want], int | None]) -> bool:
        found = find(want)
        if found is None:
            return False
        self.picked[want.key] = self.before[want.run.pk] = found
        self.taken[found].append(want.span)
        return True


@transaction.atomic
def give_vehicles(first: dt.date, last: dt.date) -> int:
    """Every run of ours on these days that has none, or one that cannot go, gets one, where there is one; how
    many changed. Within the transaction of whoever made the duties."""
    fleet = Fleet(first, last, held=True)
    duties = list(Duty.objects.filter(day__range=(first, last)).select_related("run").order_by("day", "pk"))
    chosen = choose(map(want_of, duties), fleet, taken=hired_out(first, last))
    changed = [each for each in duties if each.vehicle_id != chosen.get(each.pk) or each.begins_at is None]
    for each in changed:
        each.vehicle_id = chosen.get(each.pk)
        each.begins_at, each.ends_at = span_of(each.run, each.day)
    Duty.objects.bulk_update(changed, ["vehicle", "begins_at", "ends_at"], batch_size=500)
    return len(changed)


def hired_out(first: dt.date, last: dt.date) -> Taken:
    """When each vehicle goes with a hire job."""
    found: Taken = defaultdict(list)
    rows = HireJob.objects.going(first, last).filter(vehicle__isnull=False)
    for vehicle, begins, ends in rows.values_list("vehicle_id", "begins_at", "ends_at"):
        found[vehicle or 0].append((begins, ends))
    return found


def give_usual(plan: RunPlan, *, on: dt.date) -> int:
    """Each run of ours in a plan gets its usual vehicle: the one that run has now, or one that is free and
    fits on that day. How many got none: no vehicle can go, and the board says so until one can."""
    runs = list(plan.runs.filter(contractor=None).order_by("direction", "number"))
    going = RunPlan.objects.going(on)
    others = [held for way, held in going.items() if way not in plan.directions]
    taken: Taken = defaultdict(list)
    for run in Run.objects.filter(plan__in=others, vehicle__isnull=False).exclude(plan=plan):
        if going[run.direction] == run.plan_id and run.vehicle_id is not None:
            taken[run.vehicle_id].append(span_of(run, on))
    wants = [Want(run.pk, run, on, span_of(run, on), run.vehicle_id) for run in runs]
    chosen = choose(wants, Fleet(on, on, held=True), taken=taken, before=_before(plan, runs, going))
    for run in runs:
        run.vehicle_id = chosen.get(run.pk)
    Run.objects.bulk_update(runs, ["vehicle"], batch_size=500)
    return len(runs) - len(chosen)


def _before(plan: RunPlan, runs: Sequence[Run], going: Mapping[str, int]) -> dict[int, int]:
    """What the run of the same number goes with in the plan that held until now."""
    held = Run.objects.filter(plan__in=going.values(), vehicle__isnull=False).exclude(plan=plan)
    with_vehicle = {
        (run.direction, run.number, run.depot_id): run.vehicle_id
        for run in held
        if going[run.direction] == run.plan_id
    }
    found = {run.pk: with_vehicle.get((run.direction, run.number, run.depot_id)) for run in runs}
    return {run: vehicle for run, vehicle in found.items() if vehicle is not None}


def runs_ahead(vehicle: Vehicle, day: dt.date) -> list[Duty]:
    """What it goes with from that day on."""
    rows = Duty.objects.filter(vehicle=vehicle, day__gte=day).select_related("run")
    return list(rows.order_by("begins_at", "pk")[:AHEAD])
