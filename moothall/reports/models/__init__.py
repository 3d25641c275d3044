"""What the office counts each month, which months are closed, and how good its records are."""

from .leave import LeaveTaken, LeaveToCount
from .month import MonthClosing, UnitMonth, UnitToCount
from .quality import Finding, QualityRule, QualityScore
from .sampling import QualitySample, SampledRecord

__all__ = [
    "Finding",
    "LeaveTaken",
    "LeaveToCount",
    "MonthClosing",
    "QualityRule",
    "QualitySample",
    "QualityScore",
    "SampledRecord",
    "UnitMonth",
    "UnitToCount",
]
