"""What the worker does about satisfaction by the clock."""

from moothall.core.clock import now

from .rules.answering import cut_off_names
from .rules.surveying import send_due_surveys


def send_surveys(timestamp: int) -> None:
    """Whoever asked is asked how it was, once, when their survey is due."""
    send_due_surveys(at=now())


def let_names_go(timestamp: int) -> None:
    """From answers given without a name nothing leads to a case any more, once they cannot be changed."""
    cut_off_names(at=now())
