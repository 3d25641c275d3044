"""Safety of transport in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import in_london, now, today
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_person
from moothall.transport.models import Incident, Involved
from moothall.transport.models.incident import CONCERN, INCIDENT
from moothall.transport.rules import investigating
from moothall.transport.rules.incidents import There, report_incident
from moothall.transport.rules.invoicing import bring_invoice
from moothall.transport.rules.travelling import record_away
from moothall.transport.tests.make import make_passenger
from moothall.transport.tests.make_contractors import make_contractor
from moothall.transport.tests.make_incidents import (
    make_carer,
    make_contact,
    make_duty_to_report,
    make_safety,
    make_signed_in,
)

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
ROWS = {
    "incident_photo": "photo", "remove_involved": "involved", "decide_outside_report": "duty",
    "withdraw_statement": "statement", "finish_incident_action": "action",
    "withdraw_incident_action": "action", "reopen_incident_action": "action done",
}  # fmt: skip


OF = {
    "vehicle_history": "runs vehicle", "crew_history": "crew member",
    "contractor_vehicle_history": "their vehicle", "contractor_staff_history": "contractor staff",
}  # fmt: skip


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    make_safety(office.away, lead=False)
    reader = make_account("transport.use", "cases.view", "cases.manage", "cases.close", "cases.restrict")
    office.rows["incident duty"] = make_duty_to_report(kinds=[INCIDENT, CONCERN])
    for relation, kind in (("home", INCIDENT), ("other", INCIDENT), ("sealed", CONCERN)):
        made = _incident(relation, kind)
        if relation == "home":
            _give_to(made, office.home)
        _furnish(office, made, relation, reader)
    _from_outside(office, reader)


def _from_outside(office: "Office", by: Account) -> None:
    """Everybody in a seat is of one child's family and acts for one contractor, and of no other."""
    rows = office.rows
    for relation in ("own", "other"):
        rows[f"child {relation}"] = child = make_passenger(name=f"Ysolde{relation} Child")
        rows[f"firm {relation}"] = firm = make_contractor(name=f"Quillon{relation} Coaches")
        rows[f"bill {relation}"] = bring_invoice(
            firm, number=f"Quillon{relation}", first_on=today(), last_on=today(), name="lines.csv",
            content=b"Date,Job,Amount\n30/11/2026,Q-J1,24.50", by=by, at=now(),
        )  # fmt: skip
        for seat, account in office.seats.items():
            if account is None:
                continue
            if account.person is None:
                account.person = make_person(full_name=account.name)
                account.save(update_fields=["person"])
            if relation == "own":
                make_carer(child, account)
                make_contact(firm, account)
            rows[f"child {relation} {seat}"] = record_away(
                child, from_on=today(), until_on=today() + dt.timedelta(days=1), because=f"Quillon{relation}",
                by=account, at=now(),
            )  # fmt: skip
        rows[f"child {relation} X"] = rows[f"child {relation} N"]
    rows["contact"] = make_contact(rows["firm other"], make_signed_in())


def _incident(relation: str, kind: str) -> Incident:
    there = There(Involved.PASSENGER, f"Ysolde{relation} Bello", make_person(full_name=f"Ysolde{relation}"))
    return report_incident(
        kind=kind, happened_at=now() - dt.timedelta(hours=2), where=f"Quillon{relation}",
        what=f"Quillon{relation} fell", there=(there,), by=None, at=now(),
        photos=(SimpleUploadedFile("door.txt", b"A door", content_type="text/plain"),),
    )  # fmt: skip


def _give_to(incident: Incident, team: Team) -> None:
    incident.case.team, incident.case.seen_by_teams = team, [team.pk]
    incident.case.save(update_fields=["team", "seen_by_teams"])


