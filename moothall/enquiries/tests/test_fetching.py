"""Mail fetched from a real Dovecot: kept first, marked last, none lost and none twice."""

import datetime as dt
import socket
import threading
from typing import Any

import psycopg
import pytest
from django.db import connection
from imapclient import SocketTimeout

from moothall.cases.models import Case
from moothall.cases.tests.make import AT
from moothall.enquiries.models import MailboxState, Message, RawMessage, RemoteMessage
from moothall.enquiries.rules import fetching, inbox
from moothall.enquiries.rules.faults import MailboxFault, SetUpWrong, SignInRefused
from moothall.enquiries.rules.importing import OnlyItsFirstLines, retry_quarantined
from moothall.enquiries.rules.inbox import Inbox
from moothall.enquiries.rules.keeping import bytes_of
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account
from moothall.records.models import AuditEvent

from .dovecot import Account, Dovecot, needs_dovecot, running_dovecot
from .make import connect, fetch, mail, make_acknowledgement

pytestmark = [pytest.mark.django_db, needs_dovecot]
NOT_UTF8 = mail("Caf\xe9").replace(b"Caf\xc3\xa9", b"Caf\xe9 \r\n\r\n.\r\n..")


@pytest.fixture
def there(dovecot: Dovecot) -> Account:
    return dovecot.account()


def state_of(box: Any) -> MailboxState:
    return MailboxState.objects.get(mailbox=box)


def test_what_waits_is_kept_as_it_came_opens_cases_and_is_marked_as_read(there: Account) -> None:
    raws = [mail("First"), mail("Second"), NOT_UTF8]
    there.deliver(*raws, at=AT)
    box = connect(there)
    assert fetch(box) == {"new_cases": 3}
    rows = RawMessage.objects.filter(mailbox=box).order_by("id")
    assert {bytes_of(row) for row in rows} == set(raws)
    assert {row.state for row in rows} == {RawMessage.READ}
    assert there.seen() == 3
    assert len(there.files()) == 3


def test_the_second_look_brings_only_what_is_new(there: Account) -> None:
    there.deliver(mail("First"), at=AT)
    box = connect(there)
    assert fetch(box) == {"new_cases": 1}
    assert fetch(box) == {}
    there.deliver(mail("Second"), at=AT)
    assert fetch(box) == {"new_cases": 1}
    assert list(RemoteMessage.objects.filter(mailbox=box).order_by("uid").values_list("uid", flat=True)) == [
        1,
        2,
    ]


def test_a_message_in_two_mailboxes_is_one_case(there: Account, dovecot: Dovecot) -> None:
    elsewhere, raw = dovecot.account(), mail("To both")
    there.deliver(raw, at=AT)
    elsewhere.deliver(b"Received: by another way\r\n" + raw, at=AT)
    assert fetch(connect(there)) == {"new_cases": 1}
    assert fetch(connect(elsewhere)) == {"duplicates": 1}
    assert Case.objects.count() == 1


def test_a_folder_that_is_numbered_anew_doubles_nothing(there: Account) -> None:
    there.deliver(mail("First"), mail("Second"), at=AT)
    box = connect(there)
    fetch(box)
    before = state_of(box).uid_validity
    there.number_anew()
    there.deliver(mail("Third"), at=AT)
    assert fetch(box) == {"duplicates": 2, "new_cases": 1}
    assert state_of(box).uid_validity != before
    assert Case.objects.count() == 3
    assert fetch(box) == {}


def test_from_a_mailbox_that_can_only_be_read_everything_is_fetched_once(there: Account) -> None:
    there.deliver(mail("First"), at=AT)
    there.only_to_be_read()
    box = connect(there)
    assert fetch(box) == {"new_cases": 1}
    assert state_of(box).read_only
    assert there.seen() == 0
    assert fetch(box) == {}


