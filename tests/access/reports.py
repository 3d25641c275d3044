"""Figures in the table: which month is asked for, and one that is closed."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.reports.rules.counting import close_month
from moothall.reports.rules.months import month_of, months_before

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]


def _month(back: int) -> dt.date:
    return months_before(today().replace(day=1), back)


def make_rows(office: "Office") -> None:
    """The month before the last is closed."""
    close_month(month_of(_month(2), today=today()), by=office.cases["own"].colleague, at=now())


def _page(_office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    if route in ("figures", "waiting_leave"):
        return {}
    return {"month": f"{_month(2 if route == 'reopen_figures' else 1):%Y-%m}"}


def _rows(_office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"month": f"{_month(1):%Y-%m}", "key": "headcount" if relation == "people" else "days_lost"}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of figures": _page,
    "rows of a figure": _rows,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "rows of a figure": lambda _route: {"month": "2026-01", "key": "no-such-figure"},
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "export_figures": {"kind": "csv"},
    "reopen_figures": {"because": "A late certificate."},
}
