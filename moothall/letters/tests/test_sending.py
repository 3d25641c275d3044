"""A letter leaves once: claimed by one worker, handed to a real mail server, and its outcome known."""

import datetime as dt
import threading
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from pytest_django import Settings

from moothall.letters.models import Letter
from moothall.letters.rules import posting
from moothall.letters.rules.composing import compose
from moothall.letters.rules.posting import Post
from moothall.letters.rules.sending import (
    MOST_ATTEMPTS,
    claim_letters,
    send_claimed,
    send_next,
    settle_silence,
    wait_after,
)
from moothall.records.models import AuditEvent
from moothall.records.rules.documents import path_of

from .mail_server import MailServer, mail_server
from .make import AT, LATER, make_document, make_letter, make_letterhead

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_HOME = tmp_path / "files"


def send(letter: Letter, at: dt.datetime = LATER) -> Letter:
    """Claim and send this letter alone."""
    claimed = claim_letters(limit=1, at=at)
    assert claimed == [letter]
    with Post() as post:
        send_claimed(claimed[0], post=post, at=at)
    letter.refresh_from_db()
    return letter


def sweep(at: dt.datetime) -> None:
    """What the worker does once a minute."""
    with Post() as post:
        while send_next(post=post, clock=lambda: at):
            pass


def texts_of(message: Message) -> list[str]:
    """The plain text and the HTML of a message."""
    found = []
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            found.append(content.decode().replace("\r", ""))
    return found


def test_a_letter_arrives_with_its_headers_and_both_forms_of_its_text(server: MailServer) -> None:
    letter = make_letter(
        body="Annwyl Siân\n\n- **Dydd Llun**\n- [Llefydd](https://example.org/llefydd)",
        language="cy",
        cc=["tomos@example.com"],
        in_reply_to="<ask@example.com>",
        references=["<first@example.com>", "<ask@example.com>"],
    )
    assert send(letter).state == Letter.SENT
    assert letter.sent_at == LATER
    message = server.accepted[0]
    assert message["Message-ID"] == letter.message_id
    assert message["In-Reply-To"] == "<ask@example.com>"
    assert message["References"] == "<first@example.com> <ask@example.com>"
    assert message["X-Moothall-Letter"] == str(letter.pk)
    assert message["Content-Language"] == "cy"
    assert message["Auto-Submitted"] is None
    assert server.recipients == [[letter.to_address, "tomos@example.com"]]
    plain, html = texts_of(message)
    assert "- Dydd Llun\n- Llefydd (https://example.org/llefydd)" in plain
    assert '<a href="https://example.org/llefydd">Llefydd</a>' in html
    assert '<html lang="cy">' in html


def test_the_office_stands_under_every_letter_and_says_that_welsh_is_welcome(server: MailServer) -> None:
    make_letterhead()
    letter = make_letter(language="cy")
    make_letterhead(name_cy="Another Council")
    send(letter)
    plain, html = texts_of(server.accepted[0])
    for text in (plain, html):
        assert "Cyngor Caer Gybi" in text
        assert "Mae croeso i chi ysgrifennu atom yn Gymraeg." in text
        assert "Another" not in text
    assert "\n-- \nDysgu\n" in plain


def test_an_automatic_letter_says_so_that_nobody_answers_it_by_rule(server: MailServer) -> None:
    send(make_letter(automatic=True))
    send(make_letter(automatic=True, in_reply_to="<question@borth.example>"))
    first, second = server.accepted
    assert (first["Auto-Submitted"], second["Auto-Submitted"]) == ("auto-generated", "auto-replied")
    assert server.accepted[0]["X-Auto-Response-Suppress"] == "All"


def test_documents_arrive_byte_for_byte(server: MailServer) -> None:
    first = make_document(content=b"From here\nto there\r\n.\r\nend", name="cofnodion Tŷ.txt")
    second = make_document(content=b"%PDF-1.7 \x00\xff\n", name="map.pdf")
    send(make_letter(documents=[first, second]))
    parsed = BytesParser(policy=policy.default).parsebytes(server.accepted[0].as_bytes())
    assert isinstance(parsed, EmailMessage)
    found = {part.get_filename(): part.get_payload(decode=True) for part in parsed.iter_attachments()}
    assert found == {
        "cofnodion Tŷ.txt": b"From here\nto there\r\n.\r\nend",
        "map.pdf": b"%PDF-1.7 \x00\xff\n",
    }


def test_an_invitation_says_what_the_calendar_is_asked_to_do(server: MailServer) -> None:
    asked = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nX-WR-CALNAME:Tŷ\r\nEND:VCALENDAR\r\n".encode()
    )
    send(make_letter(documents=[make_document(content=asked, name="invite.ics")]))
    parsed = BytesParser(policy=policy.default).parsebytes(server.accepted[0].as_bytes())
    assert isinstance(parsed, EmailMessage)
    (part,) = parsed.iter_attachments()
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert part.get_filename() == "invite.ics"
    assert part.get_payload(decode=True) == asked


