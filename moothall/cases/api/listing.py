"""The list of cases, narrowed as the page narrows it, and opening one."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Schema, Status
from pydantic import Field

from moothall.cases.models import Case, Service
from moothall.cases.models.attention import reasons_for, told_to
from moothall.cases.models.worklists import CaseQuerySet
from moothall.cases.rules import opening
from moothall.core.api import Day, Id, Text, wrong
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists.filters import midnight
from moothall.people.models import Account, Person
from moothall.people.requests import StaffRequest

from .router import router

MOST = 100
SHOWN_WITH = ("service", "team", "assignee", "requester")
PLAIN = (
    *("id", "reference", "title", "status", "waiting_on", "priority", "confidentiality", "channel"),
    *("received_at", "due_on", "edition"),
)

Priority = Annotated[int, Field(ge=Case.URGENT, le=Case.LOW, description="1 is urgent, 4 is low")]


class Colleague(Schema):
    """Somebody with an account in the office."""

    name: str
    email: str


class Somebody(Schema):
    """A person of the register, by the reference that `/api/people/` takes."""

    reference: str
    full_name: str


class CaseLine(Schema):
    """One case of a list. `because` says why it needs somebody, the most pressing first."""

    id: int
    reference: str
    title: str
    service: str
    team: str
    requester: Somebody | None
    assignee: Colleague | None
    status: str
    waiting_on: str
    priority: int
    confidentiality: str
    channel: str
    received_at: dt.datetime
    due_on: dt.date | None
    because: list[str]
    edition: int


class Wanted(Schema):
    """What narrows the list. `q` looks in titles, messages and notes, in English and Welsh."""

    q: Annotated[Text, Field(max_length=200)] = ""
    status: Literal["", "NOT_CLOSED", "OPEN", "WAITING", "CLOSED"] = ""
    service: Text = ""
    team: Text = ""
    assignee: Annotated[Text, Field(description="An address that somebody signs in with, or `me`.")] = ""
    priority: Priority | None = None
    unassigned: bool = False
    late: bool = False
    waiting_on_others: bool = False
    received_from: Day | None = None
    received_to: Day | None = None

    def narrow(self, cases: CaseQuerySet, account: Account) -> CaseQuerySet:
        """Those of the cases that fit."""
        found = self._by_work(self._by_day(cases))
        if self.q.strip():
            found = found.mentioning(self.q)
        if self.assignee:
            email = account.email if self.assignee == "me" else self.assignee
            found = found.filter(assignee__email__iexact=email)
        if self.team:
            found = found.of_team(self.team)
        named = {"service__key": self.service, "priority": self.priority}
        return found.filter(**{name: value for name, value in named.items() if value})

    def _by_work(self, cases: CaseQuerySet) -> CaseQuerySet:
        if self.status == "NOT_CLOSED":
            cases = cases.unfinished()
        elif self.status:
            cases = cases.filter(status=self.status)
        cases = cases.waiting_for_anybody() if self.unassigned else cases
        cases = cases.late(today()) if self.late else cases
        return cases.waiting_on_others() if self.waiting_on_others else cases

    def _by_day(self, cases: CaseQuerySet) -> CaseQuerySet:
        if self.received_from:
            cases = cases.filter(received_at__gte=midnight(self.received_from))
        if self.received_to:
            cases = cases.filter(received_at__lt=midnight(self.received_to + dt.timedelta(days=1)))
        return cases


class NewCase(Schema):
    """`service` is the key of a service, `requester` the reference of a person."""

    service: Text
    title: Annotated[Text, Field(min_length=1, max_length=300)]
    requester: Text = ""
    text: Text = ""
    received: Day | None = None
    priority: Priority = Case.NORMAL


class Opened(Schema):
    """The case that was opened. One of another team's service may not be the opener's to read."""

    id: int
    reference: str


@router.get("/", url_name="api_cases", response=list[CaseLine])
@needs("cases.view")
def find_cases(
    request: StaffRequest,
    wanted: Query[Wanted],
    before: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> list[CaseLine]:
    """The cases one may see, the newest first; `before` is the id of the last one seen."""
    account = request.user
    cases = wanted.narrow(Case.objects.visible_to(account), account)
    if before is not None:
        cases = cases.filter(pk__lt=before)
    return [line(case, account) for case in cases.select_related(*SHOWN_WITH).order_by("-pk")[:limit]]


@router.post("/", url_name="api_cases", response={201: Opened})
@needs("cases.work")
def open_case(request: StaffRequest, asked: NewCase) -> Status[Opened]:
    """Open a case by hand, as the page does: received today at this moment, unless another day is given."""
    given = {
        "service": _service(asked.service), "title": asked.title, "text": asked.text,
        "requester": person_called(asked.requester, request.user), "received": asked.received,
        "priority": asked.priority,
    }  # fmt: skip
    case = opening.open_by_hand(given, by=request.user, at=now())
    return Status(201, Opened(id=case.pk, reference=case.reference))


def _service(key: str) -> Service:
    service = Service.objects.filter(key=key, retired_at=None).first()
    if service is None:
        raise wrong("service", _("No service has this key."))
    return service


def person_called(reference: str, account: Account) -> Person | None:
    """The person of this reference, or nobody where none is given."""
    if not reference.strip():
        return None
    persons = Person.objects.visible_to(account).current()
    person = persons.filter(reference=reference.strip().upper()).first()
    if person is None:
        raise wrong("requester", _("No person has this reference."))
    return person


def line(case: Case, account: Account) -> CaseLine:
    return CaseLine(**said(case, account))


def said(case: Case, account: Account) -> dict[str, Any]:
    """What every answer says of a case."""
    reasons = told_to(account.pk, case, reasons_for(case, on=today()))
    return {name: getattr(case, name) for name in PLAIN} | {
        "service": case.service.key,
        "team": case.team.key,
        "requester": somebody(case.requester),
        "assignee": colleague(case.assignee),
        "because": [reason.key for reason in reasons],
    }


def colleague(account: Account | None) -> Colleague | None:
    return Colleague(name=account.name, email=account.email) if account else None


def somebody(person: Person | None) -> Somebody | None:
    return Somebody(reference=person.reference, full_name=person.full_name) if person else None
