"""What the worker does by the clock about requests of staff."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.chasing import chase_deciders


@app.task(name="personnel.chase", queue="default", queueing_lock="personnel.chase")
def chase_requests(**_periodic: int) -> int:
    """The answer is how many letters were written."""
    return chase_deciders(at=now(), today=today())
