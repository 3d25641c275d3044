"""What the worker does about contacts with care by the clock: it puts things before people, sends nothing."""

from moothall.core.clock import now, today

from .rules.approaching import raise_chasers
from .rules.holding import raise_holding_replies


def remind_of_other_bodies(timestamp: int) -> None:
    """Whoever has the case finds on My work that another body has not answered."""
    raise_chasers(at=now(), today=today())


def think_of_holding_replies(timestamp: int) -> None:
    """Whoever has a case finds on My work that its answer is nearly due and nobody has written yet."""
    raise_holding_replies(at=now(), today=today())
