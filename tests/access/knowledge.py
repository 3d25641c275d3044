"""Rows of the knowledge floor for the table, and what is sent to its pages."""

from typing import Any

from moothall.core.clock import now
from moothall.knowledge.models import Signpost
from moothall.knowledge.rules.directory import add_signpost, retire_signpost
from moothall.people.models import Account

Parts = dict[str, Any]
ENTRY = {"name": "The museum", "when_to_use": "Old things", "how": "Walk in", "public": True}


def of_knowledge(_office: Any, route: str, _relation: str, _seat: str) -> Parts:
    if route == "restore_entry":
        return {"key": "closed-library"}
    if route in {"directory_entry", "edit_entry", "check_entry", "retire_entry", "helper"}:
        return {"key": "library"}
    return {}


def sent(route: str) -> Parts:
    return ENTRY if route in {"add_entry", "edit_entry"} else {}


def make_rows(rows: dict[str, Any], by: Account) -> None:
    rows["signpost"] = _entry("library", "The library", "Books")
    retire_signpost(_entry("closed-library", "The closed library", "Old books"), by=by, at=now())


def _entry(key: str, name: str, when: str) -> Signpost:
    given = {"name": name, "when_to_use": when, "how": "Walk in", "hours": "Mon-Fri 09:00-17:00"}
    return add_signpost(given, key=key, by=None, at=now())