def _furnish(office: "Office", made: Incident, relation: str, reader: Account) -> None:
    """With somebody's words, something to do and something done."""
    given: Parts = {"by": reader, "at": now()}
    said = investigating.take_statement(made, name="She", said="It fell", taken_on=today(), **given)
    to_do, done = (
        investigating.add_action(made, what="Mend it", owner=reader, due_on=today(), **given)
        for _each in "ab"
    )
    investigating.finish_action(done, how="Mended", **given)
    rows = {
        "photo": made.photos.get(), "involved": made.involved.get(), "statement": said, "action": to_do,
        "action done": done, "duty": office.rows["incident duty"],
    }  # fmt: skip
    office.rows[f"incident {relation}"] = made
    office.rows |= {f"incident {relation} {name}": row for name, row in rows.items()}


def _parts(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    found: Parts = {"reference": office.rows[f"incident {relation}"].case.reference}
    if route in ROWS:
        found["number"] = office.rows[f"incident {relation} {ROWS[route]}"].pk
    return found


def _nothing(route: str) -> Parts:
    return {"reference": "TST-26-99999"} | ({"number": NOWHERE} if route in ROWS else {})


def _child(office: "Office", route: str, relation: str, seat: str) -> Parts:
    found: Parts = {"number": office.rows[f"child {relation}"].pk}
    away = office.rows[f"child {relation} {seat}"]
    return found | ({"away": away.pk} if route == "travels_after_all" else {})


def _firm(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    return {"number": office.rows[f"{'bill' if route == 'my_invoice' else 'firm'} {relation}"].pk}


def _no_child(route: str) -> Parts:
    return {"number": NOWHERE} | ({"away": NOWHERE} if route == "travels_after_all" else {})


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of safety": lambda _office, _route, _relation, _seat: {},
    "incident": _parts,
    "child of one's own": _child,
    "contractor of one's own": _firm,
    "who acts for a contractor": lambda office, route, _relation, _seat: {
        "number": office.rows["contact" if route == "end_contractor_contact" else "firm own"].pk
    },
    "sheet as a file": lambda office, _route, _relation, _seat: {"number": office.rows["crew duty"].pk},
    "history of transport": lambda office, route, _relation, _seat: {"number": office.rows[OF[route]].pk},
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "incident": _nothing, "history of transport": lambda _route: {"number": NOWHERE},
    "sheet as a file": lambda _route: {"number": NOWHERE},
    "child of one's own": _no_child,
    "contractor of one's own": lambda _route: {"number": NOWHERE},
    "who acts for a contractor": lambda _route: {"number": NOWHERE},
}  # fmt: skip


def _reported() -> Parts:
    before = in_london(now() - dt.timedelta(hours=1))
    return {
        "kind": INCIDENT, "day": f"{before:%d/%m/%Y}", "time": f"{before:%H:%M}", "where": "Lime Avenue",
        "what": "The door was stuck", "hurt": "NONE",
    }  # fmt: skip


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "report_incident": lambda _o: _reported(),
    "report_on_the_way": lambda _o: _reported(),
    "add_incident_photos": lambda _o: {"photos": SimpleUploadedFile("window.txt", b"A window")},
    "add_involved": {"part": "OTHER", "name": "Maryam Qureshi", "harm": "NONE"},
    "decide_outside_report": {"needed": "no", "because": "Nobody was hurt"},
    "investigate_incident": lambda o: {"investigator": o.account("M").pk, "facts": "A gale"},
    "take_statement": lambda _o: {"name": "Maryam Qureshi", "said": "I saw it", "taken_on": _day(0)},
    "add_incident_action": lambda o: {"what": "Trim it", "owner": o.account("M").pk, "due_on": _day(3)},
    "finish_incident_action": {"how": "Mended"},
    "does_not_travel": lambda _o: {
        "from_on": _day(3), "until_on": _day(4), "which": "BOTH", "because": "Ill",
    },
    "add_contractor_contact": lambda o: {
        "person-key": o.rows["passenger"].person_id, "from_on": _day(0),
    },
    "close_incident": {"outcome": "opened_by_mistake"},
}  # fmt: skip
