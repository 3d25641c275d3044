"""Results of a selection event decided at once, with their reasons; the case of each goes on by its step."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.leading import ended_its_case
from moothall.cases.rules.stepping import complete_step, reopen_step
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import EventReason, EventResult, SelectionEvent

from . import event_refusals as refusals
from .event_scoring import Standing, standings_of
from .events import held_event

ENDS: Final[Mapping[str, tuple[str, ...]]] = {
    EventResult.PASSED: (
        "pass", "passed", "met", "competent", "eligible", "shortlisted",
        "appointable_preferred", "through",
    ),
    EventResult.NOT_PASSED: (
        "fail", "failed", "not_met", "fail_retest", "fail_final", "not_shortlisted",
        "not_appointable",
    ),
    EventResult.ABSENT: ("no_show", "withdrew", "fail", "failed", "not_met", "fail_retest"),
}  # fmt: skip
WHY: Final = {EventResult.PASSED: "passed", EventResult.NOT_PASSED: "below", EventResult.ABSENT: "absent"}


@for_the_office()
@transaction.atomic
def decide_results(event: SelectionEvent, *, by: Account | None, at: dt.datetime) -> list[Standing]:
    """Everybody who had a time. Whoever had none stays at the stage for another event. Nobody is told yet."""
    held = held_event(event)
    if held.plan_id is None:
        raise refusals.NothingInForce
    rows = held.candidates.standing().in_full()
    those = [each for each in standings_of(held, rows) if each.has_time]
    if not those or any(not each.is_ready for each in those):
        raise refusals.MarksMissing
    reasons = {each.key: each for each in EventReason.objects.in_force(at.date())}
    if any(WHY[each.outcome] not in reasons for each in those):
        raise refusals.NoEventReasons
    for each in those:
        EventResult.objects.create(
            candidate=each.candidate, outcome=each.outcome, reason=reasons[WHY[each.outcome]],
            total=each.total, step=_finish_step(held, each, by=by, at=at), decided_at=at, decided_by=by,
        )  # fmt: skip
    held.closed_at, held.closed_by = at, by
    held.save(update_fields=["closed_at", "closed_by"])
    detail = {"decided": len(those)}
    append_audit("recruitment.decide_event_results", about=held, by=by, at=at, detail=detail)
    return those


def _finish_step(event: SelectionEvent, one: Standing, *, by: Account | None, at: dt.datetime) -> int | None:
    """The step as its process has it. Where it has no outcome that says so, it stays for a person: nobody
    who did not pass goes on."""
    case = one.candidate.application.case_id
    step = (
        Step.objects.filter(case=case, key=event.step, state=Step.READY)
        .select_related("case__version")
        .first()
    )
    if step is None:
        return None
    declared = definition_of(step.case.version).step(step.key).outcomes
    outcome = next((each for each in ENDS[one.outcome] if each in declared), "")
    if not outcome and (declared or one.outcome != EventResult.PASSED):
        return None
    return complete_step(step, by=by, at=at, outcome=outcome).pk


@for_the_office()
@transaction.atomic
def reopen_results(event: SelectionEvent, *, by: Account, at: dt.datetime) -> int:
    """Decided by mistake: marks stay, and each case is back at its step."""
    held: SelectionEvent = SelectionEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    rows = EventResult.objects.standing().filter(candidate__event=held)
    steps = [each for each in rows.values_list("step", flat=True) if each is not None]
    gone = rows.update(undone_at=at, undone_by=by)
    if held.closed_at is None or not gone:
        raise refusals.NotDecided
    done = Step.objects.filter(pk__in=steps, state=Step.DONE)
    for step in done.select_related("case__version"):
        if step.case.is_closed and not ended_its_case(step):
            continue
        reopen_step(step, by=by, at=at, because=str(_("The results of the event are open again.")))
    held.closed_at, held.closed_by = None, None
    held.save(update_fields=["closed_at", "closed_by"])
    append_audit("recruitment.reopen_event_results", about=held, by=by, at=at, detail={"undone": gone})
    return gone
