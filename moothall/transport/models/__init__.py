"""Passengers and what they need, where they go and when, who is entitled, and each single journey."""

from .allotment import Allotment, Sanction
from .application import (
    Appeal,
    Application,
    Assessment,
    Decision,
    Entitlement,
    TravelReview,
)
from .audit import Evidence, Finding, FindingStep, Inspection, InspectionAnswer
from .care import Consent, EmergencyContact, RiskAssessment, Separation
from .centre import Bell, Centre, Closure, Term, TermCalendar
from .checklist import AuditFigure, AuditRating, Checklist, ChecklistQuestion
from .contract import Contract, ContractorStaff, ContractPrice
from .contractor import Contractor
from .crew import CrewMember, CrewNeed, HoursRule
from .door import Carer, ContractorContact
from .duty import Cover, CrewWeek, Duty, Manning, StandBy, VehicleSwap
from .eligibility import EligibilityRule, Rates, TransportRate
from .fleet import Depot, KindPrice, OffRoad, PlanningFigure, Vehicle, VehicleKind
from .hire import HireJob
from .home import Home, HomeAddress, Stay
from .incident import (
    Incident,
    IncidentPhoto,
    Involved,
    OutsideReport,
    ReportingDuty,
)
from .investigation import IncidentAction, Investigation, Statement
from .invoice import Invoice, InvoiceLine
from .journey import Arrangement, Away, How, Journey, JourneyChange, Travel
from .mending import Mending, MendingOption, PlanChange, RunNotice
from .notice import DayMessage, DayNotice, LateRun
from .paper import Paper, PaperChase, PaperKind, PaperRule
from .passenger import Needs, Passenger
from .passing import NoShowTask, Passing, Press
from .plan import Call, NoRide, PlanCase, PlanHalf, Ride, Run, RunPlan
from .speeds import LearnedSpeeds, SpeedFactor
from .target import CountedMonth, MonthValue, RunGone, Target
from .vehicle_check import CheckItem, Defect, VehicleCheck
from .voice import TransportVoice

__all__ = [
    "Allotment",
    "Appeal",
    "Application",
    "Arrangement",
    "Assessment",
    "AuditFigure",
    "AuditRating",
    "Away",
    "Bell",
    "Call",
    "Carer",
    "Centre",
    "CheckItem",
    "Checklist",
    "ChecklistQuestion",
    "Closure",
    "Consent",
    "Contract",
    "ContractPrice",
    "Contractor",
    "ContractorContact",
    "ContractorStaff",
    "CountedMonth",
    "Cover",
    "CrewMember",
    "CrewNeed",
    "CrewWeek",
    "DayMessage",
    "DayNotice",
    "Decision",
    "Defect",
    "Depot",
    "Duty",
    "EligibilityRule",
    "EmergencyContact",
    "Entitlement",
    "Evidence",
    "Finding",
    "FindingStep",
    "HireJob",
    "Home",
    "HomeAddress",
    "HoursRule",
    "How",
    "Incident",
    "IncidentAction",
    "IncidentPhoto",
    "Inspection",
    "InspectionAnswer",
    "Investigation",
    "Invoice",
    "InvoiceLine",
    "Involved",
    "Journey",
    "JourneyChange",
    "KindPrice",
    "LateRun",
    "LearnedSpeeds",
    "Manning",
    "Mending",
    "MendingOption",
    "MonthValue",
    "Needs",
    "NoRide",
    "NoShowTask",
    "OffRoad",
    "OutsideReport",
    "Paper",
    "PaperChase",
    "PaperKind",
    "PaperRule",
    "Passenger",
    "Passing",
    "PlanCase",
    "PlanChange",
    "PlanHalf",
    "PlanningFigure",
    "Press",
    "Rates",
    "ReportingDuty",
    "Ride",
    "RiskAssessment",
    "Run",
    "RunGone",
    "RunNotice",
    "RunPlan",
    "Sanction",
    "Separation",
    "SpeedFactor",
    "StandBy",
    "Statement",
    "Stay",
    "Target",
    "Term",
    "TermCalendar",
    "TransportRate",
    "TransportVoice",
    "Travel",
    "TravelReview",
    "Vehicle",
    "VehicleCheck",
    "VehicleKind",
    "VehicleSwap",
]
