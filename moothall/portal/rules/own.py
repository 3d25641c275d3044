"""What belongs to somebody who signs in: the cases they asked for."""

from django.db.models import Q, QuerySet

from moothall.cases.models import Case
from moothall.people.models import Account


def own_cases(account: Account) -> QuerySet[Case]:
    """Cases that this person asked for, newest first. One that is sealed is theirs to see only where they
    sent its form themselves: others may have opened it in their name without telling them."""
    if account.person_id is None:
        return Case.objects.none()
    open_to_them = ~Q(confidentiality=Case.SEALED) | Q(request__account=account)
    rows = Case.objects.filter(open_to_them, requester=account.person_id)
    return rows.select_related("service", "team", "version", "requester", "merged_into").order_by("-id")
