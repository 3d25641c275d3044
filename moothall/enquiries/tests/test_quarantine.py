"""What cannot be read: listed with its reason, looked at safely, tried again, or settled by a person."""

import datetime as dt

import pytest
from django.test import Client
from html5lib import HTMLParser

from moothall.cases.models import Case
from moothall.cases.tests.make import AT, make_manager, make_worker
from moothall.enquiries.models import Contact, Mailbox, RawMessage
from moothall.enquiries.rules.importing import take_up_unfinished
from moothall.enquiries.rules.keeping import bytes_of, path_of
from moothall.enquiries.rules.settling import SettledAlready, settle_quarantined
from moothall.people.models import Account
from moothall.people.tests.make import make_team
from moothall.records.models import AuditEvent
from moothall.records.rules.documents import read_document

from .make import bring_in

pytestmark = pytest.mark.django_db
CAME = AT - dt.timedelta(days=30)
NOISE = b"\x00\x01\x1b[31m<script>alert(1)</script>\xff\xfe\x7f\x9d not a message"


@pytest.fixture
def manager(client: Client, box: Mailbox) -> Account:
    account = make_manager(team=box.team)
    client.force_login(account)
    return account


@pytest.fixture
def row(box: Mailbox) -> RawMessage:
    assert bring_in(box, NOISE, at=CAME) == {"quarantined": 1}
    return RawMessage.objects.get()


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    html = answer.content.decode()
    HTMLParser(strict=True).parse(html)
    return html


def test_they_are_listed_with_where_they_came_from_and_why(
    client: Client, row: RawMessage, manager: Account
) -> None:
    html = page_of(client, "/enquiries/quarantine/")
    assert row.reason in html
    assert row.came_from in html
    client.force_login(make_manager(team=make_team()))
    assert row.reason not in page_of(client, "/enquiries/quarantine/")


def test_looking_at_the_bytes_runs_nothing_and_loses_nothing(
    client: Client, row: RawMessage, manager: Account
) -> None:
    html = page_of(client, f"/enquiries/quarantine/{row.pk}/")
    assert "··" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not any(sign in html for sign in "\x00\x01\x1b\x7f\x9d")
    answer = client.get(f"/enquiries/quarantine/{row.pk}/bytes/")
    assert answer.content == NOISE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_message_whose_bytes_are_gone_says_so_on_every_page(
    client: Client, row: RawMessage, manager: Account
) -> None:
    path_of(row.sha256).unlink()
    assert "missing from the disk" in page_of(client, f"/enquiries/quarantine/{row.pk}/")
    assert client.get(f"/enquiries/quarantine/{row.pk}/bytes/").status_code == 404
    assert client.post(f"/enquiries/quarantine/{row.pk}/retry/").status_code == 302
    row.refresh_from_db()
    assert "missing from the disk" in row.reason
    asked = {"how": "CASE", "words": "Somebody wrote"}
    assert client.post(f"/enquiries/quarantine/{row.pk}/settlement/", asked).status_code == 302
    assert "missing from the disk" in Case.objects.get().entries.get().detail["refused"][0]


def test_what_can_be_read_after_all_goes_to_a_case(client: Client, row: RawMessage, manager: Account) -> None:
    assert (
        client.post(f"/enquiries/quarantine/{row.pk}/retry/")["Location"]
        == f"/enquiries/quarantine/{row.pk}/"
    )
    row.refresh_from_db()
    assert (row.state, row.attempts) == (RawMessage.QUARANTINED, 2)
    path_of(row.sha256).write_bytes(b"From: ffion@borth.example\nSubject: It was only damaged\n\nHello")
    assert client.post(f"/enquiries/quarantine/{row.pk}/retry/")["Location"] == "/enquiries/quarantine/"
    row.refresh_from_db()
    assert (row.state, row.reason) == (RawMessage.READ, "")
    assert Case.objects.get().title == "It was only damaged"
    assert client.get(f"/enquiries/quarantine/{row.pk}/").status_code == 404


def test_a_person_opens_a_case_with_the_message_as_a_file(
    client: Client, box: Mailbox, row: RawMessage, manager: Account
) -> None:
    asked = {"how": "CASE", "words": "A letter nobody can open"}
    assert (
        client.post(f"/enquiries/quarantine/{row.pk}/settlement/", asked)["Location"]
        == "/enquiries/quarantine/"
    )
    case = Case.objects.get()
    assert (case.title, case.team, case.received_at) == ("A letter nobody can open", box.team, CAME)
    [attached] = case.entries.get().attached.all()
    assert read_document(attached.document) == NOISE
    assert Contact.objects.get(led_to__case=case).result == Contact.CASE
    row.refresh_from_db()
    assert (row.state, row.settled_by, row.settled_as) == (RawMessage.SETTLED, manager, case)


def test_what_is_put_away_keeps_its_bytes_and_is_not_asked_about_again(
    client: Client, box: Mailbox, row: RawMessage, manager: Account
) -> None:
    asked = {"how": "NOTHING", "words": "A broken advertisement"}
    client.post(f"/enquiries/quarantine/{row.pk}/settlement/", asked)
    row.refresh_from_db()
    assert (row.state, row.settled_because) == (RawMessage.SETTLED, "A broken advertisement")
    assert row.settled_at is not None
    assert bytes_of(row) == NOISE
    assert not Case.objects.exists()
    assert AuditEvent.objects.get(verb="enquiries.settle").detail["because"] == "A broken advertisement"
    assert "Every message has been read" in page_of(client, "/enquiries/quarantine/")
    assert bring_in(box, NOISE) == {"duplicates": 1}
    assert take_up_unfinished(at=AT).read == 0


def test_settling_needs_words_and_happens_once(client: Client, row: RawMessage, manager: Account) -> None:
    answer = client.post(f"/enquiries/quarantine/{row.pk}/settlement/", {"how": "NOTHING", "words": " "})
    assert answer.status_code == 422
    assert RawMessage.objects.get().state == RawMessage.QUARANTINED
    settle_quarantined(row, words="Noise", opens=False, by=manager, at=AT)
    with pytest.raises(SettledAlready):
        settle_quarantined(row, words="A case after all", opens=True, by=manager, at=AT)
    assert not Case.objects.exists()


def test_another_teams_message_is_not_there(client: Client, row: RawMessage) -> None:
    client.force_login(make_manager(team=make_team()))
    for part in ("", "bytes/"):
        assert client.get(f"/enquiries/quarantine/{row.pk}/{part}").status_code == 404
    for part in ("retry/", "settlement/"):
        assert client.post(f"/enquiries/quarantine/{row.pk}/{part}").status_code == 404
    client.force_login(make_worker(team=row.mailbox.team))
    assert client.get(f"/enquiries/quarantine/{row.pk}/").status_code in {403, 404}
