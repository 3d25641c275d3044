"""Every journey of a day accounted for, in exactly one way each, and the count that proves it."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from moothall.cases.models import Service
from moothall.core.clock import LONDON
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Arrangement, Away, How, Journey, JourneyChange, Passenger
from moothall.transport.models.journey import FROM, TO

from . import refusals
from .allotting import barred_jobs
from .journeys import Due, journeys_of
from .planned import Stop, planned_on
from .travelling import way_of

APPLICATION: Final = "transport-application"
BY_FOUR: Final = dt.time(16)
DAY: Final = dt.timedelta(days=1)
NO_LONGER: Final = "no longer asked for"  # pages say it in the language of their reader
COLUMNS: Final = (
    "how", "run", "stop", "contractor", "job", "own", "cancelled_because", "owner_id", "deadline_at",
)  # fmt: skip
PLACES: Final = ("centre_id", "home_id", "bell_at")
Unit = tuple[int, dt.date, str]
Way = dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """What the timetable asks for against what is accounted for. All is well where nothing is missing."""

    day: dt.date
    due: int
    counted: Mapping[str, int]
    missing: tuple[Due, ...]
    surplus: int
    let_go: int

    @property
    def accounted(self) -> int:
        return sum(self.counted.values())

    @property
    def holds(self) -> bool:
        return not self.missing and not self.surplus and self.accounted == self.due

    @property
    def all_resolved(self) -> bool:
        return self.holds and not self.counted[How.UNRESOLVED]


def prove(day: dt.date) -> Proof:
    """The timetable is asked anew and compared with the rows, journey by journey."""
    due = {each.unit: each for each in journeys_of(day)}
    rows = Journey.objects.filter(day=day).values_list("passenger_id", "day", "direction", "how", "is_due")
    kept: dict[Unit, str] = {}
    let_go = 0
    for passenger, on, direction, how, is_due in rows:
        if is_due:
            kept[passenger, on, direction] = how
        else:
            let_go += 1
    counted = Counter({how: 0 for how, _words in How.HOWS})
    counted.update(kept.values())
    missing = tuple(due[unit] for unit in sorted(due.keys() - kept.keys()))
    return Proof(day, len(due), dict(counted), missing, len(kept.keys() - due.keys()), let_go)


@transaction.atomic
def account_for_day(day: dt.date, *, by: Account | None, at: dt.datetime) -> Proof:
    """Every journey that the timetable asks for gets its row: as it is arranged, away, or unresolved with an
    owner. What somebody decided for the day by hand stays. Run again it changes nothing."""
    due = {each.unit: each for each in journeys_of(day)}
    _hold({each.passenger for each in due.values()})
    rows = Journey.objects.select_for_update(of=("self",)).filter(day=day).order_by("id")
    held = {(each.passenger_id, each.day, each.direction): each for each in rows}
    ways = _Ways(day, by=by, at=at, passengers=[each.passenger for each in due.values()])
    fresh = [_new(each, ways, at=at) for unit, each in due.items() if unit not in held]
    Journey.objects.bulk_create(fresh)
    changes = [
        JourneyChange(journey=each, after=said(each), because=_why(each, due, ways), at=at, by=by)
        for each in fresh
    ]
    for unit, row in held.items():
        changes += _brought_up_to_date(row, due.get(unit), ways, by=by, at=at)
    JourneyChange.objects.bulk_create(changes)
    if changes:
        detail = {"day": day.isoformat(), "changes": len(changes)}
        append_audit("transport.account_for_day", by=by, at=at, detail=detail)
    return prove(day)


@transaction.atomic
def account_for_passenger(
    passenger: Passenger, days: Iterable[dt.date], *, by: Account | None, at: dt.datetime
) -> None:
    """What one passenger has for these days is brought up to date; days that have no rows yet get theirs in
    the night. What is unresolved is not owned by whoever asked."""
    _hold({passenger.pk})
    for day in days:
        rows = list(Journey.objects.select_for_update(of=("self",)).filter(passenger=passenger, day=day))
        if not rows:
            continue
        due = {each.unit: each for each in journeys_of(day) if each.passenger == passenger.pk}
        ways = _Ways(day, by=None, at=at, passengers=[passenger.pk])
        for row in rows:
            unit = row.passenger_id, row.day, row.direction
            JourneyChange.objects.bulk_create(_brought_up_to_date(row, due.get(unit), ways, by=by, at=at))


def _why(row: Journey, due: Mapping[Unit, Due], ways: "_Ways") -> str:
    """What bars the job of one that is unresolved from the start."""
    unit = row.passenger_id, row.day, row.direction
    return ways.bar(due.get(unit)) if row.how == How.UNRESOLVED else ""


def _hold(passengers: Collection[int]) -> None:
    """Two people who bring a day up to date at once do so one after the other."""
    rows = Passenger.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=passengers)
    list(rows.order_by("pk").values_list("pk"))


def _new(due: Due, ways: "_Ways", *, at: dt.datetime) -> Journey:
    return Journey(
        passenger_id=due.passenger, day=due.day, direction=due.direction, centre_id=due.centre,
        home_id=due.home, bell_at=due.bell_at, changed_at=at, **ways.of(due),
    )  # fmt: skip


def _brought_up_to_date(
    row: Journey, due: Due | None, ways: "_Ways", *, by: Account | None, at: dt.datetime
) -> list[JourneyChange]:
    """Write what has changed since; one that is no longer asked for is cancelled and says so."""
    before, stood = said(row), _standing(row)
    if due is None:
        if row.is_due:
            _put(row, cancelled(NO_LONGER), at=at)
            row.is_due, row.by_hand = False, False
    else:
        row.centre_id, row.home_id, row.bell_at = due.centre, due.home, due.bell_at
        came_back = not row.is_due
        row.is_due = True
        if came_back or not row.by_hand:
            _put(row, ways.again(row, due), at=at)
    if _standing(row) == stood:
        return []
    row.changed_at = at
    row.save(update_fields=[*COLUMNS, *PLACES, "is_due", "by_hand", "changed_at"])
    because = ways.bar(due) if row.how == How.UNRESOLVED else ""
    return [JourneyChange(journey=row, before=before, after=said(row), because=because, at=at, by=by)]


def _standing(row: Journey) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in (*COLUMNS, *PLACES, "is_due", "by_hand"))


def _put(row: Journey, way: Way, *, at: dt.datetime) -> None:
    for name, value in way.items():
        setattr(row, name, value)


class _Ways:
    """How each journey of a day is accounted for before anybody decides otherwise: away, a contractor's job
    or own transport by arrangement, a run by the plan in force, then a run by arrangement. Four questions."""

    def __init__(
        self, day: dt.date, *, by: Account | None, at: dt.datetime, passengers: Sequence[int]
    ) -> None:
        self.day, self.by, self.at = day, by, at
        self.deadline = usual_deadline(day, at=at)
        self.away: dict[tuple[int, str], str] = {}
        for away in Away.objects.in_force(day).filter(passenger__in=passengers):
            for direction, is_away in ((TO, away.there), (FROM, away.back)):
                if is_away:
                    self.away[away.passenger_id, direction] = away.because
        rows = Arrangement.objects.in_force(day).filter(passenger__in=passengers)
        self.arranged = {(each.passenger_id, each.direction): each for each in rows if each.holds(day)}
        self.planned = planned_on(day, passengers)
        jobs = {(each.contractor, each.job) for each in self.arranged.values() if each.contractor}
        stops = [each for each in self.planned.values() if isinstance(each, Stop)]
        jobs |= {(each.firm, each.run) for each in stops if each.firm}
        self.barred = barred_jobs(day, jobs=jobs)
        self._owner: Account | None = None

    def of(self, due: Due) -> Way:
        unit = due.passenger, due.direction
        if unit in self.away:
            return cancelled(self.away[unit])
        found = self.arranged.get(unit)
        if found is not None and found.how != How.RUN:
            return unresolved(self.owner(), self.deadline) if self.bar(due) else _arranged(found)
        planned = self.planned.get((*unit, due.home, due.centre))
        if isinstance(planned, Account):
            return unresolved(planned, self.deadline)
        if planned is not None:
            if self.bar(due):
                return unresolved(self.owner(), self.deadline)
            return _plain() | {"how": How.RUN, "run": planned.run, "stop": planned.stop}
        return _arranged(found) if found is not None else unresolved(self.owner(), self.deadline)

    def bar(self, due: Due | None) -> str:
        """Why a contractor's job or run cannot go that day, such as an insurance that ran out."""
        if due is None:
            return ""
        found = self.arranged.get((due.passenger, due.direction))
        if found is not None and found.how != How.RUN:
            return self.barred.get((found.contractor, found.job), "")[:200]
        planned = self.planned.get((due.passenger, due.direction, due.home, due.centre))
        return self.barred.get((planned.firm, planned.run), "")[:200] if isinstance(planned, Stop) else ""

    def again(self, row: Journey, due: Due) -> Way:
        """The same, but whoever owns an unresolved one goes on owning it, by the same deadline."""
        way = self.of(due)
        if way["how"] == row.how == How.UNRESOLVED and row.owner_id is not None:
            return {name: getattr(row, name) for name in COLUMNS}
        return way

    def owner(self) -> Account:
        if self._owner is None:
            self._owner = self.by or owner_of_all()
        return self._owner


