"""Vehicles: the list, adding one, days off the road; prices of kinds and the figures that plans keep to."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
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
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.fleet import FigureForm, OffRoadForm, PriceForm, VehicleForm
from moothall.transport.models import KindPrice, OffRoad, PlanningFigure, Vehicle
from moothall.transport.models.passenger import manages
from moothall.transport.rules import fleet as rules
from moothall.transport.rules.run_vehicles import runs_ahead
from moothall.transport.rules.standing import standings
from moothall.transport.rules.voicing import voices_about


def _is_off(rows: Any) -> Any:
    return rows.filter(Exists(OffRoad.objects.in_force(today()).filter(vehicle=OuterRef("pk"))))


class VehicleList(Listing[Vehicle]):
    """Every vehicle there is, our own and those of contractors."""

    key, title = "vehicles", gettext_lazy("Vehicles")
    sort = "registration"
    columns = (
        Column("registration", gettext_lazy("Registration"), sort="registration",
               value=lambda row: row.registration),
        Column("kind", gettext_lazy("Kind of vehicle"), value=lambda row: row.kind_named),
        Column("whose", gettext_lazy("Depot or contractor"),
               value=lambda row: str(row.contractor or row.depot or "")),
        Column("fuel", gettext_lazy("Fuel"), value=lambda row: row.get_fuel_display()),
        Column("off", gettext_lazy("Off the road"), value=lambda row: row.off),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Registration"),
            apply=lambda rows, words: rows.filter(registration__icontains="".join(words.split())),
        ),
        ChoiceFilter("fuel", gettext_lazy("Fuel"), options=Vehicle.FUELS),
        FlagFilter("off", gettext_lazy("Off the road today"), apply=_is_off),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No vehicles here"), gettext_lazy("Add one. Without vehicles no runs can be planned.")
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Vehicle]:
        return Vehicle.objects.there(today()).select_related("kind", "depot", "contractor")

    def prepare(self, rows: list[Any], request: Any) -> None:
        off = OffRoad.objects.in_force(today()).filter(vehicle__in=[each.pk for each in rows])
        because = {each.vehicle_id: each.because for each in off}
        for row in rows:
            row.off, row.kind_named = because.get(row.pk, ""), row.kind.name_in(get_language() or "en")

    def address(self, row: Vehicle) -> str:
        return reverse("vehicle", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        adding = [Link(_("Add a vehicle"), reverse("add_vehicle"))] if manages(request.user) else []
        return [*adding, Link(_("Prices and figures"), reverse("vehicle_prices")),
                Link(_("Plans of runs"), reverse("run_plans"))]  # fmt: skip


@needs("transport.use")
def vehicles(request: StaffRequest) -> Any:
    return show_list(request, VehicleList())


@needs("transport.use")
@managing
def add_vehicle(request: StaffRequest) -> HttpResponse:
    form = filled(request, VehicleForm, initial={"fuel": Vehicle.DIESEL})
    return show_form(
        request, form, title=_("Add a vehicle"), words=_("Added."), back=reverse("vehicles"),
        rule=lambda _data: rules.add_vehicle(**form.entry(), by=request.user, at=now()),
    )  # fmt: skip


def _vehicle(number: int) -> Vehicle:
    found = Vehicle.objects.select_related("kind", "depot", "contractor").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def vehicle(request: StaffRequest, number: int) -> HttpResponse:
    found = _vehicle(number)
    context = {
        "vehicle": found, "kind": found.kind.name_in(get_language() or "en"),
        "off": found.off_road.from_now(today()).order_by("from_on", "id"), "manages": manages(request.user),
        "voices": voices_about(request.user, vehicle=found), "day": today(),
        "standing": standings([found], on=today())[0], "runs": runs_ahead(found, today()),
    }  # fmt: skip
    return render(request, "transport/vehicle.html", context)


@needs("transport.use")
def take_off_road(request: StaffRequest, number: int) -> HttpResponse:
    found = _vehicle(number)
    return show_form(
        request, filled(request, OffRoadForm, initial={"from_on": today()}), title=_("Off the road"),
        lead=str(found), words=_("It does not go out on these days."), back=reverse("vehicle", args=[number]),
        undo=lambda made: reverse("back_on_road", args=[made.pk]),
        rule=lambda data: rules.take_off_road(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
def back_on_road(request: StaffRequest, number: int) -> HttpResponse:
    found = OffRoad.objects.select_related("vehicle").filter(pk=number).first()
    if found is None:
        raise Http404
    rules.back_on_road(found, by=request.user, at=now())
    messages.success(request, _("It goes out again."))
    return redirect("vehicle", found.vehicle_id)


@needs("transport.use")
@require_GET
def vehicle_prices(request: StaffRequest) -> HttpResponse:
    """What each kind of vehicle costs today, and the figures that plans keep to."""
    day = today()
    prices = KindPrice.objects.in_force(day).select_related("kind", "contractor")
    still = Q(until_on=None) | Q(until_on__gte=day)
    figures = PlanningFigure.objects.filter(still, from_on__lte=day).order_by("key", "-from_on")
    context = {
        "prices": prices.order_by("kind__name", "contractor__name", "id"), "figures": figures,
        "manages": manages(request.user),
    }  # fmt: skip
    return render(request, "transport/vehicle_prices.html", context)


@needs("transport.use")
@managing
def set_vehicle_price(request: StaffRequest) -> HttpResponse:
    form = filled(request, PriceForm, initial={"from_on": today(), "an_hour": "0.00", "a_mile": "0.00"})
    return show_form(
        request, form, title=_("What a kind of vehicle costs"), back=reverse("vehicle_prices"),
        words=_("It holds from that day on."),
        rule=lambda _data: rules.set_price(**form.entry(), by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def set_planning_figure(request: StaffRequest) -> HttpResponse:
    return show_form(
        request, filled(request, FigureForm, initial={"from_on": today()}), title=_("A figure plans keep to"),
        back=reverse("vehicle_prices"), words=_("It holds from that day on."),
        rule=lambda data: rules.set_figure(**data, by=request.user, at=now()),
    )  # fmt: skip
