"""A page asks the database as often for many rows as for few."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case, Entry
from moothall.cases.rules.timeline import add_entry
from moothall.cases.tests.make import AT, MANAGER, make_case, make_service
from moothall.enquiries.models import Contact, Import, Mailbox, RawMessage
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person, make_team

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 12


@pytest.fixture
def case() -> Case:
    team = make_team()
    return make_case(team=team, service=make_service(team=team), requester=make_person())


@pytest.fixture
def worker(client: Client, case: Case) -> Account:
    account = make_account(*MANAGER, team=case.team)
    client.force_login(account)
    return account


@pytest.fixture
def mailbox(case: Case) -> Mailbox:
    return Mailbox.objects.create(
        key="desk", address="desk@office.example", name="Desk", team=case.team, service=case.service
    )


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def grows(client: Client, address: str, add: Callable[[int], None]) -> int:
    """How many queries more a page makes for many rows than for few."""
    for number in range(FEW):
        add(number)
    client.get(address)  # what a process reads only once is read now
    few = queries(client, address)
    for number in range(FEW, MANY):
        add(number)
    return queries(client, address) - few


def test_contacts(client: Client, case: Case, worker: Account) -> None:
    def add(number: int) -> None:
        Contact.objects.create(
            channel="PHONE", result=Contact.ANSWERED, person=make_person(), team=case.team,
            subject=f"Call {number}", received_at=AT, logged_at=AT, logged_by=worker,
        )  # fmt: skip

    assert grows(client, "/enquiries/contacts/", add) == 0


def test_messages_that_could_not_be_read(client: Client, mailbox: Mailbox, worker: Account) -> None:
    def add(number: int) -> None:
        RawMessage.objects.create(
            mailbox=mailbox, sha256=f"{number:064x}", size=1, came_from="folder", kept_at=AT,
            state=RawMessage.QUARANTINED, reason="There is nothing in it.",
        )  # fmt: skip

    assert grows(client, "/enquiries/quarantine/", add) == 0


def test_imports(client: Client, mailbox: Mailbox, worker: Account) -> None:
    def add(number: int) -> None:
        Import.objects.create(mailbox=mailbox, source=f"{number}.mbox", started_by=worker, started_at=AT)

    assert grows(client, "/enquiries/imports/", add) == 0


def test_a_case_with_a_long_timeline(client: Client, case: Case, worker: Account) -> None:
    def add(number: int) -> None:
        add_entry(case, kind=Entry.NOTE, at=AT, by=worker, person=make_person(), text=f"Note {number}")

    assert grows(client, f"/cases/{case.reference}/", add) == 0


def test_the_jump_box(client: Client, case: Case, worker: Account) -> None:
    def add(number: int) -> None:
        make_case(service=case.service, title=f"A certificate, number {number}", requester=make_person())

    assert grows(client, "/jump/options/?q=certificate", add) == 0
