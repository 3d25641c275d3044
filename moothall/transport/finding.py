"""How pages find a passenger, by their number or by typing their name; and who manages transport."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from moothall.core.fields import LookupField, Option
from moothall.people.models import Account

from .models import Contractor, ContractorStaff, Passenger, Vehicle
from .models.passenger import manages

SHOWN = 8
View = Callable[..., HttpResponse]


def managing(view: View) -> View:
    """Stands below the label of a route: whoever comes through also has to manage transport."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not manages(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def passenger_for(account: Account, number: int) -> Passenger:
    """The passenger of this number, if they exist for this account."""
    found = Passenger.objects.visible_to(account).select_related("person").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def look_up_passengers(words: str, *, by: Account) -> list[Passenger]:
    """Those whose name has each of the words."""
    rows = Passenger.objects.visible_to(by).select_related("person")
    for word in words.split()[:6]:
        rows = rows.filter(person__full_name__icontains=word)
    return list(rows.order_by("person__full_name", "id")[:SHOWN])


def describe_passenger(passenger: Passenger) -> Option:
    return Option(str(passenger.pk), passenger.person.full_name, passenger.person.reference)


def connect_passenger_lookup(field: LookupField, *, by: Account) -> None:
    """Let a field of a form find passengers."""

    def fetch(key: str) -> Passenger | None:
        known = key.isdigit() and len(key) <= 18
        rows = Passenger.objects.visible_to(by).select_related("person")
        return rows.filter(pk=key).first() if known else None

    field.connect(
        fetch=fetch, search=lambda words: look_up_passengers(words, by=by), describe=describe_passenger
    )


def contractor_for(account: Account, number: int) -> Contractor:
    found = Contractor.objects.visible_to(account).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def contractor_staff_for(account: Account, number: int) -> ContractorStaff:
    if not account.may("transport.use"):
        raise Http404
    rows = ContractorStaff.objects.standing().select_related("person", "contractor")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def contractor_vehicle_for(account: Account, number: int) -> Vehicle:
    if not account.may("transport.use"):
        raise Http404
    rows = Vehicle.objects.filter(contractor__isnull=False).select_related("kind", "contractor")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def vehicle_for(account: Account, number: int) -> Vehicle:
    """One of our own or of a contractor."""
    if not account.may("transport.use"):
        raise Http404
    found = Vehicle.objects.select_related("kind", "depot", "contractor").filter(pk=number).first()
    if found is None:
        raise Http404
    return found
