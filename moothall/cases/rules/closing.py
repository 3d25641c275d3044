"""How a case ends, and how it is taken up again."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, Step
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.models import Account

from .changing import CannotUndo, change_case, lock_from_above, undone_by
from .clocks import end_clocks, restart_clocks, unmove
from .definition import OutcomeDefinition, definition_of
from .escalating import settle_escalations
from .holding import remember
from .leading import give_back_what_ended, stands_given_back, take_from_what_was_given_back
from .refusals import need_reason, refuse_if_closed
from .stepping import advance, complete_parent_step, take_back_parent_step

MERGED, BY_MISTAKE, NOT_NEEDED, SIGNPOSTED = "merged", "opened_by_mistake", "not_needed", "signposted"
ALWAYS = (MERGED, BY_MISTAKE, NOT_NEEDED, SIGNPOSTED)
NOTHING_DONE = (MERGED, BY_MISTAKE, NOT_NEEDED)


class OutcomeNeeded(Refusal):
    sentence = _("A case is closed with one of its service's outcomes.")
    next_step = _("Choose the outcome that says how it ended.")


class NotClosed(Refusal):
    sentence = _("This case is open already.")


class MergedAway(Refusal):
    sentence = _("This case was merged into another, where its messages are now.")
    next_step = _("Work on that one, or take the two apart again.")


def shared_outcomes(cases: list[Case]) -> list[OutcomeDefinition]:
    """The outcomes that every one of these cases may be closed with."""
    each = [{outcome.key: outcome for outcome in definition_of(case.version).outcomes} for case in cases]
    if not each:
        return []
    return [outcome for key, outcome in each[0].items() if all(key in other for other in each)]


def refuse_closing(case: Case, *, outcome: str) -> None:
    """Why a case cannot be closed with this outcome."""
    refuse_if_closed(case)
    definition = definition_of(case.version)
    allowed = {declared.key for declared in definition.outcomes} | set(ALWAYS)
    if not outcome or outcome == MERGED or (not definition.is_sub and outcome not in allowed):
        raise OutcomeNeeded


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
    """Close the case: its clocks end, what is left of its steps is not needed, its parent step is told."""
    lock_from_above(case, edition=edition)
    refuse_closing(case, outcome=outcome)
    return end_case(case, verb="close", by=by, at=at, outcome=outcome, reason=reason)


@for_the_office()
def end_case(
    case: Case,
    *,
    verb: str,
    by: Account | None,
    at: dt.datetime,
    outcome: str,
    reason: str = "",
    merged_into: Case | None = None,
) -> Entry:
    """The ending itself, for a case that is held and open: closed by somebody, or merged into another."""
    changes: dict[str, Any] = {
        "status": Case.CLOSED,
        "closed_at": at,
        "outcome": outcome,
        "closing_reason": reason,
        "held_until": None,
        "hold_reason": "",
        "came_back_at": None,
        "handed_at": None,
        "merged_into": merged_into,
    }
    said = {"outcome": outcome} | ({"other": merged_into.reference} if merged_into else {})
    entry = change_case(case, verb=verb, by=by, at=at, changes=changes, note=reason, said=said)
    moves = end_clocks(case, met=outcome not in NOTHING_DONE, at=at, by=by)
    left = case.steps.exclude(state__in=[Step.DONE, Step.SKIPPED])
    steps_left = list(left.values_list("pk", flat=True))
    subs = _end_sub_cases(case, by=by, at=at)
    left.update(state=Step.SKIPPED)
    remember(entry, moves, steps_left=steps_left, sub_cases=subs)
    settle_escalations(case, at=at)
    if outcome not in NOTHING_DONE:
        complete_parent_step(case, at=at, by=by)
    return entry


def _end_sub_cases(case: Case, *, by: Account | None, at: dt.datetime) -> list[int]:
    """Nobody need go on with a case that only served this one."""
    serving = Case.objects.unfinished().filter(parent_step__case=case).order_by("id")
    reason = str(_("Case %s, which it served, is closed.") % case.reference)
    for sub in serving:
        close_case(sub, by=by, at=at, outcome=NOT_NEEDED, reason=reason)
    return [sub.pk for sub in serving]


@transaction.atomic
def reopen_case(case: Case, *, by: Account | None, at: dt.datetime, because: str) -> Entry:
    """Take a closed case up again; its clocks and steps go on from where they stood."""
    lock_from_above(case)
    if not case.is_closed:
        raise NotClosed
    if case.merged_into_id is not None:
        raise MergedAway
    need_reason(because)
    return begin_again(case, by=by, at=at, because=because)


@for_the_office()
def begin_again(case: Case, *, by: Account | None, at: dt.datetime, because: str) -> Entry:
    """The taking up itself, for a closed case that is held."""
    changes: dict[str, Any] = {
        "status": Case.OPEN, "closed_at": None, "outcome": "", "closing_reason": "",
        "waiting_on": Case.US, "merged_into": None,
    }  # fmt: skip
    entry = change_case(case, verb="reopen", by=by, at=at, changes=changes, note=because)
    closing = case.entries.filter(kind=Entry.CHANGE, detail__verb__in=["close", "merge"], undone_at=None)
    ended_by: dict[str, Any] = getattr(closing.order_by("-id").first(), "detail", {})
    moves = restart_clocks(case, ended_by, at=at, by=by)
    remember(entry, moves, ended_by=ended_by, given_back=_take_up_steps(case, ended_by, at=at))
    _take_up_sub_cases(ended_by, by=by, at=at, because=because)
    return entry


def _take_up_steps(case: Case, ended_by: dict[str, Any], *, at: dt.datetime) -> list[dict[str, Any]]:
    """Steps that the closing left out stand where they stood: ready ones with the day they were due. The
    answer is what ended the case and is to be done again."""
    left = case.steps.filter(pk__in=ended_by.get("steps_left", []))
    given_back = give_back_what_ended(case)
    if left.exists() or given_back:
        left.filter(ready_at=None).update(state=Step.PENDING)
        left.exclude(ready_at=None).update(state=Step.READY)
        advance(case, at=at)
    return given_back


def _take_up_sub_cases(
    ended_by: dict[str, Any], *, by: Account | None, at: dt.datetime, because: str
) -> None:
    for sub in Case.objects.filter(pk__in=ended_by.get("sub_cases", []), outcome=NOT_NEEDED).order_by("id"):
        reopen_case(sub, by=by, at=at, because=because)


@undone_by("close")
def undo_ending(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    """Everything the closing did besides changing fields is put back."""
    unmove(case, entry.detail, at=at)
    _take_up_steps(case, entry.detail, at=at)
    _take_up_sub_cases(entry.detail, by=by, at=at, because=str(_("Case %s is open again.") % case.reference))
    if entry.detail["after"]["outcome"] not in NOTHING_DONE:
        take_back_parent_step(case, closed_at=entry.at, by=by, at=at)


@undone_by("reopen")
def _undo_reopen(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    """Closed as it was, unless steps were done since."""
    ended_by, given_back = entry.detail.get("ended_by", {}), entry.detail.get("given_back", [])
    left = case.steps.filter(pk__in=ended_by.get("steps_left", []))
    if left.filter(state=Step.DONE).exists() or not stands_given_back(case, given_back):
        raise CannotUndo
    left.update(state=Step.SKIPPED)
    take_from_what_was_given_back(case, given_back)
    unmove(case, entry.detail, at=at)
    _end_sub_cases(case, by=by, at=at)
