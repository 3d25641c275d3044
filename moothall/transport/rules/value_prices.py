"""What a run or job cost on a day, whose it was, and how many it could take. Reads only."""

import datetime as dt
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from moothall.transport.models import Allotment, Contractor, ContractPrice, Run, VehicleKind

from .allotting import holds
from .matching import price_on

PENNY: Final = Decimal("0.01")


class Prices:
    """Contractors, their prices and what was allotted to them in a month: three questions."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.firms = dict(Contractor.objects.values_list("name", "pk"))
        self.prices: dict[int, list[ContractPrice]] = defaultdict(list)
        rows = ContractPrice.objects.between(first, last).filter(contract__withdrawn_at=None)
        for each in rows.select_related("contract"):
            self.prices[each.contract.contractor_id].append(each)
        self.allotted: dict[str, list[Allotment]] = defaultdict(list)
        for row in Allotment.objects.between(first, last).select_related("vehicle__kind"):
            self.allotted[row.job].append(row)
        self._known: dict[tuple[int, str, dt.date, int], Decimal | None] = {}

    def firm_of(self, day: dt.date, called: str, name: str, run: Run | None) -> int | None:
        """Whose it was: named on the journey, on the run, or by what was allotted. None is our own."""
        if name:
            return self.firms.get(name)
        if run is not None and run.contractor_id is not None:
            return run.contractor_id
        if run is not None:
            return None
        return next((each.contractor_id for each in self.allotted[called] if holds(each, day)), None)

    def cost(
        self, day: dt.date, called: str, firm: int | None, run: Run | None, *, directions: int
    ) -> Decimal | None:
        """The price agreed with the contractor, else what the plan reckoned; None where nobody knows."""
        planned = run.cost if run is not None else None
        if firm is None:
            return planned
        key = firm, called, day, directions
        if key not in self._known:
            self._known[key] = self._agreed(day, called, firm, directions)
        agreed = self._known[key]
        return agreed if agreed is not None else planned

    def _agreed(self, day: dt.date, called: str, firm: int, directions: int) -> Decimal | None:
        """A price a run, or its part of a price a day. Hours and miles of contractors are not on record."""
        theirs = self.prices[firm]
        a_run = price_on(theirs, day, called, ContractPrice.RUN)
        a_day = price_on(theirs, day, called, ContractPrice.DAY)
        if a_run is not None and (a_run.job or a_day is None or not a_day.job):
            return a_run.amount
        if a_day is not None:
            return (a_day.amount / max(1, directions)).quantize(PENNY, ROUND_HALF_UP)
        return None

    def seats(
        self, day: dt.date, called: str, firm: int | None, run: Run | None, *, chairs: int
    ) -> int | None:
        """Seats and bays as it has to be fitted for those in wheelchairs."""
        if run is not None:
            return room(run.kind, chairs)
        rows = (each for each in self.allotted[called] if each.contractor_id == firm and holds(each, day))
        found = next(rows, None)
        return room(found.vehicle.kind, chairs) if found is not None else None


def room(kind: VehicleKind, chairs: int) -> int | None:
    """The most it takes in one of its layouts with so many bays; None where it has none."""
    fitting = [seats + bays for seats, bays in kind.layouts if bays >= chairs]
    return max(fitting, default=None)
