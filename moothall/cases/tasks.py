"""What the worker does with cases by the clock: late ones are escalated, and digests written."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.digesting import write_digests
from .rules.escalating import escalate_late


@app.task(name="cases.escalate_late", queue="default", queueing_lock="cases.escalate_late")
def tell_of_what_is_late(**_periodic: int) -> int:
    """The answer is how many were told."""
    return escalate_late(at=now(), today=today())


@app.task(name="cases.write_digests", queue="default", queueing_lock="cases.write_digests")
def write_morning_digests(**_periodic: int) -> int:
    """The answer is how many digests were written; the rule itself knows the hours and days for it."""
    return write_digests(at=now())
