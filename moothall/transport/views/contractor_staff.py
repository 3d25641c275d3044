"""Crews and vehicles of contractors, and which jobs they are allotted to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.people.rules.persons import add_person
from moothall.transport.finding import (
    contractor_for,
    contractor_staff_for,
    contractor_vehicle_for,
    managing,
)
from moothall.transport.forms.contracting import (
    AllotForm,
    ContractorStaffForm,
    ContractorVehicleForm,
    EndContractorForm,
    LastDayForm,
)
from moothall.transport.models import Allotment, ContractorStaff, Vehicle
from moothall.transport.models.passenger import manages
from moothall.transport.rules import allotting, contracting
from moothall.transport.rules.standing import standings
from moothall.transport.rules.voicing import LATELY, voices_about


def _page(request: StaffRequest, found: ContractorStaff | Vehicle, allotments: Any) -> HttpResponse:
    """One crew member or vehicle: papers, jobs and sanctions, past ones too."""
    day, of = today(), "vehicle" if isinstance(found, Vehicle) else "member"
    context: dict[str, Any] = {
        "found": found, "day": day, "manages": manages(request.user),
        "is_vehicle": isinstance(found, Vehicle),
        "standing": standings([found], on=day)[0],
        "gone": found.papers.exclude(withdrawn_at=None, followed_by=None).select_related("kind"),
        "allotments": allotments.standing().select_related(*allotting.WITH).order_by("-from_on", "-id"),
        "sanctions": found.sanctions.standing().select_related("recorded_by").prefetch_related("findings"),
        "audits": found.audits.in_full()[:LATELY], "voices": voices_about(request.user, **{of: found}),
    }  # fmt: skip
    return render(request, "transport/holder.html", context)


@needs("transport.use")
@require_GET
def contractor_staff(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_staff_for(request.user, number)
    return _page(request, found, found.driving.all() | found.assisting.all())


@needs("transport.use")
@require_GET
def contractor_vehicle(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_vehicle_for(request.user, number)
    return _page(request, found, found.allotments.all())


@needs("transport.use")
@managing
def add_contractor_staff(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_for(request.user, number)
    form = filled(request, ContractorStaffForm, account=request.user, initial={"from_on": today()})

    def save(data: dict[str, Any]) -> ContractorStaff:
        name, person = data.pop("full_name"), data.pop("person")
        person = person or add_person(full_name=name, by=request.user, at=now())
        return contracting.add_contractor_staff(found, person=person, **data, by=request.user, at=now())

    return show_form(
        request, form, title=_("Add somebody to the crew"), lead=str(found), rule=save,
        words=_("Added. Now enter their papers."), back=reverse("contractor", args=[number]),
        onward=lambda made: reverse("contractor_staff", args=[made.pk]),
    )  # fmt: skip


@needs("transport.use")
@managing
def end_contractor_staff(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_staff_for(request.user, number)
    return show_form(
        request, filled(request, LastDayForm, initial={"until_on": today()}), title=_("They leave the crew"),
        lead=str(found), warning=True, back=reverse("contractor_staff", args=[number]),
        words=_("That day is their last; what they are allotted to ends with it."),
        rule=lambda data: contracting.end_contractor_staff(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def add_contractor_vehicle(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_for(request.user, number)
    return show_form(
        request, filled(request, ContractorVehicleForm, initial={"fuel": Vehicle.DIESEL}),
        title=_("Add a vehicle"), lead=str(found), words=_("Added. Now enter its papers."),
        back=reverse("contractor", args=[number]),
        onward=lambda made: reverse("contractor_vehicle", args=[made.pk]),
        rule=lambda data: contracting.add_contractor_vehicle(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def contractor_vehicle_goes(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_vehicle_for(request.user, number)
    return show_form(
        request, filled(request, EndContractorForm, initial={"on": today()}),
        title=_("It is used for us no more"), lead=str(found), warning=True,
        words=_("That day is its last. Jobs of later days are barred until allotted anew."),
        back=reverse("contractor_vehicle", args=[number]),
        undo=lambda held: reverse("contractor_vehicle_stays", args=[held.pk]),
        rule=lambda data: contracting.contractor_vehicle_goes(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def contractor_vehicle_stays(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_vehicle_for(request.user, number)
    contracting.contractor_vehicle_stays(found, by=request.user, at=now())
    messages.success(request, _("It goes on being used."))
    return redirect("contractor_vehicle", number)


@needs("transport.use")
@managing
def allot_job(request: StaffRequest, number: int) -> HttpResponse:
    """A job to a vehicle and a crew of theirs; refused, with every reason, where a paper is lacking."""
    found = contractor_for(request.user, number)
    form = filled(request, AllotForm, contractor=found, initial={"from_on": today()})
    return show_form(
        request, form, title=_("Allot a job"), lead=str(found), words=_("Allotted."), button=_("Allot it"),
        back=reverse("contractor", args=[number]),
        undo=lambda made: reverse("take_back_allotment", args=[made.pk]),
        rule=lambda _data: allotting.allot(contractor=found, **form.entry(), by=request.user, at=now()),
    )  # fmt: skip


def _allotment(number: int) -> Allotment:
    found = Allotment.objects.standing().select_related("contractor", "vehicle").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@managing
def end_allotment(request: StaffRequest, number: int) -> HttpResponse:
    found = _allotment(number)
    return show_form(
        request, filled(request, LastDayForm, initial={"until_on": today()}),
        title=_("End the allotment"), lead=f"{found.contractor}: {found.job}", warning=True,
        button=_("End it"), words=_("Ended."), back=reverse("contractor", args=[found.contractor_id]),
        rule=lambda data: allotting.end_allotment(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def take_back_allotment(request: StaffRequest, number: int) -> HttpResponse:
    """It was allotted by mistake: what held before holds again."""
    found = _allotment(number)
    allotting.take_back(found, by=request.user, at=now())
    messages.success(request, _("Taken back. What was allotted before holds again."))
    return redirect("contractor", found.contractor_id)
