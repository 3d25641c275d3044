"""The process in which options for a mending are looked for: it knows the planner alone."""

from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from moothall.core.child import answer
from planner.transport.changes import Changed
from planner.transport.plan import Plan
from planner.transport.problem import ProblemError

if TYPE_CHECKING:
    from planner.transport.repair import Point


@dataclass(frozen=True)
class MendOrder:
    """A direction as it is now, and the plan in force in its numbers."""

    day: Changed
    plan: Plan


@dataclass(frozen=True)
class Answered:
    """One option of a direction: the plan in the published form, each run's number before, who is on another
    run and why, and who is fetched at another time."""

    plan: dict[str, Any]
    was: tuple[int | None, ...]
    moved: list[tuple[int, int | None, int | None, str]]
    shifted: list[tuple[int, int]]


def mend(order: MendOrder, line: Connection) -> None:
    """What the process does."""
    answer(line, lambda: mended(order), refused=ProblemError)


def mended(order: MendOrder) -> list[Answered]:
    from planner.transport.repair import repair, three
    from planner.transport.writing import written

    def told(point: "Point") -> Answered:
        moved = [(each.passenger, each.before, each.after, each.why) for each in point.moved]
        shifted = [(each.passenger, each.seconds) for each in point.shifted]
        return Answered(written(point.plan), point.was, moved, shifted)

    return [told(each) for each in three(repair(order.day, order.plan))]
