"""A plan that was asked for is made: read from rows, searched in a process of its own, judged and kept."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils.translation import gettext_noop

from moothall.core.child import FAR, MADE, WRONG, Child
from moothall.transport.models import NoRide, PlanCase, RunPlan
from moothall.transport.models.journey import TO
from moothall.transport.models.plan import called
from moothall.transport.rules import run_plans as rules
from moothall.transport.rules.laying import NoRideRow
from moothall.transport.rules.plan_asked import asked_of, by_direction
from moothall.transport.rules.reliability import lead_of, most_late
from moothall.transport.rules.run_plans import Half, Point
from planner.transport.lateness import lateness
from planner.transport.problem import ProblemError
from planner.transport.writing import read_plan

from .carrying import Carried, locked_numbers, locked_runs
from .case import Case, asked_on, case_of, packed, packed_tables, roomy
from .child import Made, Order, search
from .reading import Reading
from .tables import prepared

Clock = Callable[[], dt.datetime]
LISTENS: Final = 1.0  # seconds between two looks at whether somebody said stop
SLOW: Final = 1.2
NOBODY = gettext_noop("Nobody has to be taken anywhere on these days.")


class _NoPlan(Exception):
    """The search came to nothing: how the making ended, and why."""

    def __init__(self, making: str, problem: str) -> None:
        super().__init__(problem)
        self.making, self.problem = making, problem


def make_plan(
    plan_id: int, *, clock: Clock, rounds: int | None = None, is_halted: Callable[[], bool] = lambda: False
) -> None:
    """Make the plan that was asked for; safe to call twice. `rounds` ends the search as well."""
    plan = rules.begin(plan_id, at=clock())
    if plan is None:
        return
    try:
        halves, times_from = _Making(plan, clock, rounds, is_halted).halves()
    except ProblemError as wrong:
        rules.end_without_plan(plan.pk, making=RunPlan.FAILED, problem=str(wrong), at=clock())
    except _NoPlan as wrong:
        rules.end_without_plan(plan.pk, making=wrong.making, problem=wrong.problem, at=clock())
    else:
        rules.keep_made(plan.pk, halves=halves, times_from=times_from, at=clock())


def made_halves(plan: RunPlan, *, clock: Clock, rounds: int | None = None) -> tuple[list[Half], str]:
    """Both directions of a plan that is being made, and what its times stand on; nothing is kept of them."""
    return _Making(plan, clock, rounds, lambda: False).halves()


class _Making:
    """One plan while it is made, direction by direction."""

    def __init__(
        self, plan: RunPlan, clock: Clock, rounds: int | None, is_halted: Callable[[], bool]
    ) -> None:
        self.plan, self.clock, self.rounds, self.is_halted = plan, clock, rounds, is_halted
        self.points: list[Point] = []

    def halves(self) -> tuple[list[Half], str]:
        asked = by_direction(asked_of(self.plan))
        wanted = [way for way in self.plan.directions if asked[way]]
        if not wanted:
            raise ProblemError(NOBODY)
        streets = prepared(asked_on(self.plan))
        cases = [(way, case_of(self.plan, way, asked[way], streets=streets)) for way in wanted]
        return [self._half(way, case, len(wanted)) for way, case in cases], cases[0][1].said["times_from"]

    def _half(self, way: str, case: Case, share: int) -> Half:
        """What is locked in the plan it starts from stays as it is, as far as it can."""
        start = self.plan.starts_from
        carried = locked_runs(start, way, case) if start else Carried()
        made = self._searched(way, case, share, carried)
        kept = [carried.numbers[each] for each in made.held]
        for route, number in zip(made.plan["routes"], kept, strict=False):
            route["number"] = number
        half = half_of(way, case, made)
        if start:
            let_go = sorted(locked_numbers(start, way) - set(kept))
            half.figures["kept"] = kept
            half.figures["let_go"] = [called(way, each) for each in let_go]
        return half

    def _searched(self, way: str, case: Case, share: int, carried: Carried) -> Made:
        """Each direction gets its share of the seconds."""
        if not case.said["passengers"]:
            return Made(_empty(case), ())
        slow = float(case.said.get("slow", SLOW))
        order = Order(
            case.problem(), self.plan.seconds / share, self.plan.seed, slow, self.rounds, carried.runs,
            most_late(self.plan), lead_of(self.plan.starts_from, way),
        )  # fmt: skip
        phase = RunPlan.THERE if way == TO else RunPlan.BACK
        before, cost = (self.points[-1][0], self.points[-1][1]) if self.points else (0.0, 0.0)
        with Child(order, search) as child:
            while True:
                try:
                    said = child.hear(LISTENS)
                except (EOFError, ConnectionError) as gone:
                    raise _NoPlan(RunPlan.BROKEN, "") from gone
                match said:
                    case (str() as word, (seconds, _rounds, pounds, runs, out)) if word == FAR:
                        self.points.append((round(before + seconds, 1), round(cost + pounds, 2), runs, out))
                    case (str() as word, Made() as made) if word == MADE:
                        return made
                    case (str() as word, str() as problem) if word == WRONG:
                        raise _NoPlan(RunPlan.FAILED, problem)
                goes_on = rules.note_progress(self.plan.pk, at=self.clock(), phase=phase, points=self.points)
                if not goes_on or self.is_halted():
                    child.stop()


def half_of(way: str, case: Case, made: Made) -> Half:
    """Judged before anybody sees it: a plan that breaks a rule is refused with the rule."""
    case = roomy(case, made.margins)
    reading = Reading(case.said, case.tables, case.names, numbered(made.plan), made.late)
    if breaches := reading.breaches():
        raise _NoPlan(RunPlan.REFUSED, " ".join(breaches))
    left = [NoRideRow(one.passenger, one.home, one.centre, one.weekdays, why) for one, why in case.hopeless]
    half = _half(way, case, reading, left)
    half.figures.update(made.margins)
    return half


def half_of_checked(
    way: str,
    case: Case,
    said: dict[str, Any],
    *,
    kept_without: Sequence[NoRide],
    kept: PlanCase | None = None,
) -> Half:
    """The same of a plan changed by hand; its case is `kept` already. ProblemError with the rules that it
    breaks."""
    slow = case.said.get("slow", SLOW)
    late = lateness(case.problem(), read_plan(said), slow).passengers
    reading = Reading(case.said, case.tables, case.names, numbered(said), late)
    if breaches := reading.breaches():
        raise ProblemError(" ".join(breaches))
    left = [
        NoRideRow(row.passenger_id, row.home_id, row.centre_id, tuple(row.weekdays), row.reason)
        for row in kept_without
    ]
    return _half(way, case, reading, left, kept)


def _half(
    way: str, case: Case, reading: Reading, left: Sequence[NoRideRow], kept: PlanCase | None = None
) -> Half:
    """A case that is kept is not packed again: its travel times alone take seconds."""
    figures = reading.figures()
    figures["without"] += len(left)
    packing = (case.digest(), packed(case.said), packed_tables(case.tables)) if kept is None else None
    digest, said, tables = packing or (kept.digest if kept else "", b"", b"")
    return Half(
        way, digest, said, tables, case.names, packed(reading.plan), reading.runs(),
        [*reading.without(), *left], figures,
    )  # fmt: skip


def numbered(plan: dict[str, Any]) -> dict[str, Any]:
    """Runs keep their numbers whatever becomes of others: those that have none get the next."""
    last = max((route.get("number", 0) for route in plan["routes"]), default=0)
    routes = []
    for route in plan["routes"]:
        if not route.get("number"):
            last += 1
            route = {**route, "number": last}
        routes.append(route)
    return {**plan, "routes": routes}


def _empty(case: Case) -> dict[str, Any]:
    return {
        "cost": 0.0, "vehicles": 0, "hours": 0.0, "rounds": 0, "times_from": case.said["times_from"],
        "unserved": [], "routes": [],
    }  # fmt: skip
