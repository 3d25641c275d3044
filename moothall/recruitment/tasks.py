"""What the worker does for recruitment by the clock."""

from moothall.core.clock import now

from .rules.drafts import forget_unsent


def forget_unsent_applications(timestamp: int) -> None:
    """Applications that were never sent are thrown away when their time is over."""
    forget_unsent(at=now())
