"""Value of transport in the table: its targets, and what is sent."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.tests.make import make_account
from moothall.transport.rules.targets import set_target, withdraw_target

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def make_rows(office: "Office") -> None:
    by, at = make_account("transport.use", "cases.manage"), now()
    given: dict[str, Any] = {"source": "Service plan", "by": by, "at": at}
    office.rows["value target"] = set_target(
        figure="over", amount=Decimal(1), amber=Decimal(4), from_on=today(), **given
    )
    gone = set_target(figure="ride", amount=Decimal(30), amber=Decimal(40), from_on=today(), **given)
    office.rows["value target withdrawn"] = withdraw_target(gone, by=by, at=at)


def _target(office: "Office", route: str) -> Parts:
    kind = "value target withdrawn" if route == "restore_value_target" else "value target"
    return {"number": office.rows[kind].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of value": lambda _office, _route, _relation, _seat: {},
    "target of value": lambda office, route, _relation, _seat: _target(office, route),
}
NOTHING: dict[str, Callable[[str], Parts]] = {"target of value": lambda _route: {"number": NOWHERE}}

OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "count_value": lambda _o: {"month": f"{today():%Y-%m}"},
    "set_value_target": lambda _o: {
        "figure": "cost_run", "amount": "52", "amber": "60", "source": "Service plan 2026/27, aim 3",
        "from_on": (today() + dt.timedelta(days=9)).strftime("%d/%m/%Y"),
    },
}  # fmt: skip
