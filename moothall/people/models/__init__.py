"""Who there is: persons and organisations, teams and posts, accounts with roles."""

from .account import Account, Dismissal, Draft, Grant, Role, SavedView
from .caution import CautionMarker, CautionReview, ProtectedAddress
from .organisation import Organisation, Place, Post, Team
from .person import ContactPoint, Person, PersonRole, PersonRoleKind
from .sameness import LikelyDuplicate, PersonMerge, ToldApart
from .signing_in import SignInEvent, SignInRules
from .working import Absence, LanguageSkill, Presence, WorkHours

__all__ = [
    "Absence",
    "Account",
    "CautionMarker",
    "CautionReview",
    "ContactPoint",
    "Dismissal",
    "Draft",
    "Grant",
    "LanguageSkill",
    "LikelyDuplicate",
    "Organisation",
    "Person",
    "PersonMerge",
    "PersonRole",
    "PersonRoleKind",
    "Place",
    "Post",
    "Presence",
    "ProtectedAddress",
    "Role",
    "SavedView",
    "SignInEvent",
    "SignInRules",
    "Team",
    "ToldApart",
    "WorkHours",
]
