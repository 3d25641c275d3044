"""Many applications are withdrawn, brought to an event, asked for a document, or tagged."""

import datetime as dt
from typing import Any

from moothall.cases.models import Case, Step
from moothall.cases.rules.holding import hold_case, refuse_holding
from moothall.core.clock import in_london
from moothall.letters.models import Letter
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account
from moothall.recruitment.models import Application, EventCandidate, SelectionEvent, Tag

from . import tagging
from .bulk_letters import HELD, drawn_back, tell_or_refuse
from .bulk_moving import Block, Given
from .bulk_refusals import HasTime
from .bulk_wording import ASKED
from .event_candidates import bring_one, refuse_bringing, take_out
from .withdrawing import refuse_withdrawing, take_up_again, withdraw


def check_withdrawing(one: Application, _given: Given, _facts: Any, _at: dt.datetime) -> dict[str, Any]:
    refuse_withdrawing(one, one.case)
    return {}


def withdraw_one(
    one: Application, given: Given, _kept: Given, by: Account, at: dt.datetime
) -> dict[str, Any]:
    withdraw(one, because=str(given["because"]), by=by, at=at, hold_seconds=HELD)
    letter = Letter.objects.about("cases.case", one.case_id).filter(written_at=at).order_by("-pk").first()
    return {"letter": letter.pk if letter else None}


def take_up(one: Application, did: Given, by: Account, at: dt.datetime) -> str:
    take_up_again(one, by=by, at=at)
    return drawn_back(did, by=by, at=at)


def event_of(given: Given) -> SelectionEvent:
    return SelectionEvent.objects.get(pk=given["event"])


def places_of(block: Block, given: Given, _at: dt.datetime) -> dict[str, Any]:
    """The event, whose case is at its stage, and who is in an event of that stage."""
    event, cases = event_of(given), [each.case_id for each in block]
    ready = Step.objects.filter(case__in=cases, state=Step.READY, key=event.step)
    brought = EventCandidate.objects.filter(
        application__in=block, event__step=event.step, event__cancelled_at=None, removed_at=None
    )
    return {
        "event": event, "there": set(ready.order_by().values_list("case", flat=True)),
        "brought": set(brought.order_by().values_list("application", flat=True)),
    }  # fmt: skip


def check_bringing(one: Application, _given: Given, facts: Any, _at: dt.datetime) -> dict[str, Any]:
    refuse_bringing(
        facts["event"], one, at_stage=one.case_id in facts["there"], brought=one.pk in facts["brought"]
    )
    return {}


def bring(one: Application, given: Given, _kept: Given, by: Account, at: dt.datetime) -> dict[str, Any]:
    return {"candidate": bring_one(event_of(given), one, by=by, at=at).pk}


def take_out_again(_one: Application, did: Given, by: Account, at: dt.datetime) -> str:
    candidate = EventCandidate.objects.select_related("event", "application").get(pk=did["candidate"])
    if candidate.seats.exists():
        raise HasTime
    take_out(candidate, by=by, at=at)
    return ""


def _until(given: Given) -> dt.date:
    return dt.date.fromisoformat(str(given["until"]))


def check_asking(one: Application, given: Given, _facts: Any, at: dt.datetime) -> dict[str, Any]:
    asked = str(given["asked"])
    refuse_holding(one.case, until=_until(given), because=asked, today=in_london(at).date())
    return {}


def ask(one: Application, given: Given, _kept: Given, by: Account, at: dt.datetime) -> dict[str, Any]:
    """They are written to, and it is their turn until the day they were told."""
    until = _until(given)
    asked = str(given["asked_cy"] if one.language == "cy" else given["asked"])
    known = {"application.asked": asked, "application.next": date_in(one.language, until)}
    letter = tell_or_refuse(ASKED, one, at=at, known=known, hold_seconds=HELD)
    entry = hold_case(
        Case.objects.get(pk=one.case_id), until=until, because=asked, by=by, at=at,
        today=in_london(at).date(),
    )  # fmt: skip
    return {"letter": letter.pk, "entry": entry.pk}


def tags_of(block: Block, given: Given, _at: dt.datetime) -> set[int]:
    rows = Tag.objects.standing().filter(application__in=block, words=tagging.tidied(str(given["words"])))
    return set(rows.order_by().values_list("application", flat=True))


def check_tagging(one: Application, given: Given, facts: Any, _at: dt.datetime) -> dict[str, Any]:
    tagging.refuse_tagging(str(given["words"]), tagged=one.pk in facts)
    return {}


def add_tag(one: Application, given: Given, _kept: Given, by: Account, at: dt.datetime) -> dict[str, Any]:
    return {"tag": tagging.add_tag(one, words=str(given["words"]), by=by, at=at).pk}


def take_tag_off(_one: Application, did: Given, by: Account, at: dt.datetime) -> str:
    tagging.remove_tag(Tag.objects.select_related("application").get(pk=did["tag"]), by=by, at=at)
    return ""
