"""What happens here ticks the steps of the case an absence hangs on, where it hangs on one."""

import datetime as dt

from moothall.absence.models import Episode
from moothall.cases.rules import ticking
from moothall.people.models import Account

OF_INTERVIEW = {
    "NO_ACTION": "no_action", "SUPPORT": "support", "REFERRAL": "oh_referral",
    "ATTENDANCE": "stage_1_attendance",
}  # fmt: skip


def tick(episode: Episode, key: str, *, by: Account | None, at: dt.datetime, outcome: str = "") -> bool:
    """Whether there was such a step, and it waited."""
    return ticking.tick(episode.case_id, key, by=by, at=at, outcome=outcome)


def untick(episode: Episode, key: str, *, because: str, by: Account | None, at: dt.datetime) -> None:
    """What was ticked is to be done again."""
    ticking.untick(episode.case_id, key, because=because, by=by, at=at)


def tick_anew(
    episode: Episode, key: str, *, outcome: str, because: str, by: Account | None, at: dt.datetime
) -> None:
    """With another outcome than it was ticked with."""
    untick(episode, key, because=because, by=by, at=at)
    tick(episode, key, outcome=outcome, by=by, at=at)
