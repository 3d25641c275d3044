"""Accounts that hold all but one thing, or hold it in one of two teams only."""

from django.test import Client

from moothall.people.models import Account
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
