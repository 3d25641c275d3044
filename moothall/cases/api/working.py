"""What is done to a case: each operation calls the rule that its page calls, and refuses in its words."""

from typing import Annotated, Literal

from django.http import Http404
from ninja import Schema, Status
from pydantic import Field

from moothall.cases.models import Case
from moothall.cases.rules import assigning, closing, holding, stepping, timeline
from moothall.cases.rules.definition import definition_of
from moothall.core.api import Day, Id, Text
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.models import Account
from moothall.people.requests import StaffRequest

from .listing import CaseLine, line
from .reading import EntryRecord, StepRecord, entry_record, opened_case, step_record
from .router import router

Edition = Annotated[
    int | None, Field(ge=1, le=2**31 - 1, description="That of the case as read: refused if it has changed.")
]


class Note(Schema):
    text: Text


class Completion(Schema):
    """`outcome` is one of the step's; `again` begins the next round of a step that repeats."""

    outcome: Text = ""
    note: Annotated[Text, Field(max_length=500)] = ""
    again: bool = False


class Assignment(Schema):
    """`to` is the address somebody signs in with; an empty one leaves the case to nobody."""

    to: Text
    edition: Edition = None


class Hold(Schema):
    until: Day
    because: Annotated[Text, Field(max_length=200)]
    waiting_on: Literal["PERSON", "THIRD", "US"] = "PERSON"


class Closure(Schema):
    outcome: Text
    reason: Text = ""
    edition: Edition = None


@router.post("/{reference}/notes", url_name="api_notes", response={201: EntryRecord})
@needs("cases.work")
def add_note(request: StaffRequest, reference: str, note: Note) -> Status[EntryRecord]:
    """Write an internal note: seen by staff, never sent."""
    case = opened_case(request, reference, "cases.work")
    entry = timeline.write_note(case, text=note.text, by=request.user, at=now())
    return Status(201, entry_record(case, entry))


@router.post("/{reference}/steps/{step_id}/completion", url_name="api_completion", response=StepRecord)
@needs("cases.work")
def complete_step(request: StaffRequest, reference: str, step_id: Id, done: Completion) -> StepRecord:
    """Say that a step is done, and how it ended."""
    case = opened_case(request, reference, "cases.work")
    step = case.steps.filter(pk=step_id).first()
    if step is None:
        raise Http404
    step = stepping.complete_step(
        step, by=request.user, at=now(), outcome=done.outcome, note=done.note, again=done.again
    )
    return step_record(step, definition_of(case.version))


@router.post("/{reference}/assignment", url_name="api_assignment", response=CaseLine)
@needs("cases.assign")
def assign(request: StaffRequest, reference: str, asked: Assignment) -> CaseLine:
    """Give the case to somebody who works in its team, or to nobody."""
    case = opened_case(request, reference, "cases.assign")
    to = _worker(case, asked.to) if asked.to.strip() else None
    assigning.assign_case(case, to=to, by=request.user, at=now(), edition=asked.edition)
    return line(case, request.user)


def _worker(case: Case, email: str) -> Account:
    worker = Account.objects.working_in(case.team_id).filter(email__iexact=email.strip()).first()
    if worker is None:
        raise assigning.NotInThatTeam
    return worker


@router.post("/{reference}/hold", url_name="api_hold", response=CaseLine)
@needs("cases.work")
def hold(request: StaffRequest, reference: str, asked: Hold) -> CaseLine:
    """Put the case away until a day to come."""
    case = opened_case(request, reference, "cases.work")
    holding.hold_case(
        case, until=asked.until, because=asked.because, waiting_on=asked.waiting_on, by=request.user,
        at=now(), today=today(),
    )  # fmt: skip
    return line(case, request.user)


@router.post("/{reference}/closure", url_name="api_closure", response=CaseLine)
@needs("cases.close")
def close(request: StaffRequest, reference: str, asked: Closure) -> CaseLine:
    """Close the case with one of its outcomes."""
    case = opened_case(request, reference, "cases.close")
    closing.close_case(
        case, by=request.user, at=now(), outcome=asked.outcome, reason=asked.reason, edition=asked.edition
    )
    return line(case, request.user)