def _arranged(found: Arrangement) -> Way:
    names = ("how", "run", "stop", "contractor", "job", "own")
    return _plain() | {name: getattr(found, name) for name in names}


def owner_of_all() -> Account:
    """Who owns what nobody has seen to: the lead of the transport team."""
    service = Service.objects.filter(key=APPLICATION).select_related("team__lead").first()
    if service is None or service.team.lead is None:
        raise refusals.NobodyToOwn
    return service.team.lead


def usual_deadline(day: dt.date, *, at: dt.datetime) -> dt.datetime:
    """Four in the afternoon of the day before; at once where that has passed."""
    return max(dt.datetime.combine(day - DAY, BY_FOUR, tzinfo=LONDON), at)


def _plain() -> Way:
    return {
        "how": "", "run": "", "stop": None, "contractor": "", "job": "", "own": "", "cancelled_because": "",
        "owner_id": None, "deadline_at": None,
    }  # fmt: skip


def cancelled(because: str) -> Way:
    return _plain() | {"how": How.CANCELLED, "cancelled_because": because.strip()[:200]}


def unresolved(owner: Account, deadline_at: dt.datetime) -> Way:
    return _plain() | {"how": How.UNRESOLVED, "owner_id": owner.pk, "deadline_at": deadline_at}


def said(row: Journey) -> str:
    """How it is accounted for, in a few words that stay."""
    if row.how == How.CANCELLED:
        return f"CANCELLED {row.cancelled_because}"[:300]
    if row.how == How.UNRESOLVED:
        return f"UNRESOLVED {row.owner_id}"
    return f"{row.how} {row.by}"[:300]


