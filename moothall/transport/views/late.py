"""A run is late: said by the desk, with the list of whom it concerns before anybody is told."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled
from moothall.people.requests import StaffRequest
from moothall.transport.forms.day import LateForm
from moothall.transport.models import DayMessage, LateRun, Passing, Run
from moothall.transport.rules import late as rules
from moothall.transport.rules.going import going_on


def _run(request: StaffRequest, number: int, said: str) -> tuple[Run, dt.date]:
    """A run that goes on that day; any other does not exist."""
    try:
        day = dt.date.fromisoformat(said)
    except ValueError as wrong:
        raise Http404 from wrong
    for going in going_on(day):
        if going.run.pk == number:
            return going.run, day
    raise Http404


@needs("transport.use")
@require_GET
def late_run(request: StaffRequest, number: int, day: str) -> HttpResponse:
    """How late it is and who has been told; with minutes, who would be told now."""
    run, on = _run(request, number, day)
    form = LateForm(request.GET if "minutes" in request.GET else None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else None
    telling = rules.telling_of(run, on, asked["minutes"], by=request.user) if asked else None
    passings = Passing.objects.of_run(run, on).select_related("call", "passenger__person", "by")
    told = DayMessage.objects.visible_to(request.user).filter(run=run, day=on).order_by("at", "id")
    context = {
        "run": run, "day": on, "form": form, "asked": asked, "telling": telling, "passings": passings,
        "late": LateRun.objects.of_run(run, on), "told": told,
    }  # fmt: skip
    return render(request, "transport/late_run.html", context, status=422 if form.errors else 200)


@needs("transport.use")
@require_POST
def tell_late(request: StaffRequest, number: int, day: str) -> HttpResponse:
    """As it was looked at: whoever is on the list is told."""
    run, on = _run(request, number, day)
    form = filled(request, LateForm)
    back = reverse("late_run", args=[run.pk, on.isoformat()])
    if not form.is_valid():
        return redirect(f"{back}?minutes=")
    seen = request.POST.get("seen", "")
    rules.say_late(run, day=on, **form.cleaned_data, by=request.user, at=now(), seen=seen)
    undo = reverse("run_on_time", args=[run.pk, on.isoformat()])
    messages.success(request, _("Kept. Those on the list are told."), extra_tags=undo)
    return redirect(back)


@needs("transport.use")
@require_POST
def run_on_time(request: StaffRequest, number: int, day: str) -> HttpResponse:
    run, on = _run(request, number, day)
    rules.back_on_time(run, day=on, by=request.user, at=now())
    said = _("On time again. What had not left is taken back, and whoever was told hears of it.")
    messages.success(request, said)
    return redirect("late_run", run.pk, on.isoformat())
