"""What stands beside staff records and on My work about absence, and who is away."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from moothall.core.clock import today
from moothall.core.ready_queries import ready_query
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
    found = _absence_to_see_to(person=account.person_id, on=today())
    return {"rows": found[:MOST], "more": len(found) > MOST} if found else None


@ready_query("person", "on")
def _absence_to_see_to(*, person: int, on: dt.date) -> "QuerySet[Episode]":
    theirs = Episode.objects.of(Employment.objects.led_by(person, on=on)).for_the_manager()
    return theirs.select_related("employment__person").order_by("interview_due_on", "id")[: MOST + 1]
