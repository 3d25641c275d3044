"""An administrator adds a mailbox, connects it, tries it, and sees in words how it goes."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from moothall.cases.tests.make import AT, make_service
from moothall.core.sealing import SealBroken, unseal
from moothall.enquiries.models import Connection, Mailbox, MailboxState
from moothall.enquiries.rules.mailboxes import InTheClear, NowhereToMove, SecretMissing, connect_mailbox
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.records.models import AuditEvent

from .dovecot import Dovecot, needs_dovecot
from .make import connect, fetch, mail, make_mailbox, settings_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Account:
    account = make_account("enquiries.mailboxes", name="Zanele Dube")
    client.force_login(account)
    return account


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def as_sent(dovecot: Dovecot, **changes: str) -> dict[str, str]:
    given = {name: str(value) for name, value in settings_for(dovecot.account()).items()}
    return given | {"since": "1/1/2026"} | changes


def test_a_mailbox_is_added_and_then_connected(client: Client, administrator: Account) -> None:
    team = make_team()
    given = {
        "address": "Ask@Borth.example", "name": "Ask us", "team": team.pk,
        "service": make_service(team=team).pk, "acknowledge": "on",
    }  # fmt: skip
    answer = client.post("/enquiries/new-mailbox/", given)
    assert answer["Location"] == "/enquiries/mailboxes/ask/connection/"
    assert "Microsoft 365" in page(client, answer["Location"])
    again = client.post("/enquiries/new-mailbox/", given)
    assert again.status_code == 422
    assert "Another mailbox has this address." in again.content.decode()


def test_a_large_service_is_offered_with_its_settings(client: Client, administrator: Account) -> None:
    box = make_mailbox()
    text = page(client, f"/enquiries/mailboxes/{box.key}/connection/?preset=microsoft-365")
    assert "outlook.office365.com" in text
    assert "IMAP.AccessAsApp" in text
    assert box.address in text


@needs_dovecot
def test_a_password_is_sealed_and_never_shown_again(
    client: Client, administrator: Account, dovecot: Dovecot
) -> None:
    box = make_mailbox()
    address = f"/enquiries/mailboxes/{box.key}/"
    assert "Not connected" in page(client, address)
    given = as_sent(dovecot)
    assert client.post(f"{address}connection/", given)["Location"] == address
    kept = Connection.objects.get(mailbox=box)
    assert given["password"] not in kept.sealed_password
    assert unseal(kept.sealed_password) == given["password"]
    for each in (address, f"{address}connection/"):
        assert given["password"] not in page(client, each)
        assert kept.sealed_password not in page(client, each)
    client.post(f"{address}connection/", given | {"password": "", "folder": "Enquiries"})
    changed = Connection.objects.get(mailbox=box)
    assert (changed.sealed_password, changed.folder) == (kept.sealed_password, "Enquiries")
    written = AuditEvent.objects.about("enquiries.mailbox", box.pk)[0]
    assert written.detail == {"changed": ["folder"]}


@needs_dovecot
def test_trying_it_says_in_words_what_works_and_what_does_not(
    client: Client, administrator: Account, dovecot: Dovecot
) -> None:
    there = dovecot.account()
    there.deliver(mail(), mail(), at=AT)
    box = connect(there, smtp_host="127.0.0.1", smtp_port=9)
    text = client.post(f"/enquiries/mailboxes/{box.key}/trial/").content.decode()
    assert "INBOX can be opened: it holds 2 messages since 01/01/2026." in text
    assert "127.0.0.1 does not listen on port 9." in text
    assert there.seen() == 0


@needs_dovecot
def test_the_page_says_how_it_goes_and_lets_one_pause_and_resume(
    client: Client, administrator: Account, dovecot: Dovecot
) -> None:
    there = dovecot.account()
    there.deliver(mail(), at=AT)
    box = connect(there)
    address = f"/enquiries/mailboxes/{box.key}/"
    fetch(box)
    assert "Fetching" in page(client, address)
    client.post(f"{address}pause/")
    assert "Paused" in page(client, address)
    assert not MailboxState.objects.due(at=AT + dt.timedelta(days=900)).exists()
    client.post(f"{address}pause/", {"end": "1"})
    assert MailboxState.objects.due(at=AT + dt.timedelta(days=900)).exists()
    client.post(f"{address}fetching/")
    client.post(f"{address}fetching/")
    assert ProcrastinateJob.objects.filter(task_name="enquiries.fetch").count() == 1
    client.post(f"{address}disconnection/")
    assert "Not connected" in page(client, address)


def test_what_cannot_be_reached_says_so_in_red_with_the_reason(
    client: Client, administrator: Account
) -> None:
    box = make_mailbox()
    given = {"imap_host": "127.0.0.1", "imap_port": 9, "imap_security": "NONE"}
    connect_mailbox(box, settings=settings_for_nobody() | given, by=administrator, at=AT)
    MailboxState.objects.update(failing_since=AT, failures=3, problem="It does not listen.", due_at=AT)
    for address in ("/enquiries/mailboxes/", f"/enquiries/mailboxes/{box.key}/"):
        text = page(client, address)
        assert "Cannot be reached" in text
        assert "It does not listen." in text


def settings_for_nobody() -> dict[str, object]:
    return {
        "imap_host": "imap.borth.example", "imap_port": 993, "imap_security": "TLS", "user_name": "box",
        "sign_in": "PASSWORD", "password": "word", "folder": "INBOX", "afterwards": "SEEN",
        "done_folder": "", "since": AT.date(), "sent_folder": "", "smtp_host": "", "smtp_port": 25,
        "smtp_security": "NONE", "smtp_user_name": "", "token_url": "", "client_id": "", "scope": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"imap_security": "NONE"}, InTheClear),
        ({"smtp_host": "smtp.borth.example"}, InTheClear),
        ({"afterwards": "MOVE"}, NowhereToMove),
        ({"password": ""}, SecretMissing),
        ({"sign_in": "CLIENT"}, SecretMissing),
        ({"sign_in": "REFRESH"}, SecretMissing),
    ],
)
def test_a_connection_that_could_not_work_or_would_give_a_password_away_is_refused(
    changes: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        connect_mailbox(make_mailbox(), settings=settings_for_nobody() | changes, by=make_account(), at=AT)


def test_secrets_sealed_with_another_key_are_said_to_be(settings: object) -> None:
    box = make_mailbox()
    kept = connect_mailbox(box, settings=settings_for_nobody(), by=make_account(), at=AT)
    settings.SEALING_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(SealBroken, match="sealed with another key"):
        unseal(kept.sealed_password)


def test_the_list_asks_as_often_for_many_mailboxes_as_for_few(client: Client, administrator: Account) -> None:
    def asked(more: int) -> int:
        for _number in range(more):
            box = make_mailbox()
            connect_mailbox(box, settings=settings_for_nobody(), by=administrator, at=AT)
        with CaptureQueriesContext(connection) as queries:
            text = page(client, "/enquiries/mailboxes/")
        assert len(re.findall('mh-list__link" data-open', text)) == Mailbox.objects.count()
        return len(queries)

    asked(1)
    assert asked(1) == asked(8)


def test_a_monitor_is_told_how_it_goes_and_no_secret(client: Client, administrator: Account) -> None:
    box = make_mailbox()
    connect_mailbox(box, settings=settings_for_nobody(), by=administrator, at=AT)
    make_mailbox()
    lines = client.get(reverse("api:api_mailboxes")).json()
    assert [line["connected"] for line in lines] == [True, False]
    assert "imap.borth.example" not in str(lines)
