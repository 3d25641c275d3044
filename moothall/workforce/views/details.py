"""Personal details: what one asks to have changed, and what a colleague decides."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, DateFilter, Empty, Listing, SearchFilter, show_list
from moothall.people.models import Person, ProtectedAddress
from moothall.people.requests import StaffRequest
from moothall.workforce.forms.details import DetailForm, RefuseDetailForm
from moothall.workforce.models import DetailChange, DetailKind, Employment
from moothall.workforce.rules.details import asking, deciding

MOST = 50


def _own(request: StaffRequest) -> Employment | None:
    own = Employment.objects.of_account(request.user).select_related("person")
    return own.order_by("-started_on", "-id").first()


@signed_in
@require_GET
def my_details(request: StaffRequest) -> HttpResponse:
    """What the record says of me, what I can have changed, and what became of what I asked for."""
    employment = _own(request)
    if employment is None:
        return render(request, "workforce/no_record.html")
    kinds = DetailKind.objects.filter(retired_on=None)
    changes = DetailChange.objects.filter(employment__person=employment.person_id).select_related("kind")
    language = get_language() or "en"
    context = {
        "employment": employment,
        "lines": [(kind, asking.as_it_stands(employment, kind)) for kind in kinds],
        "changes": changes.order_by("-asked_at", "-id")[:MOST],
        "reports": list(dict.fromkeys(
            kind.report_in(language) for kind in kinds if employment.workforce in kind.reported_by
        )),
    }  # fmt: skip
    return render(request, "workforce/my_details.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def change_my_detail(request: StaffRequest, key: str) -> HttpResponse:
    employment = _own(request)
    kind = DetailKind.objects.filter(key=key, retired_on=None).select_related("evidence_class").first()
    if employment is None or kind is None:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DetailForm(*sent, kind=kind)
    at_once = kind.way == DetailKind.AT_ONCE
    words = _("It is changed.") if at_once else _("A colleague looks at it. You are written to then.")
    return show_form(
        request, form, title=kind.name_in(get_language() or "en"), words=words, back=reverse("my_details"),
        lead=kind.get_way_display(), template="workforce/detail_form.html",
        rule=lambda _given: asking.ask_for_change(
            employment, kind=kind, by=request.user, at=now(), today=today(), **form.asked()
        ),
        context={"now": asking.as_it_stands(employment, kind)},
    )  # fmt: skip


@signed_in
@require_POST
def withdraw_detail_change(request: StaffRequest, change_id: int) -> HttpResponse:
    rows = DetailChange.objects.select_related("employment", "kind", "case")
    mine = rows.filter(employment__in=Employment.objects.of_account(request.user).order_by().values("pk"))
    change = mine.filter(pk=change_id).first()
    if change is None:
        raise Http404
    asking.withdraw_change(change, by=request.user, at=now())
    messages.success(request, _("You do not ask for it any more."))
    return redirect("my_details")


def _became(change: DetailChange) -> str:
    return str(change.state_words())


def _named(rows: Any, words: str) -> Any:
    named = list(Person.objects.named_like(words).values_list("pk", flat=True)[:500])
    found = rows.filter(employment__person__in=named)
    return found | rows.filter(employment__number__istartswith=words.strip())


class DetailChanges(Listing[DetailChange]):
    """What people ask to have changed of their details."""

    key, title = "detail-changes", gettext_lazy("Changes of personal details")
    sort, opens_with = "asked", "state=waiting"
    columns = (
        Column("name", gettext_lazy("Who"), value=lambda row: row.employment.person.full_name),
        Column("number", gettext_lazy("Number"), value=lambda row: row.employment.number),
        Column("kind", gettext_lazy("What"), value=lambda row: row.kind.name_in(get_language() or "en")),
        Column("asked", gettext_lazy("Asked"), sort="asked_at", value=lambda row: row.asked_at),
        Column("from", gettext_lazy("From which day"), value=lambda row: row.from_on),
        Column("became", gettext_lazy("What became of it"), value=_became),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=_named),
        ChoiceFilter(
            "state", gettext_lazy("State"), several=False,
            options=[("waiting", gettext_lazy("Waits")), ("decided", gettext_lazy("Decided"))],
            apply=lambda rows, chosen: (
                rows.waiting() if chosen[0] == "waiting" else rows.filter(decided_at__isnull=False)
            ),
        ),
        DateFilter("asked", gettext_lazy("Asked"), field="asked_at"),
    )  # fmt: skip
    empty = Empty(gettext_lazy("Nothing waits"), gettext_lazy("People ask for changes under “My details”."))
    exports: ClassVar[bool] = False

    def rows(self, request: Any) -> QuerySet[DetailChange]:
        rows = DetailChange.objects.kept_by(request.user, today())
        return rows.select_related("employment__person", "kind")

    def address(self, row: DetailChange) -> str:
        return reverse("detail_change", args=[row.pk])


@needs("workforce.edit")
@require_GET
def detail_changes(request: StaffRequest) -> HttpResponseBase:
    return show_list(request, DetailChanges())


def _find(request: StaffRequest, change_id: int) -> DetailChange:
    rows = DetailChange.objects.kept_by(request.user, today())
    found = rows.select_related(
        "employment__person", "kind", "case", "evidence__document", "decided_by", "asked_by"
    )
    change = found.filter(pk=change_id).first()
    if change is None:
        raise Http404
    return change


@needs("workforce.edit")
@require_GET
def detail_change(request: StaffRequest, change_id: int) -> HttpResponse:
    """Old and new side by side; an address that is protected is for those who may see it."""
    change = _find(request, change_id)
    hidden = (
        change.kind.changes == DetailKind.ADDRESS and not request.user.may("people.caution")
        and ProtectedAddress.objects.standing().filter(person=change.employment.person).exists()
    )  # fmt: skip
    context = {"change": change, "employment": change.employment, "hidden": hidden}
    return render(request, "workforce/detail_change.html", context)


@needs("workforce.edit")
@require_POST
def approve_detail_change(request: StaffRequest, change_id: int) -> HttpResponse:
    change = _find(request, change_id)
    deciding.approve_change(change, by=request.user, at=now(), today=today())
    undo = reverse("undo_detail_change", args=[change.pk])
    messages.success(request, _("Approved. They are written to."), extra_tags=undo)
    return redirect("detail_change", change.pk)


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
def refuse_detail_change(request: StaffRequest, change_id: int) -> HttpResponse:
    change = _find(request, change_id)
    return show_form(
        request, filled(request, RefuseDetailForm), title=_("Refuse the change"), warning=True,
        words=_("Refused. They read why."), back=reverse("detail_change", args=[change.pk]),
        rule=lambda data: deciding.refuse_change(
            change, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("workforce.edit")
@require_POST
def undo_detail_change(request: StaffRequest, change_id: int) -> HttpResponse:
    change = _find(request, change_id)
    deciding.undo_approval(change, by=request.user, at=now())
    messages.success(request, _("The approval is taken back."))
    return redirect("detail_change", change.pk)
