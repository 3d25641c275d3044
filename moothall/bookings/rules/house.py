"""Guests of the house: who comes, with a key in one go; who leaves, stays longer, or does not come."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bookings.models import BedKind, KeyLoan, Resource, Stay, StayEvent
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .beds import as_it_stands, record_each, refuse_retired
from .deciding import CannotBeUndone
from .front_desk import hand_out_key
from .nights import DAY, BedsFull, Nights, check_nights, counted, full_on, left, lock_house
from .refusals import ReasonNeeded
from .rooming import ONE_A_NIGHT, rooms_that_suit


class StayOver(Refusal):
    sentence = gettext_lazy("This stay does not stand like that any more.")
    next_step = gettext_lazy("Look at it again: a colleague may have been quicker.")


class NotExpectedYet(Refusal):
    next_step = gettext_lazy("Change the day on which they arrive first.")


class NoRoomFree(Refusal):
    sentence = gettext_lazy("No room is given, and none that would do is free.")
    next_step = gettext_lazy("Open the plan of rooms, and make one free.")


class SomebodyStillThere(Refusal):
    next_step = gettext_lazy("Check them out first, or give another room.")


UNDONE = ("came", "missed", "left", "cancelled")


def lock_stay(stay: Stay) -> Stay:
    """Hold the place and the stay until the transaction ends, as it now stands."""
    lock_house(stay.place)
    rows = Stay.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("kind", "place", "room").get(pk=stay.pk)


@transaction.atomic
def check_in(
    *, stay: Stay, by: Account | None, at: dt.datetime, today: dt.date, key: bool = True
) -> StayEvent:
    """They are here and have their key. Where no room was chosen yet, the plainest that does is theirs."""
    held = lock_stay(stay)
    if held.state not in {Stay.BOOKED, Stay.MISSED}:
        raise StayOver
    if not held.arrives_on <= today < held.leaves_on:
        raise NotExpectedYet(_("They are expected from %s.") % held.arrives_on.strftime("%d/%m/%Y"))
    before = as_it_stands(held)
    if held.state == Stay.MISSED:
        check_nights(_rest(held, today))
    held.state, held.state_since, held.came_at = Stay.HERE, at, at
    held.room = held.room or _room_with_its_key(held, today)
    if held.room is None:
        raise NoRoomFree
    held.room_from_on = held.room_from_on or held.arrives_on
    refuse_if_somebody_is_there(held)
    _write(held, ["state", "state_since", "came_at", "room", "room_from_on"])
    if key:
        hand_out_key(resource=held.room, to_whom=str(held), by=by, at=at, stay=held)
    return record_each([held], "came", by=by, at=at, before={held.pk: before})[0]


def _room_with_its_key(stay: Stay, today: dt.date) -> Resource | None:
    out = set(KeyLoan.objects.filter(back_at=None).values_list("resource_id", flat=True))
    suit = rooms_that_suit(stay, today=today)
    return next((each for each in suit if each.pk not in out), next(iter(suit), None))


def _rest(stay: Stay, today: dt.date) -> Nights:
    return Nights(stay.place, stay.kind, max(today, stay.arrives_on), stay.leaves_on, tuple(stay.needs))


def refuse_if_somebody_is_there(stay: Stay) -> None:
    there = Stay.objects.in_house().filter(room=stay.room).exclude(pk=stay.pk).select_related("room").first()
    if there is not None:
        raise SomebodyStillThere(_("%(guest)s has not left %(room)s.") % {"guest": there, "room": there.room})


def _write(stay: Stay, fields: Sequence[str]) -> None:
    """Save it, unless its room or a night of it went to somebody else."""
    try:
        with transaction.atomic():
            counted(lambda: stay.save(update_fields=fields))
    except IntegrityError as clash:
        if ONE_A_NIGHT not in str(clash):
            raise
        raise StayOver(_("Its room was given to somebody else.")) from clash


@transaction.atomic
def check_out(
    *, stay: Stay, by: Account | None, at: dt.datetime, today: dt.date, key_is_back: bool = True
) -> StayEvent:
    """They have left; nights that were still to come are free again. Their key is back, unless it is said
    that it is not."""
    held = lock_stay(stay)
    if held.state != Stay.HERE:
        raise StayOver
    before = as_it_stands(held)
    held.state, held.state_since = Stay.LEFT, at
    held.leaves_on = min(held.leaves_on, max(today, held.arrives_on + DAY))
    if held.room_from_on:
        held.room_from_on = min(held.room_from_on, held.leaves_on)
    _write(held, ["state", "state_since", "leaves_on", "room_from_on"])
    if key_is_back:
        for loan in KeyLoan.objects.filter(stay=held, back_at=None):
            KeyLoan.objects.filter(pk=loan.pk).update(back_at=at, back_by=by)
            append_audit("bookings.key_back", about=loan, by=by, at=at)
    return record_each([held], "left", by=by, at=at, before={held.pk: before})[0]


@transaction.atomic
def did_not_come(*, stay: Stay, by: Account | None, at: dt.datetime) -> StayEvent:
    """Their nights are free again; if they come after all, they are checked in as far as there is a bed."""
    return _give_up(stay, Stay.MISSED, "missed", by=by, at=at)


@transaction.atomic
def cancel_stay(*, stay: Stay, because: str, by: Account | None, at: dt.datetime) -> StayEvent:
    if not because.strip():
        raise ReasonNeeded
    return _give_up(stay, Stay.CANCELLED, "cancelled", by=by, at=at, reason=because)


def _give_up(
    stay: Stay, state: str, kind: str, *, by: Account | None, at: dt.datetime, reason: str = ""
) -> StayEvent:
    held = lock_stay(stay)
    if held.state != Stay.BOOKED:
        raise StayOver
    before = as_it_stands(held)
    held.state, held.state_since, held.room, held.room_from_on = state, at, None, None
    _write(held, ["state", "state_since", "room", "room_from_on"])
    return record_each([held], kind, by=by, at=at, reason=reason, before={held.pk: before})[0]


@transaction.atomic
def change_stay(
    *,
    stay: Stay,
    arrives_on: dt.date,
    leaves_on: dt.date,
    kind: BedKind,
    needs: Sequence[str],
    by: Account | None,
    at: dt.datetime,
    **values: Any,
) -> Stay:
    """Other nights, another kind, other needs or another name. Its room is kept where it is free and will
    still do; else whoever was to have it next is given another, or this stay is until they have left."""
    held = lock_stay(stay)
    if held.state not in {Stay.BOOKED, Stay.HERE}:
        raise StayOver
    if kind.pk != held.kind_id:
        refuse_retired(kind)
    before, was = as_it_stands(held), {held.arrives_on + n * DAY for n in range(held.nights)}
    asked = Nights(held.place, kind, arrives_on, leaves_on, tuple(sorted(needs)))
    held.arrives_on, held.leaves_on, held.kind, held.needs = arrives_on, leaves_on, kind, sorted(needs)
    if leaves_on <= arrives_on:
        check_nights(asked)
    for name, value in values.items():
        setattr(held, name, value)
    _keep_or_free_the_room(held, by=by, at=at)
    names = ["arrives_on", "leaves_on", "kind", "needs", "room", "room_from_on", "room_is_promised", *values]
    try:
        _write(held, names)
    except BedsFull:
        short = [night for night, free in left(asked).items() if free < 1 and night not in was]
        raise full_on(asked, short[0] if short else arrives_on, 1) from None
    record_each([held], "changed", by=by, at=at, before={held.pk: before})
    return held


def _keep_or_free_the_room(held: Stay, *, by: Account | None, at: dt.datetime) -> None:
    """Whoever was given the room for one of the nights and has not come gives way, unless it was promised."""
    if held.room is None:
        return
    if held.state == Stay.BOOKED:
        held.room_from_on = held.arrives_on
    first = held.room_from_on or held.arrives_on
    others = Stay.objects.standing().filter(room=held.room).exclude(pk=held.pk)
    clashing = list(others.filter(room_from_on__lt=held.leaves_on, leaves_on__gt=first))
    fits = held.room.bed_kind is not None and held.room.bed_kind.level >= held.kind.level
    if not fits or any(each.room_is_promised or each.state != Stay.BOOKED for each in clashing):
        if held.state == Stay.BOOKED:
            held.room, held.room_from_on, held.room_is_promised = None, None, False
        return
    before = {each.pk: as_it_stands(each) for each in clashing}
    Stay.objects.filter(pk__in=[each.pk for each in clashing]).update(room=None, room_from_on=None)
    record_each(clashing, "given", by=by, at=at, before=before)


@transaction.atomic
def undo_stay(*, event: StayEvent, by: Account, at: dt.datetime) -> Stay:
    """The last thing that was done was a mistake: it stands as it stood, if its nights and room are free."""
    held = lock_stay(event.stay)
    last = held.events.filter(undone_at=None).first()
    if last is None or last.pk != event.pk or event.kind not in UNDONE:
        raise CannotBeUndone
    before = event.before
    held.state, held.state_since = before["state"], at
    held.leaves_on = dt.date.fromisoformat(before["leaves_on"])
    held.room = Resource.objects.filter(pk=before["room"]).first() if before["room"] else None
    held.room_from_on = dt.date.fromisoformat(before["room_from_on"]) if before["room_from_on"] else None
    _write(held, ["state", "state_since", "leaves_on", "room", "room_from_on"])
    if event.kind == "came":
        KeyLoan.objects.filter(stay=held, back_at=None).update(back_at=at, back_by=by)
    if event.kind == "left":
        KeyLoan.objects.filter(stay=held, back_at=event.at).update(back_at=None, back_by=None)
    StayEvent.objects.filter(pk=event.pk).update(undone_by=by, undone_at=at)
    append_audit("bookings.stay_undone", about=held, by=by, at=at, detail={"what": event.kind})
    return held
