"""Month-end figures: one page of a month, with the twelve before it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.requests import StaffRequest
from moothall.reports.rules.figures import BY_KEY
from moothall.reports.rules.months import BEFORE, month_of
from moothall.reports.rules.standing import standing

from .finding import asked_for, keeps_figures
from .putting import BY_UNIT, IN_HISTORY, put_together

CHOICES = 24


@require_GET
@needs("workforce.view")
def figures(request: StaffRequest) -> HttpResponse:
    """The month as it stands now, or as it was closed."""
    asked = asked_for(request, request.GET.get("month", ""))
    this = month_of(today(), today=today())
    context = put_together(asked, request.user) | {
        "asked": asked, "months": [this.back(number) for number in range(CHOICES)], "at": now(),
        "standing": standing(request.user, unit=asked.unit, on=today()), "today": today(),
        "in_history": [BY_KEY[key] for key in IN_HISTORY], "of_units": [BY_KEY[key] for key in BY_UNIT],
        "keeps": keeps_figures(request.user), "before": BEFORE,
        "sees_pathways": request.user.may("training.manage"),
    }  # fmt: skip
    return render(request, "reports/figures.html", context)
