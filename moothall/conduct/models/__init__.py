"""Employee casework: matters of conduct, grievance and capability, seen only by the people named on them."""

from .appeal import Appeal
from .bundle import Bundle, BundleCopy, BundleItem
from .improvement import ImprovementNotice, WindowExtension
from .link import MatterLink
from .matter import Issue, Matter, Party
from .meeting import Meeting
from .outcome import Outcome
from .procedure import Exemption, MatterKind, Procedure, SanctionLevel
from .suspension import Suspension, SuspensionReview

__all__ = [
    "Appeal",
    "Bundle",
    "BundleCopy",
    "BundleItem",
    "Exemption",
    "ImprovementNotice",
    "Issue",
    "Matter",
    "MatterKind",
    "MatterLink",
    "Meeting",
    "Outcome",
    "Party",
    "Procedure",
    "SanctionLevel",
    "Suspension",
    "SuspensionReview",
    "WindowExtension",
]
