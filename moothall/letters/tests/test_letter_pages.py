"""The outbox, a letter's page, approval and print runs, as people use them."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from moothall.letters.models import Letter, PrintRun
from moothall.letters.rules import visibility
from moothall.people.models import Account, Team
from moothall.people.tests.pages import links, main, page, signed_in_as, words

from .make import AT, make_account, make_document, make_letter, make_letterhead, make_team, make_template

pytestmark = pytest.mark.django_db
EVERYTHING = ("letters.write", "letters.approve", "letters.outbox", "letters.templates")


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_HOME = tmp_path / "files"


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> Team:
    """The one record whose letters everybody here may see."""
    ours = make_team()
    monkeypatch.setattr(visibility, "_registered", {"people.team": lambda _account: [ours.pk]})
    monkeypatch.setattr(visibility, "_gates", {})
    return ours


@pytest.fixture
def amina() -> Account:
    return make_account(*EVERYTHING)


@pytest.fixture
def client(amina: Account) -> Client:
    return signed_in_as(amina)


def make_in(state: str, team: Team, **changes: Any) -> Letter:
    letter = make_letter(about=team, **changes)
    Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=AT if state == Letter.SENT else None)
    letter.refresh_from_db()
    return letter


def state_of(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def test_the_outbox_counts_its_queues_and_narrows_to_one(client: Client, team: Team) -> None:
    make_in(Letter.MAYBE_SENT, team, subject="Perhaps")
    make_in(Letter.FAILED, team, subject="Bounced")
    make_in(Letter.SENT, team, subject="Gone")
    make_letter(subject="Not mine to see")
    everything = words(main(page(client.get("/letters/"))))
    for expected in (
        "1 Maybe sent: check",
        "1 Could not be sent",
        "0 To approve",
        "Perhaps",
        "Bounced",
        "Gone",
    ):
        assert expected in everything
    assert "Not mine to see" not in everything
    narrowed = words(main(page(client.get("/letters/?state=MAYBE_SENT"))))
    assert "Perhaps" in narrowed
    assert "Bounced" not in narrowed


def test_each_state_has_its_one_button(client: Client, team: Team) -> None:
    buttons = {
        Letter.QUEUED: "Call back",
        Letter.FOR_APPROVAL: "Approve",
        Letter.MAYBE_SENT: "It arrived",
        Letter.FAILED: "Send again",
    }
    for state, button in buttons.items():
        make_in(state, team, subject=f"In {state}")
        shown = words(main(page(client.get(f"/letters/?state={state}"))))
        assert f"{button} In {state}" in shown


def test_the_outbox_costs_the_same_however_many_letters_it_shows(client: Client, team: Team) -> None:
    make_in(Letter.SENT, team)
    client.get("/letters/")
    with CaptureQueriesContext(connection) as few:
        client.get("/letters/")
    for _ in range(30):
        make_in(Letter.QUEUED, team, by=make_account())
    with CaptureQueriesContext(connection) as many:
        client.get("/letters/")
    assert len(many) == len(few)


def test_a_button_in_the_outbox_leads_back_to_the_same_list(client: Client, team: Team) -> None:
    letter = make_in(Letter.MAYBE_SENT, team)
    address = f"/letters/{letter.pk}/settlement/"
    answer = client.post(address, {"was_sent": "yes", "back": "/letters/?state=MAYBE_SENT"})
    assert answer.headers["Location"] == "/letters/?state=MAYBE_SENT"
    assert state_of(letter) == Letter.SENT
    other = make_in(Letter.MAYBE_SENT, team)
    answer = client.post(f"/letters/{other.pk}/settlement/", {"back": "https://elsewhere.example/"})
    assert answer.headers["Location"] == f"/letters/{other.pk}/"
    assert state_of(other) == Letter.QUEUED


def test_a_letter_page_shows_what_was_sent_to_whom_and_what_happened(client: Client, team: Team) -> None:
    make_letterhead()
    letter = make_letter(
        about=team, language="cy", body="Annwyl Siân\n\n- **Dewch** yn gynnar", cc=["tomos@example.com"],
        documents=[make_document(name="map.txt")],
    )  # fmt: skip
    root = page(client.get(f"/letters/{letter.pk}/"))
    text = words(main(root))
    for expected in (
        "Queued", "Your place on the course", "Annwyl Siân", "Dewch yn gynnar", "tomos@example.com",
        "map.txt", "Mae croeso i chi ysgrifennu atom yn Gymraeg.", letter.message_id,
        "Put into the outbox",
    ):  # fmt: skip
        assert expected in text
    article = next(root.iter("article"))
    assert article.get("lang") == "cy"
    assert links(root)["PDF"] == f"/letters/{letter.pk}/pdf/"


def test_a_letter_about_a_record_one_may_not_see_does_not_exist(client: Client, team: Team) -> None:
    letter = make_letter(documents=[make_document()])
    document = letter.documents.get()
    for part in ("", "pdf/", f"documents/{document.pk}/"):
        assert client.get(f"/letters/{letter.pk}/{part}").status_code == 404
    for act in ("recall", "approval", "refusal", "settlement", "retry", "abandonment"):
        assert client.post(f"/letters/{letter.pk}/{act}/").status_code == 404
    assert state_of(letter) == Letter.QUEUED


def test_a_sealed_record_asks_for_a_reason_before_its_letters_are_read(
    client: Client, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visibility, "_gates", {"people.team": lambda _account, id: f"/reason/{id}/"})
    letter = make_letter(about=team)
    for part in ("", "pdf/"):
        answer = client.get(f"/letters/{letter.pk}/{part}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/reason/{team.pk}/")
    printed = make_letter(about=team, channel="PRINT", to_address="1 High Street", hold_seconds=0)
    assert client.post("/letters/print-runs/").status_code == 409
    assert state_of(printed) == Letter.QUEUED


@pytest.mark.parametrize(
    ("permission", "address", "method"),
    [
        ("letters.outbox", "/letters/", "get"),
        ("letters.approve", "/letters/approvals/", "get"),
        ("letters.write", "/letters/{}/", "get"),
        ("letters.write", "/letters/{}/pdf/", "get"),
        ("letters.write", "/letters/{}/recall/", "post"),
        ("letters.approve", "/letters/{}/approval/", "post"),
        ("letters.approve", "/letters/{}/refusal/", "post"),
        ("letters.outbox", "/letters/{}/settlement/", "post"),
        ("letters.outbox", "/letters/{}/retry/", "post"),
        ("letters.outbox", "/letters/{}/abandonment/", "post"),
        ("letters.outbox", "/letters/print-runs/", "post"),
        ("letters.templates", "/letters/templates/", "get"),
        ("letters.templates", "/letters/letterhead/", "get"),
    ],
)
def test_every_page_asks_for_its_own_permission(
    team: Team, permission: str, address: str, method: str
) -> None:
    letter = make_letter(about=team)
    others = make_account(*(set(EVERYTHING) - {permission}))
    path = address.format(letter.pk)
    assert getattr(signed_in_as(others), method)(path).status_code == 403
    assert getattr(Client(), method)(path).status_code == 302
    assert getattr(signed_in_as(make_account(permission)), method)(path).status_code not in {403, 302} or (
        method == "post"
    )
    if method == "post":
        assert signed_in_as(others).get(path).status_code == 405


def test_a_letter_is_called_back_from_its_page(client: Client, team: Team) -> None:
    letter = make_letter(about=team)
    shown = page(client.post(f"/letters/{letter.pk}/recall/", follow=True))
    assert "The letter was called back. It was not sent." in words(shown)
    assert state_of(letter) == Letter.CANCELLED
    refused = page(client.post(f"/letters/{letter.pk}/recall/"), 409)
    assert "cannot be called back" in words(refused)


def test_an_approver_finds_reads_and_approves_a_letter(client: Client, amina: Account, team: Team) -> None:
    letter = make_letter(about=team, by=make_account(), approval_required=True)
    own = make_letter(about=team, by=amina, approval_required=True, subject="My own")
    queue = page(client.get("/letters/approvals/"))
    assert links(queue)["Your place on the course"] == f"/letters/{letter.pk}/"
    assert "Approve My own" not in words(queue)
    assert "Approve" in words(main(page(client.get(f"/letters/{letter.pk}/"))))
    client.post(f"/letters/{letter.pk}/approval/")
    assert (state_of(letter), letter.approved_by) == (Letter.QUEUED, amina)
    assert client.post(f"/letters/{own.pk}/approval/").status_code == 409
    assert state_of(own) == Letter.FOR_APPROVAL


def test_an_approver_says_why_not(client: Client, team: Team) -> None:
    letter = make_letter(about=team, by=make_account(), approval_required=True)
    again = page(client.post(f"/letters/{letter.pk}/refusal/", {"reason": ""}), 422)
    assert "There is a problem" in words(again)
    client.post(f"/letters/{letter.pk}/refusal/", {"reason": "The date is wrong."})
    assert (state_of(letter), letter.problem) == (Letter.CANCELLED, "The date is wrong.")


def test_a_failed_letter_goes_to_a_corrected_address_or_is_put_aside(client: Client, team: Team) -> None:
    letter = make_in(Letter.FAILED, team)
    wrong = page(client.post(f"/letters/{letter.pk}/retry/", {"to_address": "sian@"}), 422)
    assert "Enter an email address" in words(wrong)
    client.post(f"/letters/{letter.pk}/retry/", {"to_address": "sian@example.net"})
    assert (state_of(letter), letter.to_address) == (Letter.QUEUED, "sian@example.net")
    other = make_in(Letter.FAILED, team)
    client.post(f"/letters/{other.pk}/abandonment/")
    assert state_of(other) == Letter.CANCELLED


def test_the_pdf_and_the_attachments_of_a_letter_open(client: Client, team: Team) -> None:
    letter = make_letter(about=team, documents=[make_document(name="cofnodion.txt", content=b"Minutes")])
    pdf = client.get(f"/letters/{letter.pk}/pdf/")
    assert (pdf["Content-Type"], pdf["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert pdf.content.startswith(b"%PDF-")
    document = letter.documents.get()
    download = client.get(f"/letters/{letter.pk}/documents/{document.pk}/")
    assert b"".join(download.streaming_content) == b"Minutes"  # type: ignore[attr-defined]
    assert download["Content-Disposition"] == 'attachment; filename="cofnodion.txt"'
    stranger = make_document(name="else.txt", content=b"Else")
    assert client.get(f"/letters/{letter.pk}/documents/{stranger.pk}/").status_code == 404


def test_letters_on_paper_are_printed_together_and_posted(client: Client, team: Team) -> None:
    letters = [
        make_letter(about=team, channel="PRINT", to_address="1 High Street", to_name=name)
        for name in ("Abdi", "Bea")
    ]
    Letter.objects.update(send_after=AT)
    assert "2 letters are waiting to be printed." in words(page(client.get("/letters/")))
    shown = page(client.post("/letters/print-runs/", follow=True))
    run = PrintRun.objects.get()
    for expected in ("Print run", "Abdi", "Bea", "They are posted", "Put them back"):
        assert expected in words(main(shown))
    assert client.get(f"/letters/print-runs/{run.pk}/pdf/").content.startswith(b"%PDF-")
    client.post(f"/letters/print-runs/{run.pk}/settlement/", {"was_posted": "yes"})
    assert {state_of(letter) for letter in letters} == {Letter.SENT}
    assert "posted by" in words(page(client.get(f"/letters/print-runs/{run.pk}/")))
    again = page(client.post(f"/letters/print-runs/{run.pk}/settlement/", {"was_posted": "no"}), 409)
    assert "Somebody else has just dealt with this letter." in words(again)


def test_a_print_run_with_a_letter_one_may_not_see_does_not_exist(
    client: Client, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_letter(about=team, channel="PRINT", to_address="1 High Street")
    Letter.objects.update(send_after=AT)
    client.post("/letters/print-runs/")
    run = PrintRun.objects.get()
    monkeypatch.setattr(visibility, "_registered", {})
    assert client.get(f"/letters/print-runs/{run.pk}/").status_code == 404
    assert client.get(f"/letters/print-runs/{run.pk}/pdf/").status_code == 404
    assert client.post(f"/letters/print-runs/{run.pk}/settlement/").status_code == 404
    assert client.get("/letters/print-runs/999999/").status_code == 404


def test_the_audit_calls_letters_by_their_subject_for_those_who_may_see_them(team: Team) -> None:
    reader = make_account("records.audit")
    shown = make_letter(about=team, subject="Seen by all")
    make_letter(subject="Seen by nobody")
    make_template(key="place", name="A place is confirmed")
    root = page(signed_in_as(reader).get("/records/audit/"))
    assert links(root)["Seen by all"] == f"/letters/{shown.pk}/"
    assert links(root)["A place is confirmed"] == "/letters/templates/place/"
    assert "Seen by nobody" not in words(root)
    found = words(main(page(signed_in_as(reader).get("/records/audit/", {"record": shown.message_id}))))
    assert "letters.queued" in found
    assert "A place is confirmed" not in found
    by_key = words(main(page(signed_in_as(reader).get("/records/audit/?record=place"))))
    assert "A place is confirmed" in by_key
    assert "Seen by all" not in by_key
