"""What goes with a booking: how the room is set out, what is eaten, who pays, who is invited."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from moothall.bookings.models import Layout, Refreshment, RefreshmentLine, Reservation, Resource
from moothall.people.models import Account
from moothall.people.models.working import Span

from .inviting import invite, tell_attendees
from .reserving import cancel, move, reserve
from .series import SeriesMade, reserve_series


@dataclass(frozen=True)
class Details:
    layout: Layout | None = None
    recharge_to: str = ""
    refreshments: Mapping[Refreshment, int] = field(default_factory=dict)
    invited: Collection[str] = ()


@transaction.atomic
def book(
    *,
    resources: Sequence[Resource],
    span: Span,
    details: Details,
    by: Account,
    at: dt.datetime,
    **given: Any,
) -> Reservation:
    """Book it with all that goes with it, or nothing of it."""
    made = reserve(resources=resources, starts_at=span[0], ends_at=span[1], by=by, at=at, **given)
    _arrange([made], details)
    if details.invited:
        invite(reservation=made, emails=details.invited, by=by, at=at)
    return made


@transaction.atomic
def book_series(
    *,
    resources: Sequence[Resource],
    spans: Sequence[Span],
    every_days: int,
    details: Details,
    by: Account,
    at: dt.datetime,
    **given: Any,
) -> SeriesMade:
    """What is free of it, each with all that goes with it."""
    found = reserve_series(resources=resources, spans=spans, every_days=every_days, by=by, at=at, **given)
    _arrange(found.made, details)
    for each in found.made if details.invited else ():
        invite(reservation=each, emails=details.invited, by=by, at=at)
    return found


def _arrange(reservations: Collection[Reservation], details: Details) -> None:
    ids = [each.pk for each in reservations]
    Reservation.objects.filter(pk__in=ids).update(layout=details.layout, recharge_to=details.recharge_to[:40])
    RefreshmentLine.objects.bulk_create(
        RefreshmentLine(reservation_id=pk, refreshment=each, number=number, price=each.price)
        for pk in ids
        for each, number in details.refreshments.items()
    )


@transaction.atomic
def move_and_tell(
    *,
    reservation: Reservation,
    span: Span,
    resources: Sequence[Resource],
    by: Account,
    at: dt.datetime,
    reason: str = "",
) -> Reservation:
    """It moves with everything it takes, and whoever is invited hears of it."""
    moved = move(
        reservation=reservation, starts_at=span[0], ends_at=span[1], resources=resources, by=by, at=at,
        reason=reason,
    )  # fmt: skip
    tell_attendees(moved, by=by, at=at)
    return moved


@transaction.atomic
def cancel_and_tell(*, reservation: Reservation, because: str, by: Account, at: dt.datetime) -> Any:
    event = cancel(reservation=reservation, because=because, by=by, at=at)
    tell_attendees(reservation, by=by, at=at)
    return event