@transaction.atomic
def settle_journey(
    journey: Journey, *, how: str, by: Account, at: dt.datetime, because: str = "",
    owner: Account | None = None, deadline_at: dt.datetime | None = None, **given: Any,
) -> Journey:  # fmt: skip
    """Somebody decides for this day alone how a journey is made, or that it is not, or who sees to it."""
    held = Journey.objects.select_for_update(of=("self",)).get(pk=journey.pk)
    if not held.is_due:
        raise refusals.NotDue
    before = said(held)
    _put(held, _decided(how, because, owner, deadline_at, given), at=at)
    held.by_hand, held.changed_at = True, at
    held.save(update_fields=[*COLUMNS, "by_hand", "changed_at"])
    JourneyChange.objects.create(
        journey=held, before=before, after=said(held), because=because.strip()[:200], at=at, by=by
    )
    detail = {"day": held.day.isoformat(), "direction": held.direction, "how": how}
    append_audit("transport.settle_journey", about=held, by=by, at=at, detail=detail)
    return held


def _decided(
    how: str, because: str, owner: Account | None, deadline_at: dt.datetime | None, given: dict[str, Any]
) -> Way:
    if how == How.CANCELLED:
        if not because.strip():
            raise refusals.ReasonNeeded
        return cancelled(because)
    if how == How.UNRESOLVED:
        if owner is None or deadline_at is None:
            raise refusals.OwnerNeeded
        return unresolved(owner, deadline_at)
    return _plain() | way_of(how, **given)


@transaction.atomic
def leave_to_the_pattern(journey: Journey, *, by: Account, at: dt.datetime) -> Proof:
    """What was decided for this day alone is taken back: it goes as it is arranged."""
    held = Journey.objects.select_for_update(of=("self",)).get(pk=journey.pk)
    Journey.objects.filter(pk=held.pk).update(by_hand=False)
    return account_for_day(held.day, by=by, at=at)
