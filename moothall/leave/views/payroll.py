"""Leave for payroll: the runs, a new one, and the file of each."""

import datetime as dt
import io

from django.db.models import Count, F, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists.exporting import write_csv
from moothall.leave.forms import PayrollForm
from moothall.leave.models import PayrollLine, PayrollRun
from moothall.leave.rules import paying
from moothall.people.requests import StaffRequest

SHOWN = 24


@require_GET
@needs("workforce.edit")
def leave_payroll(request: StaffRequest) -> HttpResponse:
    """The runs of two years or so, the newest month first."""
    rows = PayrollRun.objects.select_related("made_by").annotate(
        told=Count("lines"), hours=Sum("lines__hours"),
        corrections=Count("lines", filter=Q(lines__month__lt=F("month"))),
    )  # fmt: skip
    return render(request, "leave/payroll.html", {"runs": rows[:SHOWN]})


@needs("workforce.edit")
def run_leave_payroll(request: StaffRequest) -> HttpResponse:
    first = today().replace(day=1)
    before = (first - dt.timedelta(days=1)).replace(day=1)
    form = filled(request, PayrollForm, initial={"month": before.strftime("%Y-%m")}, today=today())
    return show_form(
        request, form, title=_("Leave for payroll"), back=reverse("leave_payroll"), button=_("Make the file"),
        lead=_("Hours of approved leave by kind. What changed in months told before comes as a difference."),
        words=_("The file is made."),
        rule=lambda data: paying.run_payroll(
            month=data["month"], by=request.user, at=now(), today=today()
        ),
    )  # fmt: skip


@require_GET
@needs("workforce.edit")
def leave_payroll_file(request: StaffRequest, number: int) -> HttpResponse:
    """The lines of one run as CSV, as they were told then."""
    run = PayrollRun.objects.filter(pk=number).first()
    if run is None:
        raise Http404
    language = get_language() or "en"
    headings = [
        _("Number"),
        _("Name"),
        _("Code"),
        _("Kind of leave"),
        _("Month"),
        _("Hours"),
        _("Correction"),
    ]
    rows = PayrollLine.objects.filter(run=run).select_related("employment__person", "kind")
    file = io.BytesIO()
    write_csv(
        file, headings,
        (
            [each.employment.number, each.employment.person.full_name, each.kind.payroll_code,
             each.kind.name_in(language), f"{each.month:%Y-%m}", each.hours,
             _("yes") if each.month < run.month else _("no")]
            for each in rows.order_by("employment__number", "month", "kind__order")
        ),
    )  # fmt: skip
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="leave-{run.month:%Y-%m}-{run.number}.csv"'
    return response
