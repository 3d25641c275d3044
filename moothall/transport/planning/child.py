"""The process in which runs are searched for: it knows the planner alone and tells how far it is."""

from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from moothall.core.child import FAR, STOP, answer
from planner.transport.plan import Run
from planner.transport.problem import Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.transport.searching import Progress

EVERY: Final = 0.5  # processor seconds between two words on how far it is


@dataclass(frozen=True)
class Order:
    """What is to be planned, and for how long: processor seconds, rounds or both; `held` stays as it is."""

    problem: Problem
    seconds: float | None
    seed: int
    slow: float
    rounds: int | None = None
    held: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Made:
    """A plan in the published form, who would be late on a slow day, and which runs were held: its first."""

    plan: dict[str, Any]
    late: tuple[int, ...]
    held: tuple[int, ...] = ()


def search(order: Order, line: Connection) -> None:
    """Search for the runs of one direction."""
    answer(line, lambda: made(order, _Teller(line)), refused=ProblemError)


class _Teller:
    """Tells how far the search is, now and then, and hears when it is to end."""

    def __init__(self, line: Connection) -> None:
        self.line, self._last = line, -EVERY

    def __call__(self, far: "Progress") -> bool:
        if far.seconds - self._last >= EVERY:
            self._last = far.seconds
            self.line.send((FAR, (far.seconds, far.rounds, far.cost, far.runs, far.left_out)))
        return not (self.line.poll() and self.line.recv() == STOP)


def made(order: Order, tell: "Callable[[Progress], bool]") -> Made:
    """The solver is only loaded here: the office that asks for a plan never needs it."""
    from planner.transport.holding import hold
    from planner.transport.lateness import lateness
    from planner.transport.searching import plan_transport
    from planner.transport.writing import written

    holding = hold(order.problem, order.held)
    rest = plan_transport(
        holding.rest, seconds=order.seconds, rounds=order.rounds, seed=order.seed, tell=tell
    )
    plan = holding.together(rest)
    return Made(written(plan), lateness(order.problem, plan, order.slow).passengers, holding.which)
