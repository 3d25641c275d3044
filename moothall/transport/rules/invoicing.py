"""Invoices of contractors: kept as they came, held line by line against what was done, decided and agreed."""

import datetime as dt
import tempfile
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document
from moothall.records.rules.tables import Table, read_day, read_table
from moothall.transport.models import Contractor, ContractPrice, Invoice, InvoiceLine

from . import firm_refusals as refusals
from .contracting import hold
from .matching import match

MEANS: Final = {
    "day": {"date", "day", "dyddiad", "diwrnod"},
    "job": {"job", "run", "route", "job number", "gwaith", "taith", "rhif"},
    "unit": {"unit", "per", "uned"},
    "quantity": {"quantity", "qty", "number", "miles", "hours", "nifer"},
    "amount": {"amount", "total", "net", "swm", "cyfanswm"},
}
UNITS: Final = {
    "day": ContractPrice.DAY, "diwrnod": ContractPrice.DAY, "hour": ContractPrice.HOUR,
    "awr": ContractPrice.HOUR, "mile": ContractPrice.MILE, "milltir": ContractPrice.MILE,
    "run": ContractPrice.RUN, "taith": ContractPrice.RUN, "": ContractPrice.RUN,
}  # fmt: skip
NEEDED: Final = ("day", "job", "amount")
MOST: Final = 5_000


@transaction.atomic
def bring_invoice(
    contractor: Contractor, *, number: str, first_on: dt.date, last_on: dt.date, name: str, content: bytes,
    by: Account, at: dt.datetime,
) -> Invoice:  # fmt: skip
    """The file is kept as it came; each line is held against the journeys of that day and the price agreed.
    Lines that are as agreed are accepted; all others wait for somebody."""
    held = hold(contractor)
    if last_on < first_on:
        raise refusals.EndsBeforeItBegins
    if Invoice.objects.filter(contractor=held, number=number.strip(), withdrawn_at=None).exists():
        raise refusals.InvoiceAlready
    table = _read(name, content)
    columns = _columns(table)
    made = Invoice.objects.create(
        contractor=held, number=number.strip()[:40], first_on=first_on, last_on=last_on, received_at=at,
        received_by=by, document=keep_document(content, name=name, by=by, at=at),
    )  # fmt: skip
    lines = [_line(made, place, cells, columns) for place, cells in table.rows]
    match(made, lines)
    for line in lines:
        if line.found == InvoiceLine.RIGHT:
            line.state, line.decided_at = InvoiceLine.ACCEPTED, at
    InvoiceLine.objects.bulk_create(lines)
    detail = {"number": made.number, "lines": len(lines)}
    append_audit("transport.bring_invoice", about=held, by=by, at=at, detail=detail)
    return made


def _read(name: str, content: bytes) -> Table:
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix.lower()) as file:
        file.write(content)
        file.flush()
        return read_table(Path(file.name), largest=5 * 2**20, most_rows=MOST)


def _columns(table: Table) -> dict[str, int]:
    """Where each thing stands, by the name of its column in either language."""
    found: dict[str, int] = {}
    for place, heading in enumerate(table.columns):
        said = heading.strip().lower()
        for key, names in MEANS.items():
            if said in names:
                found.setdefault(key, place)
    if any(key not in found for key in NEEDED):
        raise refusals.ColumnsNeeded
    return found


def _line(invoice: Invoice, place: int, cells: Sequence[str], columns: dict[str, int]) -> InvoiceLine:
    said = {key: cells[column].strip() for key, column in columns.items()}
    day, amount = read_day(said["day"], "dmy"), _number(said["amount"])
    unit = UNITS.get(said.get("unit", "").lower())
    quantity = _number(said.get("quantity", "") or "1")
    readable = day is not None and amount is not None and unit is not None and quantity is not None
    given: dict[str, Any] = {"found": InvoiceLine.RIGHT if readable and said["job"] else InvoiceLine.UNREAD}
    return InvoiceLine(
        invoice=invoice, number=place, cells=list(cells), day=day.date() if day else None,
        job=said["job"][:40], unit=unit or "", quantity=quantity or Decimal(0), amount=amount or Decimal(0),
        **given,
    )  # fmt: skip


def _number(said: str) -> Decimal | None:
    try:
        found = Decimal(said.replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if found.is_finite() and abs(found) < 10**9 else None


def hold_open(number: int) -> Invoice:
    """The invoice, held; one that is agreed or withdrawn is not decided about any more."""
    held = Invoice.objects.select_for_update(of=("self",)).select_related("contractor").get(pk=number)
    if held.agreed_at is not None or held.withdrawn_at is not None:
        raise refusals.InvoiceSettled
    return held


@transaction.atomic
def decide_line(line: InvoiceLine, *, state: str, because: str, by: Account, at: dt.datetime) -> InvoiceLine:
    """Accept it as it is asked for, query it, or let it wait again. What differs needs a reason."""
    invoice = hold_open(line.invoice_id)
    held = InvoiceLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    reason = because.strip()[:300]
    differs = held.found != InvoiceLine.RIGHT
    if (state == InvoiceLine.QUERIED or (state == InvoiceLine.ACCEPTED and differs)) and not reason:
        raise refusals.ReasonNeeded
    waits = state == InvoiceLine.WAITS
    InvoiceLine.objects.filter(pk=held.pk).update(
        state=state, because="" if waits else reason, decided_at=None if waits else at,
        decided_by=None if waits else by,
    )  # fmt: skip
    detail = {"invoice": invoice.number, "line": held.number, "state": state, "because": reason}
    append_audit("transport.decide_line", about=invoice.contractor, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


@transaction.atomic
def agree_invoice(invoice: Invoice, *, by: Account, at: dt.datetime) -> Invoice:
    """What is accepted is to be paid. Refused while a line waits."""
    held = hold_open(invoice.pk)
    if held.lines.filter(state=InvoiceLine.WAITS).exists():
        raise refusals.LinesWait
    Invoice.objects.filter(pk=held.pk).update(agreed_at=at, agreed_by=by)
    detail = {"number": held.number, "pay": str(payable(held))}
    append_audit("transport.agree_invoice", about=held.contractor, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


def payable(invoice: Invoice) -> Decimal:
    """The lines that are accepted, added up."""
    rows = invoice.lines.filter(state=InvoiceLine.ACCEPTED).values_list("amount", flat=True)
    return sum(rows, Decimal(0))


@transaction.atomic
def reopen_invoice(invoice: Invoice, *, by: Account, at: dt.datetime) -> Invoice:
    """It was not to be agreed yet."""
    held = Invoice.objects.select_for_update(of=("self",)).select_related("contractor").get(pk=invoice.pk)
    if held.agreed_at is None:
        raise refusals.InvoiceSettled
    Invoice.objects.filter(pk=held.pk).update(agreed_at=None, agreed_by=None)
    detail = {"number": held.number}
    append_audit("transport.reopen_invoice", about=held.contractor, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held


@transaction.atomic
def withdraw_invoice(invoice: Invoice, *, because: str, by: Account, at: dt.datetime) -> Invoice:
    """It came by mistake, or another takes its place. Its lines count no more; it is kept."""
    held = hold_open(invoice.pk)
    if not because.strip():
        raise refusals.ReasonNeeded
    Invoice.objects.filter(pk=held.pk).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_because=because.strip()[:200]
    )
    detail = {"number": held.number, "because": because.strip()[:200]}
    append_audit("transport.withdraw_invoice", about=held.contractor, by=by, at=at, detail=detail)
    held.refresh_from_db()
    return held
