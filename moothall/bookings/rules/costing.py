"""What bookings are recharged at: hours of rooms and things, nights, and refreshments. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.urls import reverse

from moothall.bookings.models import Reservation, Resource, Stay
from moothall.core.clock import in_london
from moothall.people.models.working import at_on

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
    return lines + nights_charged(reservation.stays.all(), language)


def nights_charged(stays: Iterable[Stay], language: str) -> list[Charge]:
    """A line for each kind of bedroom and rate, with all the nights of it."""
    nights: Counter[tuple[str, Decimal]] = Counter()
    for each in stays:
        if each.rate and each.is_standing:
            nights[each.kind.name_in(language), each.rate] += each.nights
    return [Charge(what, Decimal(number), rate) for (what, rate), number in sorted(nights.items())]


def total(charges: Iterable[Charge]) -> Decimal:
    return sum((each.amount for each in charges), Decimal(0)).quantize(PENNY)


@dataclass(frozen=True)
class Recharged:
    """A booking, or a stay that goes with none, and the cost code that pays for it."""

    code: str
    title: str
    address: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    charges: tuple[Charge, ...]


def recharged(begins: dt.datetime, ends: dt.datetime, language: str = "en") -> list[Recharged]:
    """The bookings and stays of a month that somebody pays for, by cost code."""
    rows = Reservation.objects.filter(
        state=Reservation.CONFIRMED, starts_at__gte=begins, starts_at__lt=ends
    ).exclude(recharge_to="")
    rows = rows.prefetch_related("takings__resource", "refreshments__refreshment", "stays__kind")
    found = [
        Recharged(
            each.recharge_to, each.title, reverse("reservation", args=[each.pk]), each.starts_at,
            each.ends_at, tuple(charges_of(each, language)),
        )
        for each in rows
    ]  # fmt: skip
    days = in_london(begins).date(), in_london(ends).date()
    stays = Stay.objects.standing().filter(arrives_on__gte=days[0], arrives_on__lt=days[1])
    stays = stays.filter(Q(reservation=None) | Q(reservation__recharge_to="")).exclude(recharge_to="")
    found += [
        Recharged(
            each.recharge_to, str(each), reverse("stay", args=[each.pk]), at_on(each.arrives_on, dt.time(15)),
            at_on(each.leaves_on, dt.time(10)), tuple(nights_charged([each], language)),
        )
        for each in stays.select_related("kind")
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.code, one.starts_at, one.address))
