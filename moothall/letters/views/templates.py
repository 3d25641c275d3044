"""Letter templates: the list, the editor of both languages, and what changed when."""

from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.core.refusals import Refusal
from moothall.letters.forms import NewTemplateForm, TemplateForm
from moothall.letters.models import LetterTemplate
from moothall.letters.rules import templates
from moothall.people.requests import StaffRequest

from .visiting import done


def find_template(key: str) -> LetterTemplate:
    template = LetterTemplate.objects.filter(key=key).first()
    if template is None:
        raise Http404
    return template


def by_words(rows: Any, words: str) -> Any:
    return rows.filter(Q(name__icontains=words) | Q(name_cy__icontains=words) | Q(key__icontains=words))


class TemplateList(Listing[LetterTemplate]):
    key, title = "templates", gettext_lazy("Letter templates")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("name_cy", gettext_lazy("Name in Welsh")),
        Column("key", gettext_lazy("Key"), sort="key"),
        Column("desk", gettext_lazy("Desk")),
        Column("version", gettext_lazy("Version"), value=lambda row: row.latest_version, numeric=True),
        Column("approval_required", gettext_lazy("Needs approval")),
        Column("retired_at", gettext_lazy("Retired")),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=by_words),
        ChoiceFilter(
            "desk",
            gettext_lazy("Desk"),
            options=lambda _request: [
                (desk, desk or _("Every desk"))
                for desk in LetterTemplate.objects.order_by("desk").values_list("desk", flat=True).distinct()
                if desk
            ],
        ),
        FlagFilter(
            "no_welsh",
            gettext_lazy("Without Welsh"),
            apply=lambda rows: rows.without_welsh(),
        ),
        FlagFilter(
            "retired", gettext_lazy("Retired"), apply=lambda rows: rows.filter(retired_at__isnull=False)
        ),
    )
    empty = Empty(gettext_lazy("No template fits"))

    def rows(self, request: StaffRequest) -> QuerySet[LetterTemplate]:
        return LetterTemplate.objects.annotate(latest_version=Max("texts__version"))

    def address(self, row: LetterTemplate) -> str:
        return reverse("template_texts", args=[row.key])

    def row_classes(self, row: LetterTemplate) -> str:
        return "mh-row--quiet" if row.retired_at else ""

    def actions(self, _request: StaffRequest) -> list[Link]:
        return [
            Link(gettext_lazy("Add a template"), reverse("template_add")),
            Link(gettext_lazy("Letterhead"), reverse("letterhead")),
        ]


@needs("letters.templates")
def template_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, TemplateList())


@needs("letters.templates")
def template_add(request: StaffRequest) -> HttpResponse:
    form = NewTemplateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            template = templates.create_template(**form.cleaned_data, by=request.user, at=now())
            return redirect("template_texts", key=template.key)
        except Refusal as refusal:
            form.add_error("key", str(refusal))
    context = {"form": form, "title": _("Add a letter template"), "back": reverse("template_list")}
    return render(request, "letters/template_form.html", context, status=422 if form.errors else 200)


@needs("letters.templates")
def template_settings(request: StaffRequest, key: str) -> HttpResponse:
    template = find_template(key)
    now_set = {name: getattr(template, name) for name in TemplateForm.base_fields}
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=now_set)
    back = reverse("template_texts", args=[key])
    if request.method == "POST" and form.is_valid():
        templates.rename_template(template, **form.cleaned_data, by=request.user, at=now())
        return done(request, _("Saved."), back)
    context = {"form": form, "title": template.name, "back": back}
    return render(request, "letters/template_form.html", context, status=422 if form.errors else 200)


@require_GET
@needs("letters.templates")
def template_history(request: StaffRequest, key: str) -> HttpResponse:
    template = find_template(key)
    texts = list(template.texts.select_related("saved_by").order_by("-version")[:51])
    pairs = list(zip(texts, [*texts[1:], *texts[-1:]], strict=True))[:50]  # the first differs from nothing
    return render(request, "letters/template_history.html", {"template": template, "pairs": pairs})


@require_POST
@needs("letters.templates")
def template_retirement(request: StaffRequest, key: str) -> HttpResponse:
    templates.retire_template(find_template(key), by=request.user, at=now())
    return done(request, _("Retired: nobody is offered this template."), reverse("template_list"))


@require_POST
@needs("letters.templates")
def template_restoration(request: StaffRequest, key: str) -> HttpResponse:
    templates.restore_template(find_template(key), by=request.user, at=now())
    return done(request, _("In use again."), reverse("template_texts", args=[key]))
