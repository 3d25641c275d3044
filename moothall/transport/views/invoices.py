"""Invoices of contractors: the list, one held line by line against what was done, deciding and agreeing."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import Column, Empty, FlagFilter, Link, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response
from moothall.transport.finding import managing
from moothall.transport.forms import BecauseForm
from moothall.transport.forms.invoicing import InvoiceForm, LineForm
from moothall.transport.models import Invoice, InvoiceLine
from moothall.transport.models.passenger import manages
from moothall.transport.rules import invoicing
from moothall.transport.rules.matching import unbilled


class InvoiceList(Listing[Invoice]):
    """Every invoice that came, the newest first."""

    key, title = "contractor-invoices", gettext_lazy("Invoices of contractors")
    sort, opens_with = "-received", "open=1"
    ready_views = (
        (gettext_lazy("To be decided"), "open=1"), (gettext_lazy("Agreed"), "agreed=1"),
        (gettext_lazy("All"), ""),
    )  # fmt: skip
    columns = (
        Column("number", gettext_lazy("Number"), value=lambda row: row.number),
        Column("contractor", gettext_lazy("Contractor"), value=lambda row: str(row.contractor)),
        Column(
            "received", gettext_lazy("Came"), sort="received_at", descending=True,
            value=lambda row: row.received_at,
        ),
        Column("asked", gettext_lazy("Asked for, £"), numeric=True, value=lambda row: row.asked),
        Column("expected", gettext_lazy("Expected, £"), numeric=True, value=lambda row: row.expected),
        Column("waiting", gettext_lazy("Lines that wait"), numeric=True, value=lambda row: row.waiting),
        Column("queried", gettext_lazy("Lines queried"), numeric=True, value=lambda row: row.queried),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Number or contractor"),
            apply=lambda rows, words: rows.filter(
                Q(number__iexact=words) | Q(contractor__name__icontains=words)
            ),
        ),
        FlagFilter(
            "open", gettext_lazy("To be decided"),
            apply=lambda rows: rows.filter(agreed_at=None, withdrawn_at=None),
        ),
        FlagFilter(
            "agreed", gettext_lazy("Agreed"), apply=lambda rows: rows.filter(agreed_at__isnull=False)
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No invoices here"),
        gettext_lazy("Bring one in: its lines are held against what was done and the price agreed."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Invoice]:
        return Invoice.objects.visible_to(request.user).select_related("contractor").counted()

    def address(self, row: Invoice) -> str:
        return reverse("contractor_invoice", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        bring = [Link(_("Bring in an invoice"), reverse("bring_invoice"))] if manages(request.user) else []
        return [*bring, Link(_("Contractors"), reverse("contractors"))]


@needs("transport.use")
def contractor_invoices(request: StaffRequest) -> Any:
    return show_list(request, InvoiceList())


@needs("transport.use")
@managing
def bring_invoice(request: StaffRequest) -> HttpResponse:
    """The table is kept as it came, and each line is held against what was done at once."""
    form = filled(request, InvoiceForm, files=request.FILES or None)

    def save(data: dict[str, Any]) -> Invoice:
        file = data.pop("file")
        return invoicing.bring_invoice(**data, name=file.name, content=file.read(), by=request.user, at=now())

    return show_form(
        request, form, title=_("Bring in an invoice"), rule=save, back=reverse("contractor_invoices"),
        words=_("Brought in. Lines that are as agreed are accepted; the others wait for you."),
        onward=lambda made: reverse("contractor_invoice", args=[made.pk]),
    )  # fmt: skip


def _invoice(request: StaffRequest, number: int) -> Invoice:
    rows = Invoice.objects.visible_to(request.user).select_related("contractor", "document", "agreed_by")
    found = rows.counted().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def contractor_invoice(request: StaffRequest, number: int) -> HttpResponse:
    found = _invoice(request, number)
    only = request.GET.get("only", "")
    lines = found.lines.select_related("price", "decided_by")
    if only in dict(InvoiceLine.STATES):
        lines = lines.filter(state=only)
    states = list(found.lines.order_by().values_list("state", flat=True))
    context: dict[str, Any] = {
        "invoice": found, "lines": lines, "only": only, "manages": manages(request.user),
        "counted": [(key, words, states.count(key)) for key, words in InvoiceLine.STATES],
        "payable": invoicing.payable(found), "unbilled": unbilled(found),
        "is_open": found.agreed_at is None and found.withdrawn_at is None,
    }  # fmt: skip
    return render(request, "transport/invoice.html", context)


@needs("transport.use")
@require_GET
def invoice_as_it_came(request: StaffRequest, number: int) -> Any:
    return download_response(_invoice(request, number).document)


@needs("transport.use")
@managing
def decide_invoice_line(request: StaffRequest, number: int) -> HttpResponse:
    line = InvoiceLine.objects.select_related("invoice__contractor").filter(pk=number).first()
    if line is None:
        raise Http404
    state = InvoiceLine.ACCEPTED if line.state == InvoiceLine.WAITS else line.state
    form = filled(request, LineForm, initial={"state": state, "because": line.because})
    return show_form(
        request, form, title=_("Decide about a line"), words=_("Decided."),
        lead=f"{line.invoice.contractor} {line.invoice}: {line.job} £{line.amount}",
        back=reverse("contractor_invoice", args=[line.invoice_id]),
        rule=lambda data: invoicing.decide_line(line, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def agree_invoice(request: StaffRequest, number: int) -> HttpResponse:
    invoicing.agree_invoice(_invoice(request, number), by=request.user, at=now())
    undo = reverse("reopen_invoice", args=[number])
    messages.success(request, _("Agreed: what is accepted is to be paid."), extra_tags=undo)
    return redirect("contractor_invoice", number)


@needs("transport.use")
@require_POST
@managing
def reopen_invoice(request: StaffRequest, number: int) -> HttpResponse:
    invoicing.reopen_invoice(_invoice(request, number), by=request.user, at=now())
    messages.success(request, _("It is open again."))
    return redirect("contractor_invoice", number)


@needs("transport.use")
@managing
def withdraw_invoice(request: StaffRequest, number: int) -> HttpResponse:
    found = _invoice(request, number)
    return show_form(
        request, filled(request, BecauseForm), title=_("Withdraw the invoice"), warning=True,
        button=_("Withdraw it"), words=_("Withdrawn. Its lines count no more."),
        lead=f"{found.contractor} {found}",
        back=reverse("contractor_invoice", args=[number]),
        rule=lambda data: invoicing.withdraw_invoice(found, **data, by=request.user, at=now()),
    )  # fmt: skip
