"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from itertools import count
from typing import Any

from django.apps import apps

from moothall.people.models import (
    Account,
    ContactPoint,
    Grant,
    Organisation,
    Person,
    PersonRole,
    PersonRoleKind,
    Role,
    Team,
)
from moothall.people.rules.persons import add_person

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
DAY = AT.date()
EVERYTHING = (
    "people.view",
    "people.edit",
    "people.merge",
    "people.caution",
    "people.administer",
)
_numbers = count(1)


def audited(about: Any = None) -> list[Any]:
    """What the audit says was done, in order; of one row, or all."""
    events = apps.get_model("records", "AuditEvent").objects.order_by("id")
    if about is not None:
        events = events.filter(about_id=about.pk, about_kind=about._meta.label_lower)
    return list(events)


def make_person(**changes: Any) -> Person:
    given: dict[str, Any] = {"full_name": "Ffion Adeyemi", "by": None, "at": AT}
    return add_person(**given | changes)


def make_organisation(**changes: Any) -> Organisation:
    return Organisation.objects.create(**{"name": "Borth County Council"} | changes)


def make_team(**changes: Any) -> Team:
    number = next(_numbers)
    given: dict[str, Any] = {"key": f"team-{number}", "name": f"Team {number}"}
    if "organisation" not in changes:
        given["organisation"] = make_organisation()
    return Team.objects.create(**given | changes)


def make_role(*permissions: str, **changes: Any) -> Role:
    number = next(_numbers)
    given = {"key": f"role-{number}", "name": f"Role {number}", "permissions": list(permissions)}
    return Role.objects.create(**given | changes)


def make_account(
    *permissions: str, team: Team | None = None, mfa_required: bool = False, **changes: Any
) -> Account:
    """An account that may do this, for a team or for the whole office."""
    number = next(_numbers)
    password = changes.pop("password", None)
    given = {"email": f"colleague{number}@borth.example", "name": f"Colleague {number}"}
    account = Account(**given | changes)
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save()
    if permissions or mfa_required:
        role = make_role(*permissions, mfa_required=mfa_required)
        make_grant(account=account, role=role, team=team)
    return account


def make_grant(**changes: Any) -> Grant:
    return Grant.objects.create(**{"started_on": dt.date(2026, 1, 1), "granted_by": None} | changes)


def make_person_role(**changes: Any) -> PersonRole:
    kind = changes.pop("kind", "constituent")
    row, _made = PersonRoleKind.objects.get_or_create(key=kind, defaults={"name": kind.capitalize()})
    return PersonRole.objects.create(**{"kind": row, "started_on": dt.date(2026, 1, 1)} | changes)


def points_of(person: Person, kind: str = ContactPoint.EMAIL) -> list[str]:
    """What somebody can be reached by now, the preferred first."""
    rows = ContactPoint.objects.in_use().filter(person=person, kind=kind).preferred_first()
    return [point.value for point in rows]
