"""The process in which a week of crews is searched for: it knows the planner alone."""

from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from moothall.core.child import FAR, STOP, answer
from planner.crews.plan import Plan, Progress
from planner.crews.problem import CrewError, Problem

EVERY: Final = 1.0  # seconds between two words on how far it is


@dataclass(frozen=True)
class WeekOrder:
    """What is to be manned, and for how long: processor seconds, rounds or both."""

    problem: Problem
    seconds: float
    seed: int
    rounds: int | None = None


@dataclass(frozen=True)
class WeekMade:
    """The week, and the fewest places without anybody that there could be."""

    plan: Plan
    least_unmanned: int


def search(order: WeekOrder, line: Connection) -> None:
    """Search for who goes on which run."""
    answer(line, lambda: made(order, _Teller(line)), refused=CrewError)


class _Teller:
    """Tells how far the search is, now and then, and hears when it is to end."""

    def __init__(self, line: Connection) -> None:
        self.line, self._last = line, -EVERY

    def __call__(self, far: Progress) -> bool:
        if far.seconds - self._last >= EVERY:
            self._last = far.seconds
            self.line.send((FAR, (round(far.seconds, 1), far.cost, far.unmanned)))
        return not (self.line.poll() and self.line.recv() == STOP)


def made(order: WeekOrder, tell: "_Teller | None" = None) -> WeekMade:
    """The planner is only loaded here."""
    from planner.crews.bound import least_unmanned
    from planner.crews.planning import plan_crews

    plan = plan_crews(
        order.problem, seconds=order.seconds, rounds=order.rounds, seed=order.seed,
        tell=tell or (lambda _far: True),
    )  # fmt: skip
    return WeekMade(plan, least_unmanned(order.problem))
