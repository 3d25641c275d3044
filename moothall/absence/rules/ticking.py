"""What happens here ticks the steps of the case an absence hangs on, where it hangs on one."""

import datetime as dt

from moothall.absence.models import Episode
from moothall.cases.models import Case, Step
from moothall.cases.rules.stepping import complete_step, reopen_step
from moothall.core.serving import for_the_office
from moothall.people.models import Account

OF_INTERVIEW = {
    "NO_ACTION": "no_action", "SUPPORT": "support", "REFERRAL": "oh_referral",
    "ATTENDANCE": "stage_1_attendance",
}  # fmt: skip


def _step(episode: Episode, key: str, state: str) -> Step | None:
    if episode.case_id is None:
        return None
    rows = Step.objects.filter(case=episode.case_id, key=key, state=state)
    return rows.exclude(case__status=Case.CLOSED).select_related("case__version").order_by("-id").first()


@for_the_office()
def tick(episode: Episode, key: str, *, by: Account | None, at: dt.datetime, outcome: str = "") -> bool:
    """Whether there was such a step, and it waited."""
    step = _step(episode, key, Step.READY)
    if step is None:
        return False
    complete_step(step, by=by, at=at, outcome=outcome)
    return True


@for_the_office()
def untick(episode: Episode, key: str, *, because: str, by: Account | None, at: dt.datetime) -> None:
    """What was ticked is to be done again."""
    step = _step(episode, key, Step.DONE)
    if step is not None:
        reopen_step(step, by=by, at=at, because=because)


def tick_anew(
    episode: Episode, key: str, *, outcome: str, because: str, by: Account | None, at: dt.datetime
) -> None:
    """With another outcome than it was ticked with."""
    untick(episode, key, because=because, by=by, at=at)
    tick(episode, key, outcome=outcome, by=by, at=at)
