"""A case for each credential that runs out soon, where the office has such a service: opened once by the
clock, closed when the renewal counts, or when it need not be renewed."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case, Service
from moothall.cases.rules.closing import NOT_NEEDED, close_case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import NewCase, open_cases
from moothall.core.serving import for_the_office
from moothall.credentials.models import Credential, RenewalCase
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

SERVICE = "expiry_renewal"
WITHIN = 90
AT_ONCE = 200
RENEWED, ENDED = "renewed", "ended"


@for_the_office()
def open_renewals(*, at: dt.datetime, today: dt.date) -> int:
    """Run again it opens nothing twice; the answer is how many cases were opened."""
    service = Service.objects.filter(key=SERVICE, retired_at=None).select_related("team").first()
    if service is None:
        return 0
    return sum(_open(service, each, at=at) for each in _due(today))


def _due(today: dt.date) -> Iterator[list[int]]:
    """Some at once: what runs out within ninety days, of people who work here, where no renewal is in."""
    rows = Credential.objects.expiring(today, within=WITHIN).of_those_who_work_here(today)
    rows = rows.filter(kind__opens_case=True, renewal=None).order_by("expires_on", "id")
    waiting = set(Credential.objects.waiting().values_list("person_id", "kind_id"))
    named = rows.values_list("pk", "person_id", "kind_id")
    found = [pk for pk, person, kind in named if (person, kind) not in waiting]
    for first in range(0, len(found), AT_ONCE):
        yield found[first : first + AT_ONCE]


@transaction.atomic
def _open(service: Service, numbers: Sequence[int], *, at: dt.datetime) -> int:
    rows = Credential.objects.select_for_update(of=("self",), no_key=True).select_related("kind", "person")
    held = list(rows.filter(pk__in=numbers, renewal=None, superseded_by=None).order_by("expires_on", "id"))
    cases = open_cases([_new_case(service, each, at=at) for each in held], at=at)
    RenewalCase.objects.bulk_create(
        RenewalCase(credential=each, case=case) for each, case in zip(held, cases, strict=True)
    )
    for each, case in zip(held, cases, strict=True):
        append_audit("credentials.open_renewal", about=each, by=None, at=at, detail={"case": case.reference})
    return len(cases)


def _new_case(service: Service, credential: Credential, *, at: dt.datetime) -> NewCase:
    person = credential.person
    language = "cy" if person.language == "cy" else "en"
    with override("cy" if language == "cy" else "en-gb"):
        words = {"kind": credential.kind.name_in(language), "name": person.full_name}
        title = _("%(kind)s runs out, %(name)s") % words
    return NewCase(
        service=service, title=title, channel="staff", received_at=at, requester=person, subject=person,
        language=person.language, confidentiality=Case.TEAM,
    )  # fmt: skip


def settle_renewals(person_id: int, kind_id: int, *, by: Account | None, at: dt.datetime) -> int:
    """Their renewal counts: the cases of what it renews are closed."""
    return _close(
        RenewalCase.objects.filter(
            credential__person=person_id, credential__kind=kind_id, credential__superseded_by__isnull=False
        ),
        outcome=RENEWED, by=by, at=at,
    )  # fmt: skip


def drop_renewal(credential: Credential, *, by: Account, at: dt.datetime) -> int:
    """It was withdrawn: nobody need renew it."""
    return _close(RenewalCase.objects.filter(credential=credential), outcome=ENDED, by=by, at=at)


@for_the_office()
def _close(rows: QuerySet[RenewalCase], *, outcome: str, by: Account | None, at: dt.datetime) -> int:
    open_now = rows.filter(case__in=Case.objects.unfinished())
    found = list(open_now.select_related("case__version").order_by("id"))
    for each in found:
        if each.case is None:
            continue
        known = {declared.key for declared in definition_of(each.case.version).outcomes}
        close_case(each.case, by=by, at=at, outcome=outcome if outcome in known else NOT_NEEDED)
    return len(found)
