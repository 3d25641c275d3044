"""Enquiries for programs: contacts counted, and messages handed over byte for byte."""

import datetime as dt
from typing import Annotated, Literal

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Schema, Status
from pydantic import Field

from moothall.cases.models import Case, Service
from moothall.core.api import Id, Text, wrong
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.enquiries.forms import mailboxes_of, team_of
from moothall.enquiries.models import Contact, mailboxes_for
from moothall.enquiries.rules.contacts import log_contact_with_person
from moothall.enquiries.rules.posting import LARGEST, take_posted_message
from moothall.knowledge.models import Signpost
from moothall.people.models import Account, Person
from moothall.people.requests import StaffRequest

from .router import router

MOST = 100
PLAIN = ("id", "channel", "result", "subject", "note", "minutes", "received_at", "logged_at")
OF_A_STATE = (
    "paused_at", "looked_at", "failing_since", "problem", "waiting", "oldest_waiting_at", "read_only",
)  # fmt: skip
MESSAGE = {
    "requestBody": {
        "required": True,
        "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class ContactLine(Schema):
    """Somebody got in touch once. `case` is one it led to, where that may be seen."""

    id: int
    channel: str
    result: str
    person: str | None
    team: str
    subject: str
    note: str
    minutes: int | None
    signpost: str | None
    case: str | None
    received_at: dt.datetime
    logged_at: dt.datetime


class NewContact(Schema):
    """`person` is a reference; somebody not known yet is `new_name`, reached at `new_reach`. What else is
    asked for hangs on `result`: a `service` for CASE, a `signpost` for SIGNPOSTED, a `case` for ADDED."""

    channel: Literal["PHONE", "COUNTER", "FORM", "API"]
    result: Literal["ANSWERED", "SIGNPOSTED", "CASE", "ADDED", "NO_ACTION"]
    subject: Annotated[Text, Field(min_length=1, max_length=300)]
    person: Text = ""
    new_name: Annotated[Text, Field(max_length=250)] = ""
    new_reach: Annotated[Text, Field(max_length=250)] = ""
    note: Text = ""
    minutes: Annotated[int, Field(ge=0, le=600)] | None = None
    received: Annotated[dt.date | None, Field(description="the day it came in, if that was not today")] = None
    service: Text = ""
    signpost: Text = ""
    case: Text = ""


class MailboxLine(Schema):
    """How fetching from a mailbox goes; all but the first four are empty until it has been connected."""

    key: str
    address: str
    team: str
    connected: bool
    paused_at: dt.datetime | None
    looked_at: dt.datetime | None
    failing_since: dt.datetime | None
    problem: str | None
    waiting: int | None
    oldest_waiting_at: dt.datetime | None
    read_only: bool | None


class Taken(Schema):
    """What became of a message. `case` is where it is now, if that may be seen; `reason` says why it could
    not be read, in which case its bytes are kept and it can be tried again."""

    id: int
    result: Annotated[str, Field(description="new_cases, added, duplicates or quarantined")]
    sha256: str
    case: str | None
    reason: str


@router.get("/contacts", url_name="api_contacts", response=list[ContactLine])
@needs("enquiries.log")
def find_contacts(
    request: StaffRequest,
    channel: Literal["", "MAIL", "PHONE", "COUNTER", "FORM", "API"] = "",
    result: Literal["", "ANSWERED", "SIGNPOSTED", "CASE", "ADDED", "NO_ACTION"] = "",
    before: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> list[ContactLine]:
    """The contacts of one's teams, the newest first; `before` is the id of the last one seen."""
    given = {"channel": channel, "result": result, "pk__lt": before}
    contacts = Contact.objects.visible_to(request.user).filter(**{k: v for k, v in given.items() if v})
    found = list(contacts.select_related("person", "team", "signpost").order_by("-pk")[:limit])
    return _lines(found, request.user)


@router.post("/contacts", url_name="api_contacts", response={201: ContactLine})
@needs("enquiries.log")
def log_contact(request: StaffRequest, asked: NewContact) -> Status[ContactLine]:
    """Count a contact, as the page for calls and visits does."""
    account = request.user
    given = asked.dict() | {
        "person": person_called(asked.person, account),
        "service": service_called(asked.service),
        "signpost": _signpost(asked.signpost),
        "reference": case_called(asked.case, account),
    }
    contact = log_contact_with_person(given, team=team_of(account), by=account, at=now())
    return Status(201, _lines([contact], account)[0])


@router.get("/mailboxes", url_name="api_mailboxes", response=list[MailboxLine])
@needs("enquiries.mailboxes")
def find_mailboxes(request: StaffRequest) -> list[MailboxLine]:
    """How fetching from each mailbox goes: what a monitor asks for. No host, no user name, no secret."""
    return [
        MailboxLine(
            key=each.key,
            address=each.address,
            team=each.team.key,
            connected=hasattr(each, "connection"),
            **{name: getattr(each.state_or_none(), name, None) for name in OF_A_STATE},
        )
        for each in mailboxes_for(request.user)
    ]


@router.post(
    "/mailboxes/{key}/messages", url_name="api_messages", response={201: Taken}, openapi_extra=MESSAGE
)
@needs("enquiries.import")
def post_message(request: StaffRequest, key: str, acknowledge: bool = False) -> Status[Taken]:
    """Hand over one message, its bytes as they came off the wire. Whatever the answer says, it is kept."""
    mailbox = next((each for each in mailboxes_of(request.user) if each.key == key), None)
    if mailbox is None:
        raise Http404
    raw = request.read(LARGEST + 1)
    taken = take_posted_message(raw, mailbox=mailbox, by=request.user, at=now(), answer=acknowledge)
    row = taken.row
    seen = taken.case is not None and Case.objects.visible_to(request.user).filter(pk=taken.case.pk).exists()
    case = taken.case.reference if taken.case is not None and seen else None
    return Status(201, Taken(id=row.pk, result=taken.result, sha256=row.sha256, case=case, reason=row.reason))


def _lines(contacts: list[Contact], account: Account) -> list[ContactLine]:
    cases = Contact.objects.cases_of(contacts, account)
    return [
        ContactLine(
            **{name: getattr(contact, name) for name in PLAIN},
            person=contact.person.reference if contact.person else None,
            team=contact.team.key,
            signpost=contact.signpost.key if contact.signpost else None,
            case=cases.get(contact.pk),
        )
        for contact in contacts
    ]


def person_called(reference: str, account: Account, *, field: str = "person") -> Person | None:
    persons = Person.objects.visible_to(account).current()
    person = persons.filter(reference=reference.strip().upper()).first() if reference.strip() else None
    if reference.strip() and person is None:
        raise wrong(field, _("No person has this reference."))
    return person


def service_called(key: str) -> Service | None:
    service = Service.objects.filter(key=key, retired_at=None).first() if key else None
    if key and service is None:
        raise wrong("service", _("No service has this key."))
    return service


def _signpost(key: str) -> Signpost | None:
    signpost = Signpost.objects.filter(key=key, retired_at=None).first() if key else None
    if key and signpost is None:
        raise wrong("signpost", _("No signpost has this key."))
    return signpost


def case_called(reference: str, account: Account) -> Case | None:
    wanted = reference.strip().upper()
    case = Case.objects.visible_to(account).filter(reference=wanted).first() if wanted else None
    if wanted and case is None:
        raise wrong("case", _("No case has this reference. Check it, or search for the case."))
    return case
