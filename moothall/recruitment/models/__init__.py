"""Vacancies and what they ask for, campaigns with their routes and places, and those who apply."""

from .application import Answer, Applicant, Application, ApplicationFile
from .campaign import Campaign, CampaignStage, Places
from .draft import Draft, Monitoring, MonitoringQuestion
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
    "Campaign",
    "CampaignStage",
    "Criterion",
    "Draft",
    "EligibilityRule",
    "Mark",
    "Marker",
    "Monitoring",
    "MonitoringQuestion",
    "Places",
    "RoleProfile",
    "Route",
    "Sheet",
    "SiftReason",
    "Sifted",
    "Vacancy",
]
