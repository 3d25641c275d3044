"""What stands of a matter beside its case and on the staff record, for those who may know of it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from moothall.cases.models import Case
from moothall.core.clock import today
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.workforce.away import SUSPENDED, Away
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight

from .models import Matter, Outcome, Suspension


def matter_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Asked of restricted cases alone: no other is the case of a matter."""
    if case.confidentiality != Case.RESTRICTED:
        return None
    found = Matter.objects.visible_to(account).filter(case=case).select_related("kind").first()
    return {"matter": found} if found is not None else None


def matters_of_record(account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any] | None:
    """The matters this account is named on, and what still counts. Who may open matters sees the box on every
    record, so that it says nothing about this one; others only where they are named."""
    seen = Matter.objects.visible_to(account).filter(employment=employment)
    matters = list(seen.select_related("case", "kind").order_by("-began_on", "-id")[:10])
    may_open = account.may("conduct.work") and not sight.own
    if not matters and not may_open:
        return None
    live = Outcome.objects.live(today()).filter(matter__in=[each.pk for each in matters])
    return {
        "matters": matters, "may_open": may_open,
        "live": list(live.select_related("level", "matter__case").order_by("decided_on", "id")),
    }  # fmt: skip


def away_suspended(employments: Collection[int], first: dt.date, last: dt.date) -> Iterable[Away]:
    """Asked for the office: calendars and cover count whoever is away, and say no more than that."""
    with for_the_office():
        rows = Suspension.objects.between(first, last).filter(matter__employment__in=list(employments))
        found = list(rows.values_list("matter__employment", "from_on", "ended_on"))
    return [Away(employment, begins, ends, SUSPENDED) for employment, begins, ends in found]
