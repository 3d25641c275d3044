"""Each year an entitlement is looked at again, on a case of its own that is opened once by the clock."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import NewCase, open_cases
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Entitlement, TravelReview

SERVICE: Final = "transport-review"
STILL_ENTITLED: Final = "still_entitled"
WITHIN: Final = dt.timedelta(days=60)


@for_the_office()
@transaction.atomic
def open_reviews(*, at: dt.datetime, today: dt.date) -> int:
    """For each that is due within sixty days and has none; run again it opens nothing twice."""
    service = Service.objects.filter(key=SERVICE, retired_at=None).select_related("team").first()
    if service is None:
        return 0
    had = TravelReview.objects.values_list("entitlement_id", "review_on")
    rows = Entitlement.objects.to_review(today + WITHIN).select_for_update(of=("self",))
    seen = set(had)
    due = [each for each in rows.select_related("passenger__person") if (each.pk, each.review_on) not in seen]
    due = [each for each in due if each.until_on is None or each.until_on >= today]
    cases = open_cases([_new_case(service, each, at=at) for each in due], at=at) if due else []
    for each, case in zip(due, cases, strict=True):
        TravelReview.objects.create(entitlement=each, review_on=each.review_on, case=case)
        append_audit(
            "transport.open_review", about=each.passenger, by=None, at=at, detail={"case": case.reference}
        )
    return len(due)


def _new_case(service: Service, each: Entitlement, *, at: dt.datetime) -> NewCase:
    person = each.passenger.person
    with override("cy" if person.language == "cy" else "en-gb"):
        title = _("Yearly review of travel: %(name)s") % {"name": person.full_name}
    return NewCase(
        service=service, title=title, channel="staff", received_at=at, requester=person, subject=person,
        language=person.language, confidentiality=Case.TEAM,
    )  # fmt: skip


@for_the_office()
def case_was_closed(case: Case, _verb: str, by: Account | None, at: dt.datetime) -> None:
    """Closed as still entitled, it is looked at again in a year."""
    if case.service.key != SERVICE or case.outcome != STILL_ENTITLED:
        return
    review = TravelReview.objects.filter(case=case).first()
    if review is None:
        return
    held = Entitlement.objects.select_for_update(of=("self",)).get(pk=review.entitlement_id)
    if held.review_on == review.review_on:
        following = held.review_on + dt.timedelta(days=365)
        Entitlement.objects.filter(pk=held.pk).update(review_on=following)
        append_audit("transport.reviewed", about=held.passenger, by=by, at=at)
