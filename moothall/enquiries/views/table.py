"""Bringing a table of enquiries in: send it, say what its columns mean, try it, open it, take it back."""

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.cases.visiting import case_address
from moothall.core.bringing import first_cells, refused_file, sent_on, stepped
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, Listing, show_list
from moothall.core.parts import render_page_or_part
from moothall.enquiries.forms.tables import MappingForm, TableForm
from moothall.enquiries.models import TableImport, TableMapping, TableRow
from moothall.enquiries.rules.table import bringing, opening
from moothall.enquiries.rules.table.meaning import Means, guess_columns
from moothall.enquiries.rules.table.mending import refused_rows
from moothall.people.requests import StaffRequest


def _page(table: TableImport) -> str:
    return reverse("table_import", args=[table.pk])


@needs("enquiries.import")
def import_table(request: StaffRequest) -> HttpResponse:
    user = request.user
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TableForm(*sent, account=user)
    if answer := sent_on(
        form, lambda data: bringing.take_table(
            data["file"], team=data["team"], service=data["service"], by=user, at=now()
        ), to=_page, at="file",
    ):  # fmt: skip
        return answer
    tables = TableImport.objects.visible_to(user).select_related("team", "started_by").order_by("-id")[:20]
    context = {"form": form, "tables": tables}
    return render(request, "enquiries/import_table.html", context, status=422 if form.errors else 200)


def _find(request: StaffRequest, table_id: int) -> TableImport:
    tables = TableImport.objects.visible_to(request.user).select_related("team", "service", "started_by")
    table = tables.filter(pk=table_id).first()
    if table is None:
        raise Http404
    return table


@require_GET
@needs("enquiries.import")
def table_import(request: StaffRequest, table_id: int) -> HttpResponse:
    """Where the table stands, and what can be done next."""
    table = _find(request, table_id)
    counted = dict(table.lines.values_list("result").annotate(Count("pk")).order_by())
    counts = [(words, counted[key], key) for key, words in RESULTS.items() if counted.get(key)]
    copies = counted.get(TableRow.COPY, 0) + counted.get(TableRow.TWICE, 0)
    context = {
        "table": table, "counts": counts, "new": counted.get(TableRow.NEW, 0), "copies": copies,
        "opened": counted.get(TableRow.OPENED, 0), "refused": counted.get(TableRow.REFUSED, 0),
        "undone": counted.get(TableRow.UNDONE, 0),
    }  # fmt: skip
    return render_page_or_part(request, "enquiries/table.html", "enquiries/parts/table.html", context)


@needs("enquiries.import")
def map_table(request: StaffRequest, table_id: int) -> HttpResponse:
    table = _find(request, table_id)
    saved = TableMapping.objects.filter(team=table.team)
    chosen = saved.filter(pk=request.GET["saved"]).first() if request.GET.get("saved", "").isdigit() else None
    kept = chosen.means if chosen else table.means or {"columns": guess_columns(table.columns)}
    sent = request.POST if request.method == "POST" else None
    form = MappingForm(sent, table=table, means=Means.of(kept))
    if answer := sent_on(
        form, lambda data: bringing.say_what_it_means(
            table, form.means(), name=data["name"], by=request.user, at=now()
        ), to=lambda _done: _page(table),
    ):  # fmt: skip
        return answer
    context = {"table": table, "form": form, "shown": first_cells(table), "saved": saved}
    return render(request, "enquiries/map_table.html", context, status=422 if form.errors else 200)


@require_POST
@needs("enquiries.import")
def open_table(request: StaffRequest, table_id: int) -> HttpResponse:
    table = _find(request, table_id)
    return stepped(request, lambda: opening.begin_opening(table, by=request.user, at=now()), to=_page(table))


@require_POST
@needs("enquiries.import")
def undo_table(request: StaffRequest, table_id: int) -> HttpResponse:
    table = _find(request, table_id)
    return stepped(request, lambda: opening.begin_undoing(table, by=request.user, at=now()), to=_page(table))


RESULTS = {
    TableRow.NEW: gettext_lazy("would be opened"),
    TableRow.OPENED: gettext_lazy("opened"),
    TableRow.COPY: gettext_lazy("brought in before"),
    TableRow.TWICE: gettext_lazy("twice in this file"),
    TableRow.REFUSED: gettext_lazy("refused"),
    TableRow.UNDONE: gettext_lazy("taken back"),
}


def _as_it_stands(row: TableRow) -> str:
    return " · ".join(cell for cell in row.cells if cell)[:200]


class TableRows(Listing[TableRow]):
    """Every row of one table, and what became of it: the reconciliation."""

    key, title = "table-rows", gettext_lazy("Rows of the table")
    sort = "number"
    columns = (
        Column("number", gettext_lazy("Row"), sort="number", numeric=True),
        Column("result", gettext_lazy("What came of it"), value=lambda row: RESULTS.get(row.result, "")),
        Column("case", gettext_lazy("Case"), value=lambda row: row.seen),
        Column("reason", gettext_lazy("Why")),
        Column("cells", gettext_lazy("As it stands in the file"), value=_as_it_stands),
    )  # fmt: skip
    filters = (
        ChoiceFilter(
            "result", gettext_lazy("What came of it"), options=list(RESULTS.items()), field="result"
        ),
    )
    empty = Empty(gettext_lazy("No rows"))

    def __init__(self, table: TableImport) -> None:
        super().__init__()
        self.table = table

    def rows(self, request: StaffRequest) -> QuerySet[TableRow]:
        return self.table.lines.select_related("case")

    def prepare(self, rows: list[TableRow], request: StaffRequest) -> None:
        """A case that one may not see is not named, whoever brought it in."""
        ids = [row.case_id for row in rows if row.case_id]
        seen = set(Case.objects.visible_to(request.user).filter(pk__in=ids).values_list("pk", flat=True))
        for row in rows:
            row.seen = row.case.reference if row.case and row.case_id in seen else ""  # type: ignore[attr-defined]

    def address(self, row: TableRow) -> str:
        return case_address(row.case) if row.case and row.seen else ""  # type: ignore[attr-defined]


@require_GET
@needs("enquiries.import")
def table_rows(request: StaffRequest, table_id: int) -> HttpResponseBase:
    return show_list(request, TableRows(_find(request, table_id)))


@require_GET
@needs("enquiries.import")
def table_refused(request: StaffRequest, table_id: int) -> HttpResponse:
    table = _find(request, table_id)
    return refused_file(table.pk, refused_rows(table))
