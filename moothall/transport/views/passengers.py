"""Passengers: the list, one of them with everything on record, and adding to it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
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
from moothall.people.models import Account
from moothall.people.models.caution import ProtectedAddress
from moothall.people.requests import StaffRequest
from moothall.people.rules.persons import add_person
from moothall.transport.finding import managing, passenger_for
from moothall.transport.forms import LeaveForm, PassengerForm
from moothall.transport.models import (
    Centre,
    Entitlement,
    HomeAddress,
    Incident,
    Journey,
    Needs,
    Passenger,
    RiskAssessment,
    Separation,
    Travel,
)
from moothall.transport.models.passenger import manages
from moothall.transport.rules import caring, keeping

WEEK = dt.timedelta(days=7)
SOON = dt.timedelta(days=90)


def centre_choices(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return sorted(
        ((str(each.pk), each.name_in(language)) for each in Centre.objects.all()), key=lambda c: c[1]
    )


def _going_to(rows: Any, chosen: list[str]) -> Any:
    numbers = [int(each) for each in chosen if each.isdigit()]
    there = Travel.objects.in_force(today()).filter(passenger=OuterRef("pk"), centre__in=numbers)
    return rows.filter(Exists(there))


def _in_chairs(rows: Any) -> Any:
    chair = Needs.objects.in_force(today()).filter(passenger=OuterRef("pk"), wheelchair__in=Needs.STAYS_IN)
    return rows.filter(Exists(chair))


def _risk_is_late(rows: Any) -> Any:
    late = RiskAssessment.objects.in_force(today()).filter(passenger=OuterRef("pk"), review_on__lt=today())
    return rows.filter(Exists(late))


def _ages_out(rows: Any) -> Any:
    ending = Entitlement.objects.in_force(today()).filter(
        passenger=OuterRef("pk"), until_on__lte=today() + SOON
    )
    return rows.filter(Exists(ending))


class PassengerList(Listing[Passenger]):
    """Everybody who travels with us, by name."""

    key, title = "passengers", gettext_lazy("Passengers")
    sort, opens_with = "name", "here=1"
    ready_views = (
        (gettext_lazy("Travelling"), "here=1"),
        (gettext_lazy("Stay in a wheelchair"), "here=1&chair=1"),
        (gettext_lazy("Risk to be looked at"), "here=1&risk=1"),
        (gettext_lazy("Entitlement ends within 90 days"), "here=1&ends=1"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column(
            "name", gettext_lazy("Who"), sort="person__folded_name", value=lambda row: row.person.full_name
        ),
        Column("reference", gettext_lazy("Reference"), value=lambda row: row.person.reference),
        Column("wheelchair", gettext_lazy("Wheelchair"), value=lambda row: row.chair),
        Column("escort", gettext_lazy("Escort"), value=lambda row: row.escorted),
        Column("centres", gettext_lazy("Goes to"), value=lambda row: row.goes_to),
        Column("added", gettext_lazy("Added"), sort="added_at", value=lambda row: row.added_at, shown=False),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name or reference"),
            apply=lambda rows, words: rows.filter(person__full_name__icontains=words)
            | rows.filter(person__reference__iexact=words),
        ),
        ChoiceFilter("centre", gettext_lazy("School or centre"), options=centre_choices, apply=_going_to),
        FlagFilter("here", gettext_lazy("Travelling"), apply=lambda rows: rows.travelling(today())),
        FlagFilter("chair", gettext_lazy("Stays in a wheelchair"), apply=_in_chairs),
        FlagFilter("risk", gettext_lazy("Risk to be looked at"), apply=_risk_is_late),
        FlagFilter("ends", gettext_lazy("Entitlement ends within 90 days"), apply=_ages_out),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No passengers here"),
        gettext_lazy("Add one, or choose All. Whoever is agreed help with travel becomes a passenger."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Passenger]:
        held = Needs.objects.in_force(today()).filter(passenger=OuterRef("pk"))
        rows = Passenger.objects.visible_to(request.user).select_related("person")
        return rows.annotate(
            wheelchair_now=Subquery(held.values("wheelchair")[:1]),
            escort_now=Subquery(held.values("escort")[:1]),
        )

    def prepare(self, rows: list[Any], request: Any) -> None:
        chairs, escorts, language = dict(Needs.WHEELCHAIRS), dict(Needs.ESCORTS), get_language() or "en"
        going: dict[int, list[str]] = {}
        there = Travel.objects.in_force(today()).filter(passenger__in=[each.pk for each in rows])
        for travel in there.select_related("centre"):
            going.setdefault(travel.passenger_id, []).append(travel.centre.name_in(language))
        for row in rows:
            row.chair = chairs.get(row.wheelchair_now, "")
            row.escorted = escorts.get(row.escort_now, "")
            row.goes_to = list(dict.fromkeys(going.get(row.pk, [])))

    def address(self, row: Passenger) -> str:
        return reverse("passenger", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [
            Link(_("Add a passenger"), reverse("add_passenger")),
            Link(_("Applications"), reverse("travel_applications")),
            Link(_("Who is entitled"), reverse("eligibility_rules")),
        ]


@needs("transport.use")
def passengers(request: StaffRequest) -> Any:
    return show_list(request, PassengerList())


@needs("transport.use")
def add_passenger(request: StaffRequest) -> HttpResponse:
    form = filled(request, PassengerForm, account=request.user, initial={"nation": "ENG", "language": "en"})

    def save(data: dict[str, Any]) -> Passenger:
        person = data["person"] or add_person(
            full_name=data["full_name"], born_on=data["born_on"], language=data["language"],
            language_source=_("Said so on applying"), by=request.user, at=now(),
        )  # fmt: skip
        return keeping.add_passenger(person, nation=data["nation"], by=request.user, at=now())

    return show_form(
        request, form, title=_("Add a passenger"),
        words=_("Added. Now say what they need and where they go."), back=reverse("passengers"), rule=save,
        onward=lambda made: reverse("passenger", args=[made.pk]),
    )  # fmt: skip


@needs("transport.use")
@require_GET
def passenger(request: StaffRequest, number: int) -> HttpResponse:
    found = passenger_for(request.user, number)
    return render(request, "transport/passenger.html", on_record(found, request.user))


def on_record(found: Passenger, account: Account) -> dict[str, Any]:
    """Everything on record of a passenger that this account may see; the address only where it may."""
    day = today()
    homes = list(found.homes.from_now(day).order_by("-is_main", "from_on", "id"))
    shown = {each.home_id: each for each in HomeAddress.objects.visible_to(account).filter(home__in=homes)}
    apart = Separation.objects.from_now(day).select_related("one__person", "other__person")
    return {
        "passenger": found, "day": day,
        "needs": found.needs.in_force(day).first(),
        "needs_rows": found.needs.standing().order_by("-from_on", "-id"),
        "homes": [(each, shown.get(each.pk)) for each in homes],
        "is_protected": ProtectedAddress.objects.standing().filter(person=found.person_id).exists(),
        "stays": found.stays.from_now(day).select_related("home"),
        "apart": [*apart.filter(one=found), *apart.filter(other=found)],
        "risks": found.risks.standing().order_by("-from_on", "-id")[:5],
        "consents": found.consents.from_now(day),
        "travels": found.travels.from_now(day).select_related("centre"),
        "arrangements": found.arrangements.from_now(day),
        "aways": found.aways.from_now(day), "entitlements": _entitlements(found),
        "journeys": Journey.objects.filter(passenger=found, day__range=(day, day + WEEK)).order_by(
            "day", F("direction").desc()
        ).select_related("centre", "owner"),
        "incidents": Incident.objects.open_to(account).of_person(found.person_id).select_related("case")[:10],
        "manages": manages(account), "carers": found.carers.from_now(day).select_related("person", "home"),
    }  # fmt: skip


def _entitlements(found: Passenger) -> QuerySet[Entitlement]:
    return found.entitlements.select_related("centre", "rule").order_by("-from_on", "-id")


@needs("transport.use")
@require_POST
@managing
def emergency_contacts(request: StaffRequest, number: int) -> HttpResponse:
    """Whom to ring. It is asked for by a press, and who asked is written down."""
    found = passenger_for(request.user, number)
    rows = caring.see_emergency_contacts(found, by=request.user, at=now())
    return render(request, "transport/contacts.html", {"passenger": found, "rows": rows})


@needs("transport.use")
def passenger_leaves(request: StaffRequest, number: int) -> HttpResponse:
    found = passenger_for(request.user, number)
    return show_form(
        request, filled(request, LeaveForm, initial={"on": today()}), title=_("They travel no more"),
        lead=str(found), warning=True, words=_("They travel until that day."),
        back=reverse("passenger", args=[found.pk]),
        undo=lambda held: reverse("passenger_comes_back", args=[held.pk]),
        rule=lambda data: keeping.leave(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
def passenger_comes_back(request: StaffRequest, number: int) -> HttpResponse:
    found = passenger_for(request.user, number)
    keeping.come_back(found, by=request.user, at=now())
    messages.success(request, _("They go on travelling."))
    return redirect("passenger", found.pk)
