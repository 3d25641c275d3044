"""Courses, their sessions, who is to be trained and who is, and how many every team can spare."""

from .abstraction import Abstraction, AbstractionFetch, TeamFeed
from .arrival import DutyArrival, DutyRule
from .beginner import Beginner
from .cohort import Cohort, CohortClass, CohortGroup, TrainerWeek
from .course import Course, CourseRequirement, CourseVersion
from .duty import DutyChange, DutyFile, DutyLine
from .host import PathwayTutor, PlacementHost
from .invitation import InvitationAnswer, SessionInvitation
from .ledger import MinimumOverride, SparedRow, TeamDay, TeamMinimum
from .need import Need
from .nomination import Evaluation, Nomination, PlaceDay
from .pathway import District, Pathway, PathwayItem, PathwayModule
from .plan_run import LeftOut, PlanInput, PlanRun
from .repair import Repair, RepairChange, RepairMove, RepairProposal, RepairWeight
from .rest import PartHours, RestRule
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
from .student import Attachment, SignOff, Student, StudentCase, StudentMove

__all__ = [
    "Abstraction",
    "AbstractionFetch",
    "Attachment",
    "Beginner",
    "Cohort",
    "CohortClass",
    "CohortGroup",
    "Course",
    "CourseRequirement",
    "CourseVersion",
    "District",
    "DutyArrival",
    "DutyChange",
    "DutyFile",
    "DutyLine",
    "DutyRule",
    "Evaluation",
    "InvitationAnswer",
    "LeftOut",
    "MinimumOverride",
    "Need",
    "Nomination",
    "PartHours",
    "Pathway",
    "PathwayItem",
    "PathwayModule",
    "PathwayTutor",
    "PlaceDay",
    "PlaceNews",
    "PlacementHost",
    "PlanInput",
    "PlanRun",
    "PlannedPerson",
    "Repair",
    "RepairChange",
    "RepairMove",
    "RepairProposal",
    "RepairWeight",
    "RestRule",
    "Schedule",
    "ScheduleLine",
    "ScheduleNotice",
    "ScheduleReader",
    "ScheduleVersion",
    "Session",
    "SessionInvitation",
    "SignOff",
    "SparedRow",
    "Student",
    "StudentCase",
    "StudentMove",
    "TeamDay",
    "TeamFeed",
    "TeamMinimum",
    "TrainerDay",
    "TrainerWeek",
]
