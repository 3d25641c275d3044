"""Bringing credentials in: send a file, say what its columns mean, compare, record, take back."""

from typing import Any, ClassVar

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.bringing import first_cells, refused_file, sent_on, stepped
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, FlagFilter, Listing, SearchFilter, show_list
from moothall.core.parts import render_page_or_part
from moothall.credentials.forms.bringing import FileForm, MappingForm
from moothall.credentials.models import Credential, CredentialFile, CredentialRow
from moothall.credentials.rules.bringing import steps
from moothall.credentials.rules.bringing.reading import Means, guess_means
from moothall.people.requests import StaffRequest
from moothall.workforce.rules.bringing.taking import refused_rows


def _page(table: CredentialFile) -> str:
    return reverse("credential_file", args=[table.pk])


def _find(request: StaffRequest, file_id: int) -> CredentialFile:
    tables = CredentialFile.objects.visible_to(request.user)
    table = tables.select_related("started_by", "run_by", "undone_by").filter(pk=file_id).first()
    if table is None:
        raise Http404
    return table


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
def bring_credentials(request: StaffRequest) -> HttpResponse:
    """A file may hold anybody: it is for those who keep everybody's record."""
    if not request.user.standing().everywhere_for("workforce.edit"):
        raise Http404
    form = FileForm(*(request.POST, request.FILES) if request.method == "POST" else (None, None))
    if answer := sent_on(
        form, lambda data: steps.take_file(data["file"], by=request.user, at=now()), to=_page, at="file"
    ):
        return answer
    tables = CredentialFile.objects.visible_to(request.user).select_related("started_by")[:20]
    context = {"form": form, "tables": tables}
    return render(request, "credentials/bring.html", context, status=422 if form.errors else 200)


@needs("workforce.edit")
@require_GET
def credential_file(request: StaffRequest, file_id: int) -> HttpResponse:
    """Where it stands, what it would record, and what can be done next."""
    table = _find(request, file_id)
    counted = dict(table.lines.values_list("kind").annotate(Count("pk")).order_by())
    counts = [(words, counted[kind], kind) for kind, words in CredentialRow.KINDS if counted.get(kind)]
    context = {
        "table": table, "counts": counts, "refused": counted.get(CredentialRow.REFUSED, 0),
        "choices": [each for each in counts if each[2] in CredentialRow.CARRIED_OUT],
        "missing": _missing(table).count() if table.state == CredentialFile.CHECKED else 0,
        "done": table.lines.filter(done_at__isnull=False).count(),
    }  # fmt: skip
    return render_page_or_part(request, "credentials/file.html", "credentials/parts/file.html", context)


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
def map_credential_file(request: StaffRequest, file_id: int) -> HttpResponse:
    table = _find(request, file_id)
    means = Means.of(table.means) if table.means else guess_means(table.columns)
    form = MappingForm(request.POST if request.method == "POST" else None, table=table, means=means)
    if answer := sent_on(
        form, lambda _data: steps.say_what_it_means(table, form.means(), by=request.user, at=now()),
        to=lambda _done: _page(table),
    ):  # fmt: skip
        return answer
    context = {"table": table, "form": form, "shown": first_cells(table)}
    return render(request, "credentials/map.html", context, status=422 if form.errors else 200)


@needs("workforce.edit")
@require_POST
def record_credential_file(request: StaffRequest, file_id: int) -> HttpResponse:
    table, kinds = _find(request, file_id), request.POST.getlist("kinds")
    return stepped(
        request, lambda: steps.begin_recording(table, kinds=kinds, by=request.user, at=now()), to=_page(table)
    )


@needs("workforce.edit")
@require_POST
def undo_credential_file(request: StaffRequest, file_id: int) -> HttpResponse:
    table = _find(request, file_id)
    return stepped(request, lambda: steps.begin_undoing(table, by=request.user, at=now()), to=_page(table))


def _said(row: CredentialRow, name: str) -> str:
    """What the file says, as it stands there."""
    column = row.table.means.get("columns", {}).get(name)
    return row.cells[row.table.columns.index(column)] if column in row.table.columns else ""


