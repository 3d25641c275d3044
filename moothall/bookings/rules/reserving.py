"""Taking rooms, people and things together for a time; confirming, moving and cancelling it.

Whoever takes or moves locks the resources in the order of their numbers first: nobody waits in a ring.
Whatever the code does, the database takes no resource twice at a time.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from moothall.bookings.models import Closure, Reservation, ReservationEvent, Resource, Taking
from moothall.people.models import Account
from moothall.people.models.working import Span
from moothall.records.rules.audit import append_audit

from .beds import Beds, fitting, fitting_along, free_beds, move_along, sell_for
from .free import nearest_free, with_parts
from .nights import BedsFull
from .refusals import (
    ByTheNight,
    Clash,
    NothingChosen,
    OutOfUse,
    ReasonNeeded,
    ReservationOver,
    Shut,
    Taken,
    TooSmall,
    WrongWayRound,
    words_for,
)

CONSTRAINT = "a_resource_is_taken_once_at_a_time"
Spans = dict[Resource, Span]


@dataclass(frozen=True)
class Wanted:
    """Which resources, when, and how long they are kept free around it."""

    resources: tuple[Resource, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime
    setup_minutes: int = 0
    cleardown_minutes: int = 0

    def blocked(self, resource: Resource) -> Span:
        """The longer of what was asked for and what the resource itself needs."""
        before = max(self.setup_minutes, resource.setup_minutes)
        after = max(self.cleardown_minutes, resource.cleardown_minutes)
        return self.starts_at - dt.timedelta(minutes=before), self.ends_at + dt.timedelta(minutes=after)


def reserve(
    *,
    title: str,
    resources: Sequence[Resource],
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Account | None,
    at: dt.datetime,
    about_kind: str = "",
    about_id: int | None = None,
    held_until: dt.datetime | None = None,
    setup_minutes: int = 0,
    cleardown_minutes: int = 0,
    people: int = 0,
    note: str = "",
    is_private: bool = False,
    beds: Sequence[Beds] = (),
) -> Reservation:
    """Take all of these and these beds together, or none. Of two at once one wins; the other hears what is
    free instead."""
    wanted = Wanted(tuple(resources), starts_at, ends_at, setup_minutes, cleardown_minutes)
    check_wanted(wanted, people=people, beds=len(beds))

    def take(spans: Spans) -> Reservation:
        reservation = Reservation.objects.create(
            title=title[:200], starts_at=starts_at, ends_at=ends_at, setup_minutes=setup_minutes,
            cleardown_minutes=cleardown_minutes, state=first_state(spans, held_until, by), state_since=at,
            held_until=held_until, people=people, note=note[:500], is_private=is_private,
            about_kind=about_kind, about_id=about_id, made_by=by, made_at=at,
        )  # fmt: skip
        put_down(reservation, wanted, spans)
        sell_for(reservation, beds, by=by, at=at)
        record(reservation, "made", by=by, at=at)
        return reservation

    return _while_free(take, wanted, at=at, also=fitting(beds) if beds else None)


def check_wanted(wanted: Wanted, *, people: int = 0, beds: int = 0) -> None:
    """What can be said without asking what else is booked."""
    if not (wanted.resources or beds):
        raise NothingChosen
    if any(each.bed_kind_id for each in wanted.resources):
        raise ByTheNight
    if wanted.ends_at <= wanted.starts_at:
        raise WrongWayRound
    if gone := next((each for each in wanted.resources if each.retired_at is not None), None):
        raise OutOfUse.of(gone)
    rooms = [each for each in wanted.resources if each.kind == Resource.ROOM]
    if rooms and people > sum(each.capacity for each in rooms):
        raise TooSmall.of(rooms, people)


def first_state(held: Collection[Resource], held_until: dt.datetime | None, by: Account | None) -> str:
    """Held while somebody decides; asked for where somebody else must agree; else booked."""
    if held_until is not None:
        return Reservation.HELD
    if by is not None and any(each.asks_approval and not may_agree(by, each) for each in held):
        return Reservation.ASKED
    return Reservation.CONFIRMED


def may_agree(account: Account, resource: Resource) -> bool:
    """Whoever sets resources up, and whoever books in the team that looks after this one."""
    if account.may("bookings.manage"):
        return True
    return resource.team_id is not None and account.standing().covers("bookings.book", [resource.team_id])


def lock_resources(wanted: Wanted, also: Collection[int] = ()) -> Spans:
    """Hold these, their parts and the others named until the transaction ends, in the order of their numbers.
    The answer is from when until when each of these and their parts is to be kept free."""
    ids = with_parts([each.pk for each in wanted.resources])
    locked = Resource.objects.select_for_update(no_key=True).filter(pk__in={*ids, *also}).order_by("pk")
    return {each: wanted.blocked(each) for each in locked if each.pk in ids}


def _while_free(
    take: Callable[[Spans], Reservation],
    wanted: Wanted,
    *,
    at: dt.datetime,
    moving: Reservation | None = None,
    also: Callable[[dt.datetime, dt.datetime], bool] | None = None,
) -> Reservation:
    """Take what is wanted if all of it is free; else say what stands in the way and what is free instead."""
    leave_out = moving.pk if moving else None
    refusal: Taken | BedsFull
    try:
        with transaction.atomic():
            spans = lock_resources(wanted, resources_of(moving) if moving else ())
            let_go_of_overdue(spans, at=at)
            if found := clashes_of(spans, leave_out=leave_out):
                raise Taken.by(found)
            if closure := closure_of(wanted, spans):
                raise Shut.because(closure)
            return take(spans)
    except IntegrityError as clash:
        if CONSTRAINT not in str(clash):
            raise
        refusal = Taken()
    except (Taken, BedsFull) as taken:
        refusal = taken
    instead = nearest_free(
        wanted.resources, starts_at=wanted.starts_at, ends_at=wanted.ends_at, at=at, also=also,
        setup_minutes=wanted.setup_minutes, cleardown_minutes=wanted.cleardown_minutes, leave_out=leave_out,
    )  # fmt: skip
    if isinstance(refusal, BedsFull):
        raise refusal.of_an_event(words_for(instead.times))
    raise refusal.with_instead(instead)


def resources_of(reservation: Reservation) -> list[int]:
    return list(reservation.takings.values_list("resource_id", flat=True))


def let_go_of_overdue(spans: Spans, *, at: dt.datetime) -> None:
    """A hold that has run out keeps nobody waiting, even before the clock has come round to it."""
    late = Reservation.objects.overdue(at).filter(takings__resource__in=[each.pk for each in spans])
    for reservation in late.distinct():
        free_again(reservation, "expired", by=None, at=at)


def clashes_of(spans: Spans, *, leave_out: int | None = None) -> list[Clash]:
    """What stands in the way, in order of its beginning."""
    if not spans:
        return []
    by_id = {each.pk: span for each, span in spans.items()}
    around = min(span[0] for span in spans.values()), max(span[1] for span in spans.values())
    taken = Taking.objects.between(*around).filter(resource__in=by_id)
    rows = taken.select_related("resource", "reservation__made_by").order_by("shown", "resource_id")
    return [
        Clash.of(each)
        for each in rows
        if (leave_out is None or each.reservation_id != leave_out)
        and each.blocked.lower < by_id[each.resource_id][1]
        and by_id[each.resource_id][0] < each.blocked.upper
    ]


def closure_of(wanted: Wanted, spans: Spans) -> Closure | None:
    """What shuts one of these, its place or the whole office at that time."""
    rooms = Q(room__in=[each.pk for each in spans])
    places = Q(room=None, place__in={each.place_id for each in spans})
    found = Closure.objects.between(wanted.starts_at, wanted.ends_at)
    return found.filter(rooms | places | Q(room=None, place=None)).order_by("begins_at", "id").first()


def put_down(reservation: Reservation, wanted: Wanted, spans: Spans) -> None:
    """One row for each resource, in one statement."""
    asked = {each.pk for each in wanted.resources}
    Taking.objects.bulk_create(
        Taking(
            resource=each, reservation=reservation, shown=(wanted.starts_at, wanted.ends_at), blocked=blocked,
            asked_for=each.pk in asked, rate=each.rate if each.pk in asked else 0,
        )
        for each, blocked in spans.items()
    )  # fmt: skip


def wanted_by(reservation: Reservation) -> Wanted:
    """What it takes as it stands."""
    takings = reservation.takings.filter(asked_for=True).select_related("resource").order_by("resource_id")
    return Wanted(
        tuple(each.resource for each in takings), reservation.starts_at, reservation.ends_at,
        reservation.setup_minutes, reservation.cleardown_minutes,
    )  # fmt: skip


def lock(reservation: Reservation) -> Reservation:
    """Hold the reservation until the transaction ends, as it now stands."""
    return Reservation.objects.select_for_update(no_key=True).get(pk=reservation.pk)


def as_it_stands(reservation: Reservation) -> dict[str, Any]:
    return {
        "state": reservation.state, "starts_at": reservation.starts_at.isoformat(),
        "ends_at": reservation.ends_at.isoformat(),
        "held_until": reservation.held_until.isoformat() if reservation.held_until else None,
        "resources": [each.pk for each in wanted_by(reservation).resources],
    }  # fmt: skip


def record(
    reservation: Reservation,
    kind: str,
    *,
    by: Account | None,
    at: dt.datetime,
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> ReservationEvent:
    append_audit(f"bookings.reservation_{kind}", about=reservation, by=by, at=at)
    return ReservationEvent.objects.create(
        reservation=reservation, kind=kind, at=at, by=by, reason=reason[:300], before=before or {}
    )


@transaction.atomic
def confirm(*, reservation: Reservation, by: Account | None, at: dt.datetime) -> ReservationEvent:
    """What was held is booked, or asked for where somebody must agree."""
    spans = lock_resources(wanted_by(reservation))
    held = lock(reservation)
    if held.state != Reservation.HELD:
        raise ReservationOver
    before = as_it_stands(held)
    state = first_state(spans, None, by)
    _stand(held, state, at=at)
    return record(held, "confirmed", by=by, at=at, before=before)


def _stand(held: Reservation, state: str, *, at: dt.datetime) -> None:
    held.state, held.state_since, held.held_until = state, at, None
    held.edition += 1
    held.save(update_fields=["state", "state_since", "held_until", "edition"])


def move(
    *,
    reservation: Reservation,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Account | None,
    at: dt.datetime,
    resources: Sequence[Resource] | None = None,
    reason: str = "",
) -> Reservation:
    """All of it moves together, its beds too, to another time or other resources; or it stays and hears what
    stops it."""
    given = wanted_by(reservation)
    wanted = Wanted(
        tuple(resources) if resources is not None else given.resources, starts_at, ends_at,
        given.setup_minutes, given.cleardown_minutes,
    )  # fmt: skip
    check_wanted(wanted, people=reservation.people, beds=reservation.stays.standing().count())

    def take(spans: Spans) -> Reservation:
        held = lock(reservation)
        if not held.is_standing:
            raise ReservationOver
        before = as_it_stands(held)
        held.takings.all().delete()
        put_down(held, wanted, spans)
        held.starts_at, held.ends_at = starts_at, ends_at
        held.edition += 1
        if held.state == Reservation.CONFIRMED:
            held.state = first_state(spans, None, by)
        held.save(update_fields=["starts_at", "ends_at", "edition", "state"])
        move_along(held, (given.starts_at, given.ends_at), by=by, at=at)
        record(held, "moved", by=by, at=at, reason=reason, before=before)
        return held

    also = fitting_along(reservation) if reservation.stays.to_come().exists() else None
    return _while_free(take, wanted, at=at, moving=reservation, also=also)


@transaction.atomic
def cancel(
    *, reservation: Reservation, because: str, by: Account | None, at: dt.datetime
) -> ReservationEvent:
    """Everything it took is free again."""
    if not because.strip():
        raise ReasonNeeded
    return free_again(reservation, "cancelled", by=by, at=at, reason=because)


def free_again(
    reservation: Reservation, kind: str, *, by: Account | None, at: dt.datetime, reason: str = ""
) -> ReservationEvent:
    """Inside a transaction: it stands no more, and what it took is free."""
    held = lock(reservation)
    if not held.is_standing:
        raise ReservationOver
    before = as_it_stands(held)
    Taking.objects.filter(reservation=held).update(stands=False)
    beds = [each.pk for each in free_beds(held, by=by, at=at, reason=reason)]
    _stand(held, Reservation.CANCELLED, at=at)
    return record(held, kind, by=by, at=at, reason=reason, before=before | {"beds": beds})
