"""Rows for tests of requests of staff."""

import datetime as dt
from typing import Any

from moothall.core.clock import LONDON, now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.personnel.models import (
    FamilyLeave,
    FlexibleMeeting,
    FlexibleRequest,
    ReferenceRequest,
    SharedNotice,
)
from moothall.personnel.rules import deciding, family, flexible, references, shared
from moothall.personnel.rules.telling import Sent
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

DAY = dt.timedelta(days=1)
DESK = ("workforce.view", "workforce.edit", "workforce.private")


def make_desk(**changes: Any) -> Account:
    return make_account(*DESK, **changes)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=LONDON)


def make_request(employment: Employment | None = None, **changes: Any) -> FlexibleRequest:
    given: dict[str, Any] = {
        "asks_for": "Monday to Thursday",
        "wanted_from": today() + 60 * DAY,
        "received_on": today(),
        "by": None,
        "at": now(),
    }
    return flexible.ask_flexible(employment or make_employment(), **given | changes)


def make_meeting(
    request: FlexibleRequest, state: str = FlexibleMeeting.HELD, *, by: Account | None = None
) -> FlexibleMeeting:
    by = by or make_desk()
    made = flexible.arrange_meeting(
        request, starts_at=now() - DAY, place="Room 2", companion="", by=by, at=now()
    )
    if state == FlexibleMeeting.PLANNED:
        return made
    return flexible.write_down_meeting(made, state=state, notes="Looked at cover", by=by, at=now())


def make_refused(request: FlexibleRequest | None = None, *, by: Account | None = None) -> FlexibleRequest:
    request, by = request or make_request(), by or make_desk()
    make_meeting(request, by=by)
    decision = deciding.Decision(FlexibleRequest.REFUSED, reasons="Nobody on Fridays", ground="demand")
    return deciding.decide(request, decision, by=by, at=now())


def make_leave(employment: Employment | None = None, **changes: Any) -> FamilyLeave:
    due = today() + 120 * DAY
    given: dict[str, Any] = {
        "kind": "maternity",
        "event_on": due,
        "notified_on": today(),
        "starts_on": due - 14 * DAY,
        "by": None,
        "at": now(),
    }
    return family.enter_leave(employment or make_employment(), **given | changes)


def make_notice(employment: Employment | None = None, *, first: int = 70, **changes: Any) -> SharedNotice:
    """Two blocks of two weeks, four weeks apart; the first begins so many days from now."""
    begins = today() + first * DAY
    later = begins + 42 * DAY
    given: dict[str, Any] = {
        "event_on": today() + 10 * DAY, "weeks": 20, "received_on": today(), "by": None, "at": now(),
        "blocks": [(begins, begins + 13 * DAY), (later, later + 13 * DAY)],
    }  # fmt: skip
    return shared.give_notice(employment or make_employment(), **given | changes)


def make_reference(employment: Employment | None = None, **changes: Any) -> ReferenceRequest:
    given: dict[str, Any] = {
        "organisation": "Cwm Books",
        "contact_name": "Ms Achterberg",
        "address": "jobs@example.org",
        "purpose": "Bookseller",
        "asks": ReferenceRequest.FACTUAL,
        "is_police": False,
        "received_on": today(),
        "by": None,
        "at": now(),
    }
    return references.receive(employment or make_employment(), **given | changes)


def make_checked(reference: ReferenceRequest | None = None) -> ReferenceRequest:
    reference = reference or make_reference()
    references.verify(reference, how="Rang them", address="hr@example.org", by=make_desk(), at=now())
    references.draft(
        reference, text="Worked here.", days_absent=None, protected_left_out=False, by=make_desk(), at=now()
    )
    return references.check(reference, by=make_desk(), at=now())


def as_mail(text: str = "Worked here.", **changes: Any) -> Sent:
    given = {
        "channel": "MAIL",
        "address": "hr@example.org",
        "language": "en",
        "subject": "Reference",
        "text": text,
    }
    return Sent(**given | changes)


def make_team() -> tuple[Account, Employment, Account]:
    """A manager who signs in, somebody of theirs, and the account of that somebody."""
    manager, boss = make_manager()
    account = make_account()
    return manager, make_employment(manager=boss, account=account), account
