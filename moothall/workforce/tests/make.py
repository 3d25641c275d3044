"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from moothall.people.models import Account, Organisation, Person, Post
from moothall.people.tests.make import AT, make_account, make_organisation, make_person
from moothall.workforce.models import (
    Assignment,
    Employment,
    ItemKind,
    ItemRule,
    LeavingReason,
    Skill,
    WorkPattern,
)
from moothall.workforce.rules.assigning import Terms
from moothall.workforce.rules.starting import start_employment

STARTED = dt.date(2020, 1, 6)  # a Monday
_numbers = count(1)


def make_post(**changes: Any) -> Post:
    number = next(_numbers)
    return Post.objects.create(**{"number": f"POST-{number}", "title": f"Post {number}"} | changes)


def make_unit(**changes: Any) -> Organisation:
    return make_organisation(**{"name": f"Unit {next(_numbers)}", "kind": "department"} | changes)


def make_pattern(*hours: str, **changes: Any) -> WorkPattern:
    """A cycle of these hours; without any, the ordinary week of 37."""
    number = next(_numbers)
    each = [Decimal(one) for one in hours or ("7.40",) * 5 + ("0", "0")]
    return WorkPattern.objects.create(
        **{"key": f"pattern-{number}", "name": f"Pattern {number}", "hours": each} | changes
    )


def make_terms(**changes: Any) -> Terms:
    given: dict[str, Any] = {"weekly_hours": Decimal("37.00")}
    for key, make in (("post", make_post), ("unit", make_unit)):
        if key not in changes:
            given[key] = make()
    return Terms(**given | changes)


def make_employment(
    person: Person | None = None, *, account: Account | None = None, by: Account | None = None,
    started_on: dt.date = STARTED, number: str = "", at: dt.datetime = AT, workforce: str = "employee",
    nation: str = Employment.WALES, continuous_from: dt.date | None = None, hours: str = "37.00",
    **terms: Any,
) -> Employment:  # fmt: skip
    """Somebody employed on these terms; with an account, they can sign in and see their own record."""
    person = person or (account.person if account else None) or make_person()
    if account is not None and account.person_id != person.pk:
        account.person = person
        account.save(update_fields=["person"])
    return start_employment(
        person, number=number or f"E{next(_numbers):05}", started_on=started_on, workforce=workforce,
        nation=nation, continuous_from=continuous_from, by=by, at=at,
        terms=make_terms(weekly_hours=Decimal(hours), **terms),
    )  # fmt: skip


def make_manager(**changes: Any) -> tuple[Account, Employment]:
    """Somebody who signs in and may be given as the `manager` of others."""
    account = changes.pop("account", None) or make_account()
    return account, make_employment(account=account, **changes)


def make_leaving_reason(**changes: Any) -> LeavingReason:
    return LeavingReason.objects.create(**{"key": f"reason-{next(_numbers)}", "name": "Resigned"} | changes)


def assignments_of(employment: Employment) -> list[Assignment]:
    return list(employment.assignments.standing().order_by("from_on", "id"))


def make_item_kind(*workforces: str, units: tuple[Organisation, ...] = (), **changes: Any) -> ItemKind:
    """A kind of thing that these workforces, or whoever is in these units, must have."""
    number, days = next(_numbers), changes.pop("days_before", 0)
    given = {"key": f"thing-{number}", "name": f"Thing {number}", "owner": "Stores"}
    kind = ItemKind.objects.create(**given | changes)
    for workforce in workforces:
        ItemRule.objects.create(kind=kind, workforce=workforce, days_before=days)
    for unit in units:
        ItemRule.objects.create(kind=kind, unit=unit, days_before=days)
    return kind


def make_skill(**changes: Any) -> Skill:
    number = next(_numbers)
    return Skill.objects.create(**{"key": f"skill-{number}", "name": f"Skill {number}"} | changes)