def test_lines_that_begin_with_a_dot_arrive_whole(server: MailServer) -> None:
    send(make_letter(body="One\n\n.\n\n.. two"))
    assert "\n.\n\n.. two" in texts_of(server.accepted[0])[0]


def test_a_server_that_says_no_for_good_makes_the_letter_fail(server: MailServer) -> None:
    server.answers["RCPT"] = "550 no such user"
    letter = send(make_letter())
    assert (letter.state, letter.problem) == (Letter.FAILED, "550 no such user")
    assert not claim_letters(limit=5, at=LATER + dt.timedelta(days=9))


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_says_later_is_asked_again_later_and_later(server: MailServer, stage: str) -> None:
    server.answers[stage] = "451 greylisted"
    letter = send(make_letter())
    assert (letter.state, letter.problem) == (Letter.QUEUED, "451 greylisted")
    assert letter.send_after == LATER + dt.timedelta(minutes=1)
    again = letter.send_after
    assert not claim_letters(limit=1, at=again - dt.timedelta(seconds=1))
    assert send(letter, again).send_after == again + dt.timedelta(minutes=2)
    del server.answers[stage]
    assert send(letter, letter.send_after).state == Letter.SENT
    assert letter.attempts == 3
    assert len(server.accepted) == 1


def test_waiting_doubles_up_to_four_hours() -> None:
    waits = [wait_after(attempt).total_seconds() / 60 for attempt in (1, 2, 3, 8, 9, 50)]
    assert waits == [1, 2, 4, 128, 240, 240]


def test_a_letter_that_is_put_off_for_three_days_fails(server: MailServer) -> None:
    server.answers["RCPT"] = "450 mailbox busy"
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(attempts=MOST_ATTEMPTS - 1)
    assert send(letter).state == Letter.FAILED
    assert sum((wait_after(n) for n in range(1, MOST_ATTEMPTS)), dt.timedelta()) > dt.timedelta(
        days=2, hours=18
    )


def test_a_copy_that_is_refused_does_not_stop_the_letter(server: MailServer) -> None:
    server.answers["tomos@example.com"] = "550 no such user"
    letter = send(make_letter(cc=["tomos@example.com"]))
    assert letter.state == Letter.SENT
    assert letter.problem == "tomos@example.com: 550 no such user"


def test_a_connection_lost_before_the_text_was_whole_is_simply_tried_again(server: MailServer) -> None:
    server.drop_at = "MAIL"
    letter = send(make_letter())
    assert letter.state == Letter.QUEUED
    assert letter.attempts == 0
    server.drop_at = ""
    assert send(letter, letter.send_after).state == Letter.SENT


@pytest.mark.parametrize("moment", ["DATA", "ANSWER"])
def test_a_connection_lost_after_the_text_is_never_repeated_by_itself(
    server: MailServer, moment: str
) -> None:
    server.drop_at = moment
    letter = send(make_letter())
    assert letter.state == Letter.MAYBE_SENT
    assert "The connection was lost after the letter was handed over." in letter.problem
    server.drop_at = ""
    assert not claim_letters(limit=5, at=LATER + dt.timedelta(days=9))
    assert len(server.accepted) == (1 if moment == "ANSWER" else 0)


def test_a_mail_server_that_is_away_costs_a_letter_no_attempt(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    first, second = make_letter(), make_letter()
    with Post() as post:
        assert not send_next(post=post, clock=lambda: LATER)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts, second.attempts) == (Letter.QUEUED, 0, 0)
    assert first.send_after == LATER + dt.timedelta(minutes=1)
    assert "ConnectionRefusedError" in first.problem


def test_a_day_without_mail_and_every_letter_arrives_once(server: MailServer, settings: Settings) -> None:
    letters = [make_letter() for _ in range(8)]
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for minutes in range(0, 24 * 60, 240):
        sweep(LATER + dt.timedelta(minutes=minutes))
    settings.EMAIL_PORT = port
    sweep(LATER + dt.timedelta(days=1))
    ids = [message["Message-ID"] for message in server.accepted]
    assert sorted(ids) == sorted(letter.message_id for letter in letters)


def test_letters_to_one_address_keep_their_order(server: MailServer) -> None:
    server.answers["sian@example.com"] = "451 greylisted"
    first = make_letter(to_address="sian@example.com", subject="First")
    second = make_letter(to_address="sian@example.com", subject="Second")
    other = make_letter(to_address="omar@example.com")
    sweep(LATER)
    assert [message["Message-ID"] for message in server.accepted] == [other.message_id]
    second.refresh_from_db()
    assert second.attempts == 0
    server.answers.clear()
    first.refresh_from_db()
    sweep(first.send_after)
    assert [message["Subject"] for message in server.accepted[1:]] == ["First", "Second"]


