"""Invoices of contractors: each line against what was done that day, and the price agreed then."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.models import Account
from moothall.people.tests.make import AT
from moothall.transport.models import Contractor, Invoice, InvoiceLine, Journey
from moothall.transport.rules import contracting, invoicing
from moothall.transport.rules import firm_refusals as refused
from moothall.transport.rules.accounting import account_for_day, settle_journey
from moothall.transport.rules.keeping import DAY
from moothall.transport.rules.matching import unbilled

from .make import MONDAY, SINCE, make_manager, make_run, make_services, make_travel
from .make_contractors import make_contract, make_contractor

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY = MONDAY + DAY, MONDAY + DAY * 2


def make_office() -> tuple[Contractor, Account]:
    """Saddlers Cars go there and back with SC-1 on Monday and Tuesday; on Tuesday back is cancelled."""
    make_services()
    firm, by = make_contractor(name="Saddlers Cars"), make_manager()
    contract = make_contract(firm)
    contracting.set_price(contract, unit="RUN", amount=Decimal("24.50"), from_on=SINCE, by=by, at=AT)
    travel = make_travel()
    for direction in ("TO", "FROM"):
        make_run(
            travel.passenger, direction, how="CONTRACTOR", contractor="Saddlers Cars", job="SC-1", run="",
            stop=None,
        )  # fmt: skip
    for day in (MONDAY, TUESDAY):
        account_for_day(day, by=by, at=AT)
    back = Journey.objects.get(day=TUESDAY, direction="FROM")
    settle_journey(back, how="CANCELLED", because="Ill", by=by, at=AT)
    return firm, by


def bring(firm: Contractor, by: Account, *rows: str, number: str = "I-1", **changes: Any) -> Invoice:
    content = "\n".join(["Date,Job,Unit,Quantity,Amount", *rows]).encode()
    given: dict[str, Any] = {"first_on": MONDAY, "last_on": WEDNESDAY, "name": "lines.csv"}
    given["content"] = content
    return invoicing.bring_invoice(firm, number=number, by=by, at=AT, **given | changes)


def found(invoice: Invoice) -> list[tuple[str, Decimal]]:
    return list(invoice.lines.values_list("found", "expected"))


def test_each_line_is_held_against_what_was_done_and_the_price_agreed() -> None:
    firm, by = make_office()
    invoice = bring(
        firm, by,
        "30/11/2026,SC-1,run,2,49.00",
        "01/12/2026,SC-1,run,2,49.00",
        "02/12/2026,SC-1,run,1,24.50",
        "30/11/2026,SC-1,run,1,24.50",
        "30/11/2026,SC-1,mile,12,30.00",
        "someday,SC-1,run,1,24.50",
        "30/10/2026,SC-1,run,1,24.50",
    )  # fmt: skip
    nothing = Decimal("0.00")
    assert found(invoice) == [
        ("RIGHT", Decimal("49.00")), ("PRICE", Decimal("24.50")), ("NOT_DONE", nothing), ("TWICE", nothing),
        ("NO_PRICE", nothing), ("UNREAD", nothing), ("OUTSIDE", nothing),
    ]  # fmt: skip
    assert list(invoice.lines.values_list("state", flat=True)) == ["ACCEPTED"] + ["WAITS"] * 6
    assert unbilled(invoice) == []


def test_what_was_asked_for_before_is_not_paid_again_and_what_is_on_no_line_is_named() -> None:
    firm, by = make_office()
    first = bring(firm, by, "30/11/2026,SC-1,run,2,49.00")
    assert [(each.day, each.job, each.runs) for each in unbilled(first)] == [(TUESDAY, "SC-1", 1)]
    second = bring(firm, by, "30/11/2026,SC-1,run,2,49.00", number="I-2")
    assert found(second) == [("TWICE", Decimal("0.00"))]
    with pytest.raises(refused.InvoiceAlready):
        bring(firm, by, "30/11/2026,SC-1,run,2,49.00", number="I-2")
    invoicing.withdraw_invoice(first, because="Sent twice", by=by, at=AT)
    assert found(bring(firm, by, "30/11/2026,SC-1,run,2,49.00")) == [("RIGHT", Decimal("49.00"))]


def test_a_price_of_the_job_itself_goes_before_and_an_older_day_has_its_older_price() -> None:
    firm, by = make_office()
    contract = firm.contracts.get()
    contracting.set_price(
        contract, unit="RUN", amount=Decimal("30"), job="SC-1", from_on=TUESDAY, by=by, at=AT
    )
    invoice = bring(firm, by, "2026-11-30,SC-1,,2,49", "2026-12-01,SC-1,,1,30")
    assert found(invoice) == [("RIGHT", Decimal("49.00")), ("RIGHT", Decimal("30.00"))]


def test_an_invoice_is_agreed_once_every_line_is_decided_and_can_be_opened_again() -> None:
    firm, by = make_office()
    invoice = bring(firm, by, "30/11/2026,SC-1,run,2,49.00", "01/12/2026,SC-1,run,2,49.00")
    with pytest.raises(refused.LinesWait):
        invoicing.agree_invoice(invoice, by=by, at=AT)
    line = invoice.lines.get(state="WAITS")
    with pytest.raises(refused.ReasonNeeded):
        invoicing.decide_line(line, state="ACCEPTED", because=" ", by=by, at=AT)
    invoicing.decide_line(line, state="QUERIED", because="One way alone", by=by, at=AT)
    agreed = invoicing.agree_invoice(invoice, by=by, at=AT)
    assert invoicing.payable(agreed) == Decimal("49.00")
    with pytest.raises(refused.InvoiceSettled):
        invoicing.decide_line(line, state="WAITS", because="", by=by, at=AT)
    invoicing.reopen_invoice(agreed, by=by, at=AT)
    invoicing.decide_line(line, state="WAITS", because="", by=by, at=AT)
    assert InvoiceLine.objects.filter(state="WAITS").count() == 1


def test_a_table_without_its_columns_is_refused_before_anything_is_kept() -> None:
    firm, by = make_office()
    with pytest.raises(refused.ColumnsNeeded):
        bring(firm, by, content=b"Name,Sum\nOsian,12")
    assert not Invoice.objects.exists()


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_an_invoice_is_brought_in_decided_and_agreed_on_its_pages(client: Client) -> None:
    firm, by = make_office()
    client.force_login(by)
    table = SimpleUploadedFile("lines.csv", b"Date,Job,Amount\n30/11/2026,SC-1,24.50\n30/11/2026,SC-9,20")
    sent = client.post(
        reverse("bring_invoice"),
        {
            "contractor": firm.pk, "number": "I-7", "first_on": "30/11/2026", "last_on": "2/12/2026",
            "file": table,
        },
    )  # fmt: skip
    invoice = Invoice.objects.get()
    address = reverse("contractor_invoice", args=[invoice.pk])
    assert sent.headers["Location"] == address
    page = client.get(address).content.decode()
    assert "Not done that day" in page
    assert "Done, and on no invoice" in page
    few = counted(client, address), counted(client, reverse("contractor_invoices"))
    line = invoice.lines.get(job="SC-9")
    queried = {"state": "QUERIED", "because": "Nobody rode"}
    client.post(reverse("decide_invoice_line", args=[line.pk]), queried)
    client.post(reverse("agree_invoice", args=[invoice.pk]))
    assert "I-7" in client.get(f"{reverse('contractor_invoices')}?agreed=1").content.decode()
    client.post(reverse("reopen_invoice", args=[invoice.pk]))
    for number in range(5):
        lines = [f"30/11/2026,SC-{each},run,1,9" for each in range(8)]
        bring(firm, by, *lines, number=f"N-{number}")
    many = counted(client, reverse("contractor_invoice", args=[Invoice.objects.latest("id").pk]))
    assert many <= few[0]
    assert counted(client, reverse("contractor_invoices")) <= few[1]
    assert client.get(reverse("invoice_as_it_came", args=[invoice.pk])).getvalue().startswith(b"Date,Job")
