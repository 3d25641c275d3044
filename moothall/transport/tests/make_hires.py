"""Rows for tests of private hire."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from moothall.core.clock import LONDON
from moothall.people.tests.make import AT
from moothall.transport.models import HireJob, VehicleKind

from .make import MONDAY
from .make_crews import make_depot

_numbers = count(1)


def make_hire(**changes: Any) -> HireJob:
    """A quoted job from nine until two, two hours of it at the wheel."""
    day = changes.get("day", MONDAY)
    kind = VehicleKind.objects.filter(key="minibus").first() or VehicleKind.objects.create(
        key="minibus", name="Minibus", layouts=[[8, 0]]
    )
    begins, ends = (dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON) for hour in (9, 14))
    given: dict[str, Any] = {
        "customer": f"Quarry Players {next(_numbers)}", "what": "A day out", "from_place": "The quarry",
        "to_place": "The sea", "day": day, "begins_at": begins, "ends_at": ends, "driving": 120,
        "miles": Decimal(40), "people": 6, "kind": kind, "price": Decimal(260), "asked_at": AT,
    }  # fmt: skip
    given["depot"] = changes.get("depot") or make_depot()
    return HireJob.objects.create(**given | changes)
