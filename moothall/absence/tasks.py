"""What the worker does about absence by the clock."""

from moothall.core.clock import now, today

from .rules.passing import look_at_everybody_off
from .rules.writing import write_by_the_clock


def look_at_who_is_off(timestamp: int) -> None:
    """Triggers that the mere passing of days has reached are put before managers."""
    look_at_everybody_off(on=today(), at=now())


def write_to_who_is_off(timestamp: int) -> None:
    """Letters for certificates that end, are late or are missing, and before pay halves; each once."""
    write_by_the_clock(on=today(), at=now())
