"""A step whose outcome ended its case: how that is known, and how it stands when the case goes on."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from moothall.cases.models import Case, Step

from .definition import AGAIN, definition_of


def ended_its_case(step: Step) -> bool:
    """Whether the case is over because of how this step ended."""
    leads = definition_of(step.case.version).leads_to(step.key, step.outcome)
    return step.case.is_closed and bool(leads) and leads == step.case.outcome


def give_back_what_ended(case: Case) -> list[dict[str, Any]]:
    """A case that goes on after all stands at the step that ended it; the answer says how it was done."""
    definition = definition_of(case.version)
    ended = [
        each
        for each in case.steps.filter(state=Step.DONE).order_by("id")
        if definition.leads_to(each.key, each.outcome) not in ("", AGAIN)
    ]
    rows = Step.objects.filter(pk__in=[each.pk for each in ended])
    rows.update(state=Step.READY, done_at=None, done_by=None, outcome="")
    return [
        {
            "step": each.pk, "outcome": each.outcome, "by": each.done_by_id,
            "at": each.done_at.isoformat() if each.done_at else "",
        }
        for each in ended
    ]  # fmt: skip


def stands_given_back(case: Case, given_back: Iterable[dict[str, Any]]) -> bool:
    """Whether nobody has done since what was given back."""
    found = [each["step"] for each in given_back]
    return not case.steps.filter(pk__in=found).exclude(state=Step.READY).exists()


def take_from_what_was_given_back(case: Case, given_back: Iterable[dict[str, Any]]) -> None:
    """It ended the case after all, as it was done."""
    for each in given_back:
        case.steps.filter(pk=each["step"]).update(
            state=Step.DONE, outcome=each["outcome"], done_by=each["by"],
            done_at=dt.datetime.fromisoformat(each["at"]) if each["at"] else None,
        )  # fmt: skip
