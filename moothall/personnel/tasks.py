"""What the worker does by the clock about requests of staff."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.chasing import chase_deciders
from .rules.shared import settle_what_was_not_agreed


@app.task(name="personnel.chase", queue="default", queueing_lock="personnel.chase")
def chase_requests(**_periodic: int) -> int:
    """The answer is how many letters were written."""
    return chase_deciders(at=now(), today=today())


@app.task(name="personnel.settle", queue="default", queueing_lock="personnel.settle")
def settle_shared_leave(**_periodic: int) -> int:
    """The answer is how many notices of shared leave became one block."""
    return settle_what_was_not_agreed(at=now(), today=today())
