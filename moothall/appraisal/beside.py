"""What a staff record shows of appraisals, and what My work shows of them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from moothall.core.clock import today
from moothall.core.ready_queries import ready_query
from moothall.people.models import Account
from moothall.workforce.known import may_have
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.panels import Sight

from .models import Action, Appraisal, Talk

MOST = 10


def appraisals_on_record(_account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any] | None:
    """For the employee, their manager and whoever may see what is private; the desk sees how far it is."""
    rows = Appraisal.objects.filter(employment=employment).in_full().with_due_day()
    has = may_have(employment, Appraisal)
    found = list(rows.order_by("-cycle__from_on", "-id")[:MOST]) if has else []
    reads = sight.own or sight.manages or sight.private
    return {"rows": found, "reads": reads} if found or reads else None


def to_see_to(account: Account) -> Mapping[str, Any] | None:
    """What of one's own and one's people's appraisals waits for this account; asked in one query."""
    if not account.person_id:
        return None
    rows = _waiting(person=account.person_id, on=today())
    found = [each for each in rows if _waits_for(each, account)]
    return {"rows": found[:MOST], "more": len(found) > MOST, "today": today()} if found else None


@ready_query("person", "on")
def _waiting(*, person: int, on: dt.date) -> QuerySet[Appraisal]:
    led = Assignment.objects.in_force(on).filter(manager__person_id=person).order_by().values("employment_id")
    own = Employment.objects.filter(person_id=person).order_by().values("pk")
    waiting = Appraisal.objects.filter(
        employment__pk__one_of=ArraySubquery(own.union(led)), cycle__closed_at=None,
        stage__in=(Appraisal.SELF, Appraisal.RATING, Appraisal.SIGN),
    )  # fmt: skip
    return waiting.in_full().with_due_day().order_by("due", "id")[: 3 * MOST]


def _waits_for(appraisal: Appraisal, account: Account) -> bool:
    own = appraisal.employment.person_id == account.person_id
    if appraisal.stage == Appraisal.SIGN:
        return (appraisal.employee_signed_at if own else appraisal.manager_signed_at) is None
    return own == (appraisal.stage == Appraisal.SELF)


def agreed_to_do(account: Account) -> Mapping[str, Any] | None:
    """What this account agreed to do in a one-to-one, the next day first; asked in one query."""
    if not account.person_id:
        return None
    rows = _agreed(person=account.person_id)
    found = [
        each for each in rows
        if (each.talk.employment.person_id == account.person_id) != each.is_managers
    ]  # fmt: skip
    return {"rows": found[:MOST], "today": today()} if found else None


@ready_query("person")
def _agreed(*, person: int) -> QuerySet[Action]:
    of_mine = Talk.objects.filter(employment__person=person).order_by().values("pk")
    of_theirs = Talk.objects.filter(manager__person=person).order_by().values("pk")
    both = Action.objects.filter(talk__pk__one_of=ArraySubquery(of_mine.union(of_theirs)), done_at=None)
    return both.select_related("talk__employment__person").order_by("due_on", "id")[: 3 * MOST]
