"""Employee casework: matters of conduct, grievance and capability, seen only by the people named on them."""

from .matter import Issue, Matter, Party
from .meeting import Meeting
from .outcome import Outcome
from .procedure import MatterKind, Procedure, SanctionLevel

__all__ = ["Issue", "Matter", "MatterKind", "Meeting", "Outcome", "Party", "Procedure", "SanctionLevel"]
