"""Ringing somebody back: asked for with a time, tried, done or given up, and taken back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.changing import say_change
from moothall.cases.rules.timeline import add_entry
from moothall.core.clock import LONDON
from moothall.core.refusals import Refusal
from moothall.enquiries.models import CallBack, CallBackTry, Contact
from moothall.people.models import Account, ContactPoint, Person, Team
from moothall.people.models.often_asked import ways_to_reach
from moothall.records.rules.audit import append_audit


class NumberNeeded(Refusal):
    sentence = _("No telephone number is known to ring.")
    next_step = _("Ask for one and type it in.")


class WindowBackwards(Refusal):
    sentence = _("The call would end before it begins.")
    next_step = _("Give a later end, or an earlier beginning.")


class WindowPassed(Refusal):
    sentence = _("That time has passed already.")
    next_step = _("Choose a time to come.")


class SettledAlready(Refusal):
    sentence = _("This call back has been settled already.")
    next_step = _("Open it to see who did it and how.")


class NothingToTakeBack(Refusal):
    sentence = _("This can no longer be taken back, because the call back has changed since.")
    next_step = _("Ask for a new call back instead.")


class NotInThatTeam(Refusal):
    sentence = _("That person does not work in the team.")
    next_step = _("Choose somebody in the team, or leave it to anybody there.")


HOUR = dt.timedelta(hours=1)
say_change("call_back", _("asked for a call back: %(when)s"))
say_change("called_back", _("rang back"))
say_change("no_answer", _("rang back: no answer. Next try %(when)s"))
say_change("call_given_up", _("gave up ringing back"))
say_change("call_withdrawn", _("took back the call back"))
SAID = {
    CallBackTry.DONE: "called_back",
    CallBackTry.NO_ANSWER: "no_answer",
    CallBackTry.GIVEN_UP: "call_given_up",
}


@dataclass(frozen=True)
class Window:
    """From when until when to ring."""

    from_at: dt.datetime
    until_at: dt.datetime


def window_on(day: dt.date, begins: dt.time, ends: dt.time | None) -> Window:
    """From and until on a day in London; without an end, one hour."""
    from_at = dt.datetime.combine(day, begins, tzinfo=LONDON)
    until_at = dt.datetime.combine(day, ends, tzinfo=LONDON) if ends else from_at + HOUR
    return Window(from_at, until_at)


def check_window(window: Window, *, at: dt.datetime) -> None:
    if window.until_at <= window.from_at:
        raise WindowBackwards
    if window.until_at <= at:
        raise WindowPassed


@transaction.atomic
def ask_for_call_back(
    *,
    about: str,
    window: Window,
    team: Team,
    by: Account,
    at: dt.datetime,
    number: str = "",
    owner: Account | None = None,
    person: Person | None = None,
    case: Case | None = None,
    contact: Contact | None = None,
) -> CallBack:
    """Somebody is to be rung between two times, by a person or by whoever in the team is free."""
    check_window(window, at=at)
    number = number.strip() or _known_number(person)
    if not number:
        raise NumberNeeded
    if owner is not None and owner.pk != by.pk and not owner.standing().covers("cases.view", [team.pk]):
        raise NotInThatTeam
    call_back = CallBack.objects.create(
        about=about[:300], number=number[:60], team=team, owner=owner, person=person, case=case,
        contact=contact, from_at=window.from_at, until_at=window.until_at, asked_by=by, asked_at=at,
    )  # fmt: skip
    _write(call_back, "call_back", text=_in_short(call_back), by=by, at=at)
    append_audit("enquiries.call_back", about=call_back, by=by, at=at, detail={"case": case and case.pk})
    return call_back


def _known_number(person: Person | None) -> str:
    if person is None:
        return ""
    phones = [
        each.value for each in ways_to_reach(person=person.pk, most=8) if each.kind == ContactPoint.PHONE
    ]
    return phones[0] if phones else ""


def _in_short(call_back: CallBack) -> str:
    return f"{call_back.about}\n{call_back.number}"


def _write(
    call_back: CallBack, verb: str, *, text: str, by: Account, at: dt.datetime, minutes: int | None = None
) -> Entry | None:
    """One line on the timeline of its case, if it hangs on one."""
    if call_back.case is None:
        return None
    said = {"when": call_back.from_at.isoformat(), "till": call_back.until_at.isoformat()}
    return add_entry(
        call_back.case, kind=Entry.CALL, at=at, by=by, person=call_back.person, text=text, minutes=minutes,
        detail={"verb": verb, "said": said, "call_back": call_back.pk},
    )  # fmt: skip


def _lock(call_back: CallBack) -> CallBack:
    """Hold the call back until the transaction ends."""
    return (
        CallBack.objects.select_for_update(of=("self",)).select_related("case", "person").get(pk=call_back.pk)
    )


@transaction.atomic
def record_try(
    call_back: CallBack,
    *,
    result: str,
    by: Account,
    at: dt.datetime,
    note: str = "",
    minutes: int | None = None,
    again: Window | None = None,
) -> CallBackTry:
    """They were rung: spoken to, or not reached and to be tried again, or given up."""
    held = _lock(call_back)
    if not held.is_open:
        raise SettledAlready
    tried = CallBackTry(
        call_back=held, result=result, note=note, minutes=minutes, by=by, at=at,
        was_from=held.from_at, was_until=held.until_at,
    )  # fmt: skip
    if result == CallBackTry.NO_ANSWER:
        window = again or Window(at, at)
        check_window(window, at=at)
        held.from_at, held.until_at = window.from_at, window.until_at
    else:
        held.result, held.settled_at, held.settled_by = result, at, by
    held.save(update_fields=["from_at", "until_at", "result", "settled_at", "settled_by"])
    tried.entry = _write(held, SAID[result], text=note, by=by, at=at, minutes=minutes)
    tried.save()
    append_audit("enquiries.call_back_tried", about=held, by=by, at=at, detail={"result": result})
    return tried


@transaction.atomic
def take_back_try(tried: CallBackTry, *, by: Account, at: dt.datetime) -> CallBack:
    """The last thing said about a call back was a mistake: it stands as it stood before."""
    held = _lock(tried.call_back)
    last = held.tries.filter(undone_at=None).first()
    if last is None or last.pk != tried.pk or held.result == CallBack.WITHDRAWN:
        raise NothingToTakeBack
    held.from_at, held.until_at = last.was_from, last.was_until
    held.result, held.settled_at, held.settled_by = "", None, None
    held.save(update_fields=["from_at", "until_at", "result", "settled_at", "settled_by"])
    CallBackTry.objects.filter(pk=last.pk).update(undone_by=by, undone_at=at)
    if last.entry_id is not None:
        Entry.objects.filter(pk=last.entry_id).update(undone_by=by, undone_at=at)
    append_audit("enquiries.call_back_untried", about=held, by=by, at=at, detail={"try": last.pk})
    return held


@transaction.atomic
def withdraw_call_back(call_back: CallBack, *, by: Account, at: dt.datetime) -> CallBack:
    """It need not be rung after all."""
    held = _lock(call_back)
    if not held.is_open:
        raise SettledAlready
    held.result, held.settled_at, held.settled_by = CallBack.WITHDRAWN, at, by
    held.save(update_fields=["result", "settled_at", "settled_by"])
    _write(held, "call_withdrawn", text="", by=by, at=at)
    append_audit("enquiries.call_back_withdrawn", about=held, by=by, at=at)
    return held


@transaction.atomic
def take_call_back(call_back: CallBack, *, by: Account, at: dt.datetime) -> CallBack:
    """Somebody says that they will ring."""
    held = _lock(call_back)
    if not held.is_open:
        raise SettledAlready
    held.owner = by
    held.save(update_fields=["owner"])
    append_audit("enquiries.call_back_taken", about=held, by=by, at=at)
    return held
