"""Vacancies and what they ask for, campaigns with their routes and places, those who apply, their checks and
references, and what they are offered."""

from .application import Answer, Applicant, Application, ApplicationFile
from .bulk import BulkAct, BulkRow, Tag
from .campaign import Campaign, CampaignStage, Places
from .check import CheckKind, CheckWeek, Clearance
from .contract import Contract, ContractTemplate
from .draft import Draft, Monitoring, MonitoringQuestion
from .event import AssessorAway, EventAssessor, EventDay, EventExercise, EventRoom, SelectionEvent
from .event_people import AssessorNotice, Conflict, EventCandidate, EventNotice
from .event_plan import Assessing, EventPlan, EventSeat, EventSitting
from .event_score import EventReason, EventResult, Score
from .figures import FigureRule, FunnelStage
from .offer import Offer
from .profile import Criterion, RoleProfile
from .reference import Referee, Reference
from .route import EligibilityRule, Route
from .shortlist import Agreed, Mark, Marker, Sheet, Sifted, SiftReason
from .vacancy import Vacancy

__all__ = [
    "Agreed",
    "Answer",
    "Applicant",
    "Application",
    "ApplicationFile",
    "Assessing",
    "AssessorAway",
    "AssessorNotice",
    "BulkAct",
    "BulkRow",
    "Campaign",
    "CampaignStage",
    "CheckKind",
    "CheckWeek",
    "Clearance",
    "Conflict",
    "Contract",
    "ContractTemplate",
    "Criterion",
    "Draft",
    "EligibilityRule",
    "EventAssessor",
    "EventCandidate",
    "EventDay",
    "EventExercise",
    "EventNotice",
    "EventPlan",
    "EventReason",
    "EventResult",
    "EventRoom",
    "EventSeat",
    "EventSitting",
    "FigureRule",
    "FunnelStage",
    "Mark",
    "Marker",
    "Monitoring",
    "MonitoringQuestion",
    "Offer",
    "Places",
    "Referee",
    "Reference",
    "RoleProfile",
    "Route",
    "Score",
    "SelectionEvent",
    "Sheet",
    "SiftReason",
    "Sifted",
    "Tag",
    "Vacancy",
]
