"""Beds sold by the night, alone or with an event: those of an event move along with it, or stop it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bookings.models import BedKind, Reservation, Stay, StayEvent
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person, Place
from moothall.records.rules.audit import append_audits, audit_event

from .nights import DAY, Nights, check_nights, counted, left, lock_house

MOST_AT_ONCE = 200


class NoSuchBeds(Refusal):
    sentence = gettext_lazy("No bedroom is sold by the night there.")
    next_step = gettext_lazy("Choose another place, or say of its bedrooms of which kind they are.")


class KindNotSold(Refusal):
    sentence = gettext_lazy("This kind of bedroom is not sold any more.")
    next_step = gettext_lazy("Choose another kind.")


class TooManyNames(Refusal):
    next_step = gettext_lazy("Sell more beds with the event first, or give fewer names.")


class TooManyGuests(Refusal):
    sentence = gettext_lazy("At most 200 people can be given a bed at once.")
    next_step = gettext_lazy("Do it in several steps.")


@dataclass(frozen=True)
class Beds:
    """So many beds of a kind that go with an event: from `nights_before` nights before the day on which it
    begins until the day on which it ends. `guests` names some or all of those who come."""

    number: int
    place: Place
    kind: BedKind
    nights_before: int = 0
    needs: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()

    def nights(self, starts_at: dt.datetime, ends_at: dt.datetime) -> tuple[dt.date, dt.date]:
        """The day on which they arrive, and the one on which they leave."""
        first = in_london(starts_at).date() - self.nights_before * DAY
        return first, max(in_london(ends_at).date(), first + DAY)


def fitting(beds: Sequence[Beds]) -> Callable[[dt.datetime, dt.datetime], bool]:
    """Whether these are to be had with an event from one moment until another. Reads only."""

    def fit(starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        return all(
            min(left(Nights(each.place, each.kind, *each.nights(starts_at, ends_at), each.needs)).values())
            >= each.number
            for each in beds
        )

    return fit


def fitting_along(reservation: Reservation) -> Callable[[dt.datetime, dt.datetime], bool]:
    """Whether the beds of an event could move along to another time: its own nights count as free."""
    found = list(reservation.stays.to_come().select_related("place", "kind"))
    own = Counter((key, night) for key, each in _keyed(found) for night in nights_of(each))
    starts, ends = in_london(reservation.starts_at).date(), in_london(reservation.ends_at).date()

    def fit(starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        before, after = in_london(starts_at).date() - starts, in_london(ends_at).date() - ends
        for nights, number in _asked_by(found).items():
            first = nights.first + before
            moved = replace(nights, first=first, until=max(nights.until + after, first + DAY))
            key = (nights.place, nights.kind, nights.needs)
            if any(free + own[key, night] < number for night, free in left(moved).items()):
                return False
        return True

    return fit


def _keyed(stays: Collection[Stay]) -> Iterator[tuple[object, Stay]]:
    return (((each.place, each.kind, tuple(each.needs)), each) for each in stays)


def nights_of(stay: Stay) -> list[dt.date]:
    return [stay.arrives_on + number * DAY for number in range(stay.nights)]


def refuse_retired(kind: BedKind) -> None:
    if BedKind.objects.filter(pk=kind.pk, retired_at__isnull=False).exists():
        raise KindNotSold


@transaction.atomic
def sell(
    *,
    nights: Nights,
    guests: Sequence[str],
    by: Account | None,
    at: dt.datetime,
    reservation: Reservation | None = None,
    person: Person | None = None,
    **given: Any,
) -> list[Stay]:
    """A bed for each of these, or for none. A guest without a name is named later."""
    if not 0 < len(guests) <= MOST_AT_ONCE:
        raise TooManyGuests
    lock_house(nights.place)
    if not nights.place.resources.filter(bed_kind__isnull=False, retired_at=None).exists():
        raise NoSuchBeds
    refuse_retired(nights.kind)
    check_nights(nights, len(guests))
    made = [
        Stay(
            place=nights.place, kind=nights.kind, arrives_on=nights.first, leaves_on=nights.until,
            needs=sorted(nights.needs), guest=guest[:160], reservation=reservation, person=person,
            rate=nights.kind.rate, state_since=at, made_by=by, made_at=at, **given,
        )
        for guest in guests
    ]  # fmt: skip
    counted(lambda: Stay.objects.bulk_create(made))
    record_each(made, "sold", by=by, at=at)
    return made


def record_each(
    stays: Collection[Stay],
    kind: str,
    *,
    by: Account | None,
    at: dt.datetime,
    reason: str = "",
    before: dict[int, dict[str, Any]] | None = None,
) -> list[StayEvent]:
    append_audits(audit_event(f"bookings.stay_{kind}", about=each, by=by, at=at) for each in stays)
    return StayEvent.objects.bulk_create(
        StayEvent(
            stay=each, kind=kind, at=at, by=by, reason=reason[:300], before=(before or {}).get(each.pk, {})
        )
        for each in stays
    )


def sell_for(
    reservation: Reservation, beds: Sequence[Beds], *, by: Account | None, at: dt.datetime
) -> list[Stay]:
    """Inside a transaction: the beds that go with an event."""
    lock_house(*(each.place for each in beds))
    made: list[Stay] = []
    for each in beds:
        first, until = each.nights(reservation.starts_at, reservation.ends_at)
        guests = [*each.guests[: each.number], *[""] * (each.number - len(each.guests))]
        nights = Nights(each.place, each.kind, first, until, each.needs)
        made += sell(nights=nights, guests=guests, reservation=reservation, by=by, at=at)
    return made


def to_move(reservation: Reservation) -> list[Stay]:
    """The stays that go with an event and have not begun; their places are locked."""
    found = list(reservation.stays.to_come().select_related("place", "kind").order_by("pk"))
    lock_house(*{each.place for each in found})
    return found


def move_along(
    reservation: Reservation, was: tuple[dt.datetime, dt.datetime], *, by: Account | None, at: dt.datetime
) -> list[Stay]:
    """Inside a transaction, once the event has its new time: its beds move by as many days; their rooms are
    chosen anew. One night that is full stops all of it."""
    starts = in_london(reservation.starts_at).date() - in_london(was[0]).date()
    ends = in_london(reservation.ends_at).date() - in_london(was[1]).date()
    if not starts and not ends:
        return []
    found = to_move(reservation)
    before = {each.pk: as_it_stands(each) for each in found}
    ids = [each.pk for each in found]
    Stay.objects.filter(pk__in=ids).update(state=Stay.CANCELLED, room=None, room_from_on=None)
    for each in found:
        each.arrives_on += starts
        each.leaves_on = max(each.leaves_on + ends, each.arrives_on + DAY)
        each.room, each.room_from_on, each.room_is_promised = None, None, False
    for nights, number in _asked_by(found).items():
        check_nights(nights, number)
    counted(
        lambda: Stay.objects.bulk_update(
            found, ["arrives_on", "leaves_on", "state", "room", "room_from_on", "room_is_promised"]
        )
    )
    record_each(found, "moved", by=by, at=at, before=before)
    return found


def _asked_by(stays: Collection[Stay]) -> dict[Nights, int]:
    asked: dict[Nights, int] = {}
    for each in stays:
        nights = Nights(each.place, each.kind, each.arrives_on, each.leaves_on, tuple(each.needs))
        asked[nights] = asked.get(nights, 0) + 1
    return asked


def as_it_stands(stay: Stay) -> dict[str, Any]:
    return {
        "state": stay.state, "arrives_on": stay.arrives_on.isoformat(), "room": stay.room_id,
        "leaves_on": stay.leaves_on.isoformat(), "promised": stay.room_is_promised,
        "room_from_on": stay.room_from_on.isoformat() if stay.room_from_on else None,
    }  # fmt: skip


def free_beds(
    reservation: Reservation, *, by: Account | None, at: dt.datetime, reason: str = ""
) -> list[Stay]:
    """Inside a transaction: the nights of an event that does not take place are free again; whoever is here
    already stays."""
    found = to_move(reservation)
    before = {each.pk: as_it_stands(each) for each in found}
    Stay.objects.filter(pk__in=[each.pk for each in found]).update(
        state=Stay.CANCELLED, state_since=at, room=None, room_from_on=None, room_is_promised=False
    )
    record_each(found, "cancelled", by=by, at=at, reason=reason, before=before)
    return found


def stand_up_beds(
    reservation: Reservation, ids: Collection[int], *, by: Account | None, at: dt.datetime
) -> None:
    """Inside a transaction: the beds that were given up with an event are taken again, if they are free."""
    rows = reservation.stays.filter(pk__in=ids, state=Stay.CANCELLED).select_related("place", "kind")
    found = list(rows.order_by("pk"))
    lock_house(*{each.place for each in found})
    for nights, number in _asked_by(found).items():
        check_nights(nights, number)
    gone = [each.pk for each in found]
    counted(lambda: Stay.objects.filter(pk__in=gone).update(state=Stay.BOOKED, state_since=at))
    record_each(found, "sold", by=by, at=at, reason=str(_("undone")))


@transaction.atomic
def name_guests(
    *, reservation: Reservation, names: Sequence[str], by: Account | None, at: dt.datetime
) -> list[Stay]:
    """The beds of an event that had no name yet belong to these, in order; further names are refused."""
    rows = reservation.stays.to_come().filter(guest="").select_for_update(no_key=True).order_by("pk")
    found = list(rows)
    if len(names) > len(found):
        raise TooManyNames(
            _("%(names)s names for %(beds)s beds.") % {"names": len(names), "beds": len(found)}
        )
    named = found[: len(names)]
    for each, name in zip(named, names, strict=True):
        each.guest = name[:160]
    Stay.objects.bulk_update(named, ["guest"])
    record_each(named, "changed", by=by, at=at)
    return named
