"""What happens to a request or a leave ticks the steps of its case."""

import datetime as dt

from moothall.cases.rules.ticking import tick
from moothall.people.models import Account
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest

DECIDED = {
    FlexibleRequest.AGREED: "agreed", FlexibleRequest.TRIAL: "trial", FlexibleRequest.REFUSED: "refused",
}  # fmt: skip


def tick_received(request: FlexibleRequest, *, by: Account | None, at: dt.datetime) -> None:
    """It was counted, and its day worked out, as it came."""
    outcome = "statutory" if request.is_statutory else "non_statutory"
    tick(request.case_id, "recv", by=by, at=at, outcome=outcome)
    if request.decide_by is not None:
        tick(request.case_id, "clock", by=by, at=at)


def tick_meeting(meeting: FlexibleMeeting, missed: int, *, by: Account, at: dt.datetime) -> None:
    """One that did not take place for a good reason leaves the step as it is."""
    outcome = "held" if meeting.state == FlexibleMeeting.HELD else ""
    if meeting.state == FlexibleMeeting.MISSED:
        outcome = "missed_twice_withdrawn" if missed > 1 else ""
    if outcome:
        tick(meeting.request.case_id, "meet", by=by, at=at, outcome=outcome)


def tick_decision(request: FlexibleRequest, *, by: Account, at: dt.datetime) -> None:
    """Agreed without a meeting, what leads to one is agreed too."""
    agreed = request.state in (FlexibleRequest.AGREED, FlexibleRequest.TRIAL)
    tick(request.case_id, "easy", by=by, at=at, outcome="agree" if agreed else "consult")
    tick(request.case_id, "alt", by=by, at=at)
    outcome = DECIDED[request.state]
    if request.state == FlexibleRequest.AGREED and request.is_modified:
        outcome = "agreed_modified"
    tick(request.case_id, "decide", by=by, at=at, outcome=outcome)
