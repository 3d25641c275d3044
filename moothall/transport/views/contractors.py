"""Contractors: the register, one of them with everything on record, and keeping it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import Column, Empty, FlagFilter, Link, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.transport.finding import contractor_for, managing
from moothall.transport.forms import EndForm
from moothall.transport.forms.contracting import (
    ContractForm,
    ContractorForm,
    EndContractorForm,
    PriceForm,
    SanctionForm,
)
from moothall.transport.forms.own import ContactForm
from moothall.transport.models import Contract, Contractor, ContractorContact, Paper, Sanction
from moothall.transport.models.paper import AMBER
from moothall.transport.models.passenger import manages
from moothall.transport.rules import contracting, keeping, knowing
from moothall.transport.rules.allotting import WITH, bars_of
from moothall.transport.rules.sanctioning import sanction
from moothall.transport.rules.standing import standings_of
from moothall.transport.rules.voicing import LATELY, voices_about

SOON = dt.timedelta(days=AMBER[0])


def _papers_of(contractor: Any) -> Q:
    return Q(contractor=contractor) | Q(member__contractor=contractor) | Q(vehicle__contractor=contractor)


def _paper_ends(rows: Any) -> Any:
    ending = (
        Paper.objects.verified().current().filter(_papers_of(OuterRef("pk")), expires_on__lte=today() + SOON)
    )
    return rows.filter(Exists(ending))


def _sanctioned(rows: Any) -> Any:
    return rows.filter(Exists(Sanction.objects.in_force(today()).filter(contractor=OuterRef("pk"))))


class ContractorList(Listing[Contractor]):
    """Everybody who takes passengers for us, by name."""

    key, title = "contractors", gettext_lazy("Contractors")
    sort, opens_with = "name", "here=1"
    ready_views = (
        (gettext_lazy("Working for us"), "here=1"),
        (gettext_lazy("A paper runs out within 42 days"), "here=1&ends=1"),
        (gettext_lazy("Sanctioned"), "here=1&sanctioned=1"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column(
            "name", gettext_lazy("Name"), sort="name", value=lambda row: row.name_in(get_language() or "en")
        ),
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("contact", gettext_lazy("Whom we speak to")),
        Column("phone", gettext_lazy("Telephone")),
        Column("jobs", gettext_lazy("Jobs"), numeric=True, value=lambda row: row.jobs),
        Column("crew", gettext_lazy("Crew"), numeric=True, value=lambda row: row.crew_now),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name or number"),
            apply=lambda rows, words: rows.filter(Q(name__icontains=words) | Q(number__iexact=words)),
        ),
        FlagFilter("here", gettext_lazy("Working for us"), apply=lambda rows: rows.working(today())),
        FlagFilter("ends", gettext_lazy("A paper runs out within 42 days"), apply=_paper_ends),
        FlagFilter("sanctioned", gettext_lazy("Sanctioned"), apply=_sanctioned),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No contractors here"), gettext_lazy("Add one, or choose All to see those who ended.")
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Contractor]:
        day = today()
        return Contractor.objects.visible_to(request.user).annotate(
            jobs=_counted("allotments", day), crew_now=_counted("crew", day)
        )

    def address(self, row: Contractor) -> str:
        return reverse("contractor", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        links = [Link(_("Add a contractor"), reverse("add_contractor"))] if manages(request.user) else []
        return [
            *links,
            Link(_("Papers"), reverse("contractor_papers")),
            Link(_("Plan of audits"), reverse("audit_plan")),
            Link(_("Complaints and compliments"), reverse("transport_voices")),
            Link(_("Invoices"), reverse("contractor_invoices")),
            Link(_("What papers are needed"), reverse("contractor_paper_rules")),
        ]


def _counted(what: str, day: dt.date) -> Count:
    holds = Q(**{f"{what}__withdrawn_at": None, f"{what}__from_on__lte": day})
    ends = Q(**{f"{what}__until_on": None}) | Q(**{f"{what}__until_on__gte": day})
    return Count(what, filter=holds & ends, distinct=True)


@needs("transport.use")
def contractors(request: StaffRequest) -> Any:
    return show_list(request, ContractorList())


@needs("transport.use")
@managing
def add_contractor(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, ContractorForm, initial={"language": "en"}), title=_("Add a contractor"),
        words=_("Added. Now enter the contract, the vehicles, the crew and their papers."),
        back=reverse("contractors"), onward=lambda made: reverse("contractor", args=[made.pk]),
        rule=lambda data: contracting.add_contractor(**data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def change_contractor(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_for(request.user, number)
    initial = {name: getattr(found, name) for name in ContractorForm.base_fields}
    return show_form(
        request, filled(request, ContractorForm, initial=initial), title=_("Change the contractor"),
        lead=str(found), words=_("It is on record."), back=reverse("contractor", args=[number]),
        rule=lambda data: contracting.change_contractor(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_GET
def contractor(request: StaffRequest, number: int) -> HttpResponse:
    found, day = contractor_for(request.user, number), today()
    allotments = list(found.allotments.from_now(day).select_related(*WITH).order_by("job", "from_on", "id"))
    context: dict[str, Any] = {
        "contractor": found, "day": day, "manages": manages(request.user),
        "contracts": found.contracts.from_now(day).prefetch_related("prices"),
        "standings": standings_of(found, on=day),
        "allotments": list(zip(allotments, bars_of(allotments, on=day), strict=True)),
        "contacts": found.contacts.from_now(day).select_related("person"),
        "sanctions": found.sanctions.standing()
        .select_related("member__person", "vehicle", "recorded_by").prefetch_related("findings"),
        "audits": found.audits.in_full()[:LATELY], "voices": voices_about(request.user, contractor=found),
    }  # fmt: skip
    return render(request, "transport/contractor.html", context)


@needs("transport.use")
@managing
def end_contractor(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_for(request.user, number)
    return show_form(
        request, filled(request, EndContractorForm, initial={"on": today()}),
        title=_("They work for us no more"), lead=str(found), warning=True,
        words=_("They work until that day. Jobs of later days are barred until allotted anew."),
        back=reverse("contractor", args=[number]),
        undo=lambda held: reverse("take_back_contractor", args=[held.pk]),
        rule=lambda data: contracting.end_contractor(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def take_back_contractor(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_for(request.user, number)
    contracting.take_back_contractor(found, by=request.user, at=now())
    messages.success(request, _("They go on working for us."))
    return redirect("contractor", number)


@needs("transport.use")
@managing
def add_contract(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_for(request.user, number)
    return show_form(
        request, filled(request, ContractForm, initial={"from_on": today()}), title=_("Add a contract"),
        lead=str(found), words=_("It is on record. Now enter its prices."),
        back=reverse("contractor", args=[number]),
        rule=lambda data: contracting.add_contract(found, **data, by=request.user, at=now()),
    )  # fmt: skip


def _contract(number: int) -> Contract:
    found = Contract.objects.standing().select_related("contractor").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@managing
def set_contract_price(request: StaffRequest, number: int) -> HttpResponse:
    """A price from a day on; what was so until the day before stays."""
    found = _contract(number)
    return show_form(
        request, filled(request, PriceForm, initial={"from_on": today(), "unit": "RUN"}),
        title=_("A price from a day on"), lead=f"{found.contractor}: {found}", words=_("It is on record."),
        back=reverse("contractor", args=[found.contractor_id]),
        rule=lambda data: contracting.set_price(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def end_contract(request: StaffRequest, number: int) -> HttpResponse:
    found = _contract(number)
    return show_form(
        request, filled(request, EndForm, initial={"until_on": today()}), title=_("End the contract"),
        lead=f"{found.contractor}: {found}", warning=True, button=_("End it"), words=_("Ended."),
        back=reverse("contractor", args=[found.contractor_id]),
        rule=lambda data: keeping.end_entry(found, until_on=data["until_on"], by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def sanction_contractor(request: StaffRequest, number: int) -> HttpResponse:
    """A warning, time to improve, a suspension, or no more work: of the firm, a crew member or a vehicle."""
    found = contractor_for(request.user, number)
    form = filled(request, SanctionForm, contractor=found, initial={"from_on": today(), "kind": "WARNING"})
    return show_form(
        request, form, title=_("A sanction"), lead=str(found), warning=True, button=_("Put it on record"),
        words=_("It is on record. Whoever is suspended is allotted nothing on these days."),
        back=reverse("contractor", args=[number]),
        rule=lambda _data: sanction(found, **form.entry(), by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def end_sanction(request: StaffRequest, number: int) -> HttpResponse:
    found = Sanction.objects.standing().select_related("contractor").filter(pk=number).first()
    if found is None:
        raise Http404
    return show_form(
        request, filled(request, EndForm, initial={"until_on": today()}), title=_("End the sanction"),
        lead=f"{found.contractor}: {found.get_kind_display()}", button=_("End it"), words=_("Ended."),
        back=reverse("contractor", args=[found.contractor_id]),
        rule=lambda data: keeping.end_entry(found, until_on=data["until_on"], by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def add_contractor_contact(request: StaffRequest, number: int) -> HttpResponse:
    """Somebody acts for them: signed in, they see their own page."""
    found = contractor_for(request.user, number)
    form = filled(request, ContactForm, account=request.user, initial={"from_on": today()})
    return show_form(
        request, form, title=_("Somebody who acts for them"), lead=str(found), button=_("Add"),
        words=_("They see this contractor's own page once they sign in."),
        back=reverse("contractor", args=[number]),
        undo=lambda made: reverse("end_contractor_contact", args=[made.pk]),
        rule=lambda data: knowing.act_for_contractor(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def end_contractor_contact(request: StaffRequest, number: int) -> HttpResponse:
    """From today on they see nothing of it."""
    found = ContractorContact.objects.from_now(today()).filter(pk=number).first()
    if found is None:
        raise Http404
    keeping.end_entry(found, until_on=today() - keeping.DAY, by=request.user, at=now())
    messages.success(request, _("They see this contractor no more."))
    return redirect("contractor", found.contractor_id)
