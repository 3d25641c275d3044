"""Courses, their sessions, who is to be trained and who is, and how many every team can spare."""

from .course import Course, CourseRequirement, CourseVersion
from .duty import DutyChange, DutyFile, DutyLine
from .ledger import MinimumOverride, SparedRow, TeamDay, TeamMinimum
from .need import Need
from .nomination import Evaluation, Nomination, PlaceDay
from .plan_run import LeftOut, PlanInput, PlanRun
from .schedule import (
    PlaceNews,
    PlannedPerson,
    Schedule,
    ScheduleLine,
    ScheduleNotice,
    ScheduleReader,
    ScheduleVersion,
)
from .session import Session, TrainerDay

__all__ = [
    "Course",
    "CourseRequirement",
    "CourseVersion",
    "DutyChange",
    "DutyFile",
    "DutyLine",
    "Evaluation",
    "LeftOut",
    "MinimumOverride",
    "Need",
    "Nomination",
    "PlaceDay",
    "PlaceNews",
    "PlanInput",
    "PlanRun",
    "PlannedPerson",
    "Schedule",
    "ScheduleLine",
    "ScheduleNotice",
    "ScheduleReader",
    "ScheduleVersion",
    "Session",
    "SparedRow",
    "TeamDay",
    "TeamMinimum",
    "TrainerDay",
]
