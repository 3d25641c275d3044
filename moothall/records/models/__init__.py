"""What is kept: documents by content, the audit of everything done, and its seals."""

from .kept import AuditEvent, AuditEventQuerySet, Document, plainly
from .sealed import AuditCheck, AuditSeal
from .standing import Standstill

__all__ = [
    "AuditCheck", "AuditEvent", "AuditEventQuerySet", "AuditSeal", "Document", "Standstill", "plainly",
]  # fmt: skip
