"""The process in which runs are searched for: it knows the planner alone and tells how far it is."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from planner.transport.problem import Problem, ProblemError

if TYPE_CHECKING:
    from planner.transport.searching import Progress

FAR, MADE, WRONG = "FAR", "MADE", "WRONG"
STOP: Final = "STOP"
EVERY: Final = 0.5  # processor seconds between two words on how far it is
Said = tuple[str, Any]


@dataclass(frozen=True)
class Order:
    """What is to be planned, and for how long: processor seconds, rounds or both."""

    problem: Problem
    seconds: float | None
    seed: int
    slow: float
    rounds: int | None = None


@dataclass(frozen=True)
class Made:
    """A plan in the published form, and who would be late on a slow day."""

    plan: dict[str, Any]
    late: tuple[int, ...]


class Child:
    """A search in a process group of its own; leaving the block ends it, whatever it does."""

    def __init__(self, order: Any, target: Callable[[Any, Connection], None] | None = None) -> None:
        aside = get_context("spawn")
        self._line, theirs = aside.Pipe()
        self._process = aside.Process(target=target or search, args=(order, theirs), name="planner")
        self._process.start()
        theirs.close()
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        if self.pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()

    def hear(self, seconds: float) -> Said | None:
        """What it says next, or None if it says nothing for so long. EOFError once it is gone."""
        if not self._line.poll(seconds):
            return None
        said: Said = self._line.recv()
        return said

    def stop(self) -> None:
        """Have it end with the best plan it has."""
        with suppress(OSError):
            self._line.send(STOP)


def answer(line: Connection, do: Callable[[], Any]) -> None:
    """What a process does: the work, and hand over what came of it."""
    os.setsid()
    try:
        line.send((MADE, do()))
    except ProblemError as wrong:
        line.send((WRONG, str(wrong)))
    except OSError:  # whoever asked is gone: nobody needs this any more
        os.killpg(0, signal.SIGKILL)


def search(order: Order, line: Connection) -> None:
    """Search for the runs of one direction."""
    answer(line, lambda: _made(order, _Teller(line)))


class _Teller:
    """Tells how far the search is, now and then, and hears when it is to end."""

    def __init__(self, line: Connection) -> None:
        self.line, self._last = line, -EVERY

    def __call__(self, far: "Progress") -> bool:
        if far.seconds - self._last >= EVERY:
            self._last = far.seconds
            self.line.send((FAR, (far.seconds, far.rounds, far.cost, far.runs, far.left_out)))
        return not (self.line.poll() and self.line.recv() == STOP)


def _made(order: Order, tell: _Teller) -> Made:
    """The solver is only loaded here: the office that asks for a plan never needs it."""
    from planner.transport.lateness import lateness
    from planner.transport.searching import plan_transport
    from planner.transport.writing import written

    plan = plan_transport(
        order.problem, seconds=order.seconds, rounds=order.rounds, seed=order.seed, tell=tell
    )
    return Made(written(plan), lateness(order.problem, plan, order.slow).passengers)
