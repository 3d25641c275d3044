"""What the worker does with problems at night: it looks for cases that may share a cause."""

from procrastinate.contrib.django import app

from moothall.core.clock import now

from .rules.grouping import find_candidates


@app.task(name="problems.find_candidates", queue="default", queueing_lock="problems.find_candidates")
def find_what_recurs(**_periodic: int) -> int:
    """The answer is how many groups are offered."""
    return find_candidates(at=now())
