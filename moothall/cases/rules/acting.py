"""Whether somebody may act on a case: where a role is held, there it allows."""

from moothall.cases.models import Case
from moothall.people.models import Account

from .access import is_named

READING = "cases.view"


def may_act(case: Case, account: Account, permission: str) -> bool:
    """Whether a permission holds for this case: where a role is held, there it allows.

    On a case that is open to all, or on which one is named, any team's role does. Whom only an emergency lets
    in reads, and changes nothing.
    """
    if case.confidentiality == Case.TEAM:
        return account.standing().covers(permission, case.seen_by_teams)
    if not account.may(permission):
        return False
    return case.confidentiality == Case.ANYONE or permission == READING or is_named(case, account)
