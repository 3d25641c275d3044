"""Papers: what runs out, one paper with its evidence, and what papers are needed of whom."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, SearchFilter, show_list
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response, keep_document
from moothall.transport.finding import (
    contractor_for,
    contractor_staff_for,
    managing,
    vehicle_for,
)
from moothall.transport.forms import BecauseForm
from moothall.transport.forms.contracting import PaperForm
from moothall.transport.models import Paper, PaperKind, PaperRule, Vehicle
from moothall.transport.models.paper import AMBER, HOLDERS
from moothall.transport.models.passenger import manages
from moothall.transport.rules import papers as rules
from moothall.transport.rules.allotting import barred_between
from moothall.transport.rules.setting import confirm_paper_rule as confirm

FIND: dict[str, Callable[[Account, int], rules.Holder]] = {
    "contractor": contractor_for,
    "member": contractor_staff_for,
    "vehicle": vehicle_for,
}
PAGES = {"contractor": "contractor", "member": "contractor_staff", "vehicle": "contractor_vehicle"}
AHEAD = dt.timedelta(days=14)


def page_of(holder: rules.Holder) -> str:
    own = isinstance(holder, Vehicle) and holder.contractor_id is None
    return reverse("vehicle" if own else PAGES[rules.column_of(holder)], args=[holder.pk])


def _within(rows: Any, chosen: list[str]) -> Any:
    day, found = today(), Q(pk=None)
    for each in chosen:
        if each == "over":
            found |= Q(expires_on__lt=day, verified_at__isnull=False)
        elif each == "waiting":
            found |= Q(verified_at=None)
        elif each in {str(days) for days in AMBER}:
            last = day + dt.timedelta(days=int(each))
            found |= Q(expires_on__gte=day, expires_on__lte=last, verified_at__isnull=False)
    return rows.filter(found)


def _kinds(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(str(one.pk), one.name_in(language)) for one in PaperKind.objects.order_by("place", "id")]


def _of_kind(rows: Any, chosen: list[str]) -> Any:
    return rows.filter(kind__in=[int(each) for each in chosen if each.isdigit()])


class PaperList(Listing[Paper]):
    """The current papers of all contractors, crews and vehicles, first what runs out first."""

    key, title = "contractor-papers", gettext_lazy("Papers")
    sort, opens_with = "expires", "when=over&when=42&when=waiting"
    page_template = "transport/papers.html"
    ready_views = (
        (gettext_lazy("To be seen to"), "when=over&when=42&when=waiting"),
        (gettext_lazy("Have run out"), "when=over"),
        (gettext_lazy("Run out within 14 days"), "when=14"),
        (gettext_lazy("Run out within 28 days"), "when=28"),
        (gettext_lazy("Run out within 42 days"), "when=42"),
        (gettext_lazy("Wait to be verified"), "when=waiting"),
        (gettext_lazy("All"), ""),
    )
    row_template = "transport/parts/paper_row.html"
    columns = (
        Column("kind", gettext_lazy("Paper"), value=lambda row: row.kind.name_in(get_language() or "en")),
        Column("holder", gettext_lazy("Whose"), value=lambda row: str(row.holder)),
        Column("firm", gettext_lazy("Contractor"), value=lambda row: str(row.firm or "")),
        Column("number", gettext_lazy("Number"), value=lambda row: row.number),
        Column("expires", gettext_lazy("Last day"), sort="expires_on", value=lambda row: row.expires_on),
        Column("stands", gettext_lazy("How it stands"), value=lambda row: dict(Paper.STATES)[row.stands]),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name, registration or number"),
            apply=lambda rows, words: rows.filter(
                Q(number__iexact=words) | Q(contractor__name__icontains=words)
                | Q(member__person__full_name__icontains=words)
                | Q(vehicle__registration__icontains=words)
            ),
        ),
        ChoiceFilter(
            "when", gettext_lazy("When"), apply=_within, several=True,
            options=[
                ("over", gettext_lazy("Has run out")), ("14", gettext_lazy("Within 14 days")),
                ("28", gettext_lazy("Within 28 days")), ("42", gettext_lazy("Within 42 days")),
                ("waiting", gettext_lazy("Waits to be verified")),
            ],
        ),
        ChoiceFilter("kind", gettext_lazy("Paper"), options=_kinds, apply=_of_kind),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No papers here"),
        gettext_lazy("Nothing of this kind runs out soon. Papers are entered on the page of who holds them."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Paper]:
        return Paper.objects.visible_to(request.user).current().with_holder().stating(today())

    def address(self, row: Paper) -> str:
        return reverse("contractor_paper", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [
            Link(_("Contractors"), reverse("contractors")),
            Link(_("What papers are needed"), reverse("contractor_paper_rules")),
        ]


@needs("transport.use")
def contractor_papers(request: StaffRequest) -> Any:
    day = today()
    barred = barred_between(day, day + AHEAD) if request.method == "GET" else []
    return show_list(request, PaperList(), context={"barred": barred, "day": day})


def _paper(request: StaffRequest, number: int) -> Paper:
    found = Paper.objects.visible_to(request.user).with_holder().stating(today()).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def contractor_paper(request: StaffRequest, number: int) -> HttpResponse:
    found = _paper(request, number)
    context: dict[str, Any] = {
        "paper": found, "holder_page": page_of(found.holder), "day": today(),
        "manages": manages(request.user), "chases": found.chases.all(),
        "others": Paper.objects.filter(
            kind=found.kind_id, **{rules.column_of(found.holder): found.holder}
        ).exclude(pk=found.pk).stating(today()),
    }  # fmt: skip
    return render(request, "transport/paper.html", context)


@needs("transport.use")
@require_GET
def contractor_paper_evidence(request: StaffRequest, number: int) -> Any:
    found = _paper(request, number)
    if found.evidence is None:
        raise Http404
    return download_response(found.evidence)


@needs("transport.use")
def record_contractor_paper(request: StaffRequest, of: str, number: int) -> HttpResponse:
    """A paper of a contractor, a crew member or a vehicle; a new one takes the place of the one before."""
    if of not in FIND:
        raise Http404
    holder = FIND[of](request.user, number)
    needed = PaperRule.objects.in_force(today()).filter(of__in=rules.parts_of(holder))
    kinds = list(PaperKind.objects.filter(rules__in=needed).distinct().order_by("place", "id"))
    form = filled(
        request, PaperForm, kinds=kinds, decides=manages(request.user), initial={"issued_on": today()},
        files=request.FILES or None,
    )  # fmt: skip

    def save(data: dict[str, Any]) -> Paper:
        file = data.pop("evidence")
        kept = keep_document(file, name=file.name, by=request.user, at=now()) if file else None
        return rules.record_paper(holder, **data, evidence=kept, by=request.user, at=now())

    return show_form(
        request, form, title=_("Enter a paper"), lead=str(holder), words=_("It is on record."),
        back=page_of(holder), rule=save,
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def verify_contractor_paper(request: StaffRequest, number: int) -> HttpResponse:
    found = _paper(request, number)
    rules.verify_paper(found, by=request.user, at=now())
    messages.success(request, _("Verified. It counts from its first day."))
    return redirect("contractor_paper", found.pk)


@needs("transport.use")
@managing
def withdraw_contractor_paper(request: StaffRequest, number: int) -> HttpResponse:
    found = _paper(request, number)
    return show_form(
        request, filled(request, BecauseForm), title=_("Withdraw the paper"), warning=True,
        button=_("Withdraw it"), words=_("Withdrawn. It does not count any more."),
        back=reverse("contractor_paper", args=[found.pk]), lead=f"{found.holder}: {found}",
        undo=lambda held: reverse("restore_contractor_paper", args=[held.pk]),
        rule=lambda data: rules.withdraw_paper(found, because=data["because"], by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def restore_contractor_paper(request: StaffRequest, number: int) -> HttpResponse:
    found = _paper(request, number)
    rules.restore_paper(found, by=request.user, at=now())
    messages.success(request, _("It was not withdrawn after all."))
    return redirect("contractor_paper", found.pk)


@needs("transport.use")
@require_GET
def contractor_paper_rules(request: StaffRequest) -> HttpResponse:
    """What each holder needs today, by whom it is asked for, each with its source."""
    rows = list(PaperRule.objects.in_force(today()).select_related("kind"))
    grouped = [(words, [one for one in rows if one.of == key]) for key, words in HOLDERS]
    context = {"grouped": grouped, "manages": manages(request.user)}
    return render(request, "transport/paper_rules.html", context)


@needs("transport.use")
@require_POST
@managing
def confirm_contractor_paper_rule(request: StaffRequest, number: int) -> HttpResponse:
    found = PaperRule.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    confirm(found, by=request.user, at=now(), today=today())
    messages.success(request, _("Kept: you have read the source."))
    return redirect("contractor_paper_rules")
