"""Private hire in the table: a job at each stage of what can be done with it."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import LONDON, now, today
from moothall.transport.models import HireJob
from moothall.transport.rules.fleet import add_vehicle
from moothall.transport.tests.make_crews import make_depot
from moothall.transport.tests.make_hires import make_hire

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
AHEAD = dt.timedelta(days=9)


def make_rows(office: "Office") -> None:
    """Quoted, booked, back, cancelled and invoiced; and a vehicle that could go."""
    rows, yard = office.rows, make_depot(key="hire-yard")
    stages: tuple[tuple[str, Parts], ...] = (
        (HireJob.QUOTED, {}), (HireJob.BOOKED, {}), (HireJob.CANCELLED, {"because": "Snow"}),
        (HireJob.INVOICED, {"invoice": "INV-1"}),
    )  # fmt: skip
    for state, changes in stages:
        rows[f"hire {state}"] = _job(yard, today() + AHEAD, state=state, **changes)
    rows["hire back"] = _job(yard, today() - AHEAD, state=HireJob.BOOKED)
    kind = rows["hire BOOKED"].kind
    rows["hire vehicle"] = add_vehicle(
        registration="MH99HIR", kind=kind, depot=yard, by=office.account("M"), at=now()
    )


def _job(yard: Any, day: dt.date, **changes: Any) -> HireJob:
    begins, ends = (dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON) for hour in (9, 14))
    return make_hire(depot=yard, day=day, begins_at=begins, ends_at=ends, **changes)


ROW_OF = {
    "hire": "hire BOOKED", "change_hire": "hire QUOTED", "book_hire": "hire QUOTED",
    "unbook_hire": "hire BOOKED", "cancel_hire": "hire BOOKED", "revive_hire": "hire CANCELLED",
    "invoice_hire": "hire back", "uninvoice_hire": "hire INVOICED", "hire_vehicle": "hire BOOKED",
}  # fmt: skip


def _given(office: "Office") -> Parts:
    day, job = today() + AHEAD, office.rows["hire QUOTED"]
    return {
        "customer": "Quarry Singers", "what": "A concert", "day": f"{day:%d/%m/%Y}", "leaves": "18:00",
        "back": "22:00", "from_place": "The hall", "to_place": "The chapel", "miles": "12", "driving": "40",
        "people": "5", "in_wheelchairs": "0", "escorts": "0", "kind": job.kind_id, "depot": job.depot_id,
        "price": "120",
    }  # fmt: skip


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "private hire": lambda _office, _route, _relation, _seat: {},
    "hire job": lambda office, route, _relation, _seat: {"number": office.rows[ROW_OF[route]].pk},
}
NOTHING: dict[str, Callable[[str], Parts]] = {"hire job": lambda _route: {"number": NOWHERE}}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "quote_hire": _given,
    "change_hire": _given,
    "cancel_hire": {"because": "Snow"},
    "invoice_hire": {"number": "INV-2"},
    "hire_vehicle": lambda o: {"vehicle": o.rows["hire vehicle"].pk},
}
