"""Who acts for whom: from a case, from a person, and all of them in a list."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.cases.rules.access import may_read
from moothall.cases.visiting import act, bound, case_address, with_case
from moothall.casework import forms
from moothall.casework.models import Authority
from moothall.casework.rules import authority as rules
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Listing, SearchFilter, show_list
from moothall.people.models import Person
from moothall.people.requests import StaffRequest
from moothall.records.models import Document
from moothall.records.rules.documents import download_response, keep_document

SOON = 28
STATES = {
    "IN_FORCE": gettext_lazy("In force"),
    "TO_COME": gettext_lazy("Begins later"),
    "LAPSED": gettext_lazy("Lapsed"),
    "WITHDRAWN": gettext_lazy("Withdrawn"),
}
SHOWN = [
    ("force", gettext_lazy("In force")),
    ("ending", gettext_lazy("Ends within four weeks")),
    ("over", gettext_lazy("Lapsed or withdrawn")),
]


def _standing_so(rows: Any, values: list[str]) -> Any:
    day = today()
    found = {
        "force": rows.in_force(day),
        "ending": rows.ending(day, within=SOON),
        "over": rows.filter(Q(withdrawn_at__isnull=False) | Q(until_on__lt=day)),
    }
    return found[values[0]]


class AuthorityList(Listing[Authority]):
    """Everybody who may act for somebody else, as far as this person may know."""

    key, title = "authorities", gettext_lazy("Acting for somebody else")
    sort, opens_with = "-from", "state=force"
    ready_views = (
        (gettext_lazy("In force"), "state=force"),
        (gettext_lazy("Ends within four weeks"), "state=ending"),
        (gettext_lazy("Lapsed or withdrawn"), "state=over"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("representative", gettext_lazy("Who acts"), value=lambda row: row.representative.full_name),
        Column("represented", gettext_lazy("For whom"), value=lambda row: row.represented.full_name),
        Column("covers", gettext_lazy("Covers"),
               value=lambda row: row.case.reference if row.case else _("Everything")),
        Column("basis", gettext_lazy("By what authority"), 
               value=lambda row: row.basis.said("name", get_language() or "en")),
        Column("from", gettext_lazy("From"), sort="from_on", descending=True, value=lambda row: row.from_on),
        Column("until", gettext_lazy("Until"), sort="until_on", value=lambda row: row.until_on),
        Column("state", gettext_lazy("How it stands"), value=lambda row: STATES[row.state(today())]),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Search"),
            apply=lambda rows, words: rows.filter(
                Q(representative__full_name__icontains=words) | Q(represented__full_name__icontains=words)
            ),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=SHOWN, apply=_standing_so, several=False
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody acts for somebody else"),
        gettext_lazy("Write it down from a case or from a person's page, with how the authority was given."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Authority]:
        rows = Authority.objects.visible_to(request.user)
        return rows.select_related("representative", "represented", "basis", "case")

    def address(self, row: Authority) -> str:
        return reverse("authority", args=[row.pk])


@needs("people.view")
def authority_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, AuthorityList())


def find_authority(request: StaffRequest, number: int) -> Authority:
    """The authority of this number, if it exists for this person."""
    rows = Authority.objects.known_to(request.user).select_related(
        "representative", "represented", "basis", "case", "document", "recorded_by", "withdrawn_by"
    )
    found = rows.filter(pk=number).first()
    if found is None or (found.case is not None and not may_read(found.case, request.user, at=now())):
        raise Http404
    return found


def address_of(authority: Authority) -> str:
    return reverse("authority", args=[authority.pk])


@require_GET
@needs("people.view")
def authority(request: StaffRequest, number: int) -> HttpResponse:
    found = find_authority(request, number)
    state = found.state(today())
    context = {"authority": found, "state": state, "stands": found.withdrawn_at is None}
    return render(request, "casework/authority.html", context)


@needs("people.edit")
def withdraw_authority(request: StaffRequest, number: int) -> HttpResponse:
    """It ends, with a reason; which can be taken back."""
    found = find_authority(request, number)
    return show_form(
        request, bound(request, forms.WithdrawForm), title=_("Withdraw the authority"), lead=str(found),
        button=_("Withdraw the authority"), warning=True, back=address_of(found),
        words=_("The authority is withdrawn."),
        undo=lambda _done: reverse("restore_authority", args=[found.pk]),
        rule=lambda data: rules.withdraw_authority(
            found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@require_GET
@needs("people.view")
def authority_document(request: StaffRequest, number: int) -> Any:
    found = find_authority(request, number)
    if found.document is None:
        raise Http404
    return download_response(found.document)


@require_POST
@needs("people.edit")
def restore_authority(request: StaffRequest, number: int) -> HttpResponse:
    found = find_authority(request, number)
    rules.restore_authority(found, by=request.user, at=now())
    messages.success(request, _("The authority is in force again."))
    return redirect(address_of(found))


@require_POST
@needs("people.edit")
def undo_authority(request: StaffRequest, number: int) -> HttpResponse:
    found = find_authority(request, number)
    rules.undo_authority(found, by=request.user, at=now())
    messages.success(request, _("Taken back, as if it had never been written down."))
    return redirect(case_address(found.case) if found.case else person_address(found.represented))


def person_address(person: Person) -> str:
    return reverse("person_page", args=[person.reference])


def _kept(request: StaffRequest, data: dict[str, Any]) -> Document | None:
    file = data["attached"]
    return keep_document(file, name=file.name, by=request.user, at=now()) if file else None


@needs("cases.work")
@with_case
def acting_for(request: StaffRequest, case: Case) -> HttpResponse:
    """For whom whoever asked is acting, and by what authority."""

    def record(data: dict[str, Any]) -> Any:
        made = rules.act_for(
            case, represented=data["person"], basis=data["basis"], whole=data["scope"] == "whole",
            how=data["how"], document=_kept(request, data), from_on=data["from_on"],
            until_on=data["until_on"], by=request.user, at=now(),
        )  # fmt: skip
        return reverse("undo_authority", args=[made.pk]) if isinstance(made, Authority) else made

    initial = {"person": case.subject, "from_on": today(), "scope": "case"}
    form = bound(request, forms.ActingForForm, account=request.user, on=today(), initial=initial)
    return act(
        request, case, form, title=_("Acting for somebody else"), button=_("Save"),
        words=_("Written down."), rule=record,
    )  # fmt: skip


@needs("people.edit")
def add_authority(request: StaffRequest, reference: str) -> HttpResponse:
    """From a person's page: somebody may act for them in everything."""
    found = Person.objects.visible_to(request.user).current().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    form = bound(
        request, forms.PersonAuthorityForm, account=request.user, on=today(), initial={"from_on": today()}
    )

    def give(data: dict[str, Any]) -> Authority:
        return rules.give_authority(
            representative=data["person"], represented=found, basis=data["basis"], how=data["how"],
            document=_kept(request, data), from_on=data["from_on"], until_on=data["until_on"],
            by=request.user, at=now(),
        )  # fmt: skip

    return show_form(
        request, form, title=_("Who may act for %(name)s") % {"name": found.full_name}, rule=give,
        words=_("Written down."), back=person_address(found),
        undo=lambda made: reverse("undo_authority", args=[made.pk]),
    )  # fmt: skip
