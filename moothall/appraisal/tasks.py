"""What the worker does with appraisals by the clock."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.chasing import chase
from .rules.inducting import begin_inductions
from .rules.weekly import chase_weekly


@app.task(name="appraisal.chase", queue="default", queueing_lock="appraisal.chase")
def chase_appraisals(**_periodic: int) -> int:
    """The answer is how many letters were written."""
    return chase(at=now(), today=today())


@app.task(name="appraisal.chase_weekly", queue="default", queueing_lock="appraisal.chase_weekly")
def chase_what_is_late(**_periodic: int) -> int:
    """The answer is how many letters were written."""
    return chase_weekly(at=now(), today=today())


@app.task(name="appraisal.induct", queue="default", queueing_lock="appraisal.induct")
def begin_inductions_of_today(**_periodic: int) -> int:
    """The answer is how many things are to be done with newcomers."""
    return begin_inductions(today=today())
