"""A week of crews that was asked for is made in the worker: read, searched, judged, and kept as duties."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop

from moothall.core.child import FAR, MADE, WRONG, Child
from moothall.transport.models import CrewWeek
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.rules import crew_weeks as rules
from moothall.transport.rules.crew_weeks import Placed, Waiting
from moothall.transport.rules.why_nobody import kept
from planner.crews.checking import check
from planner.crews.plan import Plan, Unmanned
from planner.crews.problem import CrewError, Problem
from planner.crews.writing import written

from .crew_case import CrewCase, read_case
from .crew_child import WeekMade, WeekOrder, search

DAYS: Final = 7
TOLD: Final = 20  # posts left over whose people are told one by one
LISTENS: Final = 1.0  # seconds between two looks at whether somebody said stop
GONE = gettext_noop("The process that looked for it is gone. Ask for the week again.")
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
        order = WeekOrder(problem, float(week.seconds), week.seed, rounds)
        made = _searched(week, order, clock, is_halted)
        if breaches := check(case.said, written(problem, made.plan)).breaches:
            raise CrewError(" ".join(breaches[:3]))
    except CrewError as wrong:
        rules.end_without(week.pk, problem=str(wrong), at=clock())
        return
    placed, waiting = _rows(case, made.plan)
    rules.keep_week(
        week.pk, placed=placed, waiting=waiting, figures=_figures(case, problem, made),
        unmanned=_unmanned(case, made.plan), today=today, at=clock(),
    )  # fmt: skip


def _searched(week: CrewWeek, order: WeekOrder, clock: Clock, is_halted: Callable[[], bool]) -> WeekMade:
    """In a process of its own, so that the worker's memory is its own again."""
    points: list[tuple[float, int, int]] = []
    with Child(order, search) as child:
        while True:
            try:
                said = child.hear(LISTENS)
            except (EOFError, ConnectionError) as gone:
                raise CrewError(GONE) from gone
            match said:
                case (str() as word, (seconds, cost, unmanned)) if word == FAR:
                    points.append((seconds, cost, unmanned))
                case (str() as word, WeekMade() as made) if word == MADE:
                    return made
                case (str() as word, str() as problem) if word == WRONG:
                    raise CrewError(problem)
            if not rules.note_progress(week.pk, at=clock(), points=points) or is_halted():
                child.stop()


def _rows(case: CrewCase, plan: Plan) -> tuple[list[Placed], list[Waiting]]:
    """Places on runs, each with somebody or a reason; stand-by where somebody is left for it."""
    why = iter(plan.unmanned)
    placed, waiting = [], []
    for place, who in zip(case.places, plan.given, strict=True):
        member = int(who) if who else None
        reason = "" if who else reason_of(next(why))
        if place.goes_out:
            placed.append(
                Placed(
                    place.run, place.day, place.role, place.seat, member, reason, place.begins_at,
                    place.ends_at, place.hire,
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


def _figures(case: CrewCase, problem: Problem, made: WeekMade) -> Mapping[str, Any]:
    runs, plan = sum(place.goes_out for place in case.places), made.plan
    return {
        **plan.figures, "places": runs, "people_there": len(problem.people), "cost": plan.cost,
        "rounds": plan.rounds, "least_unmanned": made.least_unmanned,
    }  # fmt: skip


def _unmanned(case: CrewCase, plan: Plan) -> list[Mapping[str, Any]]:
    """Places on runs left over: the first rule of everybody in that role, by name."""
    why, found = iter(plan.unmanned), list[Mapping[str, Any]]()
    for place, who in zip(case.places, plan.given, strict=True):
        if who is not None:
            continue
        one = next(why)
        if not place.goes_out or len(found) >= TOLD:
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
