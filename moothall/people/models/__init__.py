"""Who there is: persons and organisations, teams and posts, accounts with roles."""

from .account import Account, Dismissal, Draft, Grant, Role, SavedView
from .organisation import Organisation, Place, Post, Team
from .person import (
    CautionMarker,
    ContactPoint,
    Person,
    PersonMerge,
    PersonRole,
    PersonRoleKind,
    ProtectedAddress,
)

__all__ = [
    "Account",
    "CautionMarker",
    "ContactPoint",
    "Dismissal",
    "Draft",
    "Grant",
    "Organisation",
    "Person",
    "PersonMerge",
    "PersonRole",
    "PersonRoleKind",
    "Place",
    "Post",
    "ProtectedAddress",
    "Role",
    "SavedView",
    "Team",
]
