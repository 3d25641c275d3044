"""What stands of transport beside cases, on a person's page, and in the jump box."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from moothall.cases.models import Case
from moothall.core.clock import today
from moothall.core.fields import Option
from moothall.people.models import Account, Person

from .finding import describe_passenger, look_up_passengers
from .models import Appeal, Application, Incident, IncidentAction, Passenger
from .models.incident import SERVICES

OURS = "transport-"
MOST = 10


def travel_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Asked of cases of our own services alone, and once."""
    if not account.may("transport.use") or not case.service.key.startswith(OURS):
        return None
    if case.service.key == "transport-application":
        found = Application.objects.filter(case=case).first()
    else:
        appeal = Appeal.objects.filter(case=case).select_related("application").first()
        found = appeal.application if appeal is not None else None
    return {"application": found} if found is not None else None


def passenger_of_person(account: Account, person: Person) -> Mapping[str, Any] | None:
    """Whether this person travels with us; asked for whoever works with transport alone."""
    if not account.may("transport.use"):
        return None
    found = Passenger.objects.filter(person=person).first()
    return {"passenger": found} if found is not None else None


def find_in_jump_box(request: HttpRequest, words: str) -> Sequence[Option]:
    """What the jump box shows under passengers: each leads to the passenger's page."""
    account = request.user
    if not isinstance(account, Account) or not account.may("transport.use"):
        return []
    found = look_up_passengers(words, by=account)[:5]
    return [describe_passenger(each)._replace(href=reverse("passenger", args=[each.pk])) for each in found]


def incident_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Asked of cases of our own services alone, by somebody who sees the case already."""
    if not account.may("transport.use") or case.service.key not in SERVICES.values():
        return None
    found = Incident.objects.open_to(account).filter(case=case).first()
    return {"incident": found} if found is not None else None


def actions_to_do(account: Account) -> Mapping[str, Any] | None:
    """What this account has still to do because of incidents; of a sealed one its reference alone."""
    if not account.may("transport.use"):
        return None
    rows = IncidentAction.objects.of_owner(account).order_by("due_on", "id")[:MOST]
    found = [(each, _of_action(each)) for each in rows]
    return {"actions": found, "day": today()} if found else None


def _of_action(action: IncidentAction) -> str:
    case = action.incident.case
    return case.reference if case.confidentiality == Case.SEALED else action.what
