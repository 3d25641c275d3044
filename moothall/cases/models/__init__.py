"""Services that can be asked for, and the cases, steps, clocks and timeline that answer them."""

from .case import Case, CaseAccess, CaseLink, CaseSearch, NamedSearch, Reading
from .clock import CaseClock, ClockEvent, Escalation, HolidayCorrection
from .digest import Digest
from .emergency import EmergencyOpening, EmergencyRules
from .entry import Entry, EntryDocument
from .service import Service, ServiceVersion
from .step import Step

__all__ = [
    "Case",
    "CaseAccess",
    "CaseClock",
    "CaseLink",
    "CaseSearch",
    "ClockEvent",
    "Digest",
    "EmergencyOpening",
    "EmergencyRules",
    "Entry",
    "EntryDocument",
    "Escalation",
    "HolidayCorrection",
    "NamedSearch",
    "Reading",
    "Service",
    "ServiceVersion",
    "Step",
]
