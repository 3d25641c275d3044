"""One case: its details, steps, clocks and links, and its timeline."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from ninja import Schema
from pydantic import Field

from moothall.cases.models import Case, CaseClock, ClockEvent, Entry, EntryDocument, Step
from moothall.cases.rules.access import may_read
from moothall.cases.rules.acting import may_act
from moothall.cases.rules.clocks import computed
from moothall.cases.rules.definition import ServiceDefinition, definition_of
from moothall.cases.rules.reading import PROGRAM, note_read
from moothall.cases.visiting import find_case, linked_to
from moothall.core.api import Id, ReasonFirst
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.people.models import Account
from moothall.people.requests import StaffRequest

from .listing import CaseLine, Colleague, Somebody, colleague, said, somebody
from .router import router

MOST = 100


class Clock(Schema):
    """A clock, the day it is due, and in words why that day."""

    key: str
    name: str
    state: str
    due_on: dt.date | None
    due_at: dt.datetime | None
    amber_on: dt.date | None
    met_at: dt.datetime | None
    explanation: str


class StepRecord(Schema):
    """A task of the case. `outcomes` are those it may be done with; none are asked for where it is empty."""

    id: int
    key: str
    name: str
    occurrence: int
    owner: str
    team: str | None
    assignee: Colleague | None
    state: str
    waiting_on: str
    due_on: dt.date | None
    done_at: dt.datetime | None
    done_by: str | None
    outcome: str
    note: str
    outcomes: list[str]
    repeats: bool


class LinkRecord(Schema):
    kind: str
    reference: str
    title: str


class File(Schema):
    """A file that came or went with an entry, and where it is fetched."""

    name: str
    size: int
    sha256: str
    address: str


class EntryRecord(Schema):
    """One line of the timeline. `verb` says what was done where the entry is a change."""

    id: int
    kind: str
    at: dt.datetime
    by: str | None
    person: Somebody | None
    sender: str
    recipients: str
    subject: str
    text: str
    quoted: str
    minutes: int | None
    letter_id: int | None
    verb: str
    undone_at: dt.datetime | None
    files: list[File]


class CaseRecord(CaseLine):
    """Everything about a case but its timeline. `outcomes` are those it may be closed with."""

    subject: Somebody | None
    language: str
    answers: dict[str, Any]
    logged_at: dt.datetime
    held_until: dt.date | None
    hold_reason: str
    first_answered_at: dt.datetime | None
    closed_at: dt.datetime | None
    outcome: str
    closing_reason: str
    outcomes: list[str]
    steps: list[StepRecord]
    clocks: list[Clock]
    links: list[LinkRecord]


DETAILS = (
    *("language", "answers", "logged_at", "held_until", "hold_reason", "first_answered_at", "closed_at"),
    *("outcome", "closing_reason"),
)


@router.get("/{reference}", url_name="api_case", response=CaseRecord)
@needs("cases.view")
def read_case(request: StaffRequest, reference: str) -> CaseRecord:
    """One case. A sealed one first asks for a reason, which only a person can give."""
    return record(opened_case(request, reference, "cases.view"), request.user)


@router.get("/{reference}/entries", url_name="api_entries", response=list[EntryRecord])
@needs("cases.view")
def read_entries(
    request: StaffRequest,
    reference: str,
    before: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> list[EntryRecord]:
    """The timeline, newest first; `before` is the id of the last entry seen."""
    case = opened_case(request, reference, "cases.view")
    entries = case.entries.timeline()
    if before is not None:
        mark = case.entries.filter(pk=before).first()
        if mark is None:
            raise Http404
        entries = entries.filter(Q(at__lt=mark.at) | Q(at=mark.at, id__lt=mark.pk))
    attached = EntryDocument.objects.select_related("document")
    return [
        entry_record(case, each) for each in entries.prefetch_related(Prefetch("attached", attached))[:limit]
    ]


def opened_case(request: StaffRequest, reference: str, permission: str) -> Case:
    """The case, if it exists for this account, which holds the permission there and may read it just now."""
    case = find_case(request, reference)
    if not may_act(case, request.user, permission):
        raise PermissionDenied
    if not may_read(case, request.user, at=now()):
        raise ReasonFirst(reverse("ask_to_read", args=[case.reference]))
    if request.method == "GET":
        note_read(case, by=request.user, at=now(), what=PROGRAM)
    return case


def record(case: Case, account: Account) -> CaseRecord:
    definition = definition_of(case.version)
    steps = case.steps.select_related("team", "assignee", "done_by")
    told = ClockEvent.objects.filter(withdrawn_at=None).order_by("at", "id")
    return CaseRecord(
        **said(case, account),
        **{name: getattr(case, name) for name in DETAILS},
        subject=somebody(case.subject),
        outcomes=[outcome.key for outcome in definition.outcomes],
        steps=[step_record(step, definition) for step in steps],
        clocks=[_clock(clock) for clock in case.clocks.prefetch_related(Prefetch("events", told))],
        links=[
            LinkRecord(kind=link.kind, reference=other.reference, title=other.title)
            for link, other in linked_to(case, account)
        ],
    )


def step_record(step: Step, definition: ServiceDefinition) -> StepRecord:
    declared = definition.step(step.key)
    plain = (
        "id",
        "key",
        "occurrence",
        "owner",
        "state",
        "waiting_on",
        "due_on",
        "done_at",
        "outcome",
        "note",
    )
    return StepRecord(
        **{name: getattr(step, name) for name in plain},
        name=declared.name_in(get_language() or "en"),
        team=step.team.key if step.team else None,
        assignee=colleague(step.assignee),
        done_by=step.done_by.name if step.done_by else None,
        outcomes=list(declared.outcomes),
        repeats=bool(declared.repeat),
    )


def _clock(clock: CaseClock) -> Clock:
    due = computed(clock, clock.events.all())
    plain = ("key", "name", "due_on", "due_at", "amber_on", "met_at")
    return Clock(
        **{name: getattr(clock, name) for name in plain},
        state=due.state,
        explanation=due.explanation("cy" if get_language() == "cy" else "en"),
    )


def entry_record(case: Case, entry: Entry) -> EntryRecord:
    plain = (
        *("id", "kind", "at", "sender", "recipients", "subject", "text", "quoted", "minutes", "letter_id"),
        "undone_at",
    )
    return EntryRecord(
        **{name: getattr(entry, name) for name in plain},
        by=entry.by.name if entry.by else None,
        person=somebody(entry.person),
        verb=str(entry.detail.get("verb", "")),
        files=[
            File(
                name=each.name,
                size=each.document.size,
                sha256=each.document.sha256,
                address=reverse("case_document", args=[case.reference, each.pk]),
            )
            for each in entry.attached.all()
        ],
    )