def test_one_connection_carries_many_letters_and_is_opened_again_when_the_server_closes_it(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [make_letter() for _ in range(3)]
    with Post() as post:
        assert send_next(post=post, clock=lambda: LATER)
        post.connections[""].connection.sock.close()
        assert send_next(post=post, clock=lambda: LATER)
        assert send_next(post=post, clock=lambda: LATER)
    assert len(server.accepted) == len(letters)


def test_a_letter_whose_document_is_lost_fails_and_says_why(server: MailServer) -> None:
    document = make_document()
    path_of(document.sha256).unlink()
    letter = send(make_letter(documents=[document]))
    assert letter.state == Letter.FAILED
    assert "not where it should be" in letter.problem


def test_a_letter_whose_worker_died_while_sending_is_put_before_a_person() -> None:
    letter = make_letter()
    claim_letters(limit=1, at=LATER)
    assert settle_silence(at=LATER + dt.timedelta(minutes=5)) == 0
    assert settle_silence(at=LATER + dt.timedelta(minutes=5, seconds=1)) == 1
    letter.refresh_from_db()
    assert letter.state == Letter.MAYBE_SENT
    assert "worker stopped" in letter.problem
    verbs = AuditEvent.objects.about("letters.letter", letter.pk).values_list("verb", flat=True)
    assert list(verbs) == ["letters.silent", "letters.queued"]


def test_a_slow_worker_that_comes_back_after_all_says_what_became_of_the_letter(server: MailServer) -> None:
    letter = make_letter()
    claimed = claim_letters(limit=1, at=LATER)[0]
    settle_silence(at=LATER + dt.timedelta(minutes=6))
    with Post() as post:
        send_claimed(claimed, post=post, at=LATER + dt.timedelta(minutes=7))
    letter.refresh_from_db()
    assert letter.state == Letter.SENT


def test_a_person_who_settled_a_letter_is_not_overruled_by_a_slow_worker(server: MailServer) -> None:
    letter = make_letter()
    claimed = claim_letters(limit=1, at=LATER)[0]
    Letter.objects.filter(pk=letter.pk).update(state=Letter.CANCELLED)
    with Post() as post:
        send_claimed(claimed, post=post, at=LATER)
    letter.refresh_from_db()
    assert letter.state == Letter.CANCELLED


def test_only_what_is_due_and_goes_by_mail_is_claimed() -> None:
    due = make_letter()
    make_letter(hold_seconds=3600)
    make_letter(channel="PRINT", to_address="1 High Street")
    make_letter(approval_required=True)
    assert claim_letters(limit=10, at=LATER) == [due]
    assert claim_letters(limit=10, at=LATER) == []


def test_making_the_message_twice_makes_the_same_message() -> None:
    letter = make_letter()
    first, second = (compose(letter, at=AT).message() for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"]
    assert texts_of(first) == texts_of(second)


def test_without_a_mail_server_a_letter_becomes_a_file(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "moothall.config.mail_folder.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    letter = send(make_letter())
    assert letter.state == Letter.SENT
    [file] = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert BytesParser().parsebytes(file.read_bytes())["Message-ID"] == letter.message_id


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_take_the_same_letter() -> None:
    letters = [make_letter() for _ in range(40)]
    taken: list[list[int]] = [[], []]
    ready = threading.Barrier(2, timeout=10)

    def work(number: int) -> None:
        try:
            ready.wait()
            while claimed := claim_letters(limit=3, at=LATER):
                taken[number] += [letter.pk for letter in claimed]
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert sorted(taken[0] + taken[1]) == [letter.pk for letter in letters]


@pytest.mark.django_db(transaction=True)
def test_a_worker_skips_letters_that_another_has_locked() -> None:
    first, second = make_letter(), make_letter()
    claimed: list[list[Letter]] = []

    def work() -> None:
        claimed.append(claim_letters(limit=5, at=LATER))
        connections.close_all()

    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=first.pk)
        worker = threading.Thread(target=work)
        worker.start()
        worker.join(10)
    assert claimed == [[second]]


@pytest.mark.django_db(transaction=True)
def test_a_claim_is_committed_before_anything_is_said_to_the_mail_server() -> None:
    make_letter()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        claim_letters(limit=1, at=LATER)
    claim_letters(limit=1, at=LATER)
    assert not connection.in_atomic_block


def test_every_answer_of_a_server_has_one_meaning() -> None:
    kinds = {code: posting.answered(code, b"words").kind for code in (421, 450, 550, 250, -1)}
    assert kinds == {
        421: posting.UNREACHABLE,
        450: posting.LATER,
        550: posting.REFUSED,
        250: posting.UNREACHABLE,
        -1: posting.UNREACHABLE,
    }
