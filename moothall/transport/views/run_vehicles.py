"""The vehicle of a run of a day, changed from the board: by hand, or for the next that is free."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.run_vehicles import RunVehicleForm
from moothall.transport.models import Duty, VehicleSwap
from moothall.transport.models.journey import FROM, TO
from moothall.transport.rules import swapping as rules


def _board(day: dt.date, way: str) -> str:
    return reverse("crew_board", query={"day": day.isoformat(), "way": way})


@needs("transport.use")
@managing
def give_vehicle(request: StaffRequest, number: int) -> HttpResponse:
    """The vehicles that can go with the run that day, and of every other why not."""
    duty = Duty.objects.select_related("run__kind", "run__depot", "vehicle").filter(pk=number).first()
    if duty is None:
        raise Http404
    offers = rules.offers_for(duty)
    form = filled(request, RunVehicleForm, offers=offers)
    named = {"run": duty.run.called, "day": date_format(duty.day, "l j F Y"), "vehicle": duty.vehicle or "–"}

    def give(_data: object) -> VehicleSwap:
        vehicle, onward = form.entry()
        return rules.give_by_hand(duty, vehicle, onward=onward, by=request.user, at=now())

    return show_form(
        request, form, title=_("A vehicle for run %(run)s") % named, rule=give, button=_("Give it"),
        lead=_("On %(day)s it goes with: %(vehicle)s.") % named, words=_("It goes with this vehicle now."),
        back=_board(duty.day, duty.run.direction), undo=lambda made: reverse("undo_swap", args=[made.pk]),
        template="transport/give_vehicle.html", context={"others": [each for each in offers if each.why]},
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def next_vehicles(request: StaffRequest, day: str) -> HttpResponse:
    """The next that is free, for every run of the half day whose vehicle cannot go."""
    try:
        on = dt.date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404 from wrong
    way = FROM if request.POST.get("way") == FROM else TO
    made = rules.give_next(on, way, by=request.user, at=now())
    many = len(made.changes)
    said = ngettext(
        "%(many)s run goes with another vehicle now.", "%(many)s runs go with another vehicle now.", many
    )
    messages.success(request, said % {"many": many}, extra_tags=reverse("undo_swap", args=[made.pk]))
    return redirect(_board(on, way))


@needs("transport.use")
@require_POST
@managing
def undo_swap(request: StaffRequest, number: int) -> HttpResponse:
    found = VehicleSwap.objects.filter(pk=number, undone_at=None).first()
    if found is None:
        raise Http404
    rules.take_back_swap(found, by=request.user, at=now())
    messages.success(request, _("The runs go again with what they went with."))
    return redirect(reverse("crew_board", query={"day": found.day.isoformat()}))
