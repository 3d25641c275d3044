"""What the worker does for promotions, by the clock."""

from moothall.core.clock import now

from .rules.looking_after import look_after_promotions as look_after


def look_after_promotions(timestamp: int) -> None:
    """Windows to appeal and times in the pool end, and those concerned hear before."""
    look_after(at=now())
