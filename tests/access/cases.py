"""Cases in the table: their addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from moothall.core.clock import today

if TYPE_CHECKING:
    from .office import Furnished, Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def _case(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    furnished = office.cases[relation]
    if route.endswith("_many"):
        return {}
    if route == "undo_change":
        return {"entry_id": furnished.change.pk}
    return {"reference": furnished.case.reference} | {
        name: find(furnished) for name, find in OF_A_CASE.get(route, {}).items()
    }


OF_A_CASE: dict[str, dict[str, Callable[["Furnished"], Any]]] = {
    "message_frame": {"entry_id": lambda found: found.message.pk},
    "split": {"entry_id": lambda found: found.message.pk},
    "case_document": {"attached_id": lambda found: found.document.pk},
    "complete_step": {"step_id": lambda found: found.step.pk},
    "reopen_step": {"step_id": lambda found: found.done_step.pk},
    "clock_page": {"key": lambda found: found.clock.key},
    "move_clock": {"key": lambda found: found.clock.key},
    "end_link": {"link_id": lambda found: found.link.pk},
}


def _no_case(route: str) -> Parts:
    if route == "undo_change":
        return {"entry_id": NOWHERE}
    extra: Parts = {name: "answer" if name == "key" else NOWHERE for name in OF_A_CASE.get(route, {})}
    return {"reference": "TST-26-99999", **extra}


def _api_case(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    furnished = office.cases[relation]
    step = {"step_id": furnished.step.pk} if route == "api_completion" else {}
    return {"reference": furnished.case.reference, **step}


def _no_api_case(route: str) -> Parts:
    step = {"step_id": NOWHERE} if route == "api_completion" else {}
    return {"reference": "TST-26-99999", **step}


Sending = Callable[["Office", "Furnished"], Mapping[str, Any]]


def _nothing(_office: "Office", _found: "Furnished") -> Mapping[str, Any]:
    return {}


def _why(_office: "Office", _found: "Furnished") -> Mapping[str, Any]:
    return {"because": "It has to be so."}


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def _many(_office: "Office", found: "Furnished") -> Mapping[str, Any]:
    return {"ids": [found.case.pk], "back": "/cases/", "to": found.colleague.pk, "outcome": "answered"}


def _other_team(office: "Office", found: "Furnished") -> int:
    return office.home.pk if found.case.team_id == office.away.pk else office.away.pk


ON_A_CASE: dict[str, Sending] = {
    "case_page": _nothing,
    "message_frame": _nothing,
    "case_document": _nothing,
    "clock_page": _nothing,
    "ask_to_read": _why,
    "add_note": lambda _o, _f: {"text": "A note."},
    "add_call": lambda _o, _f: {"text": "They rang."},
    "hold": lambda _o, _f: {"until": _day(9), "because": "They are away.", "waiting_on": "PERSON"},
    "resume": _nothing,
    "edit_details": lambda o, f: {
        "title": "Another title", "service": f.case.service_id, "priority": 2, "language": "en",
    },
    "correct_received": lambda _o, _f: {"received": _day(-2), "because": "It came on Friday."},
    "link": lambda o, _f: {"reference": o.rows["kin"].reference, "kind": "RELATED"},
    "end_link": _nothing,
    "complete_step": lambda _o, _f: {"note": "Done."},
    "reopen_step": _why,
    "move_clock": lambda _o, _f: {"kind": "paused", "on": _day(0), "reason": "We wait for them."},
    "undo_change": _nothing,
    "take": _nothing,
    "assign": lambda _o, f: {"to": f.colleague.pk},
    "hand_over": lambda o, f: {"team": _other_team(o, f), "because": "It is theirs."},
    "close": lambda _o, _f: {"outcome": "answered", "reason": "Told them."},
    "reopen": _why,
    "restrict": lambda _o, f: {"level": "RESTRICTED", "named": [f.colleague.pk], "because": "Delicate."},
    "reply": lambda _o, _f: {
        "to_address": "ysolde@example.org", "subject": "Re: course", "text": "There is a place.",
        "language": "en", "then": "PERSON",
    },
    "suggested": _nothing,
    "readers": _nothing,
    "link_to_problem": lambda o, _f: {"problem": o.rows["problem own"].pk},
    "signpost": lambda o, _f: {"signpost": o.rows["signpost"].pk, "text": "The library has it."},
    "split": lambda o, _f: {"title": "The second question", "service": o.rows["service"].pk},
    "assign_many": _many,
    "take_many": _many,
    "close_many": _many,
    "api_case": _nothing,
    "api_entries": _nothing,
    "api_notes": lambda _o, _f: {"text": "A note."},
    "api_completion": lambda _o, _f: {"note": "Done."},
    "api_assignment": lambda _o, f: {"to": f.colleague.email},
    "api_hold": lambda _o, _f: {
        "until": (today() + dt.timedelta(days=9)).isoformat(), "because": "They are away.",
    },
    "api_closure": lambda _o, _f: {"outcome": "answered", "reason": "Told them."},
}  # fmt: skip
KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "case": _case,
    "api case": _api_case,
    "emergency": lambda office, _route, relation, _seat: {
        "opening_id": office.rows[f"emergency {relation}"].pk
    },
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "case": _no_case,
    "api case": _no_api_case,
    "emergency": lambda _route: {"opening_id": NOWHERE},
}
BY_A_PROGRAM: dict[str, Callable[["Office"], Parts]] = {
    "api_cases": lambda o: {"service": o.rows["service"].key, "title": "A new question"},
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "emergency": lambda o: {
        "reference": o.cases["unnamed"].case.reference,
        "reason": "Somebody is in danger and nobody can be reached.",
    },
    "emergency_rules": {"lasts_minutes": 30, "signed_in_minutes": 5},
    "emergency_judgement": {"justified": "yes", "because": "They were in danger, as the notes say."},
}
