"""A passenger moved by hand: what each run would mean, told before it is done; then done.

The planner is asked aside, never within a page: see `moothall/core/aside.py`.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop

from moothall.core.aside import PATIENCE, aside
from moothall.people.models import Account
from moothall.transport.models import NoRide, PlanChange, PlanHalf, RunPlan
from moothall.transport.rules import plan_refusals as refusals
from moothall.transport.rules.plan_moves import record_move, replace_half
from moothall.transport.rules.run_plans import Half
from planner.transport.plan import PICKUP, SETDOWN, Plan
from planner.transport.problem import AFTERNOON, Problem, ProblemError
from planner.transport.writing import read_plan, written

from .case import Case, unpacked, unpacked_tables
from .making import half_of_checked
from .reading import Reading, clock

if TYPE_CHECKING:
    from planner.transport.moving import Moving
    from planner.transport.quoting import Quoting

OWN_RUN = 0  # the number that stands for a run of their own
OPEN: Final = 2  # plans that stay laid out
WORDS = (
    gettext_noop("somebody on it must be kept apart from them"),
    gettext_noop("it has too many stops already"),
    gettext_noop("somebody on it travels alone"), gettext_noop("somebody would be aboard too long"),
    gettext_noop("it would be at a school outside its time"),
    gettext_noop("no vehicle that is left has the seats and bays"),
    gettext_noop("No vehicle there is has a bay for a wheelchair."),
    gettext_noop("No vehicle there is has a seat for them and whoever has to be with them."),
    gettext_noop("A run could take them; there was no time left to find it."),
)  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """One run for somebody: its number (0 is one of their own), pounds more, or the rule in the way."""

    run: int
    pounds: float | None
    why: str


@dataclass(frozen=True)
class Shift:
    """Somebody, by their row, who would be at their own door at another time."""

    passenger: int
    before: dt.time | None
    after: dt.time
    seconds: int


@dataclass(frozen=True)
class Effect:
    """What a move means: pounds, when they themselves are at their door, who else is at another time; and the
    direction as it would be kept, or nothing where the judge objects."""

    pounds: float
    before: dt.time | None
    after: dt.time
    ride: int
    shifts: list[Shift]
    from_run: int
    half: Half | None


class Desk:
    """One direction of a plan laid out so that moves can be asked for."""

    def __init__(self, half: PlanHalf) -> None:
        self.half = half
        kept = half.case
        self.case = Case(unpacked(kept.case), unpacked_tables(kept.tables), kept.names)
        self.said: Mapping[str, Any] = unpacked(half.said)

    @cached_property
    def problem(self) -> Problem:
        return self.case.problem()

    @cached_property
    def plan(self) -> Plan:
        return read_plan(self.said)

    @cached_property
    def quoting(self) -> "Quoting":
        """The planner is only loaded where it is asked."""
        from planner.transport.quoting import Quoting

        return Quoting(self.problem, self.plan)

    @cached_property
    def numbers(self) -> list[int]:
        """The office's numbers of the runs, in the order of the plan."""
        return [int(route["number"]) for route in self.said["routes"]]

    def number_of(self, passenger: int, home: int | None) -> int | None:
        """Their number in the case; None where they could not be asked for at all."""
        for number, row in enumerate(self.case.names["passengers"]):
            if row[0] == passenger and row[1] == home:
                return number
        return None

    def run_of(self, number: int) -> int | None:
        return next((run for run, each in enumerate(self.plan.runs) if number in each.passengers), None)

    def offers(self, number: int) -> list[Offer]:
        """Every run but their own, the cheapest first; then those that they cannot be on."""
        now = self.run_of(number)
        return [
            Offer(OWN_RUN if each.run is None else self.numbers[each.run], each.pounds, each.why)
            for each in self.quoting.quotes(number)
            if each.run is None or each.run != now
        ]

    def effect(self, number: int, run: int) -> Effect | None:
        """One move in full; None where it cannot be."""
        from planner.transport.moving import move

        if run != OWN_RUN and run not in self.numbers:
            return None
        made = move(self.problem, self.plan, number, None if run == OWN_RUN else self.numbers.index(run))
        if made is None:
            return None
        before, after = (self._doors(each) for each in (self.plan, made.plan))
        people, now = self.case.names["passengers"], self.run_of(number)
        shifts = [
            Shift(people[who][0], clock(before[who]), clock(at), at - before[who])
            for who, at in after.items()
            if who != number and who in before and before[who] != at
        ]
        return Effect(
            round(made.plan.cost - self.plan.cost, 2), clock(before[number]) if number in before else None,
            clock(after[number]), self._ride(made.plan, number), shifts,
            self.numbers[now] if now is not None else 0, self._half_with(made),
        )  # fmt: skip

    def _doors(self, plan: Plan) -> dict[int, int]:
        """When each passenger is at their own door."""
        event = SETDOWN if self.problem.direction == AFTERNOON else PICKUP
        return {stop.passenger: stop.time for run in plan.runs for stop in run.stops if stop.event == event}

    def _ride(self, plan: Plan, number: int) -> int:
        rows = Reading(self.case.said, self.case.tables, self.case.names, written(plan)).runs()
        return next(ride.seconds for run in rows for ride in run.rides if ride.number == number)

    def _half_with(self, made: "Moving") -> Half | None:
        """The direction as it would be kept; runs keep their numbers."""
        said = written(made.plan)
        last = max(self.numbers, default=0)
        for route, was in zip(said["routes"], made.was, strict=True):
            if was is None:
                last += 1
            route["number"] = last if was is None else self.numbers[was]
        try:
            return self.half_of(said)
        except ProblemError:
            return None

    def half_of(self, said: dict[str, Any]) -> Half:
        """This direction with another plan. ProblemError if the judge objects."""
        rows = NoRide.objects.filter(plan=self.half.plan_id, direction=self.half.direction)
        left = [row for row in rows if self.number_of(row.passenger_id, row.home_id) is None]
        return half_of_checked(self.half.direction, self.case, said, kept_without=left, kept=self.half.case)


