"""What the worker does for the public pages by the clock."""

from moothall.core.clock import now

from .rules.asking import forget_unsent
from .rules.sending import understand_what_was_kept


def finish_what_was_sent(timestamp: int) -> None:
    """Forms that were sent and are no case yet become one."""
    understand_what_was_kept(at=now())


def forget_what_was_not_sent(timestamp: int) -> None:
    """Forms that were never sent are thrown away when their time is over."""
    forget_unsent(at=now())
