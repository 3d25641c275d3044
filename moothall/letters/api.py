"""Letters for programs: what was sent to whom and what became of it, as the account may see them."""

import datetime as dt
from typing import Any

from ninja import Router, Schema
from ninja.errors import HttpError

from moothall.core.api import ReasonFirst
from moothall.core.door import needs
from moothall.people.requests import StaffRequest

from .models import Letter
from .rules.visibility import gate_before, letter_read

MOST = 100
LARGEST_ID = 2**63 - 1
PLAIN = (
    *("id", "about_kind", "about_id", "channel", "language", "state", "subject", "to_name", "to_address"),
    *("written_at", "sent_at", "attempts", "problem"),
)
router = Router(tags=["Letters"])


class LetterLine(Schema):
    """One letter of a list."""

    id: int
    about_kind: str
    about_id: int
    channel: str
    language: str
    state: str
    subject: str
    to_name: str
    to_address: str
    written_at: dt.datetime
    sent_at: dt.datetime | None
    attempts: int
    problem: str


class LetterRecord(LetterLine):
    """A letter with its words and what it carries."""

    body: str
    cc: list[str]
    message_id: str
    in_reply_to: str
    automatic: bool
    written_by: str | None
    approved_by: str | None
    documents: list[str]


@router.get("/", url_name="api_letters", response=list[LetterLine])
@needs("letters.write")
def find_letters(
    request: StaffRequest,
    about_kind: str = "",
    about_id: int = 0,
    state: str = "",
    before: int = LARGEST_ID,
    limit: int = 25,
) -> list[LetterLine]:
    """Newest first; `before` is the id of the last one seen. Of what record, in what state, if given."""
    letters = Letter.objects.visible_to(request.user).filter(pk__lt=max(0, min(before, LARGEST_ID)))
    if about_kind:
        wanted = max(0, min(about_id, LARGEST_ID))
        letters = letters.filter(about_kind=about_kind.replace("\0", ""), about_id=wanted)
    if state:
        letters = letters.filter(state=state.replace("\0", ""))
    return [LetterLine(**plain(row)) for row in letters.order_by("-pk")[: max(1, min(limit, MOST))]]


@router.get("/{letter_id}", url_name="api_letter", response=LetterRecord)
@needs("letters.write")
def read_letter(request: StaffRequest, letter_id: int) -> LetterRecord:
    """One letter. What it is about may first ask for a reason, which only a person can give."""
    visible = Letter.objects.visible_to(request.user).select_related("written_by", "approved_by")
    letter = visible.filter(pk=max(0, min(letter_id, LARGEST_ID))).first()
    if letter is None:
        raise HttpError(404, "No such letter.")
    gate = gate_before(request.user, letter.about_kind, letter.about_id)
    if gate:
        raise ReasonFirst(gate)
    letter_read(request.user, letter.about_kind, letter.about_id, subject=letter.subject)
    return LetterRecord(
        **plain(letter),
        body=letter.body,
        cc=letter.cc,
        message_id=letter.message_id,
        in_reply_to=letter.in_reply_to,
        automatic=letter.automatic,
        written_by=letter.written_by.name if letter.written_by else None,
        approved_by=letter.approved_by.name if letter.approved_by else None,
        documents=list(letter.documents.order_by("pk").values_list("name", flat=True)),
    )


def plain(letter: Letter) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in PLAIN}
