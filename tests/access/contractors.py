"""Contractors in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.records.rules.documents import keep_document
from moothall.transport.models import Contractor, Invoice
from moothall.transport.models.paper import CONTRACTOR
from moothall.transport.rules import papers
from moothall.transport.rules.invoicing import agree_invoice, bring_invoice, decide_line
from moothall.transport.rules.sanctioning import sanction
from moothall.transport.tests.make_contractors import (
    make_allotment,
    make_contractor,
    make_needed,
    make_paper,
)

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
LINES = b"Date,Job,Amount\n30/11/2026,Q-J1,24.50"


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    rows = office.rows
    by = make_account("transport.use", "cases.manage")
    rows["contractor"] = firm = make_contractor(name="Quillon Cars")
    rows["allotment"] = made = make_allotment(firm)
    rows["contract"], rows["contractor staff"], rows["their vehicle"] = (
        made.contract,
        made.driver,
        made.vehicle,
    )
    kind = make_needed(CONTRACTOR, "quillon-licence")
    rows["paper kind"], rows["paper rule"] = kind, kind.rules.get()
    copy = keep_document(b"%PDF-1.4 licence", name="licence.pdf", by=by, at=now())
    rows["paper"] = make_paper(firm, kind, evidence=copy, seen=False)
    make_paper(firm, kind)
    rows["paper withdrawn"] = make_paper(firm, kind)
    papers.withdraw_paper(rows["paper withdrawn"], because="Lost", by=by, at=now())
    rows["invoice"], rows["invoice agreed"] = (_invoice(firm, number, by) for number in ("Q-1", "Q-2"))
    rows["invoice line"] = rows["invoice"].lines.get()
    for number in ("invoice", "invoice agreed"):
        line = rows[number].lines.get()
        decide_line(line, state="QUERIED", because="Nobody rode", by=by, at=now())
    agree_invoice(rows["invoice agreed"], by=by, at=now())
    rows["sanction"] = sanction(firm, kind="WARNING", because="Late", from_on=today(), by=by, at=now())


def _invoice(firm: Contractor, number: str, by: Account) -> Invoice:
    return bring_invoice(
        firm, number=number, first_on=today(), last_on=today(), name="lines.csv", content=LINES, by=by,
        at=now(),
    )  # fmt: skip


OF: dict[str, str] = {
    "set_contract_price": "contract", "end_contract": "contract", "end_sanction": "sanction",
    "contractor_staff": "contractor staff", "end_contractor_staff": "contractor staff",
    "contractor_vehicle": "their vehicle",
    "contractor_vehicle_goes": "their vehicle", "contractor_vehicle_stays": "their vehicle",
    "end_allotment": "allotment", "take_back_allotment": "allotment", "record_contractor_paper": "contractor",
    "restore_contractor_paper": "paper withdrawn", "confirm_contractor_paper_rule": "paper rule",
}  # fmt: skip


def _parts(office: "Office", route: str, usual: str) -> Parts:
    found: Parts = {"number": office.rows[OF.get(route, usual)].pk}
    return found | ({"of": "contractor"} if route == "record_contractor_paper" else {})


def _of_invoice(office: "Office", route: str) -> Parts:
    kinds = {"decide_invoice_line": "invoice line", "reopen_invoice": "invoice agreed"}
    return {"number": office.rows[kinds.get(route, "invoice")].pk}


def _no_parts(route: str) -> Parts:
    return {"number": NOWHERE} | ({"of": "contractor"} if route == "record_contractor_paper" else {})


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of contractors": lambda _office, _route, _relation, _seat: {},
    "contractor": lambda office, route, _relation, _seat: _parts(office, route, "contractor"),
    "invoice of a contractor": lambda office, route, _relation, _seat: _of_invoice(office, route),
    "paper of a contractor": lambda office, route, _relation, _seat: _parts(office, route, "paper"),
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "contractor": _no_parts,
    "invoice of a contractor": _no_parts,
    "paper of a contractor": _no_parts,
}
FIRM: Parts = {"number": "Q-77", "name": "Larkspur Cars", "language": "en"}

OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "add_contractor": FIRM,
    "change_contractor": FIRM,
    "end_contractor": lambda _o: {"on": _day(9), "because": "Sold"},
    "add_contract": lambda _o: {"number": "Q-K1", "name": "To school", "from_on": _day(0)},
    "set_contract_price": lambda _o: {"unit": "RUN", "amount": "24.50", "from_on": _day(0)},
    "end_contract": lambda _o: {"until_on": _day(9)},
    "sanction_contractor": lambda _o: {
        "kind": "WARNING", "whom": "contractor", "because": "Late", "from_on": _day(0),
    },
    "end_sanction": lambda _o: {"until_on": _day(9)},
    "add_contractor_staff": lambda _o: {
        "full_name": "Olena Shevchuk", "badge": "Q-B9", "drives": "on", "from_on": _day(0),
    },
    "end_contractor_staff": lambda _o: {"until_on": _day(9)},
    "add_contractor_vehicle": lambda o: {
        "registration": "QQ99 QQQ", "kind": o.rows["their vehicle"].kind_id, "fuel": "DIESEL",
    },
    "contractor_vehicle_goes": lambda _o: {"on": _day(9), "because": "Sold"},
    "allot_job": lambda o: {
        "job": "Q-J2", "vehicle": o.rows["their vehicle"].pk, "driver": o.rows["contractor staff"].pk,
        "from_on": _day(1),
    },
    "end_allotment": lambda _o: {"until_on": _day(9)},
    "record_contractor_paper": lambda o: {"kind": o.rows["paper kind"].pk, "issued_on": _day(-1)},
    "withdraw_contractor_paper": {"because": "Revoked"},
    "bring_invoice": lambda o: {
        "contractor": o.rows["contractor"].pk, "number": "Q-3", "first_on": _day(0), "last_on": _day(0),
        "file": SimpleUploadedFile("lines.csv", LINES),
    },
    "decide_invoice_line": {"state": "QUERIED", "because": "Nobody rode"},
    "withdraw_invoice": {"because": "Sent twice"},
}  # fmt: skip
