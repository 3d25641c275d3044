"""The process in which a plan is searched for: it knows the planner alone and tells how far it is."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from moothall.core.child import FAR, STOP, answer
from planner.training.problem import Problem, ProblemError

if TYPE_CHECKING:
    from planner.training.limit import Limit
    from planner.training.searching import Progress

PROVING: Final = "PROVING"
EVERY: Final = 0.5  # seconds between two words on how far it is
PROVE: Final = 0.9  # the part of the time in which a limit is proved beside the search
PATIENCE: Final = 30.0  # seconds more for a proof that is nearly done
LEVERS: Final = 12


@dataclass(frozen=True)
class Order:
    """What is to be planned, and for how long: seconds, rounds or both."""

    problem: Problem
    seconds: float | None
    seed: int
    rounds: int | None = None


@dataclass(frozen=True)
class Made:
    """A plan in the published form, what would help by its price, and whether the limit was proved by the
    linear programme rather than quickly."""

    plan: dict[str, Any]
    levers: list[tuple[str, int, float]]
    proved: bool


def search(order: Order, line: Connection) -> None:
    """What the process does: search, prove beside it, and hand the plan over."""
    answer(line, lambda: _made(order, _Teller(line)), refused=ProblemError)


class _Teller:
    """Tells how far the search is, now and then, and hears when it is to end."""

    def __init__(self, line: Connection) -> None:
        self.line, self.stopped, self._last = line, False, -EVERY

    def __call__(self, far: "Progress") -> bool:
        if far.seconds - self._last >= EVERY:
            self._last = far.seconds
            self.line.send((FAR, (far.seconds, far.rounds, far.placed, far.bound)))
        return not self.is_stopped()

    def is_stopped(self) -> bool:
        if not self.stopped and self.line.poll():
            self.stopped = self.line.recv() == STOP
        return self.stopped

    def wait_for(self, limit: "Future[Limit]", seconds: float) -> "Limit | None":
        """The proof, if it comes in so many seconds and nobody says stop."""
        self.line.send((PROVING, None))
        for _second in range(int(seconds) + 1):
            if limit.done() or self.is_stopped():
                break
            with suppress(NotYet):
                limit.result(timeout=1)
        return limit.result() if limit.done() else None


def _made(order: Order, tell: _Teller) -> Made:
    """The plan with the better of both limits; the proof is waited for, unless somebody stopped it.

    The solver is only loaded here: the office that asks for a plan never needs it.
    """
    from planner.training.levers import levers
    from planner.training.limit import proved
    from planner.training.searching import plan_training
    from planner.training.writing import written

    seconds = order.seconds or PATIENCE
    with_proof = ThreadPoolExecutor(1)
    limit = with_proof.submit(proved, order.problem, PROVE * seconds)
    plan = plan_training(
        order.problem, seconds=order.seconds, rounds=order.rounds, seed=order.seed, tell=tell, limit=limit
    )
    found = tell.wait_for(limit, seconds + PATIENCE)
    with_proof.shutdown(wait=False, cancel_futures=True)
    if found is None:
        return Made(written(plan), [], proved=False)
    is_better = found.places <= plan.bound
    plan = replace(plan, bound=min(plan.bound, found.places))
    helps = [(each.kind, each.number, each.places) for each in levers(order.problem, found, LEVERS)]
    return Made(written(plan), helps, proved=is_better)
