"""Several people doing something at the very same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from moothall.core.refusals import Refusal

Outcome = Any


def at_once(*acts: Callable[[], Any]) -> list[Outcome]:
    """What each act answered, or the refusal it got; anything else that goes wrong is raised here."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Outcome:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return [done.result(timeout=60) for done in [people.submit(begin, act) for act in acts]]


def refusals(outcomes: list[Outcome]) -> list[type[Refusal]]:
    return [type(each) for each in outcomes if isinstance(each, Refusal)]
