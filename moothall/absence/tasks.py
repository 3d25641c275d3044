"""What the worker does about absence by the clock."""

from moothall.core.clock import now, today

from .rules.triggers import look_at_everybody_off


def look_at_who_is_off(timestamp: int) -> None:
    """Triggers that the mere passing of days has reached are put before managers."""
    look_at_everybody_off(on=today(), at=now())
