"""Employee casework: matters of conduct, grievance and capability, seen only by the people named on them."""

from .appeal import Appeal
from .bundle import Bundle, BundleCopy, BundleItem
from .matter import Issue, Matter, Party
from .meeting import Meeting
from .outcome import Outcome
from .procedure import MatterKind, Procedure, SanctionLevel

__all__ = [
    "Appeal",
    "Bundle",
    "BundleCopy",
    "BundleItem",
    "Issue",
    "Matter",
    "MatterKind",
    "Meeting",
    "Outcome",
    "Party",
    "Procedure",
    "SanctionLevel",
]