def _became(row: CredentialRow) -> str:
    if row.undone_at:
        return _("Taken back")
    return _("Recorded") if row.done_at else ""


class CredentialRows(Listing[CredentialRow]):
    """Every row of a file: what it says, what it is against our record, and what became of it."""

    key, title = "credential-rows", gettext_lazy("Rows of the file")
    sort = "number"
    columns = (
        Column("number", gettext_lazy("Row"), sort="number", numeric=True),
        Column("key", gettext_lazy("Employee number"), sort="key"),
        Column("credential", gettext_lazy("Credential"), value=lambda row: _said(row, "kind")),
        Column("issued", gettext_lazy("Issued"), value=lambda row: _said(row, "issued_on")),
        Column("until", gettext_lazy("Last day"), value=lambda row: _said(row, "expires_on")),
        Column("kind", gettext_lazy("What it is"), value=lambda row: row.get_kind_display()),
        Column("reason", gettext_lazy("Why")),
        Column("became", gettext_lazy("What became of it"), value=_became),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Employee number"),
                     apply=lambda rows, words: rows.filter(key__istartswith=words.strip())),
        ChoiceFilter("kind", gettext_lazy("What it is"), options=CredentialRow.KINDS, field="kind"),
        FlagFilter("done", gettext_lazy("Recorded"),
                   apply=lambda rows: rows.filter(done_at__isnull=False)),
    )  # fmt: skip
    empty = Empty(gettext_lazy("No rows"))
    export_permission: ClassVar[str | None] = "workforce.edit"

    def __init__(self, table: CredentialFile) -> None:
        super().__init__()
        self.table = table

    def rows(self, request: Any) -> QuerySet[CredentialRow]:
        return CredentialRow.objects.filter(table=self.table).select_related("table")

    def address(self, row: CredentialRow) -> str:
        shown = row.made_id or row.ours_id
        return reverse("credential", args=[shown]) if shown else ""


@needs("workforce.edit")
@require_GET
def credential_file_rows(request: StaffRequest, file_id: int) -> HttpResponseBase:
    return show_list(request, CredentialRows(_find(request, file_id)))


def _missing(table: CredentialFile) -> QuerySet[Credential]:
    """What people who work here hold of the kinds the file agrees with, and which does not stand in it."""
    agreed = CredentialRow.objects.filter(table=table, ours__isnull=False)
    there = agreed.filter(ours=OuterRef("pk"))
    kinds = agreed.order_by().values("ours__kind")
    held = Credential.objects.current().verified().of_those_who_work_here(today())
    return held.filter(kind__in=kinds).exclude(Exists(there))


class MissingCredentials(Listing[Credential]):
    """What we have of the kinds in the file, and the file has not."""

    key, title = "credentials-not-in-file", gettext_lazy("On our record, not in the file")
    sort = "name"
    columns = (
        Column("name", gettext_lazy("Who"), sort="person__folded_name",
               value=lambda row: row.person.full_name),
        Column("kind", gettext_lazy("Credential"),
               value=lambda row: row.kind.name_in(get_language() or "en")),
        Column("number", gettext_lazy("Number"), value=lambda row: row.number),
        Column("until", gettext_lazy("Last day"), sort="expires_on", value=lambda row: row.expires_on),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nothing is missing"),
        gettext_lazy("Everything on our record of these kinds stands in the file."),
    )
    export_permission: ClassVar[str | None] = "workforce.edit"

    def __init__(self, table: CredentialFile) -> None:
        super().__init__()
        self.table = table

    def rows(self, request: Any) -> QuerySet[Credential]:
        return _missing(self.table).select_related("person", "kind")

    def address(self, row: Credential) -> str:
        return reverse("credential", args=[row.pk])


@needs("workforce.edit")
@require_GET
def credential_file_missing(request: StaffRequest, file_id: int) -> HttpResponseBase:
    return show_list(request, MissingCredentials(_find(request, file_id)))


@needs("workforce.edit")
@require_GET
def credential_file_refused(request: StaffRequest, file_id: int) -> HttpResponse:
    table = _find(request, file_id)
    return refused_file(table.pk, refused_rows(table, _("Why it was refused")))
