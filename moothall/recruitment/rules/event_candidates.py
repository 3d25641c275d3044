"""Candidates are brought to an event from the stage of the campaign, with what would help them settled."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from moothall.cases.models import Step
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, EventCandidate, EventSeat, SelectionEvent

from . import event_refusals as refusals
from .bulk_refusals import InEventAlready, NotAtStage
from .events import held_event


@dataclass(frozen=True, kw_only=True)
class Help:
    """What is agreed to help a candidate."""

    longer: int = 0
    rest: int = 0
    step_free: bool = False
    companion: bool = False
    interpreter: str = ""
    welsh: bool = False


def waiting_at(event: SelectionEvent) -> "list[Application]":
    """Applications of the campaign that are at the stage of the event and not brought to it."""
    ready = Step.objects.filter(case=OuterRef("case_id"), state=Step.READY, key=event.step)
    rows = Application.objects.running().filter(Exists(ready), campaign=event.campaign_id)
    brought = EventCandidate.objects.filter(event__step=event.step, event__cancelled_at=None, removed_at=None)
    return list(rows.exclude(pk__in=brought.order_by().values("application")).order_by("number"))


@for_the_office()
@transaction.atomic
def bring_candidates(
    event: SelectionEvent, *, by: Account | None, at: dt.datetime, most: int | None = None
) -> list[EventCandidate]:
    """Everybody at the stage, in one action. Whoever was taken out stays out."""
    held = held_event(event)
    out = set(held.candidates.values_list("application", flat=True))
    found = [each for each in waiting_at(held) if each.pk not in out][:most]
    if not found:
        raise refusals.NobodyToBring
    made = EventCandidate.objects.bulk_create(
        EventCandidate(
            event=held, application=each, welsh=each.language == "cy", brought_at=at, brought_by=by
        )
        for each in found
    )
    append_audit("recruitment.bring_candidates", about=held, by=by, at=at, detail={"brought": len(made)})
    return made


def refuse_bringing(event: SelectionEvent, one: Application, *, at_stage: bool, brought: bool) -> None:
    """Why somebody cannot be brought to an event."""
    if event.cancelled_at is not None or event.closed_at is not None:
        raise refusals.EventOver
    if one.campaign_id != event.campaign_id or one.is_withdrawn or one.case.is_closed or not at_stage:
        raise NotAtStage
    if brought:
        raise InEventAlready


@for_the_office()
@transaction.atomic
def bring_one(
    event: SelectionEvent, one: Application, *, by: Account | None, at: dt.datetime
) -> EventCandidate:
    """Somebody who was chosen; whoever was taken out is in it again."""
    held = held_event(event)
    here = EventCandidate.objects.filter(application=one, event__step=held.step, event__cancelled_at=None)
    ready = Step.objects.filter(case=one.case_id, state=Step.READY, key=held.step)
    brought = here.filter(removed_at=None).exists()
    refuse_bringing(held, one, at_stage=ready.exists(), brought=brought)
    made, _new = EventCandidate.objects.update_or_create(
        event=held, application=one, defaults={"removed_at": None, "removed_by": None},
        create_defaults={"welsh": one.language == "cy", "brought_at": at, "brought_by": by},
    )  # fmt: skip
    append_audit("recruitment.bring_candidate", about=one, by=by, at=at, detail={"event": held.pk})
    return made


@for_the_office()
@transaction.atomic
def take_back_bringing(event: SelectionEvent, *, by: Account, at: dt.datetime) -> int:
    """Those who were brought last, all at once; nobody who has a time."""
    held = held_event(event)
    last = held.candidates.standing().order_by("-brought_at").values_list("brought_at", flat=True).first()
    if last is None:
        raise refusals.NobodyBrought
    rows = held.candidates.standing().filter(brought_at=last, seats=None)
    if not rows.exists():
        raise refusals.StillUsed
    gone = EventCandidate.objects.filter(pk__in=rows.values("pk")).update(removed_at=at, removed_by=by)
    append_audit("recruitment.take_back_bringing", about=held, by=by, at=at, detail={"taken": gone})
    return gone


@for_the_office()
@transaction.atomic
def settle_help(candidate: EventCandidate, said: Help, *, by: Account, at: dt.datetime) -> EventCandidate:
    """What is agreed with them; a plan in force is mended to keep it when somebody asks."""
    held_event(candidate.event)
    values = vars(said) | {"interpreter": said.interpreter.strip().upper(), "helped_at": at, "helped_by": by}
    EventCandidate.objects.filter(pk=candidate.pk).update(**values)
    append_audit("recruitment.settle_help", about=candidate.application, by=by, at=at)
    candidate.refresh_from_db()
    return candidate


@for_the_office()
@transaction.atomic
def take_out(candidate: EventCandidate, *, by: Account, at: dt.datetime) -> bool:
    """They do not come; their time is free for somebody else."""
    held_event(candidate.event)
    gone = EventCandidate.objects.filter(pk=candidate.pk, removed_at=None).update(
        removed_at=at, removed_by=by
    )
    if gone:
        EventSeat.objects.filter(candidate=candidate).update(candidate=None, applicant=None)
        append_audit("recruitment.take_out_candidate", about=candidate.application, by=by, at=at)
    return bool(gone)


@for_the_office()
@transaction.atomic
def put_back(candidate: EventCandidate, *, by: Account, at: dt.datetime) -> bool:
    """Taken out by mistake: in the event again, with a time from the next plan."""
    held_event(candidate.event)
    back = EventCandidate.objects.filter(pk=candidate.pk, removed_at__isnull=False).update(
        removed_at=None, removed_by=None
    )
    if not back:
        raise refusals.NotTakenOut
    append_audit("recruitment.put_back_candidate", about=candidate.application, by=by, at=at)
    return True


@for_the_office()
@transaction.atomic
def note_attendance(
    candidate: EventCandidate, *, attended: str, help_given: bool | None, note: str, by: Account,
    at: dt.datetime,
) -> EventCandidate:  # fmt: skip
    """Whether they came, and whether what was agreed was there. The last word counts; both are audited."""
    held_event(candidate.event)
    EventCandidate.objects.filter(pk=candidate.pk).update(
        attended=attended, help_given=help_given, attended_note=note.strip()[:300],
        attended_at=at if attended else None, attended_by=by if attended else None,
    )  # fmt: skip
    detail = {"attended": attended, "help_given": help_given}
    append_audit("recruitment.attendance", about=candidate.application, by=by, at=at, detail=detail)
    candidate.refresh_from_db()
    return candidate
