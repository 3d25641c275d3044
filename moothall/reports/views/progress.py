"""How far the year has come: leave taken against entitlement, and appraisals."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from moothall.appraisal.rules.completion import total
from moothall.core.clock import today
from moothall.core.door import needs
from moothall.people.requests import StaffRequest
from moothall.reports.rules.progress import appraisals_now, leave_by_unit, leave_of, together

from .finding import Asked, asked_for

A_PAGE = 50


@require_GET
@needs("workforce.view")
def year_so_far(request: StaffRequest) -> HttpResponse:
    """By unit; of one unit also the people whose leave it is the sum of."""
    asked: Asked = asked_for(request, "")
    names, language = dict(asked.units), get_language() or "en"
    leave = leave_by_unit(asked.of_unit)
    rows = leave_of(asked.of_unit).select_related("employment__person").order_by("-taken", "employment_id")
    cycles = [
        ((cycle.name_cy if language == "cy" else "") or cycle.name, cycle, lines, total(lines))
        for cycle, lines in appraisals_now(asked.of_unit, on=today())
    ]
    context = {
        "asked": asked, "leave": [(names.get(each.unit_id or 0, ""), each) for each in leave],
        "leave_total": together(leave), "cycles": cycles,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")) if asked.unit else None,
        "counted_at": rows.values_list("counted_at", flat=True).first(),
    }  # fmt: skip
    return render(request, "reports/progress.html", context)
