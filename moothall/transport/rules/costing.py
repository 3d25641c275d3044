"""What each way of travelling would cost in a year, side by side, and how that was reckoned."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

from moothall.transport.models import Entitlement, Needs, Rates, TransportRate

PENNY: Final = Decimal("0.01")
Parts = tuple[str, ...]


@dataclass(frozen=True)
class Cost:
    """One way to travel, a year, and the sum in words; `way` is empty where it is not ours to give."""

    way: str
    name: str
    amount: Decimal
    reckoned: str
    is_least: bool = False


def costs_of(miles: Decimal | None, needs: Needs | None, *, on: dt.date) -> list[Cost]:
    """The cheapest first. What lacks a figure, or a distance, is left out."""
    rates = TransportRate.objects.on(on)
    days = rates.get(TransportRate.DAYS)
    if days is None:
        return []
    escorted = needs is not None and needs.escort == Needs.OWN
    found = [*_on_vehicles(rates, days, miles, escorted=escorted), *_own_ways(rates, days, miles)]
    found.sort(key=lambda each: each.amount)
    return [Cost(c.way, c.name, c.amount, c.reckoned, place == 0) for place, c in enumerate(found)]


def _on_vehicles(rates: Rates, days: Decimal, miles: Decimal | None, *, escorted: bool) -> list[Cost]:
    escort = rates.get(TransportRate.ESCORT, Decimal(0)) if escorted else Decimal(0)
    with_escort = _(", with an escort of £%(escort)s a day") % {"escort": escort} if escorted else ""
    found = []
    place = rates.get(TransportRate.PLACE)
    if place is not None:
        sum_of = _("%(days)s days × £%(place)s") % {"days": days.normalize(), "place": place}
        found.append(
            Cost(
                Entitlement.TRANSPORT, _("A place on our own run"), _pounds((place + escort) * days),
                sum_of + with_escort,
            )
        )  # fmt: skip
    start, mile = rates.get(TransportRate.TAXI_START), rates.get(TransportRate.TAXI_MILE)
    if start is not None and mile is not None and miles is not None:
        trip = _pounds(start + mile * miles)
        sum_of = _("%(days)s days × two trips of £%(trip)s") % {"days": days.normalize(), "trip": trip}
        found.append(
            Cost("", _("A taxi of their own"), _pounds((trip * 2 + escort) * days), sum_of + with_escort)
        )
    return found


def _own_ways(rates: Rates, days: Decimal, miles: Decimal | None) -> list[Cost]:
    found = []
    mile = rates.get(TransportRate.MILEAGE)
    if mile is not None and miles is not None:
        sum_of = _("%(days)s days × four drives of %(miles)s miles × £%(mile)s") % {
            "days": days.normalize(), "miles": miles, "mile": mile,
        }  # fmt: skip
        found.append(
            Cost(
                Entitlement.MILEAGE, _("Mileage paid to the family"), _pounds(mile * miles * 4 * days), sum_of
            )
        )
    budget = rates.get(_band(miles)) if miles is not None else None
    if budget is not None:
        found.append(
            Cost(Entitlement.BUDGET, _("A personal travel budget"), budget, _("by distance, a year"))
        )
    bus = rates.get(TransportRate.PASS)
    if bus is not None:
        found.append(Cost(Entitlement.PASS, _("A bus pass"), bus, _("a year")))
    return found


def _band(miles: Decimal) -> str:
    if miles <= 5:
        return TransportRate.BUDGET_NEAR
    return TransportRate.BUDGET_MIDDLE if miles <= 10 else TransportRate.BUDGET_FAR


def _pounds(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, ROUND_HALF_UP)
