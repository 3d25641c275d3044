"""Who works for the office: employments, what each was assigned to and when, and whom to tell."""

from .employment import Assignment, Employment, LeavingReason
from .kin import NextOfKin
from .pattern import WorkPattern

__all__ = ["Assignment", "Employment", "LeavingReason", "NextOfKin", "WorkPattern"]
