"""What stands of transport beside cases, on a person's page, and in the jump box."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from moothall.cases.models import Case
from moothall.core.fields import Option
from moothall.people.models import Account, Person

from .finding import describe_passenger, look_up_passengers
from .models import Appeal, Application, Passenger

OURS = "transport-"


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
