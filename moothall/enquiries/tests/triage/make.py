"""Rows for tests of triage: closed cases to learn from, and cases as they come in."""

import datetime as dt
from typing import Any

from moothall.cases.models import Case, Service
from moothall.cases.rules.timeline import add_entry
from moothall.cases.tests.make import AT, make_case, make_service
from moothall.enquiries.models import Suggestion, Triaged
from moothall.people.models import Team

SAID = {
    "courses": ("A place on the course", "I would like to book the first aid course for my colleagues."),
    "rooms": ("A room for a meeting", "Is the large hall free, with a screen and chairs for twelve?"),
    "money": ("Bursary", "When is the deadline for the bursary, and where is the invoice sent?"),
}


def make_services(team: Team) -> dict[str, Service]:
    return {key: make_service(team=team, key=key, name=key.capitalize()) for key in SAID}


def make_said(
    service: Service, *, days_ago: float = 0, said: tuple[str, str] | None = None, **changes: Any
) -> Case:
    """A case with what its person first wrote."""
    title, text = said or SAID[service.key]
    at = AT - dt.timedelta(days=days_ago)
    case = make_case(**{"service": service, "title": title, "received_at": at, "at": at} | changes)
    add_entry(case, kind="MAIL_IN", at=at, person=case.requester, subject=title, text=text)
    return case


def make_closed(services: dict[str, Service], many: int = 90, **changes: Any) -> list[Case]:
    """Cases that are over, of each service in turn, a few each day."""
    made = []
    for number in range(many):
        service = services[list(SAID)[number % 3]]
        title, text = SAID[service.key]
        said = (f"{title} {number}", f"{text} Number {number}.")
        made.append(make_said(service, days_ago=200 - number, said=said, **changes))
    Case.objects.filter(pk__in=[case.pk for case in made]).update(
        status=Case.CLOSED, outcome="answered", closed_at=AT
    )
    return made


def make_suggestion(case: Case, **changes: Any) -> Suggestion:
    """An open suggestion on a case that has been looked at."""
    Triaged.objects.get_or_create(case=case, defaults={"at": AT, "unsure": False})
    given: dict[str, Any] = {
        "kind": Suggestion.PRIORITY, "kind_order": 3, "value": "2", "confidence": 0.97,
        "reason": {"code": "words", "words": ["deadline", "bursary"]}, "made_at": AT,
    }  # fmt: skip
    return Suggestion.objects.create(case=case, **given | changes)
