"""What pages about a person ask again and again, put into SQL once."""

import datetime as dt

from django.db.models import QuerySet

from moothall.core.ready_queries import ready_query

from .account import Dismissal
from .caution import CautionMarker
from .person import ContactPoint


@ready_query("person")
def cautions_of(*, person: int, on: dt.date) -> QuerySet[CautionMarker]:
    return CautionMarker.objects.in_force(on).filter(person=person)


@ready_query("person")
def ways_to_reach(*, person: int, most: int) -> QuerySet[ContactPoint]:
    """Mail addresses and telephone numbers, the preferred ones first."""
    points = ContactPoint.objects.in_use().exclude(kind=ContactPoint.POST)
    return points.filter(person=person).preferred_first()[:most]


@ready_query("account", "key")
def dismissed(*, account: int, key: str) -> QuerySet[Dismissal, int]:
    """One row if they have put this away, none if it is still to be shown."""
    return Dismissal.objects.filter(account=account, key=key).values_list("id", flat=True)
