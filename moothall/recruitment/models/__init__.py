"""Vacancies and what they ask for, campaigns with their routes and places, and those who apply."""

from .application import Answer, Applicant, Application, ApplicationFile
from .campaign import Campaign, CampaignStage, Places
from .draft import Draft, Monitoring, MonitoringQuestion
from .profile import Criterion, RoleProfile
from .route import EligibilityRule, Route
from .vacancy import Vacancy

__all__ = [
    "Answer",
    "Applicant",
    "Application",
    "ApplicationFile",
    "Campaign",
    "CampaignStage",
    "Criterion",
    "Draft",
    "EligibilityRule",
    "Monitoring",
    "MonitoringQuestion",
    "Places",
    "RoleProfile",
    "Route",
    "Vacancy",
]
