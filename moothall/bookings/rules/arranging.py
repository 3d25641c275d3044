"""What goes with a booking: how the room is set out, what is eaten, who pays, who is invited."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from moothall.bookings.models import (
    Layout,
    Refreshment,
    RefreshmentLine,
    Reservation,
    ReservationEvent,
    ReservationSeries,
    Resource,
)
from moothall.people.models import Account
from moothall.people.models.working import Span

from .inviting import invite, tell_attendees
from .moving_series import SeriesMoved, move_series
from .reserving import cancel, confirm, move, reserve
from .series import SeriesMade, cancel_series, reserve_series


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
def confirm_and_tell(*, reservation: Reservation, by: Account, at: dt.datetime) -> ReservationEvent:
    event = confirm(reservation=reservation, by=by, at=at)
    tell_attendees(reservation, by=by, at=at)
    return event


@transaction.atomic
def cancel_and_tell(*, reservation: Reservation, because: str, by: Account, at: dt.datetime) -> Any:
    event = cancel(reservation=reservation, because=because, by=by, at=at)
    tell_attendees(reservation, by=by, at=at)
    return event


@transaction.atomic
def cancel_series_and_tell(
    *, series: ReservationSeries, from_at: dt.datetime, because: str, by: Account, at: dt.datetime
) -> int:
    """All of it that begins from then on is free again, and whoever was invited hears of each; how many."""
    gone = cancel_series(series=series, from_at=from_at, because=because, by=by, at=at)
    for each in gone:
        tell_attendees(each, by=by, at=at)
    return len(gone)


@transaction.atomic
def move_series_and_tell(
    *,
    series: ReservationSeries,
    from_at: dt.datetime,
    days: int,
    begins: dt.time,
    ends: dt.time,
    by: Account,
    at: dt.datetime,
    reason: str = "",
) -> SeriesMoved:
    """All of it that begins from then on goes to another day of the week or time of day, and whoever is
    invited hears of each; those for which the new time is not free stay, and are listed."""
    moved = move_series(
        series=series, from_at=from_at, days=days, begins=begins, ends=ends, by=by, at=at, reason=reason
    )
    for each in moved.moved:
        tell_attendees(each, by=by, at=at)
    return moved
