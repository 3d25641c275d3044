"""The process in which runs are searched for: it knows the planner alone and tells how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from moothall.core.child import FAR, STOP, answer
from planner.transport.plan import Run
from planner.transport.problem import Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.transport.reliable import Reliable
    from planner.transport.searching import Progress

EVERY: Final = 0.5  # processor seconds between two words on how far it is


@dataclass(frozen=True)
class Order:
    """What is to be planned, and for how long: processor seconds, rounds or both; `held` stays as it is.
    `most` is the greatest share that may be late on a slow day, where the office has said one; runs that are
    held left `lead` seconds before they had to."""

    problem: Problem
    seconds: float | None
    seed: int
    slow: float
    rounds: int | None = None
    held: tuple[Run, ...] = ()
    most: float | None = None
    lead: int = 0


@dataclass(frozen=True)
class Made:
    """A plan in the published form, who would be late on a slow day, and which runs were held: its first.
    `margins` says how much earlier runs leave than they must, how much longer travel times are taken, what
    that costs, and what each pace cost that was looked at."""

    plan: dict[str, Any]
    late: tuple[int, ...]
    held: tuple[int, ...] = ()
    margins: Mapping[str, Any] = field(default_factory=dict)


def search(order: Order, line: Connection) -> None:
    """Search for the runs of one direction."""
    teller = _Teller(line)
    answer(line, lambda: made(order, teller, teller.goes_on), refused=ProblemError)


class _Teller:
    """Tells how far the search is, now and then, and hears when it is to end."""

    def __init__(self, line: Connection) -> None:
        self.line, self._last, self._stopped = line, -EVERY, False

    def __call__(self, far: "Progress") -> bool:
        if far.seconds - self._last >= EVERY:
            self._last = far.seconds
            self.line.send((FAR, (far.seconds, far.rounds, far.cost, far.runs, far.left_out)))
        return self.goes_on()

    def goes_on(self) -> bool:
        """Whether nobody has asked it to end."""
        self._stopped = self._stopped or (self.line.poll() and self.line.recv() == STOP)
        return not self._stopped


def made(
    order: Order, tell: "Callable[[Progress], bool]", goes_on: "Callable[[], bool]" = lambda: True
) -> Made:
    """The solver is only loaded here: the office that asks for a plan never needs it."""
    from planner.transport.holding import hold
    from planner.transport.lateness import lateness
    from planner.transport.reliable import plan_reliably
    from planner.transport.searching import plan_transport
    from planner.transport.writing import written

    if order.most is not None:
        found = plan_reliably(
            order.problem, most=order.most, slow=order.slow, held=order.held, lead=order.lead,
            seed=order.seed, seconds=order.seconds, rounds=order.rounds, tell=tell, goes_on=goes_on,
        )  # fmt: skip
        late = lateness(found.holding.problem, found.plan, order.slow / found.pace).passengers
        return Made(written(found.plan), late, found.holding.which, _margins(found))
    holding = hold(order.problem, order.held)
    rest = plan_transport(
        holding.rest, seconds=order.seconds, rounds=order.rounds, seed=order.seed, tell=tell
    )
    plan = holding.together(rest)
    return Made(written(plan), lateness(order.problem, plan, order.slow).passengers, holding.which)


def _margins(found: "Reliable") -> dict[str, Any]:
    """Seconds, pounds and shares, as they are kept with the plan."""
    looked_at = [[one.pace, round(one.cost, 2), round(one.late, 4), one.left_out] for one in found.scouted]
    return {
        "lead": found.lead, "pace": found.pace, "paces": looked_at,
        "pace_cost": None if found.extra is None else round(found.extra, 2),
    }  # fmt: skip
