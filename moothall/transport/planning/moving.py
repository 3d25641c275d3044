"""A passenger moved by hand: what each run would mean, told before it is done; then done."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from moothall.people.models import Account
from moothall.transport.models import PlanChange, PlanHalf, RunPlan
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

OWN_RUN = 0  # the number that stands for a run of their own
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
    """Somebody who would be at their own door at another time."""

    passenger: int
    before: dt.time | None
    after: dt.time
    seconds: int


@dataclass(frozen=True)
class Effect:
    """What a move means: pounds, when they themselves are at their door, and who else is at another time."""

    pounds: float
    before: dt.time | None
    after: dt.time
    ride: int
    shifts: list[Shift]
    moving: "Moving"


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
    def numbers(self) -> list[int]:
        """The office's numbers of the runs, in the order of the plan."""
        return [int(route["number"]) for route in self.said["routes"]]

    def number_of(self, passenger: int, home: int | None) -> int | None:
        """Their number in the case; None where they could not be asked for at all."""
        for number, row in enumerate(self.case.names["passengers"]):
            if row[0] == passenger and row[1] == home:
                return number
        return None

    def offers(self, number: int) -> list[Offer]:
        """Every run but their own, the cheapest first; then those that they cannot be on. The planner is
        only loaded where it is asked."""
        from planner.transport.quoting import Quoting

        now = next((run for run, each in enumerate(self.plan.runs) if number in each.passengers), None)
        found = Quoting(self.problem, self.plan).quotes(number)
        return [
            Offer(OWN_RUN if each.run is None else self.numbers[each.run], each.pounds, each.why)
            for each in found
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
        shifts = [
            Shift(who, clock(before[who]), clock(at), at - before[who])
            for who, at in after.items()
            if who != number and who in before and before[who] != at
        ]
        return Effect(
            round(made.plan.cost - self.plan.cost, 2), clock(before[number]) if number in before else None,
            clock(after[number]), self._ride(made.plan, number), shifts, made,
        )  # fmt: skip

    def _doors(self, plan: Plan) -> dict[int, int]:
        """When each passenger is at their own door."""
        event = SETDOWN if self.problem.direction == AFTERNOON else PICKUP
        return {stop.passenger: stop.time for run in plan.runs for stop in run.stops if stop.event == event}

    def _ride(self, plan: Plan, number: int) -> int:
        rows = Reading(self.case.said, self.case.tables, self.case.names, written(plan)).runs()
        return next(ride.seconds for run in rows for ride in run.rides if ride.number == number)

    def half_with(self, made: "Moving") -> Half:
        """The direction as it would be kept; runs keep their numbers. ProblemError if the judge objects."""
        said = written(made.plan)
        last = max(self.numbers, default=0)
        for route, was in zip(said["routes"], made.was, strict=True):
            if was is None:
                last += 1
            route["number"] = last if was is None else self.numbers[was]
        left = [
            row for row in self.half.plan.without.filter(direction=self.half.direction)
            if self.number_of(row.passenger_id, row.home_id) is None
        ]  # fmt: skip
        return half_of_checked(self.half.direction, self.case, said, kept_without=left)


def desk_of(plan: RunPlan, direction: str) -> Desk:
    half = PlanHalf.objects.select_related("case", "plan").filter(plan=plan, direction=direction).first()
    if half is None:
        raise refusals.PlanNotThere
    return Desk(half)


def move_passenger(
    plan: RunPlan, direction: str, *, passenger: int, home: int | None, run: int, by: Account, at: dt.datetime
) -> PlanChange:
    """Done, after it was looked at: what the planner makes of it is judged, and becomes rows."""
    desk = desk_of(plan, direction)
    number = desk.number_of(passenger, home)
    found = desk.effect(number, run) if number is not None else None
    if found is None or number is None:
        raise refusals.CannotBeMoved
    now = next((at for at, each in enumerate(desk.plan.runs) if number in each.passengers), None)
    try:
        half = desk.half_with(found.moving)
    except ProblemError as wrong:
        raise refusals.CannotBeMoved from wrong
    return record_move(
        desk.half, half, passenger=passenger, home=home, from_run=desk.numbers[now] if now is not None else 0,
        to_run=run, pounds=found.pounds, by=by, at=at,
    )  # fmt: skip


def undo_move(plan: RunPlan, *, by: Account, at: dt.datetime) -> PlanChange:
    """The last move that stands is taken back: its direction is as it was before."""
    change = plan.changes.filter(undone_at=None).order_by("-at", "-id").first()
    if change is None:
        raise refusals.NothingToUndo
    desk = desk_of(plan, change.direction)
    said = unpacked(change.before)
    left = [
        row for row in plan.without.filter(direction=change.direction)
        if desk.number_of(row.passenger_id, row.home_id) is None
    ]  # fmt: skip
    half = half_of_checked(change.direction, desk.case, said, kept_without=left)
    return replace_half(desk.half, half, change, by=by, at=at)
