"""Appraisal: what people are appraised by, in which cycle, and how it went."""

from .appraisal import Appraisal, Event, Evidence, Rating
from .cycle import Cycle, CycleCase, Reminder
from .framework import Competency, Descriptor, Framework, Mark
from .growth import InductionItem, InductionTask, Mentoring, PlanItem
from .objective import Objective, ObjectiveChange, ProgressNote
from .talk import Action, Talk

__all__ = [
    "Action",
    "Appraisal",
    "Competency",
    "Cycle",
    "CycleCase",
    "Descriptor",
    "Event",
    "Evidence",
    "Framework",
    "InductionItem",
    "InductionTask",
    "Mark",
    "Mentoring",
    "Objective",
    "ObjectiveChange",
    "PlanItem",
    "ProgressNote",
    "Rating",
    "Reminder",
    "Talk",
]