@dataclass(frozen=True)
class Laid:
    """One direction of a plan as it stands; of another state of it the digest is another."""

    half: int
    digest: str


def laid(plan: RunPlan, direction: str) -> Laid:
    return _laid(half_of_plan(plan, direction))


def half_of_plan(plan: RunPlan, direction: str) -> PlanHalf:
    half = PlanHalf.objects.select_related("plan").filter(plan=plan, direction=direction).first()
    if half is None:
        raise refusals.PlanNotThere
    return half


def _laid(half: PlanHalf) -> Laid:
    return Laid(half.pk, hashlib.sha256(bytes(half.said)).hexdigest()[:16])


def desk_of(plan: RunPlan, direction: str) -> Desk:
    half = PlanHalf.objects.select_related("case", "plan").filter(plan=plan, direction=direction).first()
    if half is None:
        raise refusals.PlanNotThere
    return Desk(half)


# What is done aside.


@lru_cache(OPEN)
def _desk(on: Laid) -> Desk:
    half = PlanHalf.objects.select_related("case").get(pk=on.half)
    if _laid(half) != on:
        raise refusals.ChangedMeanwhile
    return Desk(half)


def lay_ready(on: Laid) -> bool:
    """Have the plan laid out, and the planner loaded."""
    return bool(_desk(on).quoting)


def offers_of(on: Laid, passenger: int, home: int | None) -> list[Offer]:
    number = _desk(on).number_of(passenger, home)
    return [] if number is None else _desk(on).offers(number)


def effect_of(on: Laid, passenger: int, home: int | None, run: int) -> Effect | None:
    number = _desk(on).number_of(passenger, home)
    return None if number is None else _desk(on).effect(number, run)


def half_before(on: Laid, change: int) -> Half:
    """The direction as it was before a move."""
    return _desk(on).half_of(unpacked(PlanChange.objects.get(pk=change).before))


# What pages ask.


def get_ready(plan: RunPlan, direction: str) -> None:
    """Somebody looks at the plan and may want to move somebody soon."""
    on = laid(plan, direction)
    aside.begin(f"ready {on}", lay_ready, on)


def ask_for_offers(
    plan: RunPlan, direction: str, passenger: int, home: int | None, *, patience: float = PATIENCE
) -> list[Offer]:
    """StillAtIt while it is worked out."""
    on = laid(plan, direction)
    found: list[Offer] = aside.ask(
        f"offers {on} {passenger} {home}", offers_of, on, passenger, home, patience=patience
    )
    return found


def ask_for_effect(
    plan: RunPlan, direction: str, passenger: int, home: int | None, run: int, *,
    patience: float = PATIENCE,
) -> Effect | None:  # fmt: skip
    on = laid(plan, direction)
    return _effect(on, passenger, home, run, patience)


def _effect(on: Laid, passenger: int, home: int | None, run: int, patience: float) -> Effect | None:
    key = f"effect {on} {passenger} {home} {run}"
    found: Effect | None = aside.ask(key, effect_of, on, passenger, home, run, patience=patience)
    return found


def move_passenger(
    plan: RunPlan, direction: str, *, passenger: int, home: int | None, run: int, by: Account,
    at: dt.datetime, patience: float = PATIENCE,
) -> PlanChange:  # fmt: skip
    """Done, after it was looked at: what the planner makes of it is judged, and becomes rows."""
    before = half_of_plan(plan, direction)
    found = _effect(_laid(before), passenger, home, run, patience)
    if found is None or found.half is None:
        raise refusals.CannotBeMoved
    return record_move(
        before, found.half, passenger=passenger, home=home, from_run=found.from_run, to_run=run,
        pounds=found.pounds, by=by, at=at,
    )  # fmt: skip


def undo_move(plan: RunPlan, *, by: Account, at: dt.datetime, patience: float = PATIENCE) -> PlanChange:
    """The last move that stands is taken back: its direction is as it was before."""
    change = plan.changes.filter(undone_at=None).order_by("-at", "-id").first()
    if change is None:
        raise refusals.NothingToUndo
    before = half_of_plan(plan, change.direction)
    on = _laid(before)
    half = aside.ask(f"before {on} {change.pk}", half_before, on, change.pk, patience=patience)
    return replace_half(before, half, change, by=by, at=at)
