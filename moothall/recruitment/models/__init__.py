"""Vacancies and what they ask for, campaigns with their routes and places, and those who apply."""

from .application import Answer, Applicant, Application, ApplicationFile
from .campaign import Campaign, CampaignStage, Places
from .draft import Draft, Monitoring, MonitoringQuestion
from .event import AssessorAway, EventAssessor, EventDay, EventExercise, EventRoom, SelectionEvent
from .event_people import AssessorNotice, Conflict, EventCandidate, EventNotice
from .event_plan import Assessing, EventPlan, EventSeat, EventSitting
from .event_score import EventReason, EventResult, Score
from .profile import Criterion, RoleProfile
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
    "Campaign",
    "CampaignStage",
    "Conflict",
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
    "Mark",
    "Marker",
    "Monitoring",
    "MonitoringQuestion",
    "Places",
    "RoleProfile",
    "Route",
    "Score",
    "SelectionEvent",
    "Sheet",
    "SiftReason",
    "Sifted",
    "Vacancy",
]
