"""What falls due in an employment, and what is done about it by when."""

from .rule import ProbationRule, ServiceAward
from .term import Term, TermLetter, TermStep

__all__ = ["ProbationRule", "ServiceAward", "Term", "TermLetter", "TermStep"]
