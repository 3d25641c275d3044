"""What people who work here ask for about their work and families, and what is said of them elsewhere."""

from .family import FamilyLeave, TouchDay
from .flexible import FlexibleMeeting, FlexibleRequest
from .happening import Happening, SentOnce
from .reference import ReferenceRequest, SettlementWording

__all__ = [
    "FamilyLeave",
    "FlexibleMeeting",
    "FlexibleRequest",
    "Happening",
    "ReferenceRequest",
    "SentOnce",
    "SettlementWording",
    "TouchDay",
]
