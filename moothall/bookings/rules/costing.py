"""What bookings are recharged at: hours of rooms and things, nights, and refreshments. Reads only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from moothall.bookings.models import Reservation, Resource

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Charge:
    """One line: what, how much of it, at what, and what that comes to."""

    what: str
    number: Decimal
    price: Decimal

    @property
    def amount(self) -> Decimal:
        return (self.number * self.price).quantize(PENNY, ROUND_HALF_UP)


def charges_of(reservation: Reservation, language: str = "en") -> list[Charge]:
    """The lines of one booking, from its takings and refreshments as they were fetched."""
    hours = Decimal(int((reservation.ends_at - reservation.starts_at).total_seconds())) / 3600
    nights = Decimal(max((reservation.ends_at.date() - reservation.starts_at.date()).days, 1))
    lines = [
        Charge(
            each.resource.name_in(language),
            nights if each.resource.kind == Resource.BED else hours.quantize(PENNY, ROUND_HALF_UP),
            each.rate,
        )
        for each in reservation.takings.all()
        if each.rate
    ]
    lines += [
        Charge(each.refreshment.name_in(language), Decimal(each.number), each.price)
        for each in reservation.refreshments.all()
    ]
    return lines


def total(charges: Iterable[Charge]) -> Decimal:
    return sum((each.amount for each in charges), Decimal(0)).quantize(PENNY)


def recharged(begins: dt.datetime, ends: dt.datetime) -> list[Reservation]:
    """The bookings of a month that somebody pays for, by cost code."""
    rows = Reservation.objects.filter(
        state=Reservation.CONFIRMED, starts_at__gte=begins, starts_at__lt=ends
    ).exclude(recharge_to="")
    rows = rows.prefetch_related("takings__resource", "refreshments__refreshment")
    return list(rows.order_by("recharge_to", "starts_at", "id"))
