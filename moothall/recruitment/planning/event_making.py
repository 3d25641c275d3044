"""A plan of an event that was asked for is made in the worker: read, searched, judged, and kept."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext_noop

from moothall.core.child import FAR, MADE, WRONG, Child
from moothall.core.serving import for_the_office
from moothall.recruitment.models import EventPlan
from moothall.recruitment.rules import event_plans as rules
from moothall.recruitment.rules.event_plans import Found
from moothall.recruitment.rules.event_rows import SPARE, snapshot
from planner.selection.checking import check
from planner.selection.problem import SelectionError
from planner.selection.reading import problem_of

from .event_case import digest_of, read_case
from .event_child import EventOrder, search

LISTENS: Final = 1.0  # seconds between two looks at whether somebody said stop
GONE = gettext_noop("The process that looked for it is gone. Ask for the plan again.")
Clock = Callable[[], dt.datetime]
Said = dict[str, Any]


@for_the_office()
def make_event_plan(
    plan_id: int, *, clock: Clock, rounds: int | None = None, is_halted: Callable[[], bool] = lambda: False
) -> None:
    """Make the plan that was asked for; safe to call twice. `rounds` ends the search as well."""
    plan = rules.begin(plan_id, at=clock())
    if plan is None:
        return
    try:
        case = read_case(plan.event, snapshot(plan.event) if plan.mends_id else ())
        made = _Search(plan, clock, rounds, is_halted).best(case)
    except SelectionError as wrong:
        rules.end_without(plan.pk, problem=str(wrong), at=clock())
        return
    rules.keep_plan(plan.pk, _found(case, made), at=clock())


class _Search:
    def __init__(
        self, plan: EventPlan, clock: Clock, rounds: int | None, is_halted: Callable[[], bool]
    ) -> None:
        self.plan, self.clock, self.rounds, self.is_halted = plan, clock, rounds, is_halted
        self.points: list[tuple[float, int, int]] = []

    def best(self, case: Said) -> Said:
        """Judged. Free times are given up where somebody would have none."""
        made = self.judged(case)
        spares = [each for each in case["candidates"] if each["id"].startswith(SPARE)]
        left_out = any(not each["candidate"].startswith(SPARE) for each in made["unseated"])
        if spares and left_out:
            case["candidates"] = [each for each in case["candidates"] if each not in spares]
            made = self.judged(case)
        return made

    def judged(self, case: Said) -> Said:
        order = EventOrder(
            problem_of(case), float(self.plan.seconds), self.plan.seed, self.plan.mends_id is not None,
            self.rounds,
        )  # fmt: skip
        made = self.searched(order)
        if breaches := check(case, made).breaches:
            raise SelectionError(" ".join(breaches[:3]))
        return made

    def searched(self, order: EventOrder) -> Said:
        """In a process of its own, so that the worker's memory is its own again."""
        with Child(order, search) as child:
            while True:
                try:
                    said = child.hear(LISTENS)
                except (EOFError, ConnectionError) as gone:
                    raise SelectionError(GONE) from gone
                match said:
                    case (str() as word, (seconds, cost, unseated)) if word == FAR:
                        self.points.append((seconds, cost, unseated))
                    case (str() as word, dict() as made) if word == MADE:
                        return made
                    case (str() as word, str() as problem) if word == WRONG:
                        raise SelectionError(problem)
                on = rules.note_progress(self.plan.pk, at=self.clock(), points=self.points)
                if not on or self.is_halted():
                    child.stop()


def _found(case: Said, made: Said) -> Found:
    """What the office keeps; times left free that found none say nothing to anybody."""
    figures = {key: each for key, each in made.items() if isinstance(each, int)}
    spare = sum(each["id"].startswith(SPARE) for each in case["candidates"])
    lost = [each for each in made["unseated"] if not each["candidate"].startswith(SPARE)]
    changes = [each for each in made.get("changes", ()) if not each["candidate"].startswith(SPARE)]
    figures |= {"candidates": figures["candidates"] - spare, "people": len(case["assessors"])}
    figures["seated"] = figures["candidates"] - len(lost)
    return Found(digest_of(case), made["sittings"], lost, changes, figures)
