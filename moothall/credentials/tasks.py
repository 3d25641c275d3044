"""What the worker does with credentials: by the clock, and with files of them."""

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .models import CredentialFile
from .rules.bringing import comparing, steps
from .rules.destroying import destroy_old_evidence
from .rules.reminding import remind_of_what_runs_out
from .rules.renewing import open_renewals

WHEN_THE_DATABASE_IS_GONE = RetryStrategy(
    max_attempts=20, wait=5, retry_exceptions={OperationalError, InterfaceError}
)


@app.task(name="credentials.file", queue="intake", retry=WHEN_THE_DATABASE_IS_GONE)
def bring_credentials_on(*, file_id: int) -> None:
    """Do the next step of a file: read it, compare it, record it, take it back; safe to run twice."""
    table = CredentialFile.objects.select_related("started_by", "run_by", "undone_by").get(pk=file_id)
    if table.state == CredentialFile.KEPT:
        steps.read_rows(table)
    elif table.state == CredentialFile.CHECKING:
        comparing.compare_rows(table, today=today())
    elif table.state == CredentialFile.RUNNING:
        steps.record_rows(table, clock=now)
    elif table.state == CredentialFile.UNDOING:
        steps.undo_rows(table, at=now())


@app.task(name="credentials.remind", queue="default", queueing_lock="credentials.remind")
def remind_of_credentials(**_periodic: int) -> int:
    """The answer is how many credentials were written about."""
    return remind_of_what_runs_out(at=now(), today=today())


@app.task(name="credentials.open_renewals", queue="default", queueing_lock="credentials.open_renewals")
def open_renewals_of_credentials(**_periodic: int) -> int:
    """The answer is how many cases were opened."""
    return open_renewals(at=now(), today=today())


def destroy_evidence(timestamp: int) -> None:
    """Evidence that its kind lets nobody keep any longer is destroyed, and that it was is written down."""
    destroy_old_evidence(at=now(), today=today())
