"""What an answer does to a case: it is written on the timeline, the turn passes, the clock is met."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from moothall.cases.models import Case, Entry
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .changing import lock, plain
from .clocks import ACKNOWLEDGED, ANSWERED, meet_clocks
from .holding import go_on, remember
from .refusals import refuse_if_closed
from .timeline import add_entry


@transaction.atomic
def record_answer(
    case: Case,
    *,
    letter: Letter,
    text: str,
    by: Account | None,
    at: dt.datetime,
    documents: Sequence[Document] = (),
    waiting_on: str = Case.PERSON,
    automatic: bool = False,
) -> Entry:
    """A letter has been queued on this case. One sent by rule only acknowledges."""
    lock(case)
    refuse_if_closed(case)
    entry = add_entry(
        case, kind=Entry.MAIL_OUT, at=at, by=by, person=case.requester, subject=letter.subject, text=text,
        sender=letter.from_address, recipients=letter.to_address, letter=letter, documents=documents,
        detail={"automatic": automatic},
    )  # fmt: skip
    moves = meet_clocks(case, ACKNOWLEDGED if automatic else ANSWERED, at=at, by=by)
    if not automatic:
        remember(entry, moves, before=_pass_the_turn(case, waiting_on=waiting_on, at=at))
    detail = {"letter": letter.pk, "automatic": automatic}
    append_audit("cases.answer", about=case, by=by, at=at, detail=detail)
    return entry


def _pass_the_turn(case: Case, *, waiting_on: str, at: dt.datetime) -> dict[str, Any]:
    """The answer ends a hold, and what had come back or been handed over is dealt with. Returns how the
    case stood."""
    go_on(case, by=None, at=at)
    changes: dict[str, Any] = {
        "came_back_at": None,
        "handed_at": None,
        "held_until": None,
        "hold_reason": "",
        "waiting_on": waiting_on,
        "status": Case.OPEN if waiting_on == Case.US else Case.WAITING,
        "first_answered_at": case.first_answered_at or at,
    }
    before = {name: plain(getattr(case, name)) for name in changes}
    for name, value in changes.items():
        setattr(case, name, value)
    case.edition += 1
    Case.objects.filter(pk=case.pk).update(**changes, edition=F("edition") + 1)
    return before
