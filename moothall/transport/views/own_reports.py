"""Something happened on the way: whoever is signed in reports it, and hears that it was received."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import show_form
from moothall.people.requests import StaffRequest
from moothall.transport.forms.incidents import ReportForm, begun
from moothall.transport.models import Duty, Incident
from moothall.transport.rules.incidents import There, receipts_of, report_incident
from moothall.transport.rules.who_was_there import by_initials, on_the_run, own_runs

YEAR = dt.timedelta(days=365)


@signed_in
@require_GET
def my_reports(request: StaffRequest) -> HttpResponse:
    """What was reported on the way, and that it was received. What becomes of it is not told here."""
    context = {"receipts": receipts_of(request.user, since=now() - YEAR)}
    return render(request, "transport/incident_receipts.html", context)


@signed_in
def report_on_the_way(request: StaffRequest) -> HttpResponse:
    """On a telephone: the run of today is chosen, and its passengers stand there by their initials."""
    duties = own_runs(request.user, on=today())
    asked = request.POST.get("run", "") or request.GET.get("run", "")
    duty = duties.get(int(asked)) if asked.isdecimal() and len(asked) < 18 else None
    duty = duty or next((each for each in duties.values() if each.day == today()), None)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReportForm(
        *sent, runs=[each.run for each in duties.values()], there=_there(duty), called=by_initials,
        initial=begun(now(), run=duty.run_id if duty else ""),
    )  # fmt: skip
    return show_form(
        request, form, title=_("Report what happened"), back=reverse("my_reports"), button=_("Report"),
        lead=_("If somebody is in danger, call 999 first."),
        words=_("It was received. Somebody from the office sees to it."),
        rule=lambda _data: _report(request, form, duties),
    )  # fmt: skip


def _there(duty: Duty | None) -> list[There]:
    return on_the_run(duty.run, duty.day) if duty is not None else []


def _report(request: StaffRequest, form: ReportForm, duties: dict[int, Duty]) -> Incident:
    given = form.entry()
    duty = duties.get(given["run"].pk) if given["run"] else None
    vehicle = duty.vehicle if duty is not None else None
    return report_incident(**given, vehicle=vehicle, by=request.user, at=now(), by_crew=True)
