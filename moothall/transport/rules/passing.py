"""What a crew presses on the way: kept as it came, and made into what happened, once each."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from moothall.core.clock import LONDON
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Call, CrewMember, Duty, Passing, Press, Ride

from . import day_refusals as refusals
from . import late
from .concerned import moment
from .not_there import there_after_all, was_not_there
from .vehicle_checks import check_from_phone

BACK, LATE, ON_TIME, CHECK = "BACK", "LATE", "ON_TIME", "CHECK"
WHATS: Final = frozenset(key for key, _words in Passing.WHATS)
MOST_FIELDS, MOST_LETTERS = 120, 400
Said = Mapping[str, str]


def is_of_crews(account: Account) -> bool:
    """Whether a press of this account is kept at all."""
    return CrewMember.objects.of_account(account).exists()


@for_the_office()
@transaction.atomic
def take_press(said: Said, *, by: Account, at: dt.datetime) -> Press:
    """One press. With a key that came before it is that press again; of a run that is not theirs it is kept
    as it came, for the desk, and counts for nothing."""
    key = _key(said)
    there = Press.objects.filter(key=key).first()
    if there is not None:
        return there
    duty = _hold(said)
    pressed_at = min(_pressed_at(said, at), at)
    given = {
        "by": by, "run_id": duty.run_id if duty else None, "day": duty.day if duty else None,
        "said": _raw(said), "pressed_at": pressed_at, "received_at": at, "found": Press.UNCLEAR,
    }  # fmt: skip
    press, new = Press.objects.get_or_create(key=key, defaults=given)
    if new:
        press.found = _count(press, duty, said, at=at) if duty else Press.UNCLEAR
        Press.objects.filter(pk=press.pk).update(found=press.found)
    return press


def _key(said: Said) -> uuid.UUID:
    try:
        return uuid.UUID(said.get("key", ""))
    except ValueError as wrong:
        raise refusals.PressWithoutKey from wrong


def _raw(said: Said) -> dict[str, str]:
    """Word for word, within reason."""
    return {
        name[:60]: value[:MOST_LETTERS].replace("\0", "")
        for name, value in list(said.items())[:MOST_FIELDS]
        if name != "csrfmiddlewaretoken"
    }


def _number(said: Said, name: str) -> int:
    word = said.get(name, "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 16 else 0


def _hold(said: Said) -> Duty | None:
    """Both of a crew press one after the other, never at once."""
    rows = Duty.objects.select_for_update(of=("self",)).select_related("run__plan", "vehicle")
    return rows.filter(pk=_number(said, "duty")).first()


def _pressed_at(said: Said, at: dt.datetime) -> dt.datetime:
    """By the phone, in thousandths of a second since 1970; without it, now."""
    thousandths = _number(said, "pressed_at")
    if not 0 < thousandths < 10**14:
        return at
    return dt.datetime.fromtimestamp(thousandths / 1000, tz=dt.UTC)


def _count(press: Press, duty: Duty, said: Said, *, at: dt.datetime) -> str:
    """What comes of it."""
    mine = CrewMember.objects.of_account(press.by).values("pk")
    if not duty.mannings.filter(member__in=mine).exists():
        return Press.NOT_THEIRS
    days = (duty.day, duty.day + dt.timedelta(days=1)) if _is_over_midnight(duty) else (duty.day,)
    if press.pressed_at.astimezone(LONDON).date() not in days:
        return Press.UNCLEAR
    what = said.get("what", "")
    if what in (LATE, ON_TIME):
        return _lateness(press, duty, what, _number(said, "minutes"), at=at)
    if what == CHECK:
        return _check(press, duty, said, at=at)
    call = Call.objects.filter(run=duty.run_id, pk=_number(said, "call")).first()
    if call is None:
        return Press.UNCLEAR
    if what == BACK:
        return _take_back(press, duty, call, _number(said, "passenger"), at=at)
    return _happened(press, duty, call, what, _number(said, "passenger"), at=at)


def _is_over_midnight(duty: Duty) -> bool:
    return duty.run.back_at <= duty.run.leaves_at


def _happened(press: Press, duty: Duty, call: Call, what: str, passenger: int, *, at: dt.datetime) -> str:
    if what not in WHATS or not _fits(duty, call, what, passenger):
        return Press.UNCLEAR
    rows = Passing.objects.of_run(duty.run, duty.day).filter(passenger=passenger or None)
    alike = Passing.AT_PICKUP if what in Passing.AT_PICKUP else (what,)
    before = rows.filter(what__in=alike)
    if what == Passing.ARRIVED:
        before = before.filter(call=call)
    if there := before.first():
        return Press.SAME if there.what == what else Press.OTHERWISE
    made = Passing.objects.create(
        run=duty.run, day=duty.day, call=call, passenger_id=passenger or None, what=what, at=press.pressed_at,
        planned_at=moment(duty.day, duty.run, call.at), by=press.by, press=press,
    )  # fmt: skip
    detail = {"what": what, "run": duty.run.called, "stop": call.position}
    append_audit(
        "transport.passing", about=made.passenger or duty.run.plan, by=press.by, at=at, detail=detail
    )
    if what == Passing.ABSENT:
        was_not_there(made, at=at)
    if _is_newest(made):
        late.note_seen(duty.run, day=duty.day, minutes=made.minutes_late, at=at)
    return Press.COUNTED


def _fits(duty: Duty, call: Call, what: str, passenger: int) -> bool:
    """Whether somebody gets on, or off, at this stop that day; a run arrives at any of its stops."""
    if what == Passing.ARRIVED:
        return not passenger
    rides = Ride.objects.filter(run=duty.run_id, passenger=passenger, weekdays__contains=[duty.day.weekday()])
    return rides.filter(**{"set_down" if what == Passing.SET_DOWN else "picked_up": call}).exists()


def _is_newest(made: Passing) -> bool:
    """Whether the run has not been farther since: a press that comes late says nothing of where it is now."""
    rows = Passing.objects.of_run(made.run, made.day)
    return not rows.filter(call__position__gt=made.call.position).exists()


def _take_back(press: Press, duty: Duty, call: Call, passenger: int, *, at: dt.datetime) -> str:
    """What was pressed at this stop of this passenger, or that the run was there."""
    rows = Passing.objects.of_run(duty.run, duty.day).filter(call=call, passenger=passenger or None)
    found = list(rows.select_related("run", "passenger__person"))
    if not found:
        return Press.SAME
    Passing.objects.filter(pk__in=[each.pk for each in found]).update(undone_at=at, undone_by=press.by)
    for each in found:
        detail = {"what": each.what, "run": duty.run.called, "stop": call.position}
        about = each.passenger or duty.run.plan
        append_audit("transport.passing_back", about=about, by=press.by, at=at, detail=detail)
        if each.what == Passing.ABSENT:
            there_after_all(each, by=press.by, at=at)
    return Press.COUNTED


def _lateness(press: Press, duty: Duty, what: str, minutes: int, *, at: dt.datetime) -> str:
    try:
        if what == ON_TIME:
            late.back_on_time(duty.run, day=duty.day, by=press.by, at=at)
        elif minutes:
            late.say_late(duty.run, day=duty.day, minutes=minutes, by=press.by, at=at)
        else:
            return Press.UNCLEAR
    except refusals.NotLate:
        return Press.SAME
    return Press.COUNTED


def _check(press: Press, duty: Duty, said: Said, *, at: dt.datetime) -> str:
    """A check that cannot be kept as one is kept as it came, and the desk sees it."""
    try:
        with transaction.atomic():
            check_from_phone(press, duty, said, at=at)
    except refusals.CheckedAlready:
        return Press.SAME
    except (refusals.NothingToCheck, refusals.AnswerMissing):
        return Press.UNCLEAR
    return Press.COUNTED


@transaction.atomic
def look_at_press(press: Press, *, by: Account, at: dt.datetime) -> None:
    """Somebody of the desk has seen it."""
    if Press.objects.filter(pk=press.pk, seen_at=None).update(seen_at=at, seen_by=by):
        append_audit("transport.press_seen", by=by, at=at, detail={"press": press.pk})


@transaction.atomic
def unlook_at_press(press: Press, *, by: Account, at: dt.datetime) -> None:
    """It is to be looked at after all."""
    if Press.objects.filter(pk=press.pk, seen_at__isnull=False).update(seen_at=None, seen_by=None):
        append_audit("transport.press_unseen", by=by, at=at, detail={"press": press.pk})
