"""What happens in a floor above ticks the steps of the case it hangs on, where it hangs on one."""

import datetime as dt

from moothall.cases.models import Case, Step
from moothall.core.serving import for_the_office
from moothall.people.models import Account

from .definition import definition_of
from .stepping import complete_step, reopen_step


def _step(case_id: int | None, key: str, state: str) -> Step | None:
    if case_id is None:
        return None
    rows = Step.objects.filter(case=case_id, key=key, state=state)
    return rows.exclude(case__status=Case.CLOSED).select_related("case__version").order_by("-id").first()


@for_the_office()
def tick(
    case_id: int | None,
    key: str,
    *,
    by: Account | None,
    at: dt.datetime,
    outcome: str = "",
    again: bool = False,
) -> bool:
    """Whether there was such a step, and it waited. An outcome the office does not know is left to a person;
    `again` starts the next round of a step that repeats."""
    step = _step(case_id, key, Step.READY)
    if step is None:
        return False
    declared = definition_of(step.case.version).step(step.key)
    if declared.outcomes and outcome not in declared.outcomes:
        return False
    complete_step(step, by=by, at=at, outcome=outcome if declared.outcomes else "", again=again)
    return True


@for_the_office()
def untick(case_id: int | None, key: str, *, because: str, by: Account | None, at: dt.datetime) -> None:
    """What was ticked is to be done again."""
    step = _step(case_id, key, Step.DONE)
    if step is not None:
        reopen_step(step, by=by, at=at, because=because)
