"""The process in which the days of an event are searched for: it knows the planner alone."""

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from moothall.core.child import FAR, STOP, answer
from planner.selection.problem import Problem, SelectionError

if TYPE_CHECKING:
    from planner.selection.plan import Progress

EVERY: Final = 0.5  # seconds between two words on how far it is


@dataclass(frozen=True)
class EventOrder:
    """What is to be planned or mended, and for how long: processor seconds, rounds or both."""

    problem: Problem
    seconds: float
    seed: int
    mends: bool = False
    rounds: int | None = None


def search(order: EventOrder, line: Connection) -> None:
    """Search for who sits what when."""
    answer(line, lambda: made(order, _Teller(line)), refused=SelectionError)


class _Teller:
    """Tells how far the search is, now and then, and hears when it is to end."""

    def __init__(self, line: Connection) -> None:
        self.line, self._last = line, -EVERY

    def __call__(self, far: "Progress") -> bool:
        if far.seconds - self._last >= EVERY:
            self._last = far.seconds
            self.line.send((FAR, (round(far.seconds, 1), far.cost, far.unseated)))
        return not (self.line.poll() and self.line.recv() == STOP)


def made(order: EventOrder, tell: "Callable[[Progress], bool] | None" = None) -> dict[str, Any]:
    """The plan in the published form; the planner is only loaded here."""
    from planner.selection.mending import mend
    from planner.selection.planning import plan_selection
    from planner.selection.writing import written

    if order.mends:
        found = mend(order.problem, seconds=order.seconds, rounds=order.rounds, seed=order.seed)
        return dict(written(found.plan, found.changes))
    plan = plan_selection(
        order.problem, seconds=order.seconds, rounds=order.rounds, seed=order.seed,
        tell=tell or (lambda _far: True),
    )  # fmt: skip
    return dict(written(plan))
