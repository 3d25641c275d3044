"""What stands of requests and family leave on staff records, My work and beside a case; who is away."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from moothall.cases.models import Case
from moothall.people.models import Account
from moothall.workforce.away import FAMILY, Away
from moothall.workforce.known import may_have
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight

from .models import FamilyLeave, FlexibleRequest, ReferenceRequest, TouchDay
from .rules.called import family_of
from .rules.family_case import SERVICES
from .rules.flexible import SERVICE
from .rules.parts import led_by
from .rules.references import SERVICE as REFERENCES

MOST = 6
DAY = dt.timedelta(days=1)


def of_record(account: Account, employment: Employment, sight: Sight) -> Mapping[str, Any] | None:
    """Requests for the person, the manager and the desk; of family leave the manager sees the days alone."""
    keeps = sight.desk and account.may("workforce.edit")
    if not (sight.own or sight.manages or keeps):
        return None
    requests = FlexibleRequest.objects.filter(employment=employment).order_by("-received_on", "-id")
    leaves = FamilyLeave.objects.standing().filter(employment=employment).order_by("-starts_on", "-id")
    return {
        "requests": list(requests[:MOST]) if may_have(employment, FlexibleRequest) else [],
        "leaves": list(leaves[:MOST]) if may_have(employment, FamilyLeave) else [],
        "keeps": keeps and not sight.own,
        "private": sight.own or sight.private,
    }


def to_decide(account: Account) -> Mapping[str, Any] | None:
    """On My work: requests for flexible working of one's own people, the first due first."""
    led = led_by(account)
    if not led:
        return None
    rows = FlexibleRequest.objects.waiting().filter(employment__in=led).select_related("employment__person")
    found = list(rows.order_by("decide_by", "received_on", "id")[: MOST + 1])
    return {"rows": found[:MOST], "more": len(found) > MOST} if found else None


def of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """The request or the reference that a case is about: asked only of cases on their services."""
    key = case.service.key
    if key == SERVICE:
        found = FlexibleRequest.objects.filter(case=case).first()
        return {"request": found} if found is not None else None
    if key == REFERENCES and account.may("workforce.edit"):
        reference = ReferenceRequest.objects.filter(case=case).first()
        return {"reference": reference} if reference is not None else None
    if key in SERVICES:
        leave = family_of(account).filter(seen_to__case=case).first()
        return {"leave": leave} if leave is not None else None
    return None


def away_for_family(employments: Collection[int], first: dt.date, last: dt.date) -> Iterator[Away]:
    """That somebody is on family leave, and not which; on days worked to keep in touch they are there."""
    rows = FamilyLeave.objects.between(first, last).filter(employment__in=employments).order_by()
    worked = TouchDay.objects.filter(leave=OuterRef("pk")).order_by("day").values("day")
    found = rows.annotate(worked=ArraySubquery(worked))
    for employment, begins, ends, days in found.values_list("employment", "starts_on", "ends_on", "worked"):
        since = begins if days else None
        for from_on, until_on in _but(days, begins, ends):
            if from_on <= last and until_on >= first:
                yield Away(employment, from_on, until_on, FAMILY, since)


def _but(days: list[dt.date], begins: dt.date, ends: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """What is left of a span without these days, which are in order."""
    for day in days:
        if begins <= day <= ends:
            if begins < day:
                yield begins, day - DAY
            begins = day + DAY
    if begins <= ends:
        yield begins, ends
