"""What people who work here ask for about their work and families, and what is said of them elsewhere."""

from .family import FamilyLeave, TouchDay
from .family_case import FamilyCase
from .flexible import FlexibleMeeting, FlexibleRequest
from .happening import Happening, SentOnce
from .reference import ReferenceRequest, SettlementWording
from .shared import SharedBlock, SharedNotice

__all__ = [
    "FamilyCase",
    "FamilyLeave",
    "FlexibleMeeting",
    "FlexibleRequest",
    "Happening",
    "ReferenceRequest",
    "SentOnce",
    "SettlementWording",
    "SharedBlock",
    "SharedNotice",
    "TouchDay",
]
