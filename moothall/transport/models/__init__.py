"""Passengers and what they need, where they go and when, who is entitled, and each single journey."""

from .application import (
    Appeal,
    Application,
    Assessment,
    Decision,
    Entitlement,
    TravelReview,
)
from .care import Consent, EmergencyContact, RiskAssessment, Separation
from .centre import Bell, Centre, Closure, Term, TermCalendar
from .eligibility import EligibilityRule, Rates, TransportRate
from .home import Home, HomeAddress, Stay
from .journey import Arrangement, Away, How, Journey, JourneyChange, Travel
from .passenger import Needs, Passenger

__all__ = [
    "Appeal",
    "Application",
    "Arrangement",
    "Assessment",
    "Away",
    "Bell",
    "Centre",
    "Closure",
    "Consent",
    "Decision",
    "EligibilityRule",
    "EmergencyContact",
    "Entitlement",
    "Home",
    "HomeAddress",
    "How",
    "Journey",
    "JourneyChange",
    "Needs",
    "Passenger",
    "Rates",
    "RiskAssessment",
    "Separation",
    "Stay",
    "Term",
    "TermCalendar",
    "TransportRate",
    "Travel",
    "TravelReview",
]
