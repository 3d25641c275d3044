"""What other floors show of training: who is away on it, and the box on a staff record. Reads only."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.training.models import Need, Nomination, PlaceDay
from moothall.workforce.away import TRAINING, Away
from moothall.workforce.known import may_have
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight

from .pathways.class_days import class_days

MOST = 5


def away_in_training(employment_ids: Collection[int], first: dt.date, last: dt.date) -> Iterator[Away]:
    """Each day of a place, and of a class of students."""
    rows = PlaceDay.objects.filter(employment__in=employment_ids, day__gte=first, day__lte=last)
    for employment, day in rows.order_by("employment", "day").values_list("employment_id", "day"):
        yield Away(employment, day, day, TRAINING)
    for each in class_days(first, last, employment_ids):
        yield Away(each.employment_id, each.day, each.day, TRAINING)


def training_of_record(_account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any] | None:
    """What is to come and what runs out, for the employee, the manager and the desk."""
    if not (sight.own or sight.manages or sight.desk):
        return None
    day = today()
    coming = Nomination.objects.standing().filter(employment=employment, session__last_on__gte=day)
    needs = Need.objects.filter(employment=employment).running_out(day, within=Need.SOON)
    return {
        "coming": list(coming.in_full().order_by("session__first_on", "id")[:MOST])
        if may_have(employment, Nomination)
        else [],
        "needs": list(needs.stating(day).select_related("course")[:MOST])
        if may_have(employment, Need)
        else [],
    }
