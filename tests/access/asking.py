"""How each route of the table is asked: its address for one relation, and what is sent to it.

Each module named in `DECLARED` says it of its own part of the office:

    KEYS          by the kind of record: the parts of a route's address, for one relation and seat
    NOTHING       by the kind of record: the same of a record that does not exist
    OTHERWISE     by the route: what is sent to it
    ON_A_CASE     by the route: what is sent to it about a case
    BY_A_PROGRAM  by the route: what a program sends to it
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from moothall.cases.models import Case
from moothall.core.lists.saved import store

from . import knowledge, people, problems
from .office import Furnished, Office
from .once import Once
from .post import MESSAGE
from .table import Area

Parts = dict[str, Any]
DECLARED = (
    "absence", "appraisal", "bookings", "cases", "casework", "checks", "conduct", "contractors",
    "credentials", "desk", "incoming", "knowledge", "leave", "marking", "own", "pathways", "people",
    "personnel", "portal", "post", "problems", "promotion", "recruitment", "reports", "satisfaction",
    "selection", "several", "terms", "training", "transport", "transport_audits", "transport_day",
    "transport_hires", "transport_map", "transport_safety", "transport_value", "triage", "webhooks",
    "workforce",
)  # fmt: skip


def _gathered(name: str) -> Once[Any]:
    modules = (import_module(f"{__package__}.{each}") for each in DECLARED)
    return Once(*(getattr(each, name, {}) for each in modules))


KEYS: Once[Callable[[Office, str, str, str], Parts]] = _gathered("KEYS")
NOTHING: Once[Callable[[str], Parts]] = _gathered("NOTHING")
OTHERWISE: Once[Parts | Callable[[Office], Parts]] = _gathered("OTHERWISE")
ON_A_CASE: Once[Callable[[Office, Furnished], Mapping[str, Any]]] = _gathered("ON_A_CASE")
BY_A_PROGRAM: Once[Callable[[Office], Parts]] = _gathered("BY_A_PROGRAM")
API_PAPERS = {"openapi-json", "openapi-view", "api-root"}


def address(office: Office, area: Area, route: str, relation: str, seat: str) -> str:
    named = f"api:{route}" if area.kind.startswith("api") or route in API_PAPERS else route
    return reverse(named, kwargs=KEYS[area.kind](office, route, relation, seat))


def nowhere(office: Office, area: Area, route: str, relation: str) -> str:
    """The address of a record that does not exist."""
    if area.kind == "person":
        return reverse(route, kwargs=people.no_person(office.rows[f"person {relation}"], route))
    named = f"api:{route}" if area.kind.startswith("api") else route
    return reverse(named, kwargs=NOTHING[area.kind](route))


def has_nowhere(area: Area) -> bool:
    return area.kind == "person" or area.kind in NOTHING


def sent(
    office: Office, area: Area, route: str, relation: str, method: str = "POST"
) -> Mapping[str, Any] | bytes:
    """What a person would send who is allowed to, so that a door left open would let it happen."""
    if area.kind in {"case", "api case"}:
        return ON_A_CASE[route](office, office.cases[relation])
    if route == "api_messages":
        return MESSAGE
    if area.kind in {"api of problems", "api problem"} and method == "POST":
        return problems.sent_by_a_program(office, route, relation)
    if area.kind.startswith("api") and method == "POST":
        return BY_A_PROGRAM[route](office)
    if area.kind == "letter":
        return {"reason": "Not yet", "to_address": "new@example.org", "was_sent": "yes"}
    if area.kind in {"person", "pages of people", "account"}:
        return people.sent(route, office.rows)
    if route == "api_people":
        return {"q": "Ysolde"}
    if area.kind == "pages of knowledge":
        return knowledge.sent(office, route)
    if area.kind in {"pages of problems", "problem"}:
        return problems.sent(office, route, relation)
    made = OTHERWISE.get(route, {})
    return made(office) if callable(made) else made


def sent_to_nothing(
    office: Office, area: Area, route: str, relation: str, method: str
) -> Mapping[str, Any] | bytes:
    """The same, to a record that does not exist: a program is told first what it sent wrongly."""
    told_first = area.kind.startswith("api") and method == "POST"
    return sent(office, area, route, relation, method) if told_first else {}


def sent_as(area: Area, route: str) -> str:
    """The content type of what is sent."""
    if route == "api_messages":
        return "message/rfc822"
    with_file = route in {"api_incoming_files", "api_duties"}
    return "application/json" if area.kind.startswith("api") and not with_file else MULTIPART_CONTENT


def stand(office: Office, relation: str, seat: str, area: Area) -> None:
    """What has to be so for this seat before it asks."""
    account = office.seats[seat]
    if relation == "mine" and "own" in area.relations and "mine" in area.relations:
        Case.objects.filter(pk=office.cases["mine"].case.pk).update(assignee=account)
    if area.kind == "saved view" and account is not None:
        for owner in (account, office.rows["other_account"]):
            store().keep(owner, list_key="cases", name=f"View of {owner.pk}", query="late=1")
