"""Rows for tests of contacts with care."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.cases.models import Case
from moothall.cases.tests.make import WORKER, make_case
from moothall.casework.models import Approach, Authority, Basis, ContactPlan
from moothall.casework.rules.approaching import Body, approach_body
from moothall.casework.rules.authority import give_authority
from moothall.casework.rules.planning_contact import Restriction, approve_plan, propose_plan
from moothall.core.clock import now, today
from moothall.people.models import Account, Person, Team
from moothall.people.tests.make import make_account
from moothall.people.tests.make import make_person as make_any_person

DOES = (*WORKER, "people.edit")
_numbers = count(1)


def make_caseworker(*permissions: str, team: Team | None = None, **changes: Any) -> Account:
    return make_account(*DOES, *permissions, team=team, **changes)


def make_new_case(**changes: Any) -> Case:
    """A case received this moment."""
    at = now()
    return make_case(**{"at": at, "received_at": at} | changes)


def make_person(name: str = "Nia Oyelaran", **changes: Any) -> Person:
    given: dict[str, Any] = {"emails": [f"person{next(_numbers)}@borth.example"]}
    return make_any_person(full_name=name, **given | changes)


def make_basis(**changes: Any) -> Basis:
    given: dict[str, Any] = {
        "key": f"basis-{next(_numbers)}", "name": "Their own consent", "name_cy": "Eu cydsyniad eu hunain",
        "source": "UK GDPR, Article 7", "from_on": dt.date(2018, 5, 25),
    }  # fmt: skip
    return Basis.objects.create(**given | changes)


def make_authority(**changes: Any) -> Authority:
    given: dict[str, Any] = {"how": "Told us on the telephone", "from_on": today(), "by": None, "at": now()}
    for name in ("representative", "represented"):
        if name not in changes:
            given[name] = make_person()
    if "basis" not in changes:
        given["basis"] = make_basis()
    return give_authority(**given | changes)


def make_approach(case: Case, *, by: Account, **changes: Any) -> Approach:
    """A letter to the lift inspectorate, answer asked for in two weeks."""
    body = changes.pop("body", "Lift inspectorate")
    given: dict[str, Any] = {
        "subject": "The lift", "text": "Please mend it by {day}.",
        "reply_by": today() + dt.timedelta(days=14), "at": now(),
    }  # fmt: skip
    written = Body(body, "MAIL", "lifts@borth.example", changes.pop("language", "en"))
    return approach_body(case, body=written, by=by, **given | changes)


def make_plan(
    person: Person, *, by: Account, approved_by: Account | None = None, **changes: Any
) -> ContactPlan:
    """A plan for half a year from today, looked at again after 80 days."""
    restriction = Restriction("End the call", **changes)
    plan = propose_plan(
        person, reason="Forty calls a day", restriction=restriction, from_on=today(),
        until_on=today() + dt.timedelta(days=170), review_on=today() + dt.timedelta(days=80), by=by,
        at=now(),
    )  # fmt: skip
    return approve_plan(plan, by=approved_by, at=now()) if approved_by is not None else plan
