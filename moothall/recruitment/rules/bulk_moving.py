"""Many applications are moved on, put away until a day, or not taken further."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.changing import undo_change
from moothall.cases.rules.closing import BY_MISTAKE, close_case, refuse_closing
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.holding import hold_case, refuse_holding
from moothall.cases.rules.stepping import complete_step, refuse_completing, reopen_step
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.recruitment.models import Application, SiftReason

from .bulk_letters import HELD, drawn_back, tell_or_refuse
from .bulk_refusals import MovedOnSince
from .bulk_wording import NOT_TAKEN

Given = Mapping[str, Any]
Block = Sequence[Application]
SEPARATOR: Final = "|"


def moves_of(given: Given) -> tuple[str, str]:
    """The stage that is done, and with what outcome."""
    stage, _mark, outcome = str(given["move"]).partition(SEPARATOR)
    return stage, outcome


def steps_of(block: Block, given: Given, _at: dt.datetime) -> dict[str, Any]:
    """The step of each case that would be done, and the cases of those whose own case still runs."""
    cases = [each.case_id for each in block]
    rows = Step.objects.filter(case__in=cases, key=moves_of(given)[0]).order_by("occurrence")
    steps = {each.case_id: each for each in rows}
    running = Case.objects.unfinished().filter(parent_step__in=[each.pk for each in steps.values()])
    return {"steps": steps, "waits": set(running.order_by().values_list("parent_step", flat=True))}


def check_move(one: Application, given: Given, facts: Any, _at: dt.datetime) -> dict[str, Any]:
    key, outcome = moves_of(given)
    step = facts["steps"].get(one.case_id)
    declared = definition_of(one.case.version).step(key) if step is not None else None
    waits = step is not None and step.pk in facts["waits"]
    refuse_completing(step, declared, closed=one.case.is_closed, outcome=outcome, waits=waits)
    return {}


def move_on(one: Application, given: Given, _kept: Given, by: Account, at: dt.datetime) -> dict[str, Any]:
    key, outcome = moves_of(given)
    rows = Step.objects.filter(case=one.case_id, key=key).select_related("case__version")
    step = rows.order_by("-occurrence").first()
    if step is None:
        refuse_completing(None, None, closed=False, outcome=outcome, waits=False)
    assert step is not None  # noqa: S101
    complete_step(step, by=by, at=at, outcome=outcome, note=str(given.get("note", "")))
    return {"step": step.pk}


def move_back(one: Application, did: Given, by: Account, at: dt.datetime) -> str:
    """As long as nothing that came after it has been done; what it opened was opened by mistake."""
    step = Step.objects.select_related("case__version").get(pk=did["step"])
    followers = definition_of(step.case.version).following(step.key)
    later = Step.objects.filter(case=one.case_id, key__in=followers)
    subs = Case.objects.filter(parent_step__in=later.order_by().values("pk"))
    done = Step.objects.filter(case__in=subs.order_by().values("pk"), state=Step.DONE)
    rounds = Step.objects.filter(case=one.case_id, key=step.key, occurrence__gt=step.occurrence)
    if (later | rounds).filter(state=Step.DONE).exists() or done.exists():
        raise MovedOnSince
    because = str(_("It was moved on by mistake, together with others."))
    for sub in subs.exclude(status=Case.CLOSED).order_by("id"):
        close_case(sub, by=by, at=at, outcome=BY_MISTAKE, reason=because)
    reopen_step(step, by=by, at=at, because=because)
    return ""


def nothing(_block: Block, _given: Given, _at: dt.datetime) -> None:
    """Everything that decides it is on the application and its case."""


def _until(given: Given) -> dt.date:
    return dt.date.fromisoformat(str(given["until"]))


def check_hold(one: Application, given: Given, _facts: Any, at: dt.datetime) -> dict[str, Any]:
    because, today = str(given["because"]), in_london(at).date()
    refuse_holding(one.case, until=_until(given), because=because, today=today)
    return {}


def put_away(one: Application, given: Given, _kept: Given, by: Account, at: dt.datetime) -> dict[str, Any]:
    entry = hold_case(
        one.case, until=_until(given), because=str(given["because"]), waiting_on=str(given["waiting_on"]),
        by=by, at=at, today=in_london(at).date(),
    )  # fmt: skip
    return {"entry": entry.pk}


def take_back_change(_one: Application, did: Given, by: Account, at: dt.datetime) -> str:
    """The change itself is put back, then what was to be written about it."""
    undo_change(Entry.objects.select_related("case").get(pk=did["entry"]), by=by, at=at)
    return drawn_back(did, by=by, at=at)


def check_rejecting(one: Application, given: Given, _facts: Any, _at: dt.datetime) -> dict[str, Any]:
    refuse_closing(one.case, outcome=str(given["outcome"]))
    return {}


def reject(one: Application, given: Given, _kept: Given, by: Account, at: dt.datetime) -> dict[str, Any]:
    """With a reason of the edition that holds. They are told first: on a closed case nothing is written."""
    reason = SiftReason.objects.get(pk=given["reason"])
    did = {}
    if given["tell"]:
        known = {"application.reason": reason.name_in(one.language)}
        did["letter"] = tell_or_refuse(NOT_TAKEN, one, at=at, known=known, hold_seconds=HELD).pk
    said = "\n".join(part for part in (reason.name, str(given["because"]).strip()) if part)
    did["entry"] = close_case(one.case, by=by, at=at, outcome=str(given["outcome"]), reason=said).pk
    return did
