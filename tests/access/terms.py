"""What falls due in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.tests.make import make_person
from moothall.terms.models import Hearing, Term
from moothall.terms.rules.increments import begin_run
from moothall.terms.tests.make import make_scale, make_term, place_on
from moothall.workforce.tests.make import make_employment, make_post

from .workforce import employment_of

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    for relation, team in (("home", office.home), ("other", office.away)):
        person = make_person(full_name=f"Ysolde{relation} Leaver", emails=[f"{relation}@leaver.example"])
        office.rows[f"leaver {relation}"] = theirs = make_employment(person, post=make_post(team=team))
        office.rows[f"term {relation}"] = make_term(
            theirs, kind=Term.RETIREMENT, due_on=today() + dt.timedelta(days=200), at=now()
        )
    _hearings(office)
    for seat, account in office.seats.items():
        if account is not None:
            theirs = employment_of(office, "own", seat)
            office.rows[f"retiring {seat}"] = make_term(
                theirs, kind=Term.RETIREMENT, due_on=today() + dt.timedelta(days=300), at=now()
            )
    scale = office.rows["pay scale"] = make_scale(increments="APRIL")
    for relation in ("home", "other"):
        place_on(office.rows[f"leaver {relation}"], scale, 1, at=now(), today=today())
    run = begin_run(first=today(), last=today() + dt.timedelta(days=364), by=None, at=now())
    office.rows["increment run"] = run
    office.rows["increment"] = run.increments.get(employment=office.rows["leaver other"])


def _hearings(office: "Office") -> None:
    """Of a probation of each, one hearing that was yesterday and is to be written down."""
    for relation in ("home", "other"):
        theirs = office.rows[f"leaver {relation}"]
        term = make_term(
            theirs, kind=Term.PROBATION, began_on=theirs.started_on, at=now(),
            due_on=today() + dt.timedelta(days=100),
        )  # fmt: skip
        office.rows[f"probation {relation}"] = term
        office.rows[f"hearing {relation}"] = Hearing.objects.create(
            term=term, starts_at=now() - dt.timedelta(days=1), place="Room 2", chair="Nia", arranged_at=now()
        )


def _probation(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    parts: Parts = {"number": office.rows[f"probation {relation}"].pk}
    if route == "write_down_hearing":
        parts["hearing"] = office.rows[f"hearing {relation}"].pk
    return parts


def _retirement(office: "Office", _route: str, relation: str, seat: str) -> Parts:
    mine = f"retiring {seat}" if f"retiring {seat}" in office.rows else "term other"
    return {"number": office.rows[mine if relation == "own" else "term other"].pk}


def _run(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    if route in ("increment_runs", "begin_increments"):
        return {}
    run = office.rows["increment run"]
    on_line = route in ("award_increment", "withhold_increment", "reopen_increment")
    return {"number": run.pk} | ({"line": office.rows["increment"].pk} if on_line else {})


def _no_run(route: str) -> Parts:
    on_line = route in ("award_increment", "withhold_increment", "reopen_increment")
    return {"number": NOWHERE} | ({"line": NOWHERE} if on_line else {})


def _term(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    term = office.rows[f"term {relation}"]
    parts: Parts = {"number": term.pk}
    if route == "term_letter":
        parts["key"] = "retirement_ack"
    if route.endswith("_step"):
        parts["step"] = term.steps.get(key="FORMS").pk
    return parts


def _no_term(route: str) -> Parts:
    more: Parts = {"key": "retirement_ack"} if route == "term_letter" else {}
    return {"number": NOWHERE} | ({"step": NOWHERE} if route.endswith("_step") else more)


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of what falls due": lambda _office, _route, _relation, _seat: {},
    "something that falls due": _term,
    "somebody for whom something falls due": lambda office, _route, relation, _seat: {
        "number": office.rows[f"leaver {relation}"].number
    },
}
KEYS["a probation"] = _probation
KEYS["somebody's own retirement"] = _retirement
KEYS["somebody's pay"] = KEYS["somebody for whom something falls due"]
KEYS["increments"] = _run
NOTHING: dict[str, Callable[[str], Parts]] = {
    "something that falls due": _no_term,
    "somebody for whom something falls due": lambda _route: {"number": "NOBODY"},
}
NOTHING["a probation"] = lambda route: (
    {"number": NOWHERE} | ({"hearing": NOWHERE} if route == "write_down_hearing" else {})
)
NOTHING["somebody's own retirement"] = lambda _route: {"number": NOWHERE}
NOTHING["somebody's pay"] = NOTHING["somebody for whom something falls due"]
NOTHING["increments"] = _no_run
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "settle_term": {"outcome": "CANCELLED"},
    "finish_term_step": lambda _office: {"done_on": _day(0)},
    "place_on_point": lambda office: {
        "point": office.rows["pay scale"].points.get(position=2).pk,
        "from_on": _day(3),
    },
    "begin_increments": lambda _office: {"first": _day(0), "last": _day(9)},
    "ask_to_retire": {"route": "age", "last_day": _day(200)},
    "arrange_hearing": {"day": _day(30), "begins": "10:00", "place": "Room 2", "chair": "Nia"},
    "write_down_hearing": {"state": "HELD", "said": "They were heard."},
    "withhold_increment": {"because": "Not met."},
    "add_term": lambda _office: {"kind": "SECONDMENT", "began_on": _day(0), "due_on": _day(90)},
}
