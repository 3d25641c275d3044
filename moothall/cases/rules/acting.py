"""Whether somebody may act on a case: where a role is held, there it allows."""

from moothall.cases.models import Case
from moothall.people.models import Account


def may_act(case: Case, account: Account, permission: str) -> bool:
    """Whether a permission holds for this case: where a role is held, there it allows.

    On a case that is open to all, or on which one is named, any team's role does.
    """
    if case.confidentiality == Case.TEAM:
        return account.standing().covers(permission, case.seen_by_teams)
    return account.may(permission)
