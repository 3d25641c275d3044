"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.credentials.models import Activity, Credential, CredentialKind, Requirement
from moothall.credentials.rules.recording import record_credential
from moothall.people.models import Person
from moothall.people.tests.make import AT, make_account, make_person

KEEPER = ("workforce.view", "workforce.edit")
SINCE = dt.date(2020, 1, 1)
TODAY = AT.date()
_numbers = count(1)


def make_kind(**changes: Any) -> CredentialKind:
    number = next(_numbers)
    met_by = changes.pop("met_by", ())
    kind = CredentialKind.objects.create(
        **{"key": f"kind-{number}", "name": f"Certificate {number}"} | changes
    )
    kind.met_by.set(met_by)
    return kind


def make_activity(*kinds: CredentialKind, **changes: Any) -> Activity:
    """Something that asks for all of these kinds."""
    number = next(_numbers)
    activity = Activity.objects.create(
        **{"key": f"activity-{number}", "name": f"Activity {number}"} | changes
    )
    for kind in kinds:
        make_requirement(kind, activity=activity)
    return activity


def make_requirement(kind: CredentialKind, **changes: Any) -> Requirement:
    return Requirement.objects.create(**{"kind": kind, "from_on": SINCE, "added_at": AT} | changes)


def make_credential(person: Person | None = None, **changes: Any) -> Credential:
    """Held and verified, from the beginning of 2025 to the end of 2027, unless changes say otherwise."""
    given: dict[str, Any] = {
        "number": f"N-{next(_numbers)}", "issued_on": dt.date(2025, 1, 1),
        "expires_on": dt.date(2027, 12, 31), "by": None, "at": AT, "seen": True,
    }  # fmt: skip
    if "kind" not in changes:
        given["kind"] = make_kind()
    return record_credential(person or make_person(), **given | changes)


def make_keeper(**changes: Any) -> Any:
    """Somebody who keeps staff records."""
    return make_account(*KEEPER, **changes)
