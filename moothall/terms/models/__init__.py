"""What falls due in an employment and what is done about it by when; pay points and increments."""

from .pay import Increment, IncrementRun, PayPoint, PayPointRate, PayScale, Placement
from .rule import ProbationRule, ServiceAward
from .term import Term, TermLetter, TermStep

__all__ = [
    "Increment",
    "IncrementRun",
    "PayPoint",
    "PayPointRate",
    "PayScale",
    "Placement",
    "ProbationRule",
    "ServiceAward",
    "Term",
    "TermLetter",
    "TermStep",
]
