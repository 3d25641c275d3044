"""Who agrees to a booking, who waits for one, and what happens to holds that run out."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Reservation, ReservationEvent, Resource, Wish
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .beds import stand_up_beds
from .inviting import tell_attendees
from .refusals import ReservationOver, Taken
from .reserving import (
    Wanted,
    as_it_stands,
    clashes_of,
    free_again,
    lock,
    lock_resources,
    may_agree,
    move,
    record,
    reserve,
    wanted_by,
)

OFFER_HOURS = 24


class NotYoursToAgree(Refusal):
    sentence = _("Somebody of the team that looks after the room agrees to this booking.")
    next_step = _("Ask them; its name is beside the room.")


class NothingToWaitFor(Refusal):
    sentence = _("It is free: there is nothing to wait for.")
    next_step = _("Book it.")


class CannotBeUndone(Refusal):
    sentence = _("This cannot be undone any more.")
    next_step = _("Make a new booking.")


def _refuse_unless_theirs(reservation: Reservation, by: Account) -> None:
    asking = [each for each in wanted_by(reservation).resources if each.asks_approval]
    if not all(may_agree(by, each) for each in asking):
        raise NotYoursToAgree


@transaction.atomic
def agree(*, reservation: Reservation, by: Account, at: dt.datetime) -> ReservationEvent:
    """What was asked for is booked."""
    held = lock(reservation)
    if held.state != Reservation.ASKED:
        raise ReservationOver
    _refuse_unless_theirs(held, by)
    before = as_it_stands(held)
    held.state, held.state_since, held.edition = Reservation.CONFIRMED, at, held.edition + 1
    held.save(update_fields=["state", "state_since", "edition"])
    event = record(held, "agreed", by=by, at=at, before=before)
    tell_attendees(held, by=by, at=at)
    return event


@transaction.atomic
def refuse(*, reservation: Reservation, because: str, by: Account, at: dt.datetime) -> ReservationEvent:
    """It is not agreed to, and what it took is free."""
    held = lock(reservation)
    if held.state != Reservation.ASKED:
        raise ReservationOver
    _refuse_unless_theirs(held, by)
    event = free_again(held, "refused", by=by, at=at, reason=because)
    tell_attendees(held, by=by, at=at)
    return event


def take_back(*, event: ReservationEvent, by: Account, at: dt.datetime) -> Reservation:
    """The last move or cancellation was a mistake: it stands as it stood, if that is still free."""
    reservation = event.reservation
    last = reservation.events.filter(undone_at=None).first()
    if last is None or last.pk != event.pk or event.kind not in {"moved", "cancelled"}:
        raise CannotBeUndone
    with transaction.atomic():
        if event.kind == "cancelled":
            _stand_up(reservation, event, at=at)
        starts_at = dt.datetime.fromisoformat(event.before["starts_at"])
        ends_at = dt.datetime.fromisoformat(event.before["ends_at"])
        resources = list(Resource.objects.filter(pk__in=event.before["resources"]))
        move(
            reservation=reservation, starts_at=starts_at, ends_at=ends_at, resources=resources, by=by, at=at,
            reason=str(_("undone")),
        )  # fmt: skip
        stand_up_beds(reservation, event.before.get("beds", []), by=by, at=at)
        ReservationEvent.objects.filter(pk=event.pk).update(undone_by=by, undone_at=at)
    reservation.refresh_from_db()
    return reservation


def _stand_up(reservation: Reservation, event: ReservationEvent, *, at: dt.datetime) -> None:
    Reservation.objects.filter(pk=reservation.pk, state=Reservation.CANCELLED).update(
        state=Reservation.CONFIRMED, state_since=at
    )


@transaction.atomic
def wait_for(
    *,
    resource: Resource,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Account,
    at: dt.datetime,
) -> Wish:
    """Wait until it is free, and know why one waits."""
    wanted = Wanted((resource,), starts_at, ends_at)
    clashes = clashes_of(lock_resources(wanted))
    if not clashes:
        raise NothingToWaitFor
    wish = Wish.objects.create(
        resource=resource, title=title[:200], starts_at=starts_at, ends_at=ends_at,
        why=str(Taken.by(clashes).sentence), made_by=by, made_at=at,
    )  # fmt: skip
    append_audit("bookings.wish", about=wish, by=by, at=at)
    return wish


@transaction.atomic
def withdraw_wish(*, wish: Wish, by: Account | None, at: dt.datetime) -> None:
    """They wait no longer."""
    if Wish.objects.filter(pk=wish.pk, settled_at=None).update(settled_at=at):
        append_audit("bookings.wish_withdrawn", about=wish, by=by, at=at)


def look_after_holds(*, at: dt.datetime) -> tuple[int, int]:
    """Holds that have run out let go; whoever waited longest is offered what is free. How many of each."""
    expired = 0
    for reservation in Reservation.objects.overdue(at):
        expired += _expire(reservation, at=at)
    Wish.objects.waiting().filter(starts_at__lte=at).update(settled_at=at)
    return expired, sum(_offer(wish, at=at) for wish in Wish.objects.waiting().select_related("resource"))


@transaction.atomic
def _expire(reservation: Reservation, *, at: dt.datetime) -> bool:
    held = lock(reservation)
    if held.state != Reservation.HELD or held.held_until is None or held.held_until > at:
        return False
    free_again(held, "expired", by=None, at=at)
    tell_attendees(held, by=None, at=at)
    return True


def _offer(wish: Wish, *, at: dt.datetime) -> bool:
    """Held in their name for a day, or until it would begin."""
    until = min(at + dt.timedelta(hours=OFFER_HOURS), wish.starts_at)
    try:
        with transaction.atomic():
            held = reserve(
                title=wish.title, resources=[wish.resource], starts_at=wish.starts_at, ends_at=wish.ends_at,
                by=wish.made_by, at=at, held_until=until,
            )  # fmt: skip
            if not Wish.objects.waiting().filter(pk=wish.pk).update(offered=held):
                transaction.set_rollback(True)
                return False
            append_audit("bookings.wish_offered", about=wish, by=None, at=at)
    except Refusal:
        return False
    return True
