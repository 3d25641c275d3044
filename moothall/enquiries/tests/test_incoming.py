"""Enquiries that other systems hand in: each once, whatever happens on the way."""

import base64
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from moothall.cases.models import Case, Entry, EntryDocument
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.rules.opening import NoSuchService
from moothall.cases.tests.make import AT, make_case, make_manager, make_service
from moothall.cases.tests.together import at_once
from moothall.core.clock import now
from moothall.enquiries.models import Contact, Incoming, KeyLife
from moothall.enquiries.rules import incoming as handing_in
from moothall.enquiries.rules.incoming import Sent, hand_in, understand_what_was_handed_in
from moothall.people.models import Account, Person, Team
from moothall.people.tests.make import make_person, make_team
from moothall.records.models import Document
from moothall.records.rules import archives
from moothall.records.rules.scanning import Verdict
from moothall.records.tests.make import make_zip

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NIA = "Nia Ní Ó'Brien-Łukasiewicz"
FORM = {
    "type": "object",
    "required": ["course"],
    "properties": {
        "course": {"type": "string", "title": "Which course?", "title_cy": "Pa gwrs?"},
        "places": {"type": "integer", "title": "How many?", "minimum": 1, "maximum": 30},
        "on": {"type": "string", "format": "date", "title": "From which day?"},
    },
}
SENDER = {"name": "Ffion Adeyemi", "email": "ffion@borth.example", "phone": "01632 960123"}


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def manager(team: Team) -> Account:
    return make_manager(team=team)


@pytest.fixture
def service(team: Team) -> Any:
    return make_service(team=team, form=FORM)


@pytest.fixture
def program(manager: Account) -> Client:
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def post(program: Client, service: Any) -> Callable[..., Any]:
    def sent(key: str = "", **changes: Any) -> Any:
        given = {"service": service.key, "text": "Is there a place?", "sender": SENDER} | changes
        headers = {"Idempotency-Key": key} if key else {}
        return program.post(
            "/api/enquiries/incoming", given, content_type="application/json", headers=headers
        )

    return sent


def packed(name: str, content: bytes, media_type: str = "text/plain") -> dict[str, str]:
    return {"name": name, "media_type": media_type, "content": base64.b64encode(content).decode()}


def says_of(path: Path) -> Verdict:
    infected = EICAR in path.read_bytes()
    return Verdict(Document.INFECTED if infected else Document.CLEAN)


def no_answer(path: Path) -> Verdict:
    raise TimeoutError(path)


def test_an_enquiry_becomes_a_contact_and_a_case_with_all_that_was_said(
    post: Callable[..., Any], team: Team, manager: Account
) -> None:
    answered = post(
        answers={"course": "First aid", "places": 3, "on": "2026-12-01"}, language="cy", external="WEB-77",
        attachments=[packed("list.txt", b"Three names")],
    )  # fmt: skip
    assert answered.status_code == 201, answered.content
    case = Case.objects.get(reference=answered.json()["case"])
    assert (case.answers["course"], case.channel, case.language) == ("First aid", "api", "cy")
    assert case.requester is not None
    assert (case.requester.full_name, case.requester.language) == ("Ffion Adeyemi", "cy")
    entry = case.entries.get(kind=Entry.MAIL_IN)
    assert entry.detail["external"] == "WEB-77"
    assert "Pa gwrs?\nFirst aid" in entry.text
    assert (
        [each.name for each in EntryDocument.objects.filter(entry=entry)]
        == answered.json()["files"]
        == ["list.txt"]
    )
    contact = Contact.objects.get()
    assert (contact.channel, contact.result, contact.team, contact.logged_by) == (
        "API",
        "CASE",
        team,
        manager,
    )


def test_the_same_key_with_the_same_enquiry_is_answered_again(post: Callable[..., Any]) -> None:
    first, again = post("a-1"), post("a-1")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert (first.get("Idempotency-Replayed"), again.get("Idempotency-Replayed")) == (None, "true")
    assert Case.objects.count() == Contact.objects.count() == Incoming.objects.count() == 1


def test_the_same_key_with_another_enquiry_is_refused(post: Callable[..., Any]) -> None:
    post("a-1")
    refused = post("a-1", text="Something else")
    assert refused.status_code == 409
    assert "another enquiry" in refused.json()["sentence"]
    assert refused.json()["next_step"]
    other_file = post("a-1", attachments=[packed("a.txt", b"One")])
    assert other_file.status_code == 409
    assert Case.objects.count() == 1


def test_a_key_belongs_to_the_account_that_sent_it(
    post: Callable[..., Any], team: Team, service: Any
) -> None:
    first = post("a-1").json()
    other = Client()
    other.force_login(make_manager(team=team))
    given = {"service": service.key, "text": "Mine", "sender": SENDER}
    headers = {"Idempotency-Key": "a-1"}
    theirs = other.post("/api/enquiries/incoming", given, content_type="application/json", headers=headers)
    assert theirs.json()["case"] != first["case"]
    assert other.get(f"/api/enquiries/incoming/{first['id']}").status_code == 404


