"""Call backs, appointments and workload in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.enquiries.models import CallBack, CallBackTry
from moothall.enquiries.rules.calling_back import Window, ask_for_call_back, record_try

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def make_rows(office: "Office") -> None:
    for relation in office.teams:
        _ask_to_be_rung(office, relation)


def _ask_to_be_rung(office: "Office", relation: str) -> None:
    at, team = now(), office.teams[relation]
    window = Window(at + dt.timedelta(hours=1), at + dt.timedelta(hours=2))
    colleague = office.cases[relation].colleague
    for kind in ("call back", "call back rung"):
        office.rows[f"{kind} {relation}"] = ask_for_call_back(
            about=f"Quillonring{relation}",
            number="01632 960001",
            window=window,
            team=team,
            by=colleague,
            at=at,
        )
    office.rows[f"try {relation}"] = record_try(
        office.rows[f"call back rung {relation}"], result=CallBackTry.DONE, by=colleague, at=at
    )


def _call_back(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    if route == "undo_call_back":
        tried: CallBackTry = office.rows[f"try {relation}"]
        return {"call_back_id": tried.call_back_id, "try_id": tried.pk}
    found: CallBack = office.rows[f"call back {relation}"]
    return {"call_back_id": found.pk}


def _no_call_back(route: str) -> Parts:
    return {"call_back_id": NOWHERE} | ({"try_id": NOWHERE} if route == "undo_call_back" else {})


def _tomorrow() -> str:
    return (today() + dt.timedelta(days=1)).strftime("%d/%m/%Y")


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {"call back": _call_back}
NOTHING: dict[str, Callable[[str], Parts]] = {"call back": _no_call_back}
ON_A_CASE: dict[str, Callable[[Any, Any], Mapping[str, Any]]] = {
    "ask_call_back": lambda _o, _f: {
        "about": "A place", "number": "01632 960001", "on": _tomorrow(), "after": "10:00",
    },
}  # fmt: skip
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "call_back": {"result": "DONE", "note": "Told them."},
}
