"""Booking, moving and cancelling; who came, who did not; and taking the last of these back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bookings.models import Appointment, AppointmentEvent, AppointmentKind, Resource
from moothall.cases.models import Case, Entry
from moothall.cases.rules.changing import say_change
from moothall.cases.rules.timeline import add_entry
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.barring import refuse_barred_account
from moothall.people.models import Account, Person, Place
from moothall.records.rules.audit import append_audit

from .slots import Slot, free_slots, read_book
from .writing import write_about

OFFERED, LOOK_AHEAD = 3, 7
say_change("book", gettext_lazy("booked an appointment: %(when)s"))
say_change("rebook", gettext_lazy("moved the appointment to %(when)s"))
say_change("unbook", gettext_lazy("cancelled the appointment of %(when)s"))
say_change("came", gettext_lazy("noted that they came to the appointment of %(when)s"))
say_change("missed", gettext_lazy("noted that they did not come to the appointment of %(when)s"))
TIMELINE = {"booked": "book", "moved": "rebook", "cancelled": "unbook", "arrived": "came", "missed": "missed"}
STATES = {"arrived": Appointment.ARRIVED, "left": Appointment.LEFT, "missed": Appointment.MISSED}
FROM = {
    "arrived": (Appointment.BOOKED, Appointment.MISSED),
    "left": (Appointment.ARRIVED,),
    "missed": (Appointment.BOOKED,),
}


class SlotTaken(Refusal):
    sentence = gettext_lazy("That time is not free any more.")
    next_step = gettext_lazy("Choose another time.")


class NotStanding(Refusal):
    sentence = gettext_lazy("This appointment was cancelled, or is over.")
    next_step = gettext_lazy("Book a new one.")


class NotThere(Refusal):
    sentence = gettext_lazy("This does not fit how the appointment stands.")
    next_step = gettext_lazy("Look at it again: a colleague may have been quicker.")


class NotYet(Refusal):
    sentence = gettext_lazy("The appointment has not begun.")
    next_step = gettext_lazy("Say that they did not come once its time has passed.")


class ReasonNeeded(Refusal):
    sentence = gettext_lazy("Say why it is cancelled.")
    next_step = gettext_lazy("A few words are enough: they come, or we cannot.")


def book_appointment(
    *,
    kind: AppointmentKind,
    starts_at: dt.datetime,
    person: Person,
    by: Account | None,
    at: dt.datetime,
    place: Place | None = None,
    staff: Account | None = None,
    case: Case | None = None,
    language: str = "",
    note: str = "",
    tell: bool = True,
) -> Appointment:
    """Take a room and a colleague for somebody. Of two at once one wins; the other hears what is free."""

    def take(slot: Slot, seen_by: Account, room: Resource | None) -> Appointment:
        appointment = Appointment.objects.create(
            kind=kind, team=kind.team, person=person, case=case, room=room, staff=seen_by,
            starts_at=slot.starts_at, ends_at=slot.ends_at, taken=_taken(kind, slot), note=note[:300],
            language=language or person.language, state_since=at, booked_by=by, booked_at=at,
        )  # fmt: skip
        _record(appointment, AppointmentEvent.BOOKED, by=by, at=at)
        appointment.refresh_from_db()
        if tell:
            write_about(appointment, "booked", by=by, at=at)
        return appointment

    return _take(take, kind, starts_at, place=place, staff=staff, language=language, at=at)


def move_appointment(
    appointment: Appointment,
    *,
    starts_at: dt.datetime,
    by: Account | None,
    at: dt.datetime,
    place: Place | None = None,
    staff: Account | None = None,
    reason: str = "",
) -> Appointment:
    """The same appointment at another time, in another room or with somebody else."""

    def take(slot: Slot, seen_by: Account, room: Resource | None) -> Appointment:
        held = _lock(appointment)
        if held.state not in {Appointment.BOOKED, Appointment.MISSED}:
            raise NotStanding
        before = _as_it_stands(held)
        held.room, held.staff, held.starts_at, held.ends_at = room, seen_by, slot.starts_at, slot.ends_at
        held.taken, held.state, held.state_since = _taken(held.kind, slot), Appointment.BOOKED, at
        held.edition += 1
        held.save()
        _record(held, AppointmentEvent.MOVED, by=by, at=at, reason=reason, before=before)
        write_about(held, "moved", by=by, at=at)
        return held

    return _take(
        take, appointment.kind, starts_at, place=place or _place_of(appointment), staff=staff,
        language=appointment.language, at=at, leave_out=appointment,
    )  # fmt: skip


def _place_of(appointment: Appointment) -> Place | None:
    return appointment.room.place if appointment.room else None


def _taken(kind: AppointmentKind, slot: Slot) -> tuple[dt.datetime, dt.datetime]:
    return slot.starts_at, slot.ends_at + dt.timedelta(minutes=kind.buffer_minutes)


def _take(
    take: Callable[[Slot, Account, Resource | None], Appointment],
    kind: AppointmentKind,
    starts_at: dt.datetime,
    *,
    place: Place | None,
    staff: Account | None,
    language: str,
    at: dt.datetime,
    leave_out: Appointment | None = None,
) -> Appointment:
    """Take a free slot. Whoever books with the same colleague, or in the same place, waits for the other; and
    whatever the code does, the database does not take a room or a colleague twice."""
    day = in_london(starts_at).date()
    if staff is not None:
        refuse_barred_account(staff, needs=[kind.needs], on=day)
    try:
        with transaction.atomic():
            _wait_for_turn(kind, place)
            book = read_book(
                kind, place=place, first=day, last=day, language=language, staff=staff, leave_out=leave_out
            )
            free = free_slots(book, [day], place=place, after=at)
            slot = next((each for each in free if each.starts_at == starts_at), None)
            if slot is None:
                raise SlotTaken
            return take(slot, slot.staff[0], slot.rooms[0] if kind.needs_room else None)
    except IntegrityError as clash:
        if "at_a_time" not in str(clash):
            raise
        refusal = SlotTaken()
    except SlotTaken as taken:
        refusal = taken
    free = next_free(kind, place=place, staff=staff, language=language, on=day, at=at, days=LOOK_AHEAD)
    raise SlotTaken(next_step=_in_words(free)) from refusal


def _wait_for_turn(kind: AppointmentKind, place: Place | None) -> None:
    """One booking at a time in a team and a place; in this order always, so that nobody waits in a ring."""
    list(type(kind.team).objects.select_for_update(no_key=True).filter(pk=kind.team_id).order_by("pk"))
    if place is not None:
        list(Place.objects.select_for_update(no_key=True).filter(pk=place.pk).order_by("pk"))


def next_free(
    kind: AppointmentKind,
    *,
    place: Place | None,
    staff: Account | None,
    language: str,
    on: dt.date,
    at: dt.datetime,
    days: int,
) -> list[Slot]:
    """The first free times from this day on."""
    last = on + dt.timedelta(days=days)
    book = read_book(kind, place=place, first=on, last=last, language=language, staff=staff)
    ahead = [on + dt.timedelta(days=number) for number in range(days + 1)]
    return free_slots(book, ahead, place=place, after=at)[:OFFERED]


def _in_words(slots: list[Slot]) -> str:
    if not slots:
        return _("Nothing is free for a week from there. Choose another week, or another colleague.")
    local = [in_london(slot.starts_at) for slot in slots]
    times = [f"{date_format(each, 'l j F')} {each:%H:%M}" for each in local]
    return _("Free next: %(times)s.") % {"times": "; ".join(times)}


def _lock(appointment: Appointment) -> Appointment:
    """Hold the appointment until the transaction ends, as it now stands."""
    held = Appointment.objects.select_for_update(of=("self",)).shown()
    return held.get(pk=appointment.pk)


def _as_it_stands(appointment: Appointment) -> dict[str, Any]:
    return {
        "state": appointment.state, "state_since": appointment.state_since.isoformat(),
        "starts_at": appointment.starts_at.isoformat(), "ends_at": appointment.ends_at.isoformat(),
        "taken": [appointment.taken.lower.isoformat(), appointment.taken.upper.isoformat()],
        "room": appointment.room_id, "staff": appointment.staff_id,
    }  # fmt: skip


def _record(
    appointment: Appointment,
    kind: str,
    *,
    by: Account | None,
    at: dt.datetime,
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> AppointmentEvent:
    event = AppointmentEvent.objects.create(
        appointment=appointment, kind=kind, at=at, by=by, reason=reason[:300], before=before or {}
    )
    if appointment.case is not None and kind in TIMELINE:
        said = {"when": appointment.starts_at.isoformat(), "till": appointment.ends_at.isoformat()}
        detail: dict[str, object] = {"verb": TIMELINE[kind], "said": said, "before": {}, "after": {}}
        add_entry(
            appointment.case, kind=Entry.CHANGE, at=at, by=by, person=appointment.person, text=reason,
            detail=detail,
        )  # fmt: skip
    append_audit(f"bookings.{kind}", about=appointment, by=by, at=at, detail={"edition": appointment.edition})
    return event


@transaction.atomic
def cancel_appointment(
    appointment: Appointment, *, reason: str, by: Account | None, at: dt.datetime, tell: bool = True
) -> AppointmentEvent:
    """The room and the colleague are free again; the person is written to, unless they asked for it."""
    if not reason.strip():
        raise ReasonNeeded
    held = _lock(appointment)
    if held.state != Appointment.BOOKED:
        raise NotStanding
    before = _as_it_stands(held)
    held.state, held.state_since, held.edition = Appointment.CANCELLED, at, held.edition + 1
    held.save(update_fields=["state", "state_since", "edition"])
    event = _record(held, AppointmentEvent.CANCELLED, by=by, at=at, reason=reason, before=before)
    if tell:
        write_about(held, "cancelled", by=by, at=at)
    return event


@transaction.atomic
def note_attendance(appointment: Appointment, *, kind: str, by: Account, at: dt.datetime) -> AppointmentEvent:
    """They have arrived, have left, or did not come."""
    held = _lock(appointment)
    if held.state not in FROM[kind]:
        raise NotThere
    if kind == AppointmentEvent.MISSED and held.starts_at > at:
        raise NotYet
    before = _as_it_stands(held)
    held.state, held.state_since = STATES[kind], at
    held.save(update_fields=["state", "state_since"])
    return _record(held, kind, by=by, at=at, before=before)


def take_back_event(event: AppointmentEvent, *, by: Account, at: dt.datetime) -> Appointment:
    """The last thing done to the appointment was a mistake: it stands as it stood, if its time is free."""
    try:
        with transaction.atomic():
            held = _lock(event.appointment)
            last = held.events.filter(undone_at=None).first()
            if last is None or last.pk != event.pk or not last.before:
                raise NotThere
            _stand_as(held, last.before)
            held.edition += 1
            held.save()
            AppointmentEvent.objects.filter(pk=last.pk).update(undone_by=by, undone_at=at)
            append_audit("bookings.undone", about=held, by=by, at=at, detail={"event": last.kind})
            if last.kind in {AppointmentEvent.MOVED, AppointmentEvent.CANCELLED}:
                write_about(held, "moved", by=by, at=at)
            return held
    except IntegrityError as clash:
        if "at_a_time" not in str(clash):
            raise
        raise SlotTaken from clash


def _stand_as(held: Appointment, before: dict[str, Any]) -> None:
    held.state, held.state_since = before["state"], _moment(before["state_since"])
    held.starts_at, held.ends_at = _moment(before["starts_at"]), _moment(before["ends_at"])
    held.taken = (_moment(before["taken"][0]), _moment(before["taken"][1]))
    held.room_id, held.staff_id = before["room"], before["staff"]


def _moment(text: str) -> dt.datetime:
    found = parse_datetime(text)
    assert found is not None  # noqa: S101
    return found
