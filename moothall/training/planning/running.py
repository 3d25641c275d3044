"""A plan that was asked for is made: read from rows, searched in a process of its own, judged and kept."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop

from moothall.core.child import FAR, MADE, WRONG, Child
from moothall.training.models import PlanInput, PlanRun
from moothall.training.rules import plan_runs as rules
from planner.training.problem import ProblemError

from .child import PROVING, Made, Order, search
from .levers import levers_of, with_larger_course, with_unit_eased
from .reading import TOLD, Reading
from .span import Span
from .weekday_levers import weekday_levers, with_weekday
from .year import Year, digest, packed, read_year, unpacked

Clock = Callable[[], dt.datetime]
LISTENS: Final = 1.0  # seconds between two looks at whether somebody said stop
NOBODY = gettext_noop("Nobody has to take a course by the end of these months who has no place yet.")


def make_plan(
    run_id: int, *, clock: Clock, today: dt.date, rounds: int | None = None,
    is_halted: Callable[[], bool] = lambda: False,
) -> None:  # fmt: skip
    """Make the plan that was asked for; safe to call twice. `rounds` ends the search as well."""
    run = rules.begin(run_id, at=clock())
    if run is None:
        return
    try:
        year = _year(run, today, clock)
        if year.is_empty:
            rules.end_without_plan(run.pk, state=PlanRun.FAILED, problem=NOBODY, at=clock())
            return
        order = Order(year.problem, float(run.seconds), run.seed, rounds)
    except ProblemError as wrong:
        rules.end_without_plan(run.pk, state=PlanRun.FAILED, problem=str(wrong), at=clock())
        return
    made = _searched(run, order, clock, is_halted)
    if made is not None:
        _keep(run, year, made, clock)


def _year(run: PlanRun, today: dt.date, clock: Clock) -> Year:
    """As it was kept, with the lever pulled where one is tried; else read from rows, and kept."""
    if run.input is not None:
        return year_of(run.input)
    if run.based_on is not None and run.based_on.input is not None:
        year = _pulled(run, run.based_on, year_of(run.based_on.input))
    else:
        courses = list(run.courses.order_by("pk").values_list("pk", flat=True))
        year = read_year(Span(run.from_on, run.until_on), courses, today)
    case, runs = packed(year.case), packed(year.runs)
    run.input = rules.keep_input(
        run, digest=digest(case, runs), case=case, runs=runs, names=year.names,
        wanted=len(year.case["reqs"]), at=clock(),
    )  # fmt: skip
    return year


def year_of(kept: PlanInput) -> Year:
    """What was kept, to be planned or read again."""
    return Year(unpacked(kept.case), unpacked(kept.runs), kept.names)


def _pulled(run: PlanRun, before: PlanRun, year: Year) -> Year:
    case = year.case
    if run.lever_weekday is not None and before.plan is not None:
        return with_weekday(year, run.lever_weekday, unplaced_in(unpacked(before.plan)))
    if run.lever_unit_id is not None:
        case = with_unit_eased(case, year.names, run.lever_unit_id)
    if run.lever_course_id is not None:
        case = with_larger_course(case, year.names, run.lever_course_id)
    return Year(case, year.runs, year.names)


def unplaced_in(plan: Mapping[str, Any]) -> list[int]:
    """The requirements for which a plan has no place."""
    return [each["requirement"] for each in plan["unplaced"]]


def _searched(run: PlanRun, order: Order, clock: Clock, is_halted: Callable[[], bool]) -> Made | None:
    """The plan, or None where there is none: what became of it is written on the run then."""
    phase, rounds, points = PlanRun.FIRST, 0, list[tuple[float, int, int]]()
    with Child(order, search) as child:
        while True:
            try:
                said = child.hear(LISTENS)
            except (EOFError, ConnectionError):
                rules.end_without_plan(run.pk, state=PlanRun.BROKEN, problem="", at=clock())
                return None
            match said:
                case (str() as word, (seconds, rounds, placed, bound)) if word == FAR:
                    phase = PlanRun.SEARCHING if rounds else PlanRun.FIRST
                    points.append((round(seconds, 1), placed, bound))
                case (str() as word, Made() as made) if word == MADE:
                    return made
                case (str() as word, str() as problem) if word == WRONG:
                    rules.end_without_plan(run.pk, state=PlanRun.FAILED, problem=problem, at=clock())
                    return None
                case (str() as word, _nothing) if word == PROVING:
                    phase = PlanRun.PROVING
            goes_on = rules.note_progress(run.pk, at=clock(), phase=phase, points=points, rounds=rounds)
            if not goes_on or is_halted():
                child.stop()


def _keep(run: PlanRun, year: Year, made: Made, clock: Clock) -> None:
    """Judged before anybody sees it: a plan that breaks a rule is refused with the rule."""
    reading = Reading(year.case, year.names, made.plan)
    if breaches := reading.breaches():
        rules.end_without_plan(run.pk, state=PlanRun.REFUSED, problem=" ".join(breaches[:TOLD]), at=clock())
        return
    levers = levers_of(made.levers, year.names, reading.at_minimum())
    levers += weekday_levers(year.case, unplaced_in(made.plan))
    figures = reading.figures() | {
        "levers": levers, "proved": made.proved, "rest": year.case.get("rest"),
    }  # fmt: skip
    rules.keep_plan(
        run.pk, plan=packed(made.plan), placed=made.plan["placed"], bound=made.plan["bound"],
        rounds=made.plan["rounds"], figures=figures, left_out=reading.left_out(), at=clock(),
    )  # fmt: skip
