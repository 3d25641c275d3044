"""Employee casework in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.cases.rules.access import give_access
from moothall.conduct.models import Party
from moothall.conduct.tests.make import (
    level_of,
    make_caseworker,
    make_kind,
    make_matter,
    make_meeting,
    make_outcome,
    make_party,
)
from moothall.core.clock import now, today
from moothall.people.tests.make import make_person
from moothall.workforce.tests.make import make_employment

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
ROWS = {
    "end_part": "party", "record_finding": "issue", "invite_to_meeting": "meeting",
    "name_companion": "meeting",
    "postpone_meeting": "meeting", "hold_meeting": "meeting", "cancel_matter_meeting": "meeting",
    "meeting_calendar": "meeting", "tell_outcome": "outcome",
}  # fmt: skip


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    by, kind = make_caseworker(name="Caseworker"), make_kind()
    office.rows["matter kind"] = kind
    for relation in ("named", "unnamed"):
        person = make_person(full_name=f"Ysolde{relation} Matterman")
        matter = make_matter(
            employment=make_employment(person), kind=kind, by=by, issues=(f"Quillon{relation} was late",)
        )
        party = make_party(matter, Party.WITNESS, name=f"Quillon{relation} witness")
        outcome = make_outcome(matter)
        rows = {
            "party": party, "issue": matter.issues.get(), "meeting": make_meeting(matter), "outcome": outcome,
        }  # fmt: skip
        office.rows[f"matter {relation}"] = matter
        office.rows |= {f"matter {relation} {name}": row for name, row in rows.items()}
        if relation == "named":
            for account in filter(None, office.seats.values()):
                give_access(matter.case, to=account, because="Named for the test", by=by, at=now())
    office.rows["matter level"] = level_of(office.rows["matter named"], "none")
    office.rows["matter employee"] = make_employment(make_person(full_name="Ysolde Newcomer"))


def _matter(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    found: Parts = {"reference": office.rows[f"matter {relation}"].case.reference}
    if route in ROWS:
        found["number"] = office.rows[f"matter {relation} {ROWS[route]}"].pk
    return found


def _nothing(route: str) -> Parts:
    return {"reference": "TST-26-99999"} | ({"number": NOWHERE} if route in ROWS else {})


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of conduct": lambda _office, _route, _relation, _seat: {}, "matter": _matter,
}  # fmt: skip
NOTHING: dict[str, Callable[[str], Parts]] = {"matter": _nothing}


def _when(days: int) -> Parts:
    return {"day": _day(days), "begins": "10:00", "ends": "12:00", "place": "Room 2"}


LETTER = {"channel": "HAND", "language": "en", "subject": "Meeting", "text": "Please come."}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "open_matter": lambda o: {
        "employee-key": o.rows["matter employee"].pk, "kind": o.rows["matter kind"].pk, "began_on": _day(0),
        "summary": "Late",
    },
    "give_part": {"part": "WITNESS", "name": "Emrys Puw"},
    "add_issue": {"text": "Late"},
    "record_finding": {"finding": "FOUND", "reason": "Seen by two"},
    "arrange_matter_meeting": lambda _o: _when(40) | {"kind": "HEARING"},
    "invite_to_meeting": LETTER,
    "name_companion": {"state": "NONE"},
    "postpone_meeting": lambda _o: _when(31) | {"because": "The companion is away"},
    "hold_meeting": {"attended": "yes", "outcome": "Heard"},
    "cancel_matter_meeting": {"because": "It is not needed."},
    "decide_matter": lambda o: {
        "level": o.rows["matter level"].pk, "decided_on": _day(0), "reasons": "Nothing was found",
    },
    "tell_outcome": LETTER,
}  # fmt: skip
