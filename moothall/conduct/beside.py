"""What stands of a matter beside its case and on the staff record, for those who may know of it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case
from moothall.core.clock import today
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.workforce.away import SUSPENDED, Away
from moothall.workforce.known import may_have
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight
from moothall.workforce.progress import WARNING, Days, Word

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
    has = may_have(employment, Matter)
    matters = list(seen.select_related("case", "kind").order_by("-began_on", "-id")[:10]) if has else []
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


def warnings_on(days: Days) -> Iterable[Word]:
    """Asked for the office: that something is live on the day somebody would go up a pay point, and until
    when; never what it is about, nor its matter."""
    with for_the_office():
        rows = Outcome.objects.filter(matter__employment__in=list(days)).select_related("level")
        found = list(rows.annotate(whose=F("matter__employment")).order_by("id"))
    latest: dict[int, Outcome] = {}
    for each in found:
        whose = each.whose  # type: ignore[attr-defined]
        if each.decided_on <= days[whose] and each.is_live(days[whose]):
            latest[whose] = _later(latest.get(whose), each)
    return [
        Word(whose, WARNING, True, _said(each, "en-gb"), _said(each, "cy")) for whose, each in latest.items()
    ]


def _later(one: Outcome | None, other: Outcome) -> Outcome:
    """The one that counts longer; what never lapses counts longest."""
    if one is None or other.live_until is None:
        return other
    return other if one.live_until is not None and other.live_until > one.live_until else one


def _said(outcome: Outcome, language: str) -> str:
    with override(language):
        if outcome.live_until is None:
            return _("A warning is live")
        return _("A warning is live until %(day)s") % {"day": date_format(outcome.live_until, "j F Y")}
