"""Transport in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from moothall.cases.rules.opening import open_case
from moothall.core.clock import now, today
from moothall.people.models import Team
from moothall.people.tests.make import make_account, make_grant, make_person, make_role
from moothall.transport.models import Application, Centre, Entitlement
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.applying import assess
from moothall.transport.rules.deciding import decide
from moothall.transport.rules.opening import close_days
from moothall.transport.rules.travelling import record_away
from moothall.transport.tests.make import make_centre, make_passenger, make_rule, make_services, make_travel

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
SCHOOL_DAY = dt.date(2026, 11, 30)


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    role, rows, at = make_role("transport.use"), office.rows, now()
    for seat in "VM":
        make_grant(account=office.account(seat), role=role, team=office.home)
    by = make_account("transport.use", "cases.manage", "people.view")
    rows["travel centre"] = centre = make_centre()
    rows["passenger"] = passenger = make_passenger(name="Osian Bello")
    make_travel(passenger, centre=centre)
    account_for_day(SCHOOL_DAY, by=by, at=at)
    rows["journey"] = passenger.journeys.all()[0]
    rows["away"] = record_away(
        passenger, from_on=today(), until_on=today() + dt.timedelta(days=9), because="Ill", by=by, at=at
    )
    rows["travel closure"] = close_days(
        kind="INSET", first_on=today(), last_on=today(), because="Training", centre=centre, by=by, at=at
    )
    rows["travel rule"] = make_rule()
    rows["entitlement"] = Entitlement.objects.create(
        passenger=passenger, centre=centre, way="TRANSPORT", from_on=today(), review_on=today()
    )
    service = make_services(office.home)
    for relation, team in (("home", office.home), ("other", office.away)):
        for stands in ("", " refused"):
            rows[f"travel {relation}{stands}"] = _application(service, team, centre, relation)
        refused = rows[f"travel {relation} refused"]
        decide(refused, outcome="REFUSED", because="By the rule", by=by, at=now())


def _application(service: Any, team: Team, centre: Centre, relation: str) -> Application:
    """With its facts entered; the words of the case mark it."""
    asks = make_person(full_name=f"Ysolde{relation} Bello", emails=[f"ysolde{relation}@post.example"])
    case = open_case(
        service, title=f"Quillon{relation}", channel="form", received_at=now(), at=now(), requester=asks,
        team=team, answers={"name": f"Ysolde{relation} Bello"},
    )  # fmt: skip
    made = Application.objects.get(case=case)
    by = make_account("transport.use")
    assess(
        made, nation="ENG", phase="PRIMARY", born_on=dt.date(2018, 5, 2), centre=centre, on=today(), facts=(),
        miles=Decimal("1.2"), by=by, at=now(),
    )  # fmt: skip
    return made


def _passenger(office: "Office", route: str) -> Parts:
    found: Parts = {"number": office.rows["passenger"].pk}
    if route == "end_passenger_entry":
        found["entry"] = office.rows["away"].pk
    return found | ({"part": "away"} if route.endswith("_entry") else {})


def _centre(office: "Office", route: str) -> Parts:
    found: Parts = {"key": office.rows["travel centre"].key}
    return found | ({"number": office.rows["travel closure"].pk} if route == "open_after_all" else {})


def _of_application(office: "Office", route: str, relation: str) -> Parts:
    stands = " refused" if route == "record_travel_appeal" else ""
    found: Parts = {"number": office.rows[f"travel {relation}{stands}"].pk}
    return found | ({"stage": 0} if route == "decide_travel" else {})


def _entitlement(office: "Office", route: str) -> Parts:
    kind = "travel rule" if route == "confirm_eligibility_rule" else "entitlement"
    return {"number": office.rows[kind].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of transport": lambda _office, _route, _relation, _seat: {},
    "passenger": lambda office, route, _relation, _seat: _passenger(office, route),
    "journey": lambda office, _route, _relation, _seat: {"number": office.rows["journey"].pk},
    "centre": lambda office, route, _relation, _seat: _centre(office, route),
    "application for travel": lambda office, route, relation, _seat: _of_application(office, route, relation),
    "entitlement to travel": lambda office, route, _relation, _seat: _entitlement(office, route),
}


def _no_passenger(route: str) -> Parts:
    found: Parts = {"number": NOWHERE}
    found |= {"part": "away"} if route.endswith("_entry") else {}
    return found | ({"entry": NOWHERE} if route == "end_passenger_entry" else {})


NOTHING: dict[str, Callable[[str], Parts]] = {
    "passenger": _no_passenger,
    "journey": lambda _route: {"number": NOWHERE},
    "centre": lambda route: {"key": "nowhere"} | ({"number": NOWHERE} if route == "open_after_all" else {}),
    "application for travel": lambda route: (
        {"number": NOWHERE} | ({"stage": 0} if route == "decide_travel" else {})
    ),
    "entitlement to travel": lambda _route: {"number": NOWHERE},
}


def _facts(office: "Office") -> Parts:
    return {
        "nation": "ENG", "phase": "PRIMARY", "born_on_0": "2", "born_on_1": "5", "born_on_2": "2018",
        "born_on": "2/5/2018", "centre": office.rows["travel centre"].pk, "on": _day(30), "miles": "2.5",
    }  # fmt: skip


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "add_passenger": {"full_name": "Maryam Qureshi", "language": "en", "nation": "ENG"},
    "account_day": {"day": SCHOOL_DAY.isoformat()},
    "add_travel_application": lambda o: _facts(o) | {
        "requester-key": o.rows["passenger"].person_id, "name": "Osian Bello", "starts_on": _day(30),
    },
    "set_transport_rate": lambda _o: {
        "key": "pass-year", "amount": "425", "from_on": _day(0), "source": "Our own",
    },
    "passenger_leaves": lambda _o: {"on": _day(3), "because": "Moved away"},
    "add_passenger_entry": lambda _o: {
        "from_on": _day(20), "until_on": _day(21), "which": "BOTH", "because": "Holiday",
    },
    "end_passenger_entry": lambda _o: {"until_on": _day(1)},
    "settle_journey": {"how": "OWN", "own": "mother"},
    "add_bell": lambda _o: {
        "session": "day", "weekdays": ["0"], "begins": "08:40", "ends": "15:10", "from_on": _day(9),
    },
    "add_centre_closure": lambda _o: {
        "kind": "SHUT", "first_on": _day(2), "last_on": _day(2), "because": "Boiler",
    },
    "enter_travel_facts": _facts,
    "decide_travel": {"outcome": "REFUSED", "because": "By the rule"},
    "record_travel_appeal": lambda _o: {"received_on": _day(0), "grounds": "It is unfair"},
    "end_travel_entitlement": {"because": "Moved away"},
}  # fmt: skip
