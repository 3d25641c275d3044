"""Credentials in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now, today
from moothall.credentials.models import CredentialFile, CredentialRow
from moothall.credentials.rules.recording import record_credential
from moothall.credentials.tests.make import make_kind, make_requirement
from moothall.people.tests.make import make_person
from moothall.records.rules.documents import keep_document
from moothall.workforce.tests.make import make_employment, make_post

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    by, at = office.cases["own"].colleague, now()
    office.rows["credential kind"] = kind = make_kind(name="First aid at work")
    office.rows["requirement"] = make_requirement(kind, workforce="intern")
    for route, state in (("map", "READ"), ("record", "CHECKED"), ("undo", "FINISHED")):
        office.rows[f"{route}_credential_file"] = _file(state)
    document = keep_document(b"This certifies.", name="certificate.txt", by=by, at=at)
    for relation, team in (("home", office.home), ("other", office.away)):
        person = make_person(full_name=f"Ysolde{relation} Holder", by=by, at=at)
        office.rows[f"holder {relation}"] = make_employment(person, post=make_post(team=team))
        office.rows[f"credential {relation}"] = record_credential(
            person, kind=kind, number=f"Quillon{relation}", issued_on=today() - dt.timedelta(days=9),
            expires_on=today() + dt.timedelta(days=20), evidence=document, by=by, at=at,
        )  # fmt: skip


def _file(state: str) -> CredentialFile:
    table = CredentialFile.objects.create(
        file="licences.csv", path="nowhere", sha256="0" * 64, state=state, columns=["Number", "Issued"],
        rows=1, started_at=now(), finished_at=now(),
    )  # fmt: skip
    kind = CredentialRow.NEW if state == "CHECKED" else ""
    CredentialRow.objects.create(table=table, number=2, cells=["E1", "1/1/2026"], kind=kind)
    return table


def _of_kind(office: "Office", route: str) -> Parts:
    if route == "credential_kinds":
        return {}
    asked = route == "withdraw_credential_requirement"
    return {"number": office.rows["requirement" if asked else "credential kind"].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of credentials": lambda _office, _route, _relation, _seat: {},
    "kinds of credential": lambda office, route, _relation, _seat: _of_kind(office, route),
    "credential": lambda office, _route, relation, _seat: {
        "number": office.rows[f"credential {relation}"].pk
    },
    "holder of credentials": lambda office, _route, relation, _seat: {
        "number": office.rows[f"holder {relation}"].number
    },
    "file of credentials": lambda office, route, _relation, _seat: {
        "file_id": office.rows.get(route, office.rows["map_credential_file"]).pk
    },
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "credential": lambda _route: {"number": NOWHERE},
    "kinds of credential": lambda _route: {"number": NOWHERE},
    "holder of credentials": lambda _route: {"number": "NOBODY"},
    "file of credentials": lambda _route: {"file_id": NOWHERE},
}


def _sent(office: "Office") -> Parts:
    kind = office.rows["credential kind"].pk
    return {"kind": kind, "number": "Z-1", "issued_on": _day(-1), "expires_on": _day(400)}


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "enter_credentials": lambda o: _sent(o) | {"employee-key": o.rows["holder other"].pk},
    "change_credential_kind": {"ladder": "60, 30"},
    "set_credential_validity": lambda _o: {"months": "12", "from_on": _day(0), "source": "Our provider"},
    "add_credential_requirement": lambda _o: {"workforce": "worker", "from_on": _day(0)},
    "add_credential": _sent,
    "bring_credentials": lambda _o: {
        "file": SimpleUploadedFile("licences.csv", b"Number,Issued\nE1,1/1/2026\n", "text/csv")
    },
    "map_credential_file": lambda o: {
        "column:employee": "Number",
        "column:issued_on": "Issued",
        "days": "dmy",
        "kind": o.rows["credential kind"].key,
    },
    "record_credential_file": {"kinds": ["NEW"]},
    "refuse_credential": {"because": "It cannot be read."},
    "withdraw_credential": {"because": "Revoked."},
}
