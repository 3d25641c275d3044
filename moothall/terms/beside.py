"""What a staff record shows of what falls due."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from moothall.core.clock import in_london, today
from moothall.people.models import Account
from moothall.workforce.known import may_have
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight

from .models import Placement, Term

MOST = 8


def terms_of(account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any]:
    """Dates for them, their manager and the desk alike."""
    rows = Term.objects.standing().filter(employment=employment).order_by("settled_at", "due_on", "id")
    found = list(rows.reverse()[:MOST]) if may_have(employment, Term) else []
    found.sort(key=lambda each: (each.settled_at is not None, each.due_on))
    asked = any(each.kind == Term.RETIREMENT and each.settled_at is None for each in found)
    return {
        "rows": found, "keeps": sight.desk and account.may("workforce.edit"), "day": today(),
        "may_ask": sight.own and not asked,
    }  # fmt: skip


def pay_of(_account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any] | None:
    """Theirs to see, and of those who may see what is private; not their manager's."""
    if not (sight.own or sight.private):
        return None
    found = Placement.objects.in_force(today()).filter(employment=employment).select_related("point__scale")
    return {"current": found.first() if may_have(employment, Placement) else None}


def is_in_probation(employment: Employment, on: dt.date) -> bool | None:
    """Until it is decided, even where that is late; None where no probation of theirs is on record."""
    rows = Term.objects.standing().filter(employment=employment, kind=Term.PROBATION)
    found = list(rows.only("began_on", "due_on", "outcome", "settled_at"))
    return any(each.began_on <= on <= _last_day(each) for each in found) if found else None


def _last_day(probation: Term) -> dt.date:
    """The day it was confirmed or ended; extended, its old last day, from where the next one goes on."""
    if probation.settled_at is None:
        return dt.date.max
    return probation.due_on if probation.outcome == Term.EXTENDED else in_london(probation.settled_at).date()
