"""Leave: kinds, house rules, cover, requests day by day, and what else moves a balance."""

from .payroll import PayrollLine, PayrollRun
from .request import LeaveDay, LeaveEntry, LeaveEvent, LeaveLink, LeaveRequest, decided_by, led_by
from .setting import CoverRule, LeaveDeputy, LeaveKind, LeaveScheme

__all__ = [
    "CoverRule",
    "LeaveDay",
    "LeaveDeputy",
    "LeaveEntry",
    "LeaveEvent",
    "LeaveKind",
    "LeaveLink",
    "LeaveRequest",
    "LeaveScheme",
    "PayrollLine",
    "PayrollRun",
    "decided_by",
    "led_by",
]
