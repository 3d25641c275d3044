"""Value of transport in the table: its targets, and what is sent."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.transport.rules.speeds import FactorRow, From, keep_speeds, leave_out_speeds
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

    _speeds(office, by)


def _speeds(office: "Office", by: Account) -> None:
    """Those of last week, left out, and those that hold today."""
    rows = [FactorRow("morning", "crow", 1.1, 80)]
    for days, kind in ((7, "speeds left out"), (0, "speeds")):
        day = today() - dt.timedelta(days=days)
        came = From(80, 2, 9, day - dt.timedelta(days=20), day - dt.timedelta(days=1), "")
        office.rows[kind] = keep_speeds(rows, came, from_on=day, by=by, at=now())
    leave_out_speeds(office.rows["speeds left out"], by=by, at=now())


def _target(office: "Office", route: str) -> Parts:
    kind = "value target withdrawn" if route == "restore_value_target" else "value target"
    return {"number": office.rows[kind].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of value": lambda _office, _route, _relation, _seat: {},
    "target of value": lambda office, route, _relation, _seat: _target(office, route),
    "learned speeds": lambda office, route, _relation, _seat: {
        "number": office.rows["speeds left out" if route == "bring_back_travel_times" else "speeds"].pk
    },
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "target of value": lambda _route: {"number": NOWHERE},
    "learned speeds": lambda _route: {"number": NOWHERE},
}

OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "count_value": lambda _o: {"month": f"{today():%Y-%m}"},
    "set_value_target": lambda _o: {
        "figure": "cost_run", "amount": "52", "amber": "60", "source": "Service plan 2026/27, aim 3",
        "from_on": (today() + dt.timedelta(days=9)).strftime("%d/%m/%Y"),
    },
}  # fmt: skip
