"""How a case ends, and how it is taken up again."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, Step
from moothall.core.refusals import Refusal
from moothall.people.models import Account

from .assigning import ReasonNeeded, refuse_if_closed
from .changing import change_case, undone_by
from .clocks import CLOSED, meet_clocks, restart_clocks, stop_clocks
from .definition import OutcomeDefinition, definition_of
from .escalating import settle_escalations
from .stepping import advance, complete_parent_step

ALWAYS = ("merged", "opened_by_mistake")


class OutcomeNeeded(Refusal):
    sentence = _("A case is closed with one of its service's outcomes.")
    next_step = _("Choose the outcome that says how it ended.")


class NotClosed(Refusal):
    sentence = _("This case is open already.")


def shared_outcomes(cases: list[Case]) -> list[OutcomeDefinition]:
    """The outcomes that every one of these cases may be closed with."""
    each = [{outcome.key: outcome for outcome in definition_of(case.version).outcomes} for case in cases]
    if not each:
        return []
    return [outcome for key, outcome in each[0].items() if all(key in other for other in each)]


@transaction.atomic
def close_case(
    case: Case,
    *,
    by: Account | None,
    at: dt.datetime,
    outcome: str,
    reason: str = "",
    edition: int | None = None,
) -> Entry:
    """Close the case: its clocks stop, what is left of its steps is not needed, its parent step is told."""
    refuse_if_closed(case)
    definition = definition_of(case.version)
    allowed = {declared.key for declared in definition.outcomes} | set(ALWAYS)
    if not outcome or (not definition.is_sub and outcome not in allowed):
        raise OutcomeNeeded
    changes = {
        "status": Case.CLOSED,
        "closed_at": at,
        "outcome": outcome,
        "closing_reason": reason,
        "held_until": None,
        "hold_reason": "",
        "came_back_at": None,
    }
    said = {"outcome": outcome}
    entry = change_case(
        case, verb="close", by=by, at=at, changes=changes, note=reason, said=said, edition=edition
    )
    meet_clocks(case, CLOSED, at=at, by=by)
    stop_clocks(case, at=at)
    left = [step.pk for step in case.steps.exclude(state__in=[Step.DONE, Step.SKIPPED])]
    Step.objects.filter(pk__in=left).update(state=Step.SKIPPED)
    Entry.objects.filter(pk=entry.pk).update(detail={**entry.detail, "steps_left": left})
    settle_escalations(case, at=at)
    complete_parent_step(case, at=at, by=by)
    return entry


@transaction.atomic
def reopen_case(case: Case, *, by: Account | None, at: dt.datetime, because: str) -> Entry:
    """Take a closed case up again; its clocks and steps go on from where they stood."""
    if not case.is_closed:
        raise NotClosed
    if not because.strip():
        raise ReasonNeeded
    closed_at = case.closed_at
    changes = {
        "status": Case.OPEN, "closed_at": None, "outcome": "", "closing_reason": "",
        "waiting_on": Case.US, "merged_into": None,
    }  # fmt: skip
    entry = change_case(case, verb="reopen", by=by, at=at, changes=changes, note=because)
    restart_clocks(case, stopped_at=closed_at)
    closing = case.entries.filter(kind=Entry.CHANGE, detail__verb="close").order_by("-id").first()
    _steps_again(case, closing, at=at)
    return entry


def _steps_again(case: Case, closing: Entry | None, *, at: dt.datetime) -> None:
    left = closing.detail.get("steps_left", []) if closing else []
    if left:
        case.steps.filter(pk__in=left).update(state=Step.PENDING)
        advance(case, at=at)


@undone_by("close")
def _undo_close(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    restart_clocks(case, stopped_at=entry.at)
    case.clocks.filter(met_at=entry.at).update(met_at=None)
    _steps_again(case, entry, at=at)


@undone_by("reopen")
def _undo_reopen(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    stop_clocks(case, at=case.closed_at or at)
