"""The planning desk in the table: its addresses. Its rows are those of plans of runs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .transport import NOWHERE
from .transport import OTHERWISE as OF_TRANSPORT

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
A_TILE: Parts = {"version": "none", "zoom": 14, "x": 1, "y": 2}

KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "map of a plan": lambda office, _route, _relation, _seat: {"number": office.rows["runs plan"].pk},
    "streets below a map": lambda _office, _route, _relation, _seat: A_TILE,
}
NOTHING: dict[str, Callable[[str], Parts]] = {"map of a plan": lambda _route: {"number": NOWHERE}}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "plan_runs_again": OF_TRANSPORT["ask_for_run_plan"]
}
