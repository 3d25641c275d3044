"""A week of crews that was asked for is made in the worker: read, searched, judged, and kept as duties."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from moothall.transport.models import CrewWeek
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.rules import crew_weeks as rules
from moothall.transport.rules.crew_weeks import Placed, Waiting
from moothall.transport.rules.why_nobody import kept
from planner.crews.bound import least_unmanned
from planner.crews.checking import check
from planner.crews.plan import Plan, Progress, Unmanned
from planner.crews.planning import plan_crews
from planner.crews.problem import CrewError, Problem
from planner.crews.writing import written

from .crew_case import CrewCase, read_case

DAYS: Final = 7
TOLD: Final = 20  # posts left over whose people are told one by one
EVERY: Final = 1.0  # seconds between two words on how far it is
Clock = Callable[[], dt.datetime]


def make_week(
    week_id: int, *, clock: Clock, today: dt.date, rounds: int | None = None,
    is_halted: Callable[[], bool] = lambda: False,
) -> None:  # fmt: skip
    """Make the week that was asked for; safe to call twice. `rounds` ends the search as well."""
    week = rules.begin(week_id, at=clock())
    if week is None:
        return
    try:
        case = read_case(
            week.first_on, DAYS, from_on=today,
            stand_by={DRIVER: week.standby_drivers, ESCORT: week.standby_escorts},
        )  # fmt: skip
        problem = case.problem()
        plan = plan_crews(
            problem, seconds=float(week.seconds), rounds=rounds, seed=week.seed,
            tell=_telling(week, clock, is_halted),
        )  # fmt: skip
        if breaches := check(case.said, written(problem, plan)).breaches:
            raise CrewError(" ".join(breaches[:3]))
    except CrewError as wrong:
        rules.end_without(week.pk, problem=str(wrong), at=clock())
        return
    placed, waiting = _rows(case, plan)
    rules.keep_week(
        week.pk, placed=placed, waiting=waiting, figures=_figures(case, problem, plan),
        unmanned=_unmanned(case, plan), today=today, at=clock(),
    )  # fmt: skip


def _telling(week: CrewWeek, clock: Clock, is_halted: Callable[[], bool]) -> Callable[[Progress], bool]:
    points: list[tuple[float, int, int]] = []

    def tell(far: Progress) -> bool:
        if points and far.seconds - points[-1][0] < EVERY:
            return not is_halted()
        points.append((round(far.seconds, 1), far.cost, far.unmanned))
        return rules.note_progress(week.pk, at=clock(), points=points) and not is_halted()

    return tell


def _rows(case: CrewCase, plan: Plan) -> tuple[list[Placed], list[Waiting]]:
    """Places on runs, each with somebody or a reason; stand-by where somebody is left for it."""
    why = iter(plan.unmanned)
    placed, waiting = [], []
    for place, who in zip(case.places, plan.given, strict=True):
        member = int(who) if who else None
        reason = "" if who else reason_of(next(why))
        if place.run is not None:
            placed.append(
                Placed(
                    place.run, place.day, place.role, place.seat, member, reason, place.begins_at,
                    place.ends_at,
                )
            )  # fmt: skip
        elif member is not None and place.depot is not None:
            waiting.append(
                Waiting(
                    place.day, place.direction, place.depot, place.role, member, place.begins_at,
                    place.ends_at,
                )
            )  # fmt: skip
    return placed, waiting


def _figures(case: CrewCase, problem: Problem, plan: Plan) -> Mapping[str, Any]:
    runs = sum(place.run is not None for place in case.places)
    return {
        **plan.figures, "places": runs, "people_there": len(problem.people), "cost": plan.cost,
        "rounds": plan.rounds, "least_unmanned": least_unmanned(problem),
    }  # fmt: skip


def _unmanned(case: CrewCase, plan: Plan) -> list[Mapping[str, Any]]:
    """Places on runs left over: the first rule of everybody in that role, by name."""
    why, found = iter(plan.unmanned), list[Mapping[str, Any]]()
    for place, who in zip(case.places, plan.given, strict=True):
        if who is not None:
            continue
        one = next(why)
        if place.run is None or len(found) >= TOLD:
            continue
        people = [{"person": case.names[no.person], "rule": no.rule, "about": no.about} for no in one.nobody]
        found.append({
            "run": one.task.split()[0], "day": place.day.isoformat(), "role": place.role,
            "reason": reason_of(one), "people": people,
        })  # fmt: skip
    return found


def reason_of(one: Unmanned) -> str:
    """As a place keeps it."""
    return kept(no.rule for no in one.nobody)
