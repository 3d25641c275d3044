"""What call backs show on the pages of cases: those to make now on My work, those promised beside a case."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.models.attention import LATE, Reason
from moothall.cases.models.worklists import sight_of
from moothall.core.clock import LONDON, now, today
from moothall.people.models import Account

from .models import CallBack
from .models.call_back import call_backs_to_make, logs_in

RING_NOW = Reason(2, "ring_now", _("Ring now"), "orange")
LATER_TODAY = Reason(3, "later_today", _("Later today"), "blue")
MOST = 25


def reason_for(call_back: CallBack, *, at: dt.datetime) -> Reason:
    if call_back.until_at < at:
        return LATE
    return RING_NOW if call_back.from_at <= at else LATER_TODAY


def work_of(account: Account) -> Mapping[str, Any] | None:
    """What this account is to ring today, the late ones first."""
    sight = sight_of(account)
    if sight is None or not account.may("enquiries.log"):
        return None
    at = now()
    midnight = dt.datetime.combine(today() + dt.timedelta(days=1), dt.time(0), tzinfo=LONDON)
    found = call_backs_to_make(
        account=sight.account, until=midnight, teams=sight.teams, logged_in=logs_in(account),
        works_in=account.team_ids(), most=MOST + 1,
    )  # fmt: skip
    if not found:
        return None
    return {"rows": [(each, reason_for(each, at=at)) for each in found[:MOST]], "more": len(found) > MOST}


def call_backs_of(account: Account, case: Case) -> Mapping[str, Any] | None:
    """The calls promised about this case."""
    if not account.may("enquiries.log"):
        return None
    at = now()
    found = list(case.call_backs.open().select_related("owner").order_by("until_at", "id")[:5])
    return {"rows": [(each, reason_for(each, at=at)) for each in found]} if found else None
