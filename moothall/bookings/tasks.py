"""What the worker does with appointments by the clock: whoever comes tomorrow is reminded."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.writing import remind_of_tomorrow


@app.task(name="bookings.remind_of_tomorrow", queue="default", queueing_lock="bookings.remind_of_tomorrow")
def tell_of_tomorrow(**_periodic: int) -> int:
    """The answer is how many were told."""
    return remind_of_tomorrow(at=now(), today=today())
