"""What the worker does for other systems."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .models import Endpoint
from .rules.alerting import write_alert
from .rules.telling import tell_what_is_due


@app.task(name="webhooks.tell", queue="webhooks", queueing_lock="webhooks.tell", lock="webhooks.tell")
def tell_others(**_periodic: int) -> int:
    """Tell other systems everything that is due; safe to run twice."""
    return tell_what_is_due(clock=now)


@app.task(name="webhooks.alert", queue="default", retry=5)
def alert_administrators(*, endpoint_id: int) -> None:
    """Write to the administrators that an endpoint cannot be told."""
    write_alert(Endpoint.objects.get(pk=endpoint_id), on=today())