def test_a_key_is_remembered_as_long_as_its_row_says(service: Any, manager: Account) -> None:
    KeyLife.objects.update_or_create(from_on=dt.date(2026, 11, 1), defaults={"hours": 72, "source": "test"})
    KeyLife.objects.create(from_on=dt.date(2026, 12, 1), hours=2, source="A shorter one")

    def given(day: dt.datetime, text: str) -> tuple[Incoming, bool]:
        return hand_in(said(service, text=text), [], key="k", by=manager, at=day)

    first, new = given(AT, "One")
    assert new
    assert given(AT + dt.timedelta(hours=71), "One") == (first, False)
    second, new = given(AT + dt.timedelta(hours=72), "Another")
    assert new
    assert second.pk != first.pk
    december = dt.datetime(2026, 12, 3, 9, tzinfo=dt.UTC)
    third, _new = given(december, "A third")
    assert third.key_until == december + dt.timedelta(hours=2)


def said(service: Any, **changes: Any) -> dict[str, Any]:
    given = {
        "channel": "API", "service": service.key, "case": "", "title": "", "text": "Hello", "answers": {},
        "sender": {"person": "", "name": NIA, "email": "nia@borth.example", "phone": ""},
        "language": "", "received_at": "", "received_because": "", "external": "",
    }  # fmt: skip
    return given | changes


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_the_same_key_at_once_one_makes_the_case() -> None:
    team = make_team()
    service, manager = make_service(team=team), make_manager(team=team)

    def send() -> Any:
        return hand_in(said(service), [Sent("a.txt", "text/plain", b"A")], key="k", by=manager, at=AT)

    done = at_once(*[send] * 4)
    assert len({found.pk for found, _new in done}) == 1
    assert sorted(new for _found, new in done) == [False, False, False, True]
    assert {found.case.reference for found, _new in done} == {Case.objects.get().reference}
    assert Contact.objects.count() == Document.objects.count() == 1
    assert Person.objects.filter(full_name=NIA).count() == 1


def test_what_cannot_be_understood_now_is_kept_and_taken_up_later(
    post: Callable[..., Any], service: Any, program: Client
) -> None:
    with patch("moothall.enquiries.rules.understanding.open_case", side_effect=NoSuchService):
        waiting = post("a-1", attachments=[packed("a.txt", b"A")])
    assert waiting.status_code == 202
    told = waiting.json()
    assert told["case"] is None
    assert told["waits_because"].startswith("That service")
    assert understand_what_was_handed_in(at=now() + dt.timedelta(minutes=2)) == 1
    later = program.get(f"/api/enquiries/incoming/{told['id']}").json()
    assert later["case"] == Case.objects.get().reference
    assert (later["waits_because"], later["files"]) == ("", ["a.txt"])
    assert post("a-1", attachments=[packed("a.txt", b"A")]).json() == later


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_is_kept_when_the_process_dies_in_between() -> None:
    team = make_team()
    service, manager = make_service(team=team), make_manager(team=team)
    client = Client(raise_request_exception=False)
    client.force_login(manager)
    given = {"service": service.key, "text": "Is there a place?", "sender": SENDER}
    with patch.object(handing_in, "understand_incoming", side_effect=MemoryError):
        died = client.post("/api/enquiries/incoming", given, content_type="application/json")
    assert died.status_code == 500
    kept = Incoming.objects.get()
    assert (kept.said["text"], kept.case) == ("Is there a place?", None)
    assert understand_what_was_handed_in(at=now() + dt.timedelta(minutes=2)) == 1
    assert Case.objects.get().requester.full_name == "Ffion Adeyemi"  # type: ignore[union-attr]


def test_it_came_in_when_it_came_in_if_there_is_a_reason(post: Callable[..., Any]) -> None:
    before = (now() - dt.timedelta(days=3)).replace(microsecond=0)
    refused = post(received_at=before.isoformat())
    assert (refused.status_code, "received_because" in refused.json()["next_step"]) == (409, True)
    taken = post(received_at=before.isoformat(), received_because="Their system was away.")
    case = Case.objects.get(reference=taken.json()["case"])
    assert case.received_at == before
    assert Contact.objects.get().received_at == before
    later = (now() + dt.timedelta(days=1)).isoformat()
    assert post(received_at=later).status_code == 409
    assert post(received_at="2026-11-20T10:00:00").status_code == 422


