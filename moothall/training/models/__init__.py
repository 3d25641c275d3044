"""Courses, their sessions, who is to be trained and who is, and how many every team can spare."""

from .course import Course, CourseRequirement, CourseVersion
from .duty import DutyChange, DutyFile, DutyLine
from .invitation import SessionInvitation
from .ledger import MinimumOverride, SparedRow, TeamDay, TeamMinimum
from .need import Need
from .nomination import Evaluation, Nomination, PlaceDay
from .session import Session, TrainerDay

__all__ = [
    "Course",
    "CourseRequirement",
    "CourseVersion",
    "DutyChange",
    "DutyFile",
    "DutyLine",
    "Evaluation",
    "MinimumOverride",
    "Need",
    "Nomination",
    "PlaceDay",
    "Session",
    "SessionInvitation",
    "SparedRow",
    "TeamDay",
    "TeamMinimum",
    "TrainerDay",
]
