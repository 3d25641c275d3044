"""The rows that a figure is the sum of."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import needs
from moothall.leave.models import LeaveRequest
from moothall.people.requests import StaffRequest
from moothall.reports.rules import standing
from moothall.reports.rules.figures import BY_KEY, rows_of
from moothall.reports.rules.months import sees_absence
from moothall.reports.rules.reading import Row
from moothall.workforce.models import Employment

from .finding import Asked, asked_for

A_PAGE = 50


@require_GET
@needs("workforce.view")
def figure_rows(request: StaffRequest, month: str, key: str) -> HttpResponse:
    """Everybody who adds to a figure, and by how much; their sum is the figure."""
    asked, figure = asked_for(request, month), BY_KEY.get(key)
    if figure is None:
        raise Http404
    if figure.of_absence and not sees_absence(request.user, asked.scope):
        raise PermissionDenied
    found = rows_of(figure, asked.of_unit, asked.month)
    some: Any = found
    page: Page[Row] = Paginator(some, A_PAGE).get_page(request.GET.get("page"))
    people = Employment.objects.select_related("person").in_bulk([row.employment_id for row in page])
    names = dict(asked.units)
    context = {
        "asked": asked, "figure": figure, "page": page, "count": len(found), "sum": found.total,
        "rows": [(row, people[row.employment_id], names.get(row.unit_id, "")) for row in page],
        "made_of": [BY_KEY[each] for each in figure.made_of],
    }  # fmt: skip
    return render(request, "reports/rows.html", context)


@require_GET
@needs("workforce.view")
def waiting_leave(request: StaffRequest) -> HttpResponse:
    """Requests for leave that nobody has decided, whoever is to."""
    asked: Asked = asked_for(request, "")
    waiting = standing.waiting_leave(asked.of_unit, today())
    rows = LeaveRequest.objects.filter(pk__in=waiting.values("pk")).shown().order_by("from_on", "id")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/waiting_leave.html", {"asked": asked, "page": page})
