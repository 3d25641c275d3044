"""What the worker does for recruitment by the clock."""

from moothall.core.clock import now

from .rules.drafts import forget_unsent
from .rules.updating import tell_who_waits


def forget_unsent_applications(timestamp: int) -> None:
    """Applications that were never sent are thrown away when their time is over."""
    forget_unsent(at=now())


def tell_applicants_who_wait(timestamp: int) -> None:
    """Applicants who would not hear within ten working days are told where they are."""
    tell_who_waits(at=now())
