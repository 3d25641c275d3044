"""Enquiries handed in by other systems: each once, whatever happens on the way."""

import base64
import binascii
import datetime as dt
from typing import Annotated, Any, Final, Literal

from django.conf import settings
from django.core.exceptions import ValidationError as NotValid
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Header, Schema, Status, UploadedFile
from pydantic import AfterValidator, Field

from moothall.cases.models import Case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import current_version
from moothall.core.answers import wrong_answers
from moothall.core.api import Id, Text, wrong
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.rate_limits import Limit, count
from moothall.enquiries.models import Incoming
from moothall.enquiries.rules.incoming import MOST_FILES, Sent, add_file, hand_in, handed_in_by
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.rules.refusals import TooLarge

from .contacts import case_called, person_called, service_called
from .router import router

HANDING_IN: Final = Limit("enquiries.hand_in", most=1_200, per=dt.timedelta(hours=1))
MOST_ANSWERS: Final = 100
REPLAYED: Final = "Idempotency-Replayed"
Line = Annotated[Text, Field(max_length=250)]
Long = Annotated[Text, Field(max_length=20_000)]
Answer = bool | Annotated[int, Field(ge=-(10**15), le=10**15)] | Annotated[
    float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)
] | Long | Annotated[list[Line], Field(max_length=100)]  # fmt: skip


class Sender(Schema):
    """Who asks: the reference of somebody known here, or a name and how to reach them."""

    person: Text = ""
    name: Annotated[Text, Field(max_length=200)] = ""
    email: Line = ""
    phone: Annotated[Text, Field(max_length=60)] = ""


class Attachment(Schema):
    """A file; `content` is its bytes in base64."""

    name: Annotated[Text, Field(min_length=1, max_length=250)]
    media_type: Line = ""
    content: str


def _day_of_ours(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None or not 1990 < moment.year < 2200:
        raise ValueError("Say which zone the time is in, such as 2026-11-24T10:00:00Z.")
    return moment.astimezone(dt.UTC)


class NewEnquiry(Schema):
    """An enquiry for a `service`, or one more message on a `case`. `answers` are those to the questions of
    the service's form, by name. `external` is your own number for it."""

    channel: Literal["API", "FORM", "MAIL", "PHONE", "COUNTER"] = "API"
    service: Text = ""
    case: Text = ""
    sender: Sender = Sender()
    title: Annotated[Text, Field(max_length=300)] = ""
    text: Long = ""
    answers: Annotated[dict[Line, Answer], Field(max_length=MOST_ANSWERS)] = {}
    language: Literal["", "en", "cy"] = ""
    received_at: Annotated[dt.datetime, AfterValidator(_day_of_ours)] | None = None
    received_because: Annotated[
        Text, Field(max_length=300, description="Why it is handed in only now, if it came before today.")
    ] = ""
    external: Annotated[Text, Field(max_length=150)] = ""
    attachments: Annotated[list[Attachment], Field(max_length=MOST_FILES)] = []


class HandedIn(Schema):
    """What became of it. Without a `case` it is kept and tried again every two minutes: `waits_because` says
    why. The case is not named where it is for named people only."""

    id: int
    case: str | None
    files: list[str]
    kept_at: dt.datetime
    waits_because: str


@router.post("/incoming", url_name="api_incoming", response={201: HandedIn, 202: HandedIn})
@transaction.non_atomic_requests
@needs("enquiries.import")
def hand_in_enquiry(
    request: StaffRequest,
    response: HttpResponse,
    asked: NewEnquiry,
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key", pattern=r"^[!-~]{1,200}$",
            description="Yours for this enquiry: sent again, it is answered again and nothing is done twice.",
        ),
    ] = None,
) -> Status[HandedIn]:  # fmt: skip
    """Hand in an enquiry: kept first, then made a contact and a case, or put on the case it belongs to."""
    count(HANDING_IN, str(request.user.pk), at=now())
    said = _checked(asked, request.user)
    kept, new = hand_in(said, _files(asked), key=idempotency_key, by=request.user, at=now())
    if not new:
        response[REPLAYED] = "true"
    return Status(201 if kept.case_id else 202, _handed_in(kept, request.user))


@router.get("/incoming/{number}", url_name="api_handed_in", response=HandedIn)
@needs("enquiries.import")
def find_handed_in(request: StaffRequest, number: Id) -> HandedIn:
    """What became of an enquiry that this account handed in."""
    return _handed_in(_own(request, number), request.user)


@router.post("/incoming/{number}/files", url_name="api_incoming_files", response={201: HandedIn})
@needs("enquiries.import")
def add_file_to_enquiry(
    request: StaffRequest, number: Id, file: Annotated[UploadedFile, File()]
) -> Status[HandedIn]:
    """Add one file to an enquiry handed in within the last day; the same file again changes nothing."""
    kept = _own(request, number)
    if (file.size or 0) > settings.DOCUMENT_SIZE_LIMIT:
        raise TooLarge
    sent = Sent(file.name or "file", file.content_type or "", file.read())
    return Status(201, _handed_in(add_file(kept, sent, by=request.user, at=now()), request.user))


def _own(request: StaffRequest, number: int) -> Incoming:
    found = handed_in_by(request.user, number)
    if found is None:
        raise Http404
    return found


def _checked(asked: NewEnquiry, account: Account) -> dict[str, Any]:
    """All that was said but the files, in the shape in which it is kept."""
    service, case = service_called(asked.service), case_called(asked.case, account)
    if (service is None) == (case is None):
        raise wrong("service", _("Name the service it is for, or the case it belongs to."))
    if not (asked.title.strip() or asked.text.strip() or asked.answers):
        raise wrong("text", _("Say what is asked: a title, a text or answers."))
    person = person_called(asked.sender.person, account, field="sender.person")
    if asked.sender.email:
        try:
            validate_email(asked.sender.email)
        except NotValid as problem:
            raise wrong("sender.email", _("This is no email address.")) from problem
    version = current_version(service) if service is not None else case.version if case is not None else None
    form = definition_of(version).form if version is not None else {}
    for name, why in wrong_answers(form, asked.answers):
        raise wrong(f"answers.{name}", why)
    said = asked.dict(exclude={"attachments", "received_at"})
    said["received_at"] = asked.received_at.isoformat() if asked.received_at else ""
    said["case"] = case.reference if case is not None else ""
    said["sender"]["person"] = person.reference if person is not None else ""
    return said


def _files(asked: NewEnquiry) -> list[Sent]:
    found = []
    for place, each in enumerate(asked.attachments):
        try:
            content = base64.b64decode(each.content, validate=True)
        except (binascii.Error, ValueError) as problem:
            raise wrong(f"attachments.{place}.content", _("This is not base64.")) from problem
        found.append(Sent(each.name, each.media_type, content))
    return found


def _handed_in(kept: Incoming, account: Account) -> HandedIn:
    case = kept.case
    told = case is not None and (
        case.confidentiality in {Case.ANYONE, Case.TEAM}
        or Case.objects.visible_to(account).filter(pk=case.pk).exists()
    )
    return HandedIn(
        id=kept.pk, case=case.reference if case is not None and told else None,
        files=[file.name for file in kept.file_rows.all()], kept_at=kept.kept_at,
        waits_because=kept.problem,
    )  # fmt: skip
