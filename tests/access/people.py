"""The persons and accounts that the rows about people are tried on, and how those routes are asked."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession

from moothall.core.clock import now, today
from moothall.people.models import (
    Account,
    CautionMarker,
    ContactPoint,
    Grant,
    Person,
    PersonMerge,
    PersonRole,
    PersonRoleKind,
)
from moothall.people.rules.cautions import place_caution, protect_address
from moothall.people.rules.contact_points import add_contact_point, end_contact_point
from moothall.people.rules.merging import merge_persons
from moothall.people.tests.make import (
    make_account,
    make_grant,
    make_organisation,
    make_person,
    make_person_role,
    make_role,
)

NOWHERE = 999_999_999
Parts = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """One person with one of everything that hangs on a person."""

    person: Person
    other: Person
    home: ContactPoint
    left: ContactPoint
    role: PersonRole
    caution: CautionMarker
    merge: PersonMerge

    @property
    def address(self) -> str:
        return self.home.value


def make_known(relation: str, *, by: Account) -> Known:
    at = now()
    person = make_person(full_name=f"Ottoline {relation}", post=f"7 Quince Lane {relation}", by=by, at=at)
    left = add_contact_point(person, kind="POST", value=f"2 Quince Lane {relation}", by=by, at=at)
    end_contact_point(left, by=by, at=at)
    names = [f"{name} {relation}" for name in ("Ottilie", "Otto", "Ottokar")]
    other, second, third = (make_person(full_name=name, by=by, at=at) for name in names)
    caution = place_caution(
        person, kind="Dog", instruction="Ring first", reason="It bites.", by=by, at=at,
        expires_on=today() + dt.timedelta(days=90),
    )  # fmt: skip
    merge = merge_persons(second, third, by=by, at=at)
    if relation == "protected":
        protect_address(person, reason="They asked.", by=by, at=at)
    home = person.contact_points.get(kind=ContactPoint.POST, ended_at=None)
    return Known(person, other, home, left, make_person_role(person=person), caution, merge)


def make_accounts(administrator: Account) -> dict[str, Account]:
    """A colleague who has a role, and the administrator who tries."""
    other = make_account("people.view", name="Colleague to manage", password="four plain words together")
    UserSession.objects.create(user=other, session_key="elsewhere", ip="127.0.0.1", user_agent="Firefox")
    return {"other": other, "self": administrator}


def of_person(known: Known, route: str) -> Parts:
    if route == "undo_merge":
        return {"merge_id": known.merge.pk}
    found: Parts = {"reference": known.person.reference}
    if route.endswith("_contact_point") and route != "add_contact_point":
        found["point_id"] = (known.left if route == "restore_contact_point" else known.home).pk
    if route == "end_person_role":
        found["role_id"] = known.role.pk
    if route in {"review_caution", "lift_caution"}:
        found["marker_id"] = known.caution.pk
    if route in {"compare", "merge", "tell_apart"}:
        found["other_reference"] = known.other.reference
    return found


def no_person(known: Known, route: str) -> Parts:
    """The address of something that this person, or the office, does not have."""
    if route == "undo_merge":
        return {"merge_id": NOWHERE}
    found = of_person(known, route)
    own = [name for name in found if name != "reference"]
    return {**found, own[0]: NOWHERE} if own and own[0].endswith("_id") else found | {"reference": "P-999999"}


def of_account(account: Account, route: str) -> Parts:
    grant = Grant.objects.filter(account=account).order_by("id").first()
    extra = {"grant_id": grant.pk if grant else NOWHERE} if route == "end_grant" else {}
    return {"account_id": account.pk, **extra}


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def sent(route: str, rows: dict[str, Any]) -> Parts:
    """What is sent to a route about people."""
    given: dict[str, Parts] = {
        "edit_person": {"full_name": "Ottoline Another"},
        "edit_language": {"language": "cy", "source": "Said so"},
        "add_contact_point": {"kind": "EMAIL", "value": "ottoline@example.org"},
        "add_person_role": {"kind": "partner", "started_on": _day(0)},
        "place_caution": {"kind": "Steps", "instruction": "Take a torch", "reason": "It is dark."},
        "review_caution": {"reason": "It still bites.", "expires_on": _day(100)},
        "lift_caution": {"reason": "The dog is gone."},
        "protect_address": {"reason": "They asked."},
        "add_person": {"full_name": "Wilhelmina Novak", "new": "1"},
        "add_organisation": {"name": "Llyfni School", "kind": "school"},
        "edit_organisation": {"name": "Llyfni School", "kind": "school"},
        "add_team": {"name": "A third team"},
        "edit_team": {"name": "Home team, renamed"},
        "invite": {
            "email": "new@example.org",
            "name": "New Colleague",
            "role": rows["other role"].pk,
            "language": "en",
        },
        "sign_in_rules": {"grace_days": "7", "idle_minutes": "60", "longest_hours": "12"},
        "add_office_role": {"name": "Looks only", "permissions": ["people.view"]},
        "edit_office_role": {"name": "Reads all", "permissions": ["people.view"]},
        "edit_account": {"name": "Another name"},
        "add_grant": {"role": rows["other role"].pk, "started_on": _day(0)},
    }
    return given.get(route, {})


def make_rows(office_rows: dict[str, Any], administrator: Account) -> None:
    """What the rows about people need besides persons and accounts."""
    PersonRoleKind.objects.get_or_create(key="partner", defaults={"name": "Partner"})
    office_rows["organisation"] = make_organisation(name="Llyfni Primary")
    office_rows["role"] = make_role("people.view", key="reader", name="Reads people")
    office_rows["other role"] = make_role("people.view", key="another", name="Another")
    for relation in ("plain", "protected"):
        office_rows[f"person {relation}"] = make_known(relation, by=administrator)
    for relation, account in make_accounts(administrator).items():
        office_rows[f"account {relation}"] = account
        make_grant(account=account, role=office_rows["role"])


def _of_people(office: Any, route: str, _relation: str, _seat: str) -> Parts:
    found: dict[str, Parts] = {
        "edit_organisation": {"organisation_id": office.rows["organisation"].pk},
        "edit_team": {"key": office.home.key},
        "edit_office_role": {"key": "reader"},
    }
    return found.get(route, {})


def _api_of_people(office: Any, route: str, _relation: str, _seat: str) -> Parts:
    return {"reference": office.cases["own"].person.reference} if route == "api_person" else {}


KEYS: dict[str, Callable[[Any, str, str, str], Parts]] = {
    "person": lambda office, route, relation, _seat: of_person(office.rows[f"person {relation}"], route),
    "account": lambda office, route, relation, _seat: of_account(office.rows[f"account {relation}"], route),
    "pages of people": _of_people,
    "api of people": _api_of_people,
}