def test_more_about_a_case_is_put_on_it_and_it_is_our_turn(
    post: Callable[..., Any], service: Any, team: Team
) -> None:
    case = make_case(service=service)
    added = post(service="", case=case.reference.lower(), text="Any news?", channel="PHONE")
    assert added.json()["case"] == case.reference
    assert case.entries.get(kind=Entry.CALL).text.startswith("Any news?")
    case.refresh_from_db()
    assert case.came_back_at is not None
    assert Contact.objects.get().result == Contact.ADDED


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"service": "no-such"}, "service"),
        ({"service": ""}, "service"),
        ({"case": "TST-26-99999"}, "case"),
        ({"text": " "}, "text"),
        ({"sender": {"person": "P-404"}}, "sender.person"),
        ({"sender": {"email": "no address"}}, "sender.email"),
        ({"answers": {"course": 5}}, "answers.course"),
        ({"answers": {"places": 31}}, "answers.places"),
        ({"answers": {"on": "1 December"}}, "answers.on"),
        ({"answers": {"shoe": "41"}}, "answers.shoe"),
        ({"attachments": [{"name": "a.txt", "content": "?"}]}, "attachments.0.content"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    post: Callable[..., Any], changes: dict[str, Any], at: str
) -> None:
    refused = post("a-1", **changes)
    assert refused.status_code == 422, refused.content
    assert refused.json()["fields"][0]["at"] == f"body.{at}"
    assert not Incoming.objects.exists()
    assert post("a-1").status_code == 201  # the key of what was refused is free


def test_somebody_known_is_not_added_again(post: Callable[..., Any]) -> None:
    known = make_person(full_name="Ffion Adeyemi", emails=["ffion@borth.example"], by=None, at=AT)
    case = Case.objects.get(reference=post().json()["case"])
    assert case.requester == known
    again = Case.objects.get(reference=post(sender={"person": known.reference}).json()["case"])
    assert again.requester == known
    assert Case.objects.get(reference=post(sender={}).json()["case"]).requester is None


def test_a_harmful_file_is_refused_and_nothing_is_kept(
    post: Callable[..., Any], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCANNER = f"{__name__}.says_of"
    refused = post("a-1", attachments=[packed("good.txt", b"Good"), packed("eicar.txt", EICAR)])
    assert refused.status_code == 409
    assert "harmful" in refused.json()["sentence"]
    monkeypatch.setattr(archives, "ALWAYS_ALLOWED", 100_000)
    bomb = packed("all.zip", make_zip(zeros__txt=bytes(1_000_000)), "application/zip")
    assert post(attachments=[bomb]).status_code == 409
    assert not Incoming.objects.exists()
    assert not Document.objects.exists()
    assert post("a-1", attachments=[packed("good.txt", b"Good")]).status_code == 201


def test_without_an_answer_from_the_scanner_no_file_comes_in(
    post: Callable[..., Any], settings: Settings
) -> None:
    settings.SCANNER = f"{__name__}.no_answer"
    refused = post(attachments=[packed("good.txt", b"Good")])
    assert (refused.status_code, Incoming.objects.count()) == (409, 0)
    assert "minutes" in refused.json()["next_step"]


def test_files_may_follow_one_by_one(post: Callable[..., Any], program: Client, settings: Settings) -> None:
    number = post().json()["id"]
    address = f"/api/enquiries/incoming/{number}/files"

    def send(content: bytes = b"A note") -> Any:
        return program.post(address, {"file": SimpleUploadedFile("note.txt", content)})

    assert send().json()["files"] == ["note.txt"]
    assert send().json()["files"] == ["note.txt"]
    assert EntryDocument.objects.filter(entry__case=Case.objects.get()).count() == 1
    settings.DOCUMENT_SIZE_LIMIT = 10
    assert send(b"More than ten bytes").status_code == 409
    settings.DOCUMENT_SIZE_LIMIT = 10_000
    Incoming.objects.update(kept_at=now() - dt.timedelta(days=2))
    assert send(b"Too late").status_code == 409
    assert (
        program.post(
            "/api/enquiries/incoming/999999/files", {"file": SimpleUploadedFile("a", b"a")}
        ).status_code
        == 404
    )


def test_whoever_hands_in_too_much_is_told_to_wait(post: Callable[..., Any]) -> None:
    with patch("moothall.enquiries.api.incoming.HANDING_IN") as limit:
        limit.name, limit.most, limit.per = "few", 1, dt.timedelta(hours=1)
        assert post().status_code == 201
        told = post()
    assert (told.status_code, Incoming.objects.count()) == (429, 1)
    assert int(told["Retry-After"]) > 0
    assert told.json()["next_step"]


def test_a_case_that_was_sealed_since_is_not_named(
    post: Callable[..., Any], team: Team, program: Client
) -> None:
    first = post("a-1").json()
    keeper = make_manager(team=team)
    case = Case.objects.get(reference=first["case"])
    set_confidentiality(case, level=Case.SEALED, named=[], because="Delicate", by=keeper, at=AT)
    for told in (post("a-1"), program.get(f"/api/enquiries/incoming/{first['id']}")):
        assert told.status_code in {200, 201}
        assert case.reference not in told.content.decode()
