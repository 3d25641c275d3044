"""What the worker does with credentials by the clock."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.destroying import destroy_old_evidence
from .rules.reminding import remind_of_what_runs_out
from .rules.renewing import open_renewals


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
