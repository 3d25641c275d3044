"""Rows for tests of employee casework."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.cases.models import Service
from moothall.cases.tests.make import WORKER, make_service
from moothall.conduct.models import (
    ImprovementNotice,
    Matter,
    MatterKind,
    Meeting,
    Outcome,
    Party,
    Procedure,
    SanctionLevel,
    Suspension,
)
from moothall.conduct.rules.deciding import decide
from moothall.conduct.rules.improving import give_notice
from moothall.conduct.rules.meeting import Slot, arrange_meeting, hold_meeting
from moothall.conduct.rules.opening import give_part, open_matter
from moothall.conduct.rules.suspending import suspend
from moothall.conduct.rules.telling import HAND, Sent
from moothall.core.clock import LONDON, now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.workforce.tests.make import make_employment

DOES = (*WORKER, "conduct.work", "workforce.view")
LONG_AGO = dt.date(2015, 3, 11)
_numbers = count(1)


def make_caseworker(*permissions: str, **changes: Any) -> Account:
    return make_account(*DOES, *permissions, **changes)


def make_kind(service: Service | None = None, **changes: Any) -> MatterKind:
    """Five working days of notice, ten to appeal; a warning that counts for six months, and a dismissal."""
    number = next(_numbers)
    days = changes.pop("days", {})
    kind = MatterKind.objects.create(
        **{"key": f"kind-{number}", "name": "Disciplinary", "name_cy": "Disgyblu", "position": number}
        | {"service": service or make_service(confidentiality="RESTRICTED")}
        | changes
    )
    make_procedure(kind, **days)
    for stage, key in enumerate(("improvement-notice", "final-notice"), start=1):
        SanctionLevel.objects.create(
            kind=kind, key=key, name=key.title(), live_months=6, from_on=LONG_AGO, source="Ours",
            notice_stage=stage, letter_key=key.replace("final-", "final-improvement-").replace("-", "_"),
        )  # fmt: skip
    for key, months in (("none", 0), ("warning", 6), ("dismissal", 0), ("for-ever", None)):
        SanctionLevel.objects.create(
            kind=kind, key=key, name=key.title(), live_months=months, from_on=LONG_AGO, source="Ours"
        )
    return kind


def make_procedure(kind: MatterKind, **changes: Any) -> Procedure:
    given: dict[str, Any] = {
        "from_on": LONG_AGO, "notice_days": 5, "postpone_days": 5, "appeal_days": 10, "suspension_days": 10,
        "window_months": 3, "window_most": 12, "source": "Acas Code",
    }  # fmt: skip
    return Procedure.objects.create(kind=kind, **given | changes)


def level_of(matter: Matter, key: str = "warning") -> SanctionLevel:
    return SanctionLevel.objects.get(kind=matter.kind, key=key)


def make_matter(*, by: Account | None = None, kind: MatterKind | None = None, **changes: Any) -> Matter:
    given: dict[str, Any] = {"summary": "Late on nine days", "began_on": today(), "at": now()}
    employment = changes.pop("employment", None) or make_employment()
    return open_matter(employment, kind=kind or make_kind(), by=by or make_caseworker(), **given | changes)


def opener(matter: Matter) -> Account:
    assert matter.opened_by is not None
    return matter.opened_by


def slot_on(day: dt.date, hour: int = 10) -> Slot:
    starts = dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON)
    return Slot(starts, starts + dt.timedelta(hours=2), "Room 2")


def make_meeting(matter: Matter, *, days: int = 30, **changes: Any) -> Meeting:
    given: dict[str, Any] = {
        "kind": Meeting.HEARING, "slot": slot_on(today() + dt.timedelta(days=days)), "chair": None,
        "by": opener(matter), "at": now(),
    }  # fmt: skip
    return arrange_meeting(matter, **given | changes)


def make_held(matter: Matter, **changes: Any) -> Meeting:
    made = make_meeting(matter, **changes)
    return hold_meeting(made, attended=True, outcome="Heard", notes="", by=opener(matter), at=made.ends_at)


def make_outcome(matter: Matter, **changes: Any) -> Outcome:
    given: dict[str, Any] = {
        "level": level_of(matter), "reasons": "Nine days late", "decided_on": today(), "by": opener(matter),
        "at": now(),
    }  # fmt: skip
    if "meeting" not in changes:
        given["meeting"] = make_held(matter)
    return decide(matter, **given | changes)


def make_party(matter: Matter, part: str = Party.CHAIR, **changes: Any) -> Party:
    given: dict[str, Any] = {"name": "Nia Oyelaran", "account": None, "by": opener(matter), "at": now()}
    return give_part(matter, part=part, **given | changes)


def make_suspension(matter: Matter, **changes: Any) -> Suspension:
    given: dict[str, Any] = {
        "kind": Suspension.SUSPENDED, "from_on": today(), "because": "Witnesses are to be heard",
        "terms": "Your pay goes on.", "by": opener(matter), "at": now(),
    }  # fmt: skip
    return suspend(matter, **given | changes)


def make_notice(matter: Matter, **changes: Any) -> ImprovementNotice:
    given: dict[str, Any] = {
        "targets": "Be at work at nine", "support": "A talk each fortnight", "reasons": "Nine days late",
        "from_on": today(), "until_on": today() + dt.timedelta(days=60), "by": opener(matter), "at": now(),
    }  # fmt: skip
    if "meeting" not in changes:
        given["meeting"] = make_held(matter)
    return give_notice(matter, **given | changes)


def by_hand(**changes: Any) -> Sent:
    given = {"channel": HAND, "address": "", "language": "en", "subject": "Meeting", "text": "Please come."}
    return Sent(**given | changes)
