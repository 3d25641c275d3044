"""Whether somebody may act on a case: where a role is held, there it allows."""

from moothall.cases.models import Case, CaseAccess
from moothall.people.models import Account

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


def is_named(case: Case, account: Account) -> bool:
    """Whether the case names this account for good; asked once for this object."""
    known: dict[int, bool] = case.__dict__.setdefault("_named", {})
    if account.pk not in known:
        known[account.pk] = CaseAccess.objects.in_force().filter(case=case, account=account).exists()
    return known[account.pk]
