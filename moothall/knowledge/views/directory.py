"""The directory of who else can help, for those who keep it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import Column, Empty, FlagFilter, Link, Listing, SearchFilter, show_list
from moothall.core.refusals import Refusal, Words
from moothall.knowledge.forms import DirectoryForm
from moothall.knowledge.models import Signpost
from moothall.knowledge.rules import directory as rules
from moothall.people.requests import StaffRequest


def find_entry(key: str) -> Signpost:
    found = Signpost.objects.filter(key=key).select_related("checked_by").first()
    if found is None:
        raise Http404
    return found


class Directory(Listing[Signpost]):
    """Who else can help; those no longer offered only when asked for."""

    key, title = "directory", gettext_lazy("Who else can help")
    sort, row_template = "name", "knowledge/parts/entry_row.html"
    opens_with = "offered=1"
    ready_views = (
        (gettext_lazy("Offered now"), "offered=1"),
        (gettext_lazy("To be checked"), "unchecked=1"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("name", gettext_lazy("Name"), sort="name", value=lambda row: row.said("name", here())),
        Column("when", gettext_lazy("For what"), value=lambda row: row.said("when_to_use", here())),
        Column("how", gettext_lazy("How to reach them"), value=lambda row: row.said("how", here())),
        Column("checked", gettext_lazy("Checked"), sort="checked_on", value=lambda row: row.checked_on),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=lambda rows, words: rows.mentioning(words)),
        FlagFilter("offered", gettext_lazy("Offered now"), apply=lambda rows: rows.in_force(today())),
        FlagFilter("unchecked", gettext_lazy("To be checked"), apply=lambda rows: rows.unchecked(today())),
        FlagFilter(
            "public", gettext_lazy("Shown to the public"), apply=lambda rows: rows.filter(public=True)
        ),
    )
    empty = Empty(
        gettext_lazy("The directory is empty"),
        gettext_lazy("Add who else can help, so that nobody is sent away without knowing where to go."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Signpost]:
        return Signpost.objects.all()

    def prepare(self, rows: list[Signpost], request: StaffRequest) -> None:
        """What a row says of its state this day."""
        for row in rows:
            row.offered = row.is_offered(today())  # type: ignore[attr-defined]
            row.unchecked = row.needs_checking(today())  # type: ignore[attr-defined]

    def address(self, row: Signpost) -> str:
        return reverse("directory_entry", args=[row.key])

    def actions(self, request: StaffRequest) -> list[Link]:
        if not request.user.may("knowledge.edit"):
            return []
        return [Link(_("Add somebody"), reverse("add_entry"))]


def here() -> str:
    return get_language() or "en"


@needs("cases.view")
def directory(request: StaffRequest) -> HttpResponse:
    return show_list(request, Directory())


@require_GET
@needs("cases.view")
def directory_entry(request: StaffRequest, key: str) -> HttpResponse:
    entry = find_entry(key)
    context = {
        "entry": entry,
        "offered": entry.is_offered(today()),
        "unchecked": entry.needs_checking(today()),
        "answers": entry.answers.count(),
    }
    return render(request, "knowledge/entry.html", context)


@needs("knowledge.edit")
def add_entry(request: StaffRequest) -> HttpResponse:
    form = DirectoryForm(request.POST if request.method == "POST" else None, initial={"public": True})
    return _kept(
        request, form, title=_("Add to the directory"),
        rule=lambda data: rules.add_signpost(data, by=request.user, at=now()),
    )  # fmt: skip


@needs("knowledge.edit")
def edit_entry(request: StaffRequest, key: str) -> HttpResponse:
    entry = find_entry(key)
    initial = {name: getattr(entry, name) for name in rules.FIELDS}
    form = DirectoryForm(request.POST if request.method == "POST" else None, initial=initial)
    return _kept(
        request, form, title=entry.said("name", here()), entry=entry,
        rule=lambda data: rules.change_signpost(entry, data, by=request.user, at=now()),
    )  # fmt: skip


def _kept(
    request: StaffRequest, form: DirectoryForm, *, title: Words, rule: Any, entry: Signpost | None = None
) -> HttpResponse:
    if form.is_valid():
        try:
            kept = rule(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("directory_entry", key=kept.key)
    context = {"form": form, "title": title, "entry": entry}
    return render(request, "knowledge/entry_form.html", context, status=422 if form.errors else 200)


@require_POST
@needs("knowledge.edit")
def check_entry(request: StaffRequest, key: str) -> HttpResponse:
    rules.check_signpost(find_entry(key), by=request.user, at=now(), today=today())
    messages.success(request, _("Checked today, by you."))
    return redirect("directory_entry", key=key)


@require_POST
@needs("knowledge.edit")
def retire_entry(request: StaffRequest, key: str) -> HttpResponse:
    rules.retire_signpost(find_entry(key), by=request.user, at=now())
    messages.success(
        request, _("Offered to nobody any more."), extra_tags=reverse("restore_entry", args=[key])
    )
    return redirect("directory_entry", key=key)


@require_POST
@needs("knowledge.edit")
def restore_entry(request: StaffRequest, key: str) -> HttpResponse:
    rules.restore_signpost(find_entry(key), by=request.user, at=now())
    messages.success(request, _("Offered again."))
    return redirect("directory_entry", key=key)
