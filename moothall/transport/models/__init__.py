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
from .contractor import Contractor
from .eligibility import EligibilityRule, Rates, TransportRate
from .fleet import Depot, KindPrice, OffRoad, PlanningFigure, Vehicle, VehicleKind
from .home import Home, HomeAddress, Stay
from .journey import Arrangement, Away, How, Journey, JourneyChange, Travel
from .mending import Mending, MendingOption, PlanChange, RunNotice
from .passenger import Needs, Passenger
from .plan import Call, NoRide, PlanCase, PlanHalf, Ride, Run, RunPlan

__all__ = [
    "Appeal",
    "Application",
    "Arrangement",
    "Assessment",
    "Away",
    "Bell",
    "Call",
    "Centre",
    "Closure",
    "Consent",
    "Contractor",
    "Decision",
    "Depot",
    "EligibilityRule",
    "EmergencyContact",
    "Entitlement",
    "Home",
    "HomeAddress",
    "How",
    "Journey",
    "JourneyChange",
    "KindPrice",
    "Mending",
    "MendingOption",
    "Needs",
    "NoRide",
    "OffRoad",
    "Passenger",
    "PlanCase",
    "PlanChange",
    "PlanHalf",
    "PlanningFigure",
    "Rates",
    "Ride",
    "RiskAssessment",
    "Run",
    "RunNotice",
    "RunPlan",
    "Separation",
    "Stay",
    "Term",
    "TermCalendar",
    "TransportRate",
    "Travel",
    "TravelReview",
    "Vehicle",
    "VehicleKind",
]
