"""Work that is too heavy for a page, done by one process that stays, which every page of this process asks.

aside.ask("offers 7", offers_of, 7)      what the function says; or StillAtIt while it is worked out
aside.begin("offers 7", offers_of, 7)    have it worked out before anybody asks

What is asked twice by the same key is worked out once. The process goes when whoever started it goes.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Lock, Thread
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from .refusals import Refusal

PATIENCE: Final = 0.8  # seconds that a page waits for an answer before it says that it waits
KEPT: Final = 64  # answers that are kept


class StillAtIt(Refusal):
    """It is not worked out yet."""

    sentence = _("This is still being worked out.")
    next_step = _("Try again in a moment.")
    status, seconds = 503, 2


class ItsProcessIsGone(Refusal):
    sentence = _("The process that works this out is gone: it was stopped, or had too little memory.")
    next_step = _("Try again. If it happens again, tell whoever looks after the machine.")
    status, seconds = 503, 5


class OneProcess(ProcessPoolExecutor):
    """It knows the office's rows, over a connection of its own."""

    def __init__(self) -> None:
        super().__init__(1, mp_context=get_context("spawn"), initializer=settle_in)

    def submit(self, do: Callable[..., Any], /, *given: Any, **named: Any) -> "Future[Any]":
        return super().submit(freshly, do, *given, **named)


def freshly(do: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Done over a connection that still stands, long after the one before."""
    from django.db import close_old_connections

    close_old_connections()
    return do(*given, **named)


def settle_in() -> None:
    """What the process does first: it gets to know the office, and ends with whoever started it."""
    import django

    parent = parent_process()
    if parent is not None:
        Thread(target=_go_with, args=(parent.sentinel,), daemon=True).start()
    django.setup()


def _go_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)


class Aside:
    """The process, and what it was asked of late."""

    def __init__(self, start: Callable[[], Executor] = OneProcess) -> None:
        self.start = start
        self._lock = Lock()
        self._executor: Executor | None = None
        self._asked: OrderedDict[str, Future[Any]] = OrderedDict()

    def begin(self, key: str, do: Callable[..., Any], *given: Any) -> "Future[Any]":
        """Have it worked out; nobody waits."""
        with self._lock:
            future = self._asked.get(key)
            if future is None:
                future = self._sent(do, given)
                self._asked[key] = future
            self._asked.move_to_end(key)
            while len(self._asked) > KEPT:
                self._asked.popitem(last=False)
        return future

    def ask(self, key: str, do: Callable[..., Any], *given: Any, patience: float = PATIENCE) -> Any:
        """The answer. StillAtIt where it is not there in time; what the function raises is not kept."""
        future = self.begin(key, do, *given)
        try:
            return future.result(timeout=patience)
        except TimeoutError as wrong:
            raise StillAtIt from wrong
        except BrokenExecutor as wrong:
            self.forget()
            raise ItsProcessIsGone from wrong
        except Exception:
            self._asked.pop(key, None)
            raise

    def forget(self) -> None:
        """Begin anew with another process."""
        with self._lock:
            executor, self._executor = self._executor, None
            self._asked.clear()
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def _sent(self, do: Callable[..., Any], given: tuple[Any, ...]) -> "Future[Any]":
        if self._executor is None:
            self._executor = self.start()
        try:
            return self._executor.submit(do, *given)
        except BrokenExecutor:
            self._executor = self.start()
            return self._executor.submit(do, *given)


aside = Aside()
