"""Work on staff records that happens in the background."""

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .models import StaffImport
from .rules.bringing import comparing, doing, taking, undoing
from .rules.details.applying import apply_what_is_due

WHEN_THE_DATABASE_IS_GONE = RetryStrategy(
    max_attempts=20, wait=5, retry_exceptions={OperationalError, InterfaceError}
)


@app.task(name="workforce.details", queue="default", queueing_lock="workforce.details")
def apply_details(**_periodic: int) -> int:
    """What was approved for a day that has come; the answer is how many changes."""
    return apply_what_is_due(at=now(), today=today())


@app.task(name="workforce.extract", queue="intake", retry=WHEN_THE_DATABASE_IS_GONE)
def bring_staff_on(*, import_id: int) -> None:
    """Do the next step of an extract: read it, compare it, carry it out, take it back; safe to run twice."""
    table = StaffImport.objects.select_related("started_by", "run_by", "undone_by").get(pk=import_id)
    if table.state == StaffImport.KEPT:
        taking.read_rows(table)
    elif table.state == StaffImport.CHECKING:
        comparing.compare_rows(table, today=today())
    elif table.state == StaffImport.RUNNING:
        doing.run_rows(table, clock=now, today=today())
    elif table.state == StaffImport.UNDOING:
        undoing.undo_rows(table, at=now())
