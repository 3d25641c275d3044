"""What a month of transport came to: the runs that went with what each cost, and sums that add up to them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Count, Q

from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    Centre,
    CountedMonth,
    How,
    Journey,
    Manning,
    MonthValue,
    Needs,
    PlanningFigure,
    Ride,
    Run,
    RunGone,
    RunPlan,
)
from moothall.transport.models.target import CHAIR, ESCORTED, ONE_TO_ONE, PLAIN

from .arrivals import Arrivals, arrivals, is_late
from .value_prices import Prices

DAY: Final = dt.timedelta(days=1)
BATCH: Final = 2_000
KIND_OF: Final = {Needs.OWN: ONE_TO_ONE, Needs.SHARED: ESCORTED, Needs.NO_ESCORT: PLAIN}
TAKEN: Final = (How.RUN, How.CONTRACTOR)
Key = tuple[int, str, int | None, str]
"""Centre, way, contractor, kind of passenger."""


def last_of(month: dt.date) -> dt.date:
    return (month + DAY * 31).replace(day=1) - DAY


def _plans(month: dt.date) -> list[RunPlan]:
    """Those by which runs went on some day of the month, the one that counts first."""
    rows = RunPlan.objects.filter(
        Q(until_on=None) | Q(until_on__gte=month), from_on__lte=last_of(month), published_at__isnull=False,
        state__in=(RunPlan.PUBLISHED, RunPlan.WITHDRAWN),
    )  # fmt: skip
    return list(rows.defer("points").order_by("-from_on", "-published_at", "-id"))


def plans_of(month: dt.date) -> list[int]:
    return [plan.pk for plan in _plans(month)]


def _held(plan: RunPlan, day: dt.date, way: str) -> bool:
    """Whether runs went by it: one that was withdrawn held until the day before."""
    if plan.withdrawn_at is not None and in_london(plan.withdrawn_at).date() <= day:
        return False
    until = plan.until_on or day
    return plan.from_on <= day <= until and day.weekday() in plan.weekdays and way in plan.directions


class Rider(NamedTuple):
    """Somebody who travelled: where to, how long, and whether they were late where that was recorded."""

    who: int
    centre: int
    kind: str
    seconds: int | None
    over: bool
    late: bool | None


@dataclass
class Trip:
    """A run or job on one day in one direction, with those who travelled."""

    day: dt.date
    direction: str
    called: str
    run: Run | None
    firm: int | None
    ours: bool
    cost: Decimal | None = None
    seats: int | None = None
    metres: int | None = None
    riders: list[Rider] = field(default_factory=list)

    @property
    def recorded(self) -> list[bool]:
        """Of those whose arrival was recorded, whether they were late."""
        return [each.late for each in self.riders if each.late is not None]


@dataclass
class _Month:
    """What a month is counted from: each kind of row asked for once."""

    first: dt.date
    last: dt.date
    metres: Mapping[tuple[int, str, int], int]
    trips: dict[tuple[Any, ...], Trip] = field(default_factory=dict)
    slices: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sums: dict[Key, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    seen: dict[int, Counter[Key]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        self.plans = _plans(self.first)
        runs = Run.objects.filter(plan__in=[plan.pk for plan in self.plans]).select_related("kind")
        self.runs = {(run.plan_id, run.called): run for run in runs}
        rides = Ride.objects.filter(run__plan__in=[plan.pk for plan in self.plans])
        self.rides: dict[tuple[int, int], int] = {
            (run, who): seconds
            for run, who, seconds in rides.values_list("run_id", "passenger_id", "seconds")
        }
        self.kinds = _kinds(self.first, self.last)
        self.limits = _limits(self.last)
        self.prices = Prices(self.first, self.last)
        self.arrived: Arrivals = arrivals(self.first, self.last)
        self._going: dict[tuple[dt.date, str], int | None] = {}

    def run_of(self, day: dt.date, way: str, called: str) -> Run | None:
        if (day, way) not in self._going:
            found = (plan.pk for plan in self.plans if _held(plan, day, way))
            self._going[day, way] = next(found, None)
        plan = self._going[day, way]
        return self.runs.get((plan, called)) if plan is not None else None


def _kinds(first: dt.date, last: dt.date) -> dict[int, str]:
    """What each passenger needed, by the latest that holds in the month."""
    rows = Needs.objects.between(first, last).values_list("passenger_id", "wheelchair", "escort")
    return {who: CHAIR if chair in Needs.STAYS_IN else KIND_OF[escort] for who, chair, escort in rows}


def _limits(on: dt.date) -> dict[int, int]:
    """The longest ride that is recommended to each centre, in seconds; none where no figure is on record."""
    figures = PlanningFigure.objects.on(on)
    usual = figures.get(PlanningFigure.RIDE)
    primary = figures.get(PlanningFigure.RIDE_PRIMARY, usual)
    found = {}
    for centre, kind in Centre.objects.values_list("pk", "kind"):
        minutes = primary if kind == Centre.PRIMARY else usual
        if minutes is not None:
            found[centre] = int(minutes * 60)
    return found


COLUMNS: Final = (
    "passenger_id", "day", "direction", "centre_id", "how", "run", "contractor", "job", "bell_at",
)  # fmt: skip


def _read(month: _Month) -> None:
    """Every journey that was due, put with the run or job that took it."""
    rows = Journey.objects.due().filter(day__range=(month.first, month.last)).order_by("day", "id")
    for who, day, way, centre, how, called, firm, job, bell in rows.values_list(*COLUMNS).iterator(BATCH):
        kind = month.kinds.get(who, PLAIN)
        if how not in TAKEN:
            counts = month.slices[centre, MonthValue.NOBODY, None, kind]
            counts["due"] += 1
            counts["cancelled"] += how == How.CANCELLED
            counts["unresolved"] += how == How.UNRESOLVED
            continue
        trip = _trip(month, (day, way, called or job, firm))
        seconds = month.rides.get((trip.run.pk, who)) if trip.run is not None else None
        limit = month.limits.get(centre)
        over = seconds is not None and limit is not None and seconds > limit
        trip.riders.append(Rider(who, centre, kind, seconds, over, _late(month, trip, who, bell)))


def _late(month: _Month, trip: Trip, who: int, bell: dt.time | None) -> bool | None:
    """Whether they were there after the bell; nothing where nobody recorded it, or there is no bell."""
    at = month.arrived.get((trip.run.pk, trip.day, who)) if trip.run is not None else None
    return is_late(at, trip.day, bell) if at is not None and bell is not None else None


def _trip(month: _Month, key: tuple[dt.date, str, str, str]) -> Trip:
    if key not in month.trips:
        day, way, called, firm = key
        run = month.run_of(day, way, called) if not firm else None
        number = month.prices.firm_of(day, called, firm, run)
        month.trips[key] = Trip(day, way, called, run, number, ours=not firm and number is None)
    return month.trips[key]


def _finish(month: _Month) -> None:
    """What each trip cost, how far it went and how many it could take."""
    gone = Counter((trip.day, trip.firm, trip.called) for trip in month.trips.values())
    for trip in month.trips.values():
        chairs = sum(each.kind == CHAIR for each in trip.riders)
        both = gone[trip.day, trip.firm, trip.called]
        trip.cost = month.prices.cost(trip.day, trip.called, trip.firm, trip.run, directions=both)
        trip.seats = month.prices.seats(trip.day, trip.called, trip.firm, trip.run, chairs=chairs)
        if trip.run is not None:
            trip.metres = month.metres.get((trip.run.plan_id, trip.direction, trip.run.number))


def _manning(month: _Month) -> dict[tuple[int, dt.date], tuple[int, int]]:
    """Places of crews on each run and day, and how many of them somebody had."""
    rows = Manning.objects.filter(duty__day__range=(month.first, month.last)).order_by()
    asked = rows.values_list("duty__run_id", "duty__day").annotate(places=Count("pk"), manned=Count("member"))
    return {(run, day): (places, manned) for run, day, places, manned in asked}


def _share(month: _Month) -> None:
    """Each trip divided among those who travelled with it."""
    crews = _manning(month)
    for trip in month.trips.values():
        each = Decimal(1) / len(trip.riders)
        way = MonthValue.FLEET if trip.ours else MonthValue.FIRM
        places = crews.get((trip.run.pk, trip.day)) if trip.run is not None else None
        parts = _parts(trip, places)
        for one in trip.riders:
            key = one.centre, way, trip.firm, one.kind
            month.seen[one.who][key] += 1
            counts = month.slices[key]
            known = {"costed": int(trip.cost is not None), "seated": int(trip.seats is not None)}
            counts.update({"due": 1, "carried": 1} | known)
            if one.seconds is not None:
                counts.update({"rides": 1, "ride_seconds": one.seconds, "over": int(one.over)})
            if one.late is not None:
                counts.update({"recorded": 1, "on_time": int(not one.late)})
            sums = month.sums[key]
            for name, amount in parts.items():
                sums[name] = sums.get(name, Decimal(0)) + amount * each
    for found in month.seen.values():
        month.slices[found.most_common(1)[0][0]]["heads"] += 1


def _parts(trip: Trip, places: tuple[int, int] | None) -> dict[str, Decimal]:
    found = {"runs": Decimal(1)}
    if trip.cost is not None:
        found |= {"cost": trip.cost, "costed_runs": Decimal(1)}
    if trip.cost is not None and trip.metres:
        found |= {"metres": Decimal(trip.metres), "metres_cost": trip.cost}
    if trip.seats is not None:
        found["seats"] = Decimal(trip.seats)
    if places is not None:
        found |= {"places": Decimal(places[0]), "manned": Decimal(places[1])}
    return found


@transaction.atomic
def keep_month(
    month: dt.date, *, metres: Mapping[tuple[int, str, int], int], today: dt.date, by: Account | None,
    at: dt.datetime,
) -> CountedMonth:  # fmt: skip
    """The runs that went and their sums, in place of those counted before. Two who count at once do so one
    after the other."""
    first = month.replace(day=1)
    until = min(last_of(first), today)
    CountedMonth.objects.get_or_create(month=first, defaults={"until_on": until, "counted_at": at})
    kept = CountedMonth.objects.select_for_update(of=("self",)).get(month=first)
    found = _Month(first, until, metres)
    _read(found)
    _finish(found)
    _share(found)
    kept.runs.all().delete()
    kept.values.all().delete()
    RunGone.objects.bulk_create(_rows(kept, found.trips.values()), batch_size=BATCH)
    MonthValue.objects.bulk_create(_sums(kept, found), batch_size=BATCH)
    kept.until_on, kept.counted_at = until, at
    kept.save(update_fields=["until_on", "counted_at"])
    if by is not None:
        append_audit("transport.count_month", by=by, at=at, detail={"month": first.isoformat()})
    return kept


def _rows(kept: CountedMonth, trips: Iterable[Trip]) -> Sequence[RunGone]:
    return [
        RunGone(
            counted=kept, day=trip.day, direction=trip.direction, called=trip.called, run=trip.run,
            contractor_id=trip.firm, ours=trip.ours, carried=len(trip.riders), seats=trip.seats,
            cost=trip.cost, metres=trip.metres, over=sum(each.over for each in trip.riders),
            recorded=len(trip.recorded), late=sum(trip.recorded),
            centres=sorted({each.centre for each in trip.riders}),
            kinds=sorted({each.kind for each in trip.riders}),
        )
        for trip in trips
    ]  # fmt: skip


def _sums(kept: CountedMonth, found: _Month) -> Sequence[MonthValue]:
    return [
        MonthValue(
            counted=kept, centre_id=centre, way=way, contractor_id=firm, kind=kind, **counts,
            **found.sums.get((centre, way, firm, kind), {}),
        )
        for (centre, way, firm, kind), counts in sorted(found.slices.items(), key=str)
    ]  # fmt: skip
