"""What the worker does with workload by the clock: what came in is counted."""

from procrastinate.contrib.django import app

from moothall.core.clock import today

from .rules.demand import count_demand


@app.task(name="workload.count_demand", queue="default", queueing_lock="workload.count_demand")
def count_what_came_in(**_periodic: int) -> int:
    """The answer is how many hours of how many teams brought anything."""
    return count_demand(today=today())
