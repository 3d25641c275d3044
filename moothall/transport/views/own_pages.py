"""A contractor's own page and a family's: each is found by who is signed in, and there is no other."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.transport.forms.own import NotTravellingForm
from moothall.transport.models import Away, Carer, Contractor, ContractorContact, CrewMember, Invoice
from moothall.transport.models.journey import TO
from moothall.transport.rules import not_travelling, own_pages
from moothall.transport.rules.standing import standings_of

from .incidents import asked_day

DAY = dt.timedelta(days=1)
LATELY = dt.timedelta(days=60)


def _contractors(account: Account) -> Any:
    acts = ContractorContact.objects.in_force(today()).of_account(account).order_by()
    return Contractor.objects.filter(pk__in=acts.values("contractor"))


def _contractor(request: StaffRequest, number: int) -> Contractor:
    found: Contractor | None = _contractors(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@signed_in
@require_GET
def my_transport(request: StaffRequest) -> HttpResponse:
    """The children whose journeys somebody may see, the contractors they act for, and their own runs."""
    context = {
        "carers": _carers(request.user), "contractors": _contractors(request.user),
        "is_crew": CrewMember.objects.of_account(request.user).exists(),
    }  # fmt: skip
    return render(request, "transport/own_transport.html", context)


@signed_in
@require_GET
def my_contract(request: StaffRequest, number: int) -> HttpResponse:
    """Jobs of a day with their stops, papers and what runs out, sanctions, invoices and what was found."""
    found, day = _contractor(request, number), asked_day(request.GET.get("day", ""))
    monday = day - DAY * day.weekday()
    context: dict[str, Any] = {
        "contractor": found, "day": day, "today": today(), "TO": TO,
        "week": [monday + DAY * ahead for ahead in range(7)],
        "before": monday - DAY * 7, "after": monday + DAY * 7,
        "jobs": own_pages.jobs_of(found, day), "standings": standings_of(found, on=today()),
        "sanctions": found.sanctions.standing().select_related("member__person", "vehicle"),
        "invoices": Invoice.objects.filter(contractor=found, withdrawn_at=None).counted()[:20],
    }  # fmt: skip
    return render(request, "transport/own_contract.html", context)


@signed_in
@require_GET
def my_invoice(request: StaffRequest, number: int) -> HttpResponse:
    """One invoice of theirs: each line, what was found and what was decided."""
    rows = Invoice.objects.filter(contractor__in=_contractors(request.user), withdrawn_at=None)
    found = rows.select_related("contractor").counted().filter(pk=number).first()
    if found is None:
        raise Http404
    return render(request, "transport/own_invoice.html", {"invoice": found, "lines": found.lines.all()})


def _carers(account: Account) -> Any:
    rows = Carer.objects.in_force(today()).of_account(account)
    return rows.select_related("passenger__person", "person", "home")


def _child(request: StaffRequest, number: int) -> Carer:
    """The family tie of whoever is signed in to this passenger: to any other there is none."""
    found: Carer | None = _carers(request.user).filter(passenger=number).first()
    if found is None:
        raise Http404
    return found


@signed_in
@require_GET
def my_child(request: StaffRequest, number: int) -> HttpResponse:
    """Their next journeys, what changed, when they do not travel, and letters about it."""
    carer, day = _child(request, number), today()
    context: dict[str, Any] = {
        "carer": carer, "child": carer.passenger.person, "day": day,
        "trips": own_pages.trips_of(carer, day, day + own_pages.WEEK),
        "aways": own_pages.aways_of([carer], day), "changes": own_pages.changes_for(carer, now() - LATELY),
        "letters": own_pages.letters_to(carer),
    }  # fmt: skip
    return render(request, "transport/own_child.html", context)


@signed_in
def does_not_travel(request: StaffRequest, number: int) -> HttpResponse:
    carer, day = _child(request, number), today()
    back = reverse("my_child", args=[number])
    form = filled(request, NotTravellingForm, initial={"from_on": day, "until_on": day, "which": "BOTH"})
    return show_form(
        request, form, title=_("Does not travel"), lead=carer.passenger.person.full_name, back=back,
        words=_("Thank you. It stands on the sheet of the crew."), button=_("Tell us"),
        undo=lambda made: reverse("travels_after_all", args=[number, made.pk]),
        rule=lambda _data: not_travelling.report_not_travelling(
            carer, **form.entry(), by=request.user, at=now(), today=day
        ),
    )  # fmt: skip


@signed_in
@require_POST
def travels_after_all(request: StaffRequest, number: int, away: int) -> HttpResponse:
    carer = _child(request, number)
    rows = Away.objects.from_now(today()).filter(passenger=carer.passenger_id, recorded_by=request.user)
    found = rows.select_related("passenger").filter(pk=away).first()
    if found is None:
        raise Http404
    not_travelling.travels_after_all(found, by=request.user, at=now(), today=today())
    messages.success(request, _("They travel after all."))
    return redirect("my_child", number)
