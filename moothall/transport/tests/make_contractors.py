"""Rows of contractors for tests: with every paper that is needed, unless a test says otherwise."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.people.tests.make import AT, make_person
from moothall.transport.models import (
    Allotment,
    Contract,
    Contractor,
    ContractorStaff,
    Paper,
    PaperKind,
    PaperRule,
    Vehicle,
    VehicleKind,
)
from moothall.transport.rules import allotting, contracting, papers

SINCE = dt.date(2026, 1, 5)
LONG = dt.date(2030, 1, 1)
_numbers = count(1)


def make_contractor(**changes: Any) -> Contractor:
    number = next(_numbers)
    given = {"number": f"C-{number}", "name": f"Cars {number}", "email": f"cars{number}@post.example"}
    return contracting.add_contractor(**given | changes, by=None, at=AT)


def make_contract(contractor: Contractor | None = None, **changes: Any) -> Contract:
    given: dict[str, Any] = {"number": f"K-{next(_numbers)}", "name": "To school", "from_on": SINCE}
    return contracting.add_contract(contractor or make_contractor(), **given | changes, by=None, at=AT)


def make_member(contractor: Contractor, **changes: Any) -> ContractorStaff:
    given: dict[str, Any] = {
        "badge": f"B-{next(_numbers)}",
        "drives": True,
        "assists": False,
        "from_on": SINCE,
    }
    person = changes.pop("person", None) or make_person(full_name=changes.pop("name", "Olena Shevchuk"))
    return contracting.add_contractor_staff(contractor, person=person, **given | changes, by=None, at=AT)


def make_theirs(contractor: Contractor, *, seats: int = 4, **changes: Any) -> Vehicle:
    """A vehicle that they bring."""
    kind, _new = VehicleKind.objects.get_or_create(
        key=f"seats-{seats}", defaults={"name": f"{seats} seats", "layouts": [[seats, 0]]}
    )
    given: dict[str, Any] = {"registration": f"AB{next(_numbers):02d} CDE", "kind": kind.pk}
    return contracting.add_contractor_vehicle(contractor, **given | changes, by=None, at=AT)


def make_needed(of: str, key: str = "", **changes: Any) -> PaperKind:
    """From 2020 on whoever does this needs a paper of this kind."""
    key = key or f"paper-{next(_numbers)}"
    kind, _new = PaperKind.objects.get_or_create(key=key, defaults={"name": key.capitalize()})
    given: dict[str, Any] = {"from_on": dt.date(2020, 1, 1), "source": "The Act"}
    PaperRule.objects.create(kind=kind, of=of, **given | changes)
    return kind


def make_paper(holder: papers.Holder, kind: PaperKind, **changes: Any) -> Paper:
    given: dict[str, Any] = {"issued_on": SINCE, "expires_on": LONG, "seen": True}
    return papers.record_paper(holder, kind=kind, **given | changes, by=None, at=AT)


def make_allotment(contractor: Contractor | None = None, **changes: Any) -> Allotment:
    """A job from early in the year, with a contract, a vehicle, a driver and no papers asked for."""
    firm = contractor or make_contractor()
    if not firm.contracts.exists():
        make_contract(firm)
    given: dict[str, Any] = {
        "job": f"J-{next(_numbers)}", "from_on": SINCE, "by": None, "at": AT,
        "vehicle": changes.pop("vehicle", None) or make_theirs(firm),
        "driver": changes.pop("driver", None) or make_member(firm),
    }  # fmt: skip
    return allotting.allot(contractor=firm, **given | changes)
