"""The audit for programs, for those who may read it."""

import datetime as dt
from typing import Any

from ninja import Router, Schema

from moothall.core.door import needs
from moothall.people.requests import StaffRequest

from .models import AuditEvent
from .rules.naming import withhold

MOST = 1000
LARGEST_ID = 2**63 - 1
router = Router(tags=["Records"])


class Event(Schema):
    """One thing somebody did."""

    id: int
    at: dt.datetime
    actor_name: str
    verb: str
    about_kind: str
    about_id: int | None
    detail: dict[str, Any]


@router.get("/audit", url_name="api_audit", response=list[Event])
@needs("records.audit")
def read_audit(
    request: StaffRequest,
    after: int = 0,
    verb: str = "",
    about_kind: str = "",
    about_id: int = 0,
    limit: int = 100,
) -> list[Event]:
    """Oldest first, so that a reader can follow; `after` is the id of the last one seen."""
    events = AuditEvent.objects.filter(pk__gt=max(0, min(after, LARGEST_ID)))
    if verb:
        events = events.filter(verb=verb.replace("\0", ""))
    if about_kind:
        wanted = max(0, min(about_id, LARGEST_ID))
        events = events.filter(about_kind=about_kind.replace("\0", ""), about_id=wanted)
    names = tuple(Event.model_fields)
    rows = list(events.order_by("pk")[: max(1, min(limit, MOST))])
    withhold(request.user, rows)
    return [Event(**{name: getattr(row, name) for name in names}) for row in rows]
