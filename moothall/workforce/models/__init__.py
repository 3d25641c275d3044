"""Who works for the office: employments, what each was assigned to and when, whom to tell, what they have."""

from .bringing import StaffImport, StaffProfile, StaffRow
from .employment import Assignment, Employment, LeavingReason
from .item import ChecklistEntry, IssuedItem, ItemKind, ItemRule
from .kin import NextOfKin
from .pattern import WorkPattern
from .skill import EmployeeSkill, Skill

__all__ = [
    "Assignment",
    "ChecklistEntry",
    "EmployeeSkill",
    "Employment",
    "IssuedItem",
    "ItemKind",
    "ItemRule",
    "LeavingReason",
    "NextOfKin",
    "Skill",
    "StaffImport",
    "StaffProfile",
    "StaffRow",
    "WorkPattern",
]
