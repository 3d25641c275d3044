"""Figures of pathways: a line for each cohort, and what each number counts."""

import io
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.audit import write_down
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists.exporting import KINDS, Cell, cell
from moothall.people.requests import StaffRequest
from moothall.reports.rules.pathways import (
    AGAIN,
    BY_KEY,
    FIGURES,
    WAITING,
    OfCohort,
    PathwayFigure,
    cohorts_counted,
    count_pathways,
    students_of,
    together,
)
from moothall.training.models import Cohort, Pathway, PathwayItem, Student, StudentMove
from moothall.training.rules.pathways.progress import read_progress
from moothall.training.rules.pathways.waiting import Unsigned, unsigned

A_PAGE = 50


def _chosen(request: StaffRequest) -> Pathway | None:
    key = request.GET.get("pathway") or request.POST.get("pathway") or ""
    if not key:
        return None
    found = Pathway.objects.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _counted(pathway: Pathway | None) -> list[OfCohort]:
    day = today()
    return count_pathways(list(cohorts_counted(on=day, pathway=pathway.pk if pathway else None)), on=day)


@require_GET
@needs("training.manage")
def pathway_figures(request: StaffRequest) -> HttpResponse:
    """How the cohorts stand today."""
    pathway = _chosen(request)
    lines = _counted(pathway)
    context = {
        "lines": lines, "whole": together(lines), "pathway": pathway, "today": today(), "figures": FIGURES,
        "pathways": Pathway.objects.order_by("name", "id"),
    }  # fmt: skip
    return render(request, "reports/pathways.html", context)


@require_GET
@needs("training.manage")
def pathway_figure_rows(request: StaffRequest, key: str) -> HttpResponse:
    """Whom, or what, a figure counts: of one cohort, or of all."""
    figure, pathway = BY_KEY.get(key), _chosen(request)
    if figure is None:
        raise Http404
    rows = cohorts_counted(on=today(), pathway=pathway.pk if pathway else None)
    asked = request.GET.get("cohort", "")
    cohorts = list(rows.filter(pk=int(asked)) if asked.isdigit() else rows)
    if asked and not cohorts:
        raise Http404
    context = _rows_of(figure, cohorts, request.GET.get("page")) | {
        "figure": figure, "cohort": cohorts[0] if asked else None, "pathway": pathway, "today": today(),
    }  # fmt: skip
    return render(request, "reports/pathway_rows.html", context)


def _rows_of(figure: PathwayFigure, cohorts: Sequence[Cohort], wanted: str | None) -> dict[str, Any]:
    numbers, day = [each.pk for each in cohorts], today()
    if figure.key == AGAIN:
        moves = StudentMove.objects.filter(from_cohort__in=numbers).select_related(
            "student__employment__person", "module", "from_cohort", "to_cohort", "by"
        )
        page = Paginator(moves.order_by("-at", "-pk"), A_PAGE).get_page(wanted)
        return {"page": page, "moves": page.object_list}
    if figure.key == WAITING:
        things = Paginator(unsigned(numbers, on=day), A_PAGE).get_page(wanted)
        return {"page": things, "things": _told(list(things.object_list))}
    people = Paginator(students_of(figure, numbers, on=day), A_PAGE).get_page(wanted)
    found = Student.objects.in_full().in_bulk(list(people.object_list))
    some = [found[pk] for pk in people.object_list if pk in found]
    return {"page": people, "progress": list(read_progress(some, today=day).values())}


def _told(things: Sequence[Unsigned]) -> list[tuple[Unsigned, Student, PathwayItem]]:
    students = Student.objects.in_full().in_bulk({each.student_id for each in things})
    items = PathwayItem.objects.select_related("module").in_bulk({each.item_id for each in things})
    return [(each, students[each.student_id], items[each.item_id]) for each in things]


@require_POST
@needs("training.manage")
def export_pathway_figures(request: StaffRequest) -> HttpResponse:
    """CSV or Excel, written down in the audit."""
    kind, pathway = request.POST.get("kind", "csv"), _chosen(request)
    if kind not in KINDS:
        raise Http404
    write, media_type = KINDS[kind]
    file = io.BytesIO()
    language = get_language() or "en"
    heads = [_("Cohort"), _("Pathway"), _("Begins"), *(str(each.name) for each in FIGURES)]
    lines = [_line(each, language) for each in _counted(pathway)]
    count = write(file, heads, lines)
    detail = {"list": "pathway figures", "kind": kind, "query": pathway.key if pathway else "", "rows": count}
    write_down("list.exported", by=request.user, at=now(), detail=detail)
    answer = HttpResponse(file.getvalue(), content_type=media_type)
    answer["Content-Disposition"] = str(content_disposition_header(True, f"pathways-{today()}.{kind}"))
    return answer


def _line(of: OfCohort, language: str) -> list[Cell]:
    cohort = of.cohort
    said = [cohort.name, cohort.pathway.name_in(language), cohort.starts_on] if cohort else ["", "", ""]
    return [*(cell(each) for each in said), *(cell(number) for _figure, number in of.values)]
