"""What an answer does to a case: it is written on the timeline, the turn passes, the clock is met."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .changing import field_of, lock, plain
from .clocks import ACKNOWLEDGED, ANSWERED, meet_clocks, unmove
from .closing import begin_again
from .following import tell_followers
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
    holding: bool = False,
) -> Entry:
    """A letter has been queued on this case. One sent by rule and a holding reply only acknowledge, and one
    that a second person has to approve answers nothing until they do."""
    lock(case)
    refuse_if_closed(case)
    entry = add_entry(
        case, kind=Entry.MAIL_OUT, at=at, by=by, person=case.requester, subject=letter.subject, text=text,
        sender=letter.from_address, recipients=letter.to_address, letter=letter, documents=documents,
        detail={"automatic": automatic, "waiting_on": waiting_on} | ({"holding": True} if holding else {}),
    )  # fmt: skip
    if letter.state != Letter.FOR_APPROVAL:
        _count_as_answer(case, entry, by=by, at=at)
    detail = {"letter": letter.pk, "automatic": automatic}
    append_audit("cases.answer", about=case, by=by, at=at, detail=detail)
    if not automatic and not holding:
        tell_followers([case], "answer", by=by, at=at)
    return entry


def _count_as_answer(case: Case, entry: Entry, *, by: Account | None, at: dt.datetime) -> None:
    only_tells = bool(entry.detail.get("automatic") or entry.detail.get("holding"))
    moves = meet_clocks(case, ACKNOWLEDGED if only_tells else ANSWERED, at=at, by=by)
    stood = {} if only_tells else _pass_the_turn(case, waiting_on=entry.detail["waiting_on"], at=at)
    remember(entry, moves, stood=stood)


def _pass_the_turn(case: Case, *, waiting_on: str, at: dt.datetime) -> dict[str, Any]:
    """The answer ends a hold, and what had come back or been handed over is dealt with. Returns how the
    case stood before and stands now."""
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
    return {"before": before, "after": {name: plain(value) for name, value in changes.items()}}


def letter_changed(letter: Letter, by: Account | None, at: dt.datetime) -> None:
    """A letter of a case was approved, so that it counts as an answer now; or it never left, so that it
    does not count any more."""
    entry = Entry.objects.filter(letter=letter, undone_at=None).select_related("case").order_by("id").first()
    if entry is None:
        return
    case = lock(entry.case)
    counted = "stood" in entry.detail
    answers = "waiting_on" in entry.detail  # a letter to another body answers nobody
    if letter.state == Letter.QUEUED and answers and not counted and not case.is_closed:
        _count_as_answer(case, entry, by=by, at=at)
    elif letter.state == Letter.CANCELLED and letter.sent_at is None:
        _take_back(case, entry, by=by, at=at)


def _take_back(case: Case, entry: Entry, *, by: Account | None, at: dt.datetime) -> None:
    """The words stay on the timeline, marked; the clocks run on, and it is our turn again."""
    Entry.objects.filter(pk=entry.pk).update(undone_by=by, undone_at=at)
    if "stood" not in entry.detail:
        return
    if case.is_closed and case.closed_at == entry.at and case.merged_into_id is None:
        begin_again(case, by=by, at=at, because=_("The answer did not leave."))
    unmove(case, entry.detail, at=at)
    stood = entry.detail["stood"]
    if stood and not case.is_closed:
        _stand_as_before(case, stood)
    append_audit("cases.answer_taken_back", about=case, by=by, at=at, detail={"letter": entry.letter_id})


def _stand_as_before(case: Case, stood: dict[str, dict[str, Any]]) -> None:
    """Every field that is still as the answer left it goes back to what it was; a hold is not put back."""
    changes = {
        name: field_of(name).to_python(value) if value is not None else None
        for name, value in stood["before"].items()
        if plain(getattr(case, name)) == stood["after"][name] and name not in {"held_until", "hold_reason"}
    }
    changes |= {"status": Case.OPEN, "waiting_on": Case.US}
    Case.objects.filter(pk=case.pk).update(**changes, edition=F("edition") + 1)
    lock(case)
