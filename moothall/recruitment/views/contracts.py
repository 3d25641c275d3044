"""Contracts written in Word: the office's files, and the contract of an offer."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import show_form
from moothall.core.refusals import Refusal
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response
from moothall.recruitment.finding import application_to_run, find_application
from moothall.recruitment.forms.contract import ContractForm, ContractTemplateForm
from moothall.recruitment.models import Application, Contract, ContractTemplate, Offer
from moothall.recruitment.rules import contracts

SHOWN = 200


@require_GET
@needs("letters.templates")
def contract_templates(request: StaffRequest) -> HttpResponse:
    """Every version of every contract, those in use first said, and the fields they may mention."""
    rows = ContractTemplate.objects.in_full()[:SHOWN]
    current = set(ContractTemplate.objects.current(today()).values_list("pk", flat=True))
    context = {"templates": rows, "current": current, "known": contracts.contract_fields(), "today": today()}
    return render(request, "recruitment/contract_templates.html", context)


@require_http_methods(["GET", "POST"])
@needs("letters.templates")
def add_contract_template(request: StaffRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return show_form(
        request, ContractTemplateForm(*sent, initial={"from_on": today()}), title=_("Send in a contract"),
        words=_("The contract is there, in a new version."), back=reverse("contract_templates"),
        rule=lambda data: contracts.add_contract_template(by=request.user, at=now(), **data),
        undo=lambda made: reverse("retire_contract_template", args=[made.pk]),
    )  # fmt: skip


def _template(number: int) -> ContractTemplate:
    found = ContractTemplate.objects.in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("letters.templates")
def contract_template_file(request: StaffRequest, number: int, language: str) -> FileResponse:
    document = _template(number).document_in(language) if language in contracts.LANGUAGES else None
    if document is None:
        raise Http404
    return download_response(document)


@require_POST
@needs("letters.templates")
def retire_contract_template(request: StaffRequest, number: int) -> HttpResponse:
    contracts.retire_contract_template(_template(number), by=request.user, at=now())
    undo = reverse("restore_contract_template", args=[number])
    messages.success(request, _("No contract is made from it any more."), extra_tags=undo)
    return redirect("contract_templates")


@require_POST
@needs("letters.templates")
def restore_contract_template(request: StaffRequest, number: int) -> HttpResponse:
    contracts.restore_contract_template(_template(number), by=request.user, at=now())
    messages.success(request, _("It is in use again."))
    return redirect("contract_templates")


def _offer(application: Application, number: int) -> Offer:
    found = application.offers.standing().filter(pk=number).in_full().first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def make_contract(request: StaffRequest, number: int, offer: int) -> HttpResponse:
    """First it is shown as it would read; then it is made."""
    held = _offer(application_to_run(request.user, number), offer)
    templates = list(ContractTemplate.objects.current(today()).in_full())
    posted = request.POST if request.method == "POST" else None
    form, shown = ContractForm(posted, templates=templates), []
    if form.is_valid():
        data = form.cleaned_data
        try:
            if "make" in request.POST:
                contracts.make_contract(held, by=request.user, at=now(), **data)
                messages.success(request, _("The contract is made, and kept with the application."))
                return redirect("application", number=number)
            shown = contracts.preview_contract(held, data["template"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"application": held.application, "form": form, "shown": shown, "templates": templates}
    return render(request, "recruitment/make_contract.html", context, status=422 if form.errors else 200)


def _contract(application: Application, number: int) -> Contract:
    rows = Contract.objects.in_full().filter(offer__application=application, pk=number)
    found = rows.select_related("offer__application").first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs("cases.view")
def contract_file(request: StaffRequest, number: int, contract: int) -> FileResponse:
    return download_response(_contract(find_application(request.user, number), contract).document)


@require_POST
@needs("cases.work")
def take_back_contract(request: StaffRequest, number: int, contract: int) -> HttpResponse:
    held = _contract(application_to_run(request.user, number), contract)
    contracts.take_back_contract(held, by=request.user, at=now())
    messages.success(request, _("The contract is taken back: another can be made."))
    return redirect("application", number=number)
