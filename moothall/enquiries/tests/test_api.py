"""Enquiries for programs."""

from typing import Any

import pytest
from django.test import Client

from moothall.cases.models import Case
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.tests.make import AT, make_case, make_manager, make_service
from moothall.enquiries.models import Contact, Mailbox, RawMessage
from moothall.enquiries.rules.keeping import bytes_of
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_person, make_team

from .make import mail, make_mailbox, make_signpost

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def manager(team: Team) -> Account:
    return make_manager(team=team)


@pytest.fixture
def program(manager: Account) -> Client:
    client = Client()
    client.force_login(manager)
    return client


def log(program: Client, **changes: Any) -> Any:
    given = {"channel": "PHONE", "result": "ANSWERED", "subject": "Opening hours"} | changes
    return program.post("/api/enquiries/contacts", given, content_type="application/json")


def hand_over(program: Client, mailbox: Mailbox, raw: bytes) -> Any:
    address = f"/api/enquiries/mailboxes/{mailbox.key}/messages"
    return program.post(address, raw, content_type="message/rfc822")


def test_a_contact_is_counted_for_ones_own_team(team: Team, manager: Account, program: Client) -> None:
    person = make_person()
    logged = log(program, person=person.reference, minutes=4, note="They asked when.")
    assert logged.status_code == 201
    contact = Contact.objects.get(pk=logged.json()["id"])
    assert (contact.person, contact.team, contact.logged_by, contact.minutes) == (person, team, manager, 4)


def test_a_contact_becomes_a_case_or_is_added_to_one(team: Team, program: Client) -> None:
    opened = log(program, result="CASE", service=make_service(team=team).key, new_name="Zofia Nowak").json()
    case = Case.objects.get(reference=opened["case"])
    assert (case.requester and case.requester.full_name) == "Zofia Nowak"
    added = log(program, result="ADDED", case=case.reference, subject="Again").json()
    assert added["case"] == case.reference
    assert case.entries.filter(subject="Again").exists()


def test_what_a_contact_lacks_is_said(program: Client) -> None:
    assert log(program, result="CASE").status_code == 409
    assert log(program, result="SIGNPOSTED").status_code == 409
    assert log(program, result="ADDED").status_code == 409
    for name in ("person", "service", "signpost", "case"):
        wrong = log(program, **{name: "no-such"})
        assert (wrong.status_code, wrong.json()["fields"][0]["at"]) == (422, f"body.{name}")
    assert not Contact.objects.exists()
    assert log(program, result="SIGNPOSTED", signpost=make_signpost().key).json()["result"] == "SIGNPOSTED"


def test_a_case_that_is_hidden_is_no_case_to_add_to(program: Client) -> None:
    hidden = make_case(title="Elsewhere")
    refused = log(program, result="ADDED", case=hidden.reference)
    assert (refused.status_code, refused.json()) == (
        422,
        log(program, result="ADDED", case="TST-26-99999").json(),
    )
    assert not hidden.entries.exists()


def test_contacts_are_listed_newest_first(program: Client) -> None:
    for number in range(4):
        log(program, subject=f"Number {number}", channel="COUNTER" if number == 2 else "PHONE")
    first = program.get("/api/enquiries/contacts", {"limit": 3}).json()
    assert [line["subject"] for line in first] == ["Number 3", "Number 2", "Number 1"]
    rest = program.get("/api/enquiries/contacts", {"before": first[-1]["id"]}).json()
    assert [line["subject"] for line in rest] == ["Number 0"]
    (counter,) = program.get("/api/enquiries/contacts", {"channel": "COUNTER"}).json()
    assert counter["subject"] == "Number 2"


def test_a_message_handed_over_is_taken_in_like_any_other(team: Team, program: Client) -> None:
    mailbox = make_mailbox(team=team)
    raw = mail("Is there a place?", message_id="<one@borth.example>")
    first = hand_over(program, mailbox, raw)
    assert (first.status_code, first.json()["result"]) == (201, "new_cases")
    reference = first.json()["case"]
    again = hand_over(program, mailbox, raw).json()
    assert (again["result"], again["case"]) == ("duplicates", reference)
    reply = mail("Any news?", message_id="<two@borth.example>", in_reply_to="<one@borth.example>")
    added = hand_over(program, mailbox, reply).json()
    assert (added["result"], added["case"]) == ("added", reference)
    assert bytes_of(RawMessage.objects.get(sha256=first.json()["sha256"])) == raw
    assert Case.objects.count() == 1


def test_a_message_that_cannot_be_read_is_kept(team: Team, program: Client) -> None:
    told = hand_over(program, make_mailbox(team=team), b"\x00\x01\x02 nothing that is mail").json()
    row = RawMessage.objects.get(pk=told["id"])
    assert (told["result"], row.state) == ("quarantined", RawMessage.QUARANTINED)
    assert told["reason"] == row.reason != ""
    assert told["case"] is None


def test_nothing_is_no_message_and_another_teams_mailbox_is_none(team: Team, program: Client) -> None:
    assert hand_over(program, make_mailbox(team=team), b"").status_code == 409
    assert hand_over(program, make_mailbox(), mail()).status_code == 404
    assert not RawMessage.objects.exists()


def test_a_message_on_a_hidden_case_does_not_say_which(team: Team, program: Client) -> None:
    mailbox = make_mailbox(team=team)
    raw = mail(message_id="<one@borth.example>")
    case = Case.objects.get(reference=hand_over(program, mailbox, raw).json()["case"])
    keeper = make_manager(team=team)
    set_confidentiality(case, level=Case.SEALED, named=[], because="Delicate", by=keeper, at=AT)
    again = hand_over(program, mailbox, raw)
    assert again.json()["case"] is None
    assert case.reference not in again.content.decode()
