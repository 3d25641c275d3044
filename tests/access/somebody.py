"""Accounts that hold all but one thing, or hold it in one of two teams only."""

from django.test import Client

from moothall.core.clock import now
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import make_account, make_grant, make_role

from .office import Office

EVERY_WORK = (
    "cases.view", "cases.work", "cases.assign", "cases.close", "cases.restrict", "cases.manage",
    "people.view", "people.edit", "letters.write", "letters.outbox", "enquiries.log", "bookings.book",
    "problems.manage",
)  # fmt: skip


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def somebody_without(office: Office, missing: str) -> Account:
    """Holds everything at home, and everything but this in the other team."""
    account = make_account(name=f"Somebody without {missing}")
    make_grant(account=account, role=make_role(*EVERY_WORK), team=office.home)
    make_grant(account=account, role=make_role(*(set(EVERY_WORK) - {missing})), team=office.away)
    return account


def without_anywhere(office: Office, missing: str) -> Account:
    """Holds everything at home but this."""
    account = make_account(name=f"Somebody without {missing}")
    make_grant(account=account, role=make_role(*(set(EVERY_WORK) - {missing})), team=office.home)
    return account


def looking_on(office: Office) -> Account:
    """Holds everything at home, and looks on in the other team."""
    account = make_account(name="Somebody who looks on")
    make_grant(account=account, role=make_role(*EVERY_WORK), team=office.home)
    make_grant(account=account, role=make_role("cases.view", "people.view"), team=office.away)
    return account


def move_to_a_protected_address(person: Person, office: Office) -> None:
    """Reached by post alone, where only those who may place cautions know that they live."""
    at = now()
    person.contact_points.update(ended_at=at)
    ContactPoint.objects.create(
        person=person, kind=ContactPoint.POST, value="1 Quince Lane", folded="1 quince lane", added_at=at
    )
    protect_address(person, reason="They asked.", by=office.account("L"), at=at)
