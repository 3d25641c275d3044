"""Ranks and what each asks for, boards, the pool of those who passed, and promotions for a while."""

from .board import Appeal, Board, EligibilityCheck, Endorsement
from .pool import PoolPlace
from .rank import Period, PromotionRule, Rank
from .temporary import Prolonging, TemporaryPromotion

__all__ = [
    "Appeal",
    "Board",
    "EligibilityCheck",
    "Endorsement",
    "Period",
    "PoolPlace",
    "Prolonging",
    "PromotionRule",
    "Rank",
    "TemporaryPromotion",
]
