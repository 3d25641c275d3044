"""What the worker does by the clock: whoever comes tomorrow is reminded, holds run out, rooms are chosen."""

from procrastinate.contrib.django import app

from moothall.core.clock import now, today

from .rules.deciding import look_after_holds
from .rules.rooming import choose_everywhere
from .rules.writing import remind_of_tomorrow


@app.task(name="bookings.remind_of_tomorrow", queue="default", queueing_lock="bookings.remind_of_tomorrow")
def tell_of_tomorrow(**_periodic: int) -> int:
    """The answer is how many were told."""
    return remind_of_tomorrow(at=now(), today=today())


@app.task(name="bookings.end_holds", queue="default", queueing_lock="bookings.end_holds")
def end_holds(**_periodic: int) -> int:
    """The answer is how many ran out or were offered to somebody who waits."""
    return sum(look_after_holds(at=now()))


@app.task(name="bookings.choose_rooms", queue="default", queueing_lock="bookings.choose_rooms")
def choose_bedrooms(**_periodic: int) -> int:
    """The answer is how many places had their rooms chosen."""
    return choose_everywhere(at=now(), today=today())
