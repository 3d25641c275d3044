from .approach import Approach, Chaser
from .authority import Authority, Basis
from .format import Format, FormatNeed
from .habit import Habit
from .holding import HoldingReply
from .plan import ContactPlan, PlanReview

__all__ = [
    "Approach",
    "Authority",
    "Basis",
    "Chaser",
    "ContactPlan",
    "Format",
    "FormatNeed",
    "Habit",
    "HoldingReply",
    "PlanReview",
]
