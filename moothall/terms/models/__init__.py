"""What falls due in an employment and what is done about it by when; pay points and increments."""

from .hearing import Hearing
from .pay import Increment, IncrementRun, PayPoint, PayPointRate, PayScale, Placement
from .rule import ProbationRule, ServiceAward
from .term import Term, TermLetter, TermStep

__all__ = [
    "Hearing",
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
