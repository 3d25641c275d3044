"""What the worker does about employee casework by the clock."""

from moothall.core.clock import now, today

from .rules.deciding import lapse_outcomes


def lapse_what_no_longer_counts(timestamp: int) -> None:
    """Outcomes whose day has passed are written down as lapsed, and told where that was wished."""
    lapse_outcomes(at=now(), today=today())
