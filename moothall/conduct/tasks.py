"""What the worker does about employee casework: by the clock, and bundles that were asked for."""

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.bundling import bind_bundle
from .rules.deciding import lapse_outcomes

WHEN_THE_DATABASE_IS_GONE = RetryStrategy(
    max_attempts=20, wait=5, retry_exceptions={OperationalError, InterfaceError}
)


def lapse_what_no_longer_counts(timestamp: int) -> None:
    """Outcomes whose day has passed are written down as lapsed, and told where that was wished."""
    lapse_outcomes(at=now(), today=today())


@app.task(name="conduct.bind", queue="intake", retry=WHEN_THE_DATABASE_IS_GONE)
def bind_in_background(*, bundle_id: int) -> None:
    """Bind one bundle; safe to run twice. What stood in the way is written on it."""
    bind_bundle(bundle_id, at=now())