def test_messages_can_be_moved_to_a_folder_once_they_are_kept(there: Account) -> None:
    there.deliver(mail("First"), mail("Second"), at=AT)
    box = connect(there, afterwards="MOVE", done_folder="Done")
    assert fetch(box) == {"new_cases": 2}
    assert not there.files()
    assert len(there.files(".Done")) == 2
    assert fetch(box) == {}


def test_what_was_kept_but_not_marked_is_marked_the_next_time(
    there: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.deliver(mail("First"), at=AT)
    box = connect(there)

    def lost(*_: object, **__: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "put_away", lost)
        with pytest.raises(MailboxFault, match="was lost"):
            fetch(box)
    assert there.seen() == 0
    assert Case.objects.count() == 1
    assert fetch(box) == {}
    assert there.seen() == 1


def test_what_was_kept_but_not_read_is_read_the_next_time_and_not_fetched_again(
    there: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.deliver(mail("First"), at=AT)
    box = connect(there)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fetching, "take_in_kept", killed)
        with pytest.raises(KeyboardInterrupt):
            fetch(box)
    assert RawMessage.objects.get().state == RawMessage.KEPT
    assert there.seen() == 0
    assert fetch(box) == {"new_cases": 1}
    assert there.seen() == 1
    assert fetch(box) == {}


def test_what_was_kept_but_not_read_is_read_in_the_order_it_came(
    there: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [mail(f"Question {number}", message_id=f"<{number}@borth.example>") for number in range(6)]
    answers = [mail("And more", in_reply_to=f"<{number}@borth.example>") for number in range(6)]
    there.deliver(*asked, *answers, at=AT)
    box = connect(there)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fetching, "take_in_kept", killed)
        with pytest.raises(KeyboardInterrupt):
            fetch(box)
    assert fetch(box) == {"new_cases": 6, "added": 6}


def test_a_message_that_the_server_cannot_give_stops_none_of_the_others(
    there: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.deliver(mail("First"), mail("Poison"), mail("Third"), at=AT)
    box = connect(there)
    real = Inbox.bytes_of

    def poisoned(folder: Inbox, uids: Any) -> dict[int, bytes]:
        if 2 in uids:
            raise ConnectionResetError("the server fell over this message")
        return real(folder, uids)

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "bytes_of", poisoned)
        assert fetch(box) == {"new_cases": 2}
        assert fetch(box) == {}
        row = RemoteMessage.objects.not_fetched().get()
        assert (row.uid, row.attempts) == (2, 1)
        assert "fell over" in row.problem
    assert row.retry_at is not None
    assert fetch(box, at=row.retry_at) == {"new_cases": 1}
    assert not RemoteMessage.objects.not_fetched().exists()


def test_a_message_that_is_too_large_is_said_and_left_where_it_is(
    there: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 10_000)
    large = mail("x" * 20_000, subject="Our film")
    there.deliver(mail("First"), large, mail("Third"), at=AT)
    box = connect(there)
    assert fetch(box) == {"new_cases": 2, "quarantined": 1}
    row = RawMessage.objects.quarantined().get()
    assert "still in the mailbox" in row.reason
    assert b"Subject: Our film" in bytes_of(row)
    assert there.seen() == 2
    assert fetch(box) == {}
    with pytest.raises(OnlyItsFirstLines):
        retry_quarantined(row, by=make_account(), at=AT)


def test_messages_from_before_the_first_day_are_left_alone(there: Account) -> None:
    there.deliver(mail("Old"), at=AT - dt.timedelta(days=90))
    there.deliver(mail("New"), at=AT)
    box = connect(there, since=AT.date() - dt.timedelta(days=10))
    assert fetch(box) == {"new_cases": 1}
    assert Message.objects.get().entry is not None


def test_only_what_came_lately_is_acknowledged(there: Account) -> None:
    make_acknowledgement()
    there.deliver(mail("Old", from_="old@borth.example"), at=AT - dt.timedelta(days=30))
    there.deliver(mail("New", from_="new@borth.example"), at=AT - dt.timedelta(days=1))
    assert fetch(connect(there)) == {"new_cases": 2}
    assert Letter.objects.get().to_address == "new@borth.example"


def test_a_server_that_was_down_for_a_day_loses_nothing_and_is_asked_less_and_less() -> None:
    with running_dovecot() as server:
        there = server.account()
        box = connect(there)
        assert fetch(box) == {}
        there.deliver(mail("First"), mail("Second"), at=AT)
        server.stop()
        at, tries = AT, 0
        while at < AT + dt.timedelta(days=1):
            with pytest.raises(MailboxFault, match="does not listen on port"):
                fetch(box, at=at)
            at, tries = state_of(box).due_at or at, tries + 1
        assert tries < 110
        assert state_of(box).failing_since == AT
        server.start()
        assert fetch(box, at=at) == {"new_cases": 2}
    state = state_of(box)
    assert (state.failing_since, state.failures, state.problem, state.looked_at) == (None, 0, "", at)
    verbs = AuditEvent.objects.about("enquiries.mailbox", box.pk).values_list("verb", flat=True)
    assert list(verbs)[:2] == ["enquiries.mailbox_back", "enquiries.mailbox_lost"]


def test_a_wrong_password_is_said_in_words_and_not_tried_every_minute(there: Account) -> None:
    box = connect(there, password="another")
    with pytest.raises(SignInRefused, match="refused the sign-in"):
        fetch(box)
    state = state_of(box)
    assert "refused the sign-in" in state.problem
    assert "another" not in state.problem


def test_a_folder_that_is_not_there_is_said_in_words(there: Account) -> None:
    with pytest.raises(SetUpWrong, match="The folder Enquiries cannot be opened"):
        fetch(connect(there, folder="Enquiries"))


@pytest.mark.parametrize(("security", "port"), [("TLS", "imaps"), ("STARTTLS", "imap")])
def test_mail_is_fetched_encrypted_only_from_a_server_whose_certificate_is_trusted(
    there: Account, security: str, port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.deliver(mail("First"), at=AT)
    given = {"imap_host": "localhost", "imap_port": getattr(there.server, port), "imap_security": security}
    box = connect(there, **given)
    with pytest.raises(SetUpWrong, match="certificate of localhost cannot be trusted"):
        fetch(box)
    monkeypatch.setenv("SSL_CERT_FILE", str(there.server.certificate))
    assert fetch(box) == {"new_cases": 1}


def test_encryption_spoken_to_the_wrong_port_is_said_in_words(there: Account) -> None:
    with pytest.raises(MailboxFault, match="does not speak the chosen encryption"):
        fetch(connect(there, imap_security="TLS"))


def test_a_server_that_accepts_and_says_nothing_is_not_waited_for_for_ever(
    there: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "TIMEOUT", SocketTimeout(connect=0.3, read=0.3))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        box = connect(there, imap_port=silent.getsockname()[1])
        with pytest.raises(MailboxFault, match="did not answer in time"):
            fetch(box)


@pytest.mark.django_db(transaction=True)
def test_two_that_fetch_at_once_take_turns(there: Account) -> None:
    there.deliver(mail("First"), at=AT)
    box = connect(there)
    given = connection.get_connection_params()
    with psycopg.connect(
        **{name: given[name] for name in ("host", "port", "dbname", "user", "password")}
    ) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [fetching.LEASE, box.pk])
        assert fetching.fetch_mailbox(box, clock=lambda: AT) is None
        other.execute("SELECT pg_advisory_unlock(%s, %s)", [fetching.LEASE, box.pk])
    assert fetch(box) == {"new_cases": 1}


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_bring_each_message_in_once(there: Account) -> None:
    there.deliver(*(mail(f"Number {number}") for number in range(30)), at=AT)
    box = connect(there)
    problems: list[BaseException] = []

    def look() -> None:
        try:
            fetching.fetch_mailbox(box, clock=lambda: AT)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert fetch(box) == {}
    assert Case.objects.count() == RawMessage.objects.count() == RemoteMessage.objects.count() == 30
