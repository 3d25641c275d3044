"""Appraisal: what people are appraised by, in which cycle, and how it went."""

from .appraisal import Appraisal, Event, Evidence, Rating
from .cycle import Cycle, Reminder
from .framework import Competency, Descriptor, Framework, Mark
from .objective import Objective, ObjectiveChange, ProgressNote

__all__ = [
    "Appraisal",
    "Competency",
    "Cycle",
    "Descriptor",
    "Event",
    "Evidence",
    "Framework",
    "Mark",
    "Objective",
    "ObjectiveChange",
    "ProgressNote",
    "Rating",
    "Reminder",
]
