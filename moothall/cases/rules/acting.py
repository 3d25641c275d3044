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
    return permission == READING or case.confidentiality == Case.ANYONE or not in_emergency(case, account)


def in_emergency(case: Case, account: Account) -> bool:
    """Whether nothing but an emergency lets this account in; asked once for this object."""
    known: dict[int, bool] = case.__dict__.setdefault("_in_emergency", {})
    if account.pk not in known:
        found = CaseAccess.objects.letting_in().filter(case=case, account=account, until__isnull=False)
        known[account.pk] = found.exists()
    return known[account.pk]


def is_named(case: Case, account: Account) -> bool:
    """Whether the case names this account for good."""
    return CaseAccess.objects.in_force().filter(case=case, account=account).exists()
