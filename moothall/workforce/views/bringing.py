"""Bringing staff records in: send an extract, say what its columns mean, compare, carry out, take back."""

from typing import Any, ClassVar

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.bringing import first_cells, refused_file, sent_on, stepped
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, FlagFilter, Listing, SearchFilter, show_list
from moothall.core.parts import render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.workforce.forms.bringing import ExtractForm, StaffMappingForm
from moothall.workforce.models import Employment, StaffImport, StaffProfile, StaffRow
from moothall.workforce.rules.bringing import taking
from moothall.workforce.rules.bringing.columns import FIELDS, Means, guess_means


def _page(table: StaffImport) -> str:
    return reverse("staff_import", args=[table.pk])


def _find(request: StaffRequest, import_id: int) -> StaffImport:
    tables = StaffImport.objects.visible_to(request.user).select_related("started_by", "run_by", "undone_by")
    table = tables.filter(pk=import_id).first()
    if table is None:
        raise Http404
    return table


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
def import_staff(request: StaffRequest) -> HttpResponse:
    """An extract holds everybody: it is for those who keep everybody's record."""
    if not request.user.standing().everywhere_for("workforce.edit"):
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ExtractForm(*sent)
    if answer := sent_on(
        form, lambda data: taking.take_extract(data["file"], by=request.user, at=now()), to=_page, at="file"
    ):
        return answer
    tables = StaffImport.objects.visible_to(request.user).select_related("started_by").order_by("-id")[:20]
    context = {"form": form, "tables": tables}
    return render(request, "workforce/import_staff.html", context, status=422 if form.errors else 200)


@needs("workforce.edit")
@require_GET
def staff_import(request: StaffRequest, import_id: int) -> HttpResponse:
    """Where it stands, what it would change, and what can be done next."""
    table = _find(request, import_id)
    counted = dict(table.lines.values_list("kind").annotate(Count("pk")).order_by())
    counts = [(words, counted[kind], kind) for kind, words in StaffRow.KINDS if counted.get(kind)]
    context = {
        "table": table, "counts": counts, "refused": counted.get(StaffRow.REFUSED, 0),
        "choices": [each for each in counts if each[2] in StaffRow.CARRIED_OUT],
        "missing": _missing(table).count() if table.state == StaffImport.CHECKED else 0,
        "done": StaffRow.objects.filter(table=table, done_at__isnull=False).count(),
    }  # fmt: skip
    return render_page_or_part(
        request, "workforce/staff_import.html", "workforce/parts/staff_import.html", context
    )


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
def map_staff_import(request: StaffRequest, import_id: int) -> HttpResponse:
    table, chosen = _find(request, import_id), request.GET.get("saved", "")
    saved = StaffProfile.objects.all()
    profile = saved.filter(pk=chosen).first() if chosen.isdigit() and len(chosen) < 18 else None
    means = Means.of(profile.means if profile else table.means) if profile or table.means else None
    form = StaffMappingForm(
        request.POST if request.method == "POST" else None, table=table,
        means=means or guess_means(table.columns),
    )  # fmt: skip
    if answer := sent_on(
        form, lambda data: taking.say_what_it_means(
            table, form.means(), source=data["source"], name=data["name"], by=request.user, at=now()
        ), to=lambda _done: _page(table),
    ):  # fmt: skip
        return answer
    context = {"table": table, "form": form, "shown": first_cells(table), "saved": saved}
    return render(request, "workforce/map_staff_import.html", context, status=422 if form.errors else 200)


@needs("workforce.edit")
@require_POST
def run_staff_import(request: StaffRequest, import_id: int) -> HttpResponse:
    table, kinds = _find(request, import_id), request.POST.getlist("kinds")
    return stepped(
        request, lambda: taking.begin_running(table, kinds=kinds, by=request.user, at=now()), to=_page(table)
    )


@needs("workforce.edit")
@require_POST
def undo_staff_import(request: StaffRequest, import_id: int) -> HttpResponse:
    table = _find(request, import_id)
    return stepped(request, lambda: taking.begin_undoing(table, by=request.user, at=now()), to=_page(table))


