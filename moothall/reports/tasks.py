"""What the worker does about figures by the clock."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.counting import count_by_night, count_what_changed
from .rules.progress import count_leave
from .rules.quality import look_through_records


@app.task(name="reports.count", queue="default", queueing_lock="reports.count")
def count_figures_anew(**_periodic: int) -> int:
    """The answer is how many units and months were counted."""
    return count_by_night(today=today(), at=now())


@app.task(name="reports.count_changed", queue="default", queueing_lock="reports.count_changed")
def count_units_that_changed(**_periodic: int) -> int:
    """The answer is how many units and months were counted."""
    return count_what_changed(today=today(), at=now())


@app.task(name="reports.leave", queue="default", queueing_lock="reports.leave")
def add_up_leave(**_periodic: int) -> int:
    """The answer is of how many people."""
    return count_leave(today=today(), at=now())


@app.task(name="reports.look", queue="default", queueing_lock="reports.look")
def look_for_faults(**_periodic: int) -> int:
    """The answer is how many faults were found that were not known."""
    return look_through_records(today=today(), at=now())[0]
