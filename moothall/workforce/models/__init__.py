"""Who works for the office: employments, what each was assigned to and when, whom to tell, what they have."""

from .bringing import StaffImport, StaffProfile, StaffRow
from .details import DetailChange, DetailKind
from .employment import Assignment, Employment, LeavingReason
from .file import FileClass, PaperRead, PersonnelDocument
from .item import ChecklistEntry, IssuedItem, ItemKind, ItemRule
from .kin import NextOfKin
from .pattern import WorkPattern
from .skill import EmployeeSkill, Skill

__all__ = [
    "Assignment",
    "ChecklistEntry",
    "DetailChange",
    "DetailKind",
    "EmployeeSkill",
    "Employment",
    "FileClass",
    "IssuedItem",
    "ItemKind",
    "ItemRule",
    "LeavingReason",
    "NextOfKin",
    "PaperRead",
    "PersonnelDocument",
    "Skill",
    "StaffImport",
    "StaffProfile",
    "StaffRow",
    "WorkPattern",
]
