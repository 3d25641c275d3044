"""Adding to what is on record of a passenger, and ending it: one page for every kind of entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.refusals import Words
from moothall.people.requests import StaffRequest
from moothall.transport import forms
from moothall.transport.finding import passenger_for
from moothall.transport.forms.own import CarerForm
from moothall.transport.models import (
    Arrangement,
    Away,
    Carer,
    Consent,
    EmergencyContact,
    Home,
    Needs,
    Passenger,
    RiskAssessment,
    Separation,
    Stay,
    Travel,
)
from moothall.transport.models.dated import Dated
from moothall.transport.models.passenger import manages
from moothall.transport.rules import caring, keeping, knowing, travelling


@dataclass(frozen=True)
class Part:
    """One kind of entry: what is asked, which rule keeps it, and its rows."""

    title: Words
    form: type[forms.EntryForm]
    rule: Callable[..., Any]
    rows: type[Dated]
    for_managers: bool = False


PARTS: dict[str, Part] = {
    "needs": Part(_("What they need from a day on"), forms.NeedsForm, keeping.set_needs, Needs),
    "home": Part(_("Add a home"), forms.HomeForm, keeping.add_home, Home),
    "stay": Part(_("Days at another home"), forms.StayForm, keeping.add_stay, Stay),
    "apart": Part(_("Does not travel with"), forms.ApartForm, caring.keep_apart, Separation),
    "risk": Part(_("Risk assessment"), forms.RiskForm, caring.assess_risk, RiskAssessment),
    "consent": Part(_("Consent"), forms.ConsentForm, caring.record_consent, Consent),
    "contact": Part(
        _("Emergency contact"), forms.ContactForm, caring.add_emergency_contact, EmergencyContact,
        True,
    ),
    "travel": Part(_("Where they go"), forms.TravelForm, travelling.add_travel, Travel),
    "arrangement": Part(_("How they usually go"), forms.ArrangementForm, travelling.arrange, Arrangement),
    "carer": Part(_("Somebody of the family who signs in"), CarerForm, knowing.name_carer, Carer, True),
    "away": Part(_("Does not travel for a while"), forms.AwayForm, travelling.record_away, Away),
}  # fmt: skip


def _part(request: StaffRequest, key: str) -> Part:
    found = PARTS.get(key)
    if found is None:
        raise Http404
    if found.for_managers and not manages(request.user):
        raise PermissionDenied
    return found


@needs("transport.use")
def add_entry(request: StaffRequest, number: int, part: str) -> HttpResponse:
    """What is asked begins with what is on record now."""
    kind, found = _part(request, part), passenger_for(request.user, number)
    initial = {"from_on": today(), "every_weeks": "1", "which": "BOTH"} | _as_now(kind, found)
    form = filled(request, kind.form, passenger=found, account=request.user, initial=initial)
    return show_form(
        request, form, title=kind.title, lead=str(found), words=_("It is on record."),
        back=reverse("passenger", args=[found.pk]),
        rule=lambda _data: kind.rule(found, **form.entry(), by=request.user, at=now()),
    )  # fmt: skip


def _as_now(kind: Part, found: Passenger) -> dict[str, Any]:
    """A change of needs begins with the needs of today."""
    held = found.needs.in_force(today()).first() if kind.rows is Needs else None
    if held is None:
        return {}
    names = [name for name in forms.NeedsForm.base_fields if name != "from_on"]
    return {name: "" if getattr(held, name) is None else getattr(held, name) for name in names}


@needs("transport.use")
def end_entry(request: StaffRequest, number: int, part: str, entry: int) -> HttpResponse:
    kind, found = _part(request, part), passenger_for(request.user, number)
    theirs = Q(one=found) | Q(other=found) if kind.rows is Separation else Q(passenger=found)
    row = kind.rows._default_manager.filter(theirs, pk=entry, withdrawn_at=None).first()
    if row is None:
        raise Http404
    return show_form(
        request, filled(request, forms.EndForm, initial={"until_on": today()}), title=_("End this entry"),
        lead=f"{found}: {kind.title}", warning=True, button=_("End it"), words=_("Ended."),
        back=reverse("passenger", args=[found.pk]),
        rule=lambda data: keeping.end_entry(row, until_on=data["until_on"], by=request.user, at=now()),
    )  # fmt: skip
