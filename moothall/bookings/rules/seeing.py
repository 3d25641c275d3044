"""What other pages show of appointments, and who may see letters about them. Reads only."""

from collections.abc import Mapping
from typing import Any

from moothall.bookings.models import Appointment
from moothall.cases.models import Case
from moothall.people.models import Account, Person

MOST = 5


def visible_ids(account: Account) -> Any:
    return Appointment.objects.visible_to(account).values("pk")


def appointments_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """The newest appointments about a case; whoever sees the case may know of them."""
    if not account.may("bookings.book"):
        return None
    rows = list(Appointment.objects.filter(case=case).shown().order_by("-starts_at", "-id")[:MOST])
    return {"rows": rows} if rows else None


def appointments_of_person(account: Account, person: Person) -> Mapping[str, Any] | None:
    rows = Appointment.objects.visible_to(account).filter(person=person).shown()
    found = list(rows.order_by("-starts_at", "-id")[:MOST])
    return {"rows": found} if found else None
