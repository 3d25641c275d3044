"""What people hold that lets them do things, until when, and what asks for it."""

from .bringing import CredentialFile, CredentialRow
from .credential import Credential, EvidenceSeen, Reminder, RenewalCase
from .kind import Activity, CredentialKind, Requirement, Validity

__all__ = [
    "Activity",
    "Credential",
    "CredentialFile",
    "CredentialKind",
    "CredentialRow",
    "EvidenceSeen",
    "Reminder",
    "RenewalCase",
    "Requirement",
    "Validity",
]
