"""What stands beside staff records and on My work about absence, and who is away."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.away import SICK, Away
from moothall.workforce.known import may_have
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight as RecordSight

from .models import Episode
from .rules.sight import sight_of

MOST = 6


def absences_of(account: Account, employment: Employment, sight: RecordSight) -> Mapping[str, Any] | None:
    """The latest absences: dates for the manager, the reason only for those who may know it."""
    own = sight_of(account, employment, on=today())
    if not own.sees_dates:
        return None
    rows = Episode.objects.standing().filter(employment=employment).select_related("reason")
    has = may_have(employment, Episode)
    found = list(rows.order_by("-first_day", "-id")[: MOST + 1]) if has else []
    return {"rows": found[:MOST], "more": len(found) > MOST, "may": own}


def away_sick(employments: Collection[int], first: dt.date, last: dt.date) -> Iterable[Away]:
    rows = Episode.objects.between(first, last).filter(employment__in=employments)
    for employment, begins, ends in rows.values_list("employment", "first_day", "last_day"):
        yield Away(employment, begins, ends, SICK)


def to_see_to(account: Account) -> Mapping[str, Any] | None:
    """On My work: what of one's own people's absence waits for their manager. One question."""
    if account.person_id is None:
        return None
    rows = Episode.objects.of_team(account, on=today()).for_the_manager().select_related("employment__person")
    found = list(rows.order_by("interview_due_on", "id")[: MOST + 1])
    return {"rows": found[:MOST], "more": len(found) > MOST} if found else None
