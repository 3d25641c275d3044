"""What other floors show of leave: who is away, and the box on a staff record. Reads only."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from moothall.core.clock import today
from moothall.leave.models import LeaveDay, LeaveRequest
from moothall.people.models import Account
from moothall.workforce.away import LEAVE, Away
from moothall.workforce.known import may_have
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight

from .balance import balance_of

MOST = 5


def away_on_leave(employment_ids: Collection[int], first: dt.date, last: dt.date) -> Iterator[Away]:
    """Each working day of approved leave, without what kind of leave it is."""
    rows = LeaveDay.objects.between(first, last).filter(
        employment__in=employment_ids, given_back_at=None, request__state=LeaveRequest.APPROVED
    )
    for employment, day in rows.order_by("employment", "day").values_list("employment_id", "day"):
        yield Away(employment, day, day, LEAVE)


def leave_of_record(account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any] | None:
    """The balance and what is to come, for the employee, the manager and the desk."""
    if not (sight.own or sight.manages or sight.desk):
        return None
    day = today()
    coming = LeaveRequest.objects.standing().filter(employment=employment, until_on__gte=day)
    return {
        "balance": balance_of(employment, on=day, today=day),
        "coming": list(coming.select_related("kind").order_by("from_on", "id")[:MOST])
        if may_have(employment, LeaveRequest)
        else [],
    }
