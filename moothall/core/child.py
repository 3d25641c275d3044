"""A process of its own for long work: it says how far it is, hears when to end, and goes with whoever asked.

with Child(order, search) as child:
    while (said := child.hear(1.0)) is None: ...
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Final, Self

FAR, MADE, WRONG = "FAR", "MADE", "WRONG"
STOP: Final = "STOP"
Said = tuple[str, Any]


class Child:
    """Work in a process group of its own; leaving the block ends it, whatever it does."""

    def __init__(self, order: Any, target: Callable[[Any, Connection], None]) -> None:
        aside = get_context("spawn")
        self._line, theirs = aside.Pipe()
        self._process = aside.Process(target=target, args=(order, theirs), name="planner")
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
        """Have it end with the best it has."""
        with suppress(OSError):
            self._line.send(STOP)


def answer(line: Connection, do: Callable[[], Any], *, refused: type[Exception]) -> None:
    """What the process does: the work, and hand over what came of it, or why it cannot be done."""
    os.setsid()
    try:
        line.send((MADE, do()))
    except refused as wrong:
        line.send((WRONG, str(wrong)))
    except OSError:  # whoever asked is gone: nobody needs this any more, nor what it started
        os.killpg(0, signal.SIGKILL)
