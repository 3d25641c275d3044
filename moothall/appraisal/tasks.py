"""What the worker does with appraisals by the clock."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.chasing import chase


@app.task(name="appraisal.chase", queue="default", queueing_lock="appraisal.chase")
def chase_appraisals(**_periodic: int) -> int:
    """The answer is how many letters were written."""
    return chase(at=now(), today=today())