def _differences(row: StaffRow) -> str:
    return "; ".join(
        f"{FIELDS.get(name) or _('Post')}: {ours or '–'} → {theirs}"
        for name, (ours, theirs) in row.changes.items()
    )


def _became(row: StaffRow) -> str:
    if row.undone_at:
        return _("Taken back")
    return _("Carried out") if row.done_at else ""


class StaffRows(Listing[StaffRow]):
    """Every row of an extract: what differs, field by field, and what became of it."""

    key, title = "staff-rows", gettext_lazy("Rows of the file")
    sort = "number"
    columns = (
        Column("number", gettext_lazy("Row"), sort="number", numeric=True),
        Column("key", gettext_lazy("Employee number"), sort="key"),
        Column("name", gettext_lazy("Our record"), value=lambda row: row.name),
        Column("kind", gettext_lazy("What it is"), value=lambda row: row.get_kind_display()),
        Column("differs", gettext_lazy("Ours → theirs"), value=_differences),
        Column("reason", gettext_lazy("Why")),
        Column("became", gettext_lazy("What became of it"), value=_became),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Employee number"),
                     apply=lambda rows, words: rows.filter(key__istartswith=words.strip())),
        ChoiceFilter("kind", gettext_lazy("What it is"), options=StaffRow.KINDS, field="kind"),
        FlagFilter("done", gettext_lazy("Carried out"),
                   apply=lambda rows: rows.filter(done_at__isnull=False)),
    )  # fmt: skip
    empty = Empty(gettext_lazy("No rows"))
    export_permission: ClassVar[str | None] = "workforce.edit"

    def __init__(self, table: StaffImport) -> None:
        super().__init__()
        self.table = table

    def rows(self, request: Any) -> QuerySet[StaffRow]:
        return StaffRow.objects.filter(table=self.table).select_related("employment__person")

    def prepare(self, rows: list[StaffRow], request: Any) -> None:
        for row in rows:
            row.name = row.employment.person.full_name if row.employment else ""  # type: ignore[attr-defined]

    def address(self, row: StaffRow) -> str:
        return reverse("staff_record", args=[row.employment.number]) if row.employment else ""


@needs("workforce.edit")
@require_GET
def staff_import_rows(request: StaffRequest, import_id: int) -> HttpResponseBase:
    return show_list(request, StaffRows(_find(request, import_id)))


def _missing(table: StaffImport) -> QuerySet[Employment]:
    there = StaffRow.objects.filter(table=table, key=OuterRef("number"))
    return Employment.objects.in_force(today()).exclude(Exists(there))


class MissingStaff(Listing[Employment]):
    """Who works here by our record and does not stand in the file."""

    key, title = "staff-not-in-file", gettext_lazy("In our records, not in the file")
    sort = "name"
    columns = (
        Column("name", gettext_lazy("Name"), sort="person__folded_name",
               value=lambda row: row.person.full_name),
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("started", gettext_lazy("Since"), sort="started_on", value=lambda row: row.started_on),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody is missing"), gettext_lazy("Everybody who works here stands in the file.")
    )
    export_permission: ClassVar[str | None] = "workforce.edit"

    def __init__(self, table: StaffImport) -> None:
        super().__init__()
        self.table = table

    def rows(self, request: Any) -> QuerySet[Employment]:
        return _missing(self.table).select_related("person")

    def address(self, row: Employment) -> str:
        return reverse("staff_record", args=[row.number])


@needs("workforce.edit")
@require_GET
def staff_import_missing(request: StaffRequest, import_id: int) -> HttpResponseBase:
    return show_list(request, MissingStaff(_find(request, import_id)))


@needs("workforce.edit")
@require_GET
def staff_import_refused(request: StaffRequest, import_id: int) -> HttpResponse:
    table = _find(request, import_id)
    return refused_file(table.pk, taking.refused_rows(table, _("Why it was refused")))
