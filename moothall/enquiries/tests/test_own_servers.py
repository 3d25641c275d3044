"""Letters leave by the mail server of the mailbox they are sent from, and a copy lies among those sent."""

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from procrastinate.contrib.django.models import ProcrastinateJob

from moothall.cases.tests.make import AT
from moothall.enquiries.models import Mailbox
from moothall.enquiries.rules.replying import reply
from moothall.enquiries.tasks import copy_sent_letter
from moothall.letters.models import Letter
from moothall.letters.rules.posting import Post
from moothall.letters.rules.sending import send_next
from moothall.letters.tests.mail_server import MailServer, free_port, mail_server
from moothall.letters.tests.make import make_letter
from moothall.people.models import ContactPoint
from moothall.people.tests.make import make_account

from .dovecot import Dovecot, needs_dovecot
from .make import SENDER, bounce, connect, fetch, mail, make_mailbox, newest, written_on

pytestmark = [pytest.mark.django_db, needs_dovecot]
LATER = AT + dt.timedelta(minutes=5)


class OwnMailServer(MailServer):
    """A mail server that lets in who knows the password or holds the token, and remembers who it was."""

    def __init__(self) -> None:
        super().__init__()
        self.let_in: list[str] = []
        self.words: set[str] = set()

    def authenticator(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        well = data.password.decode() in self.words
        if well:
            self.let_in.append(data.login.decode())
        return AuthResult(success=well, handled=well)


@pytest.fixture
def usual(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def own() -> Iterator[OwnMailServer]:
    kept = OwnMailServer()
    controller = Controller(
        kept, hostname="127.0.0.1", port=free_port(), ready_timeout=5, authenticator=kept.authenticator,
        auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    kept.port = controller.port
    yield kept
    controller.stop()


def send_all(at: dt.datetime = LATER) -> None:
    with Post() as post:
        while send_next(post=post, clock=lambda: at):
            pass


def test_an_answer_leaves_by_the_mailbox_it_is_from_and_all_else_by_the_usual_way(
    usual: MailServer, own: OwnMailServer, dovecot: Dovecot
) -> None:
    there = dovecot.account()
    own.words = {there.password}
    there.deliver(mail(), at=AT)
    box = connect(there, smtp_host="127.0.0.1", smtp_port=own.port)
    fetch(box)
    letter = reply(newest(), text="There is a place.", by=make_account(), at=AT)
    make_letter(at=AT)
    send_all()
    letter.refresh_from_db()
    assert letter.state == Letter.SENT
    assert [each["Message-ID"] for each in own.accepted] == [letter.message_id]
    assert own.let_in == [there.user]
    assert len(usual.accepted) == 1


def test_an_answer_to_our_answer_and_its_bounce_find_the_case_again(
    usual: MailServer, own: OwnMailServer, dovecot: Dovecot
) -> None:
    there = dovecot.account()
    own.words = {there.password}
    there.deliver(mail(), at=AT)
    box = connect(there, smtp_host="127.0.0.1", smtp_port=own.port)
    fetch(box)
    case = newest()
    letter = reply(case, text="There is a place.", by=make_account(), at=AT)
    send_all()
    there.deliver(
        mail("Thank you", subject="Re: course", in_reply_to=letter.message_id),
        bounce(letter.message_id),
        at=AT,
    )
    assert fetch(box) == {"added": 2}
    assert written_on() == case
    letter.refresh_from_db()
    assert letter.state == Letter.FAILED
    point = ContactPoint.objects.get(folded=SENDER.rpartition("<")[2].strip(">"))
    assert point.undeliverable_since is not None


def test_a_copy_lies_among_those_sent_once_however_often_it_is_asked_for(
    usual: MailServer, own: OwnMailServer, dovecot: Dovecot
) -> None:
    there = dovecot.account()
    own.words = {there.password}
    box = connect(there, smtp_host="127.0.0.1", smtp_port=own.port, sent_folder="Sent")
    letter = make_letter(at=AT, from_address=box.address)
    send_all()
    job = ProcrastinateJob.objects.get(task_name="enquiries.keep_sent_copy")
    for _again in range(2):
        copy_sent_letter(**job.args)
    [kept] = there.files(".Sent")
    assert message_from_bytes(kept.read_bytes())["Message-ID"] == letter.message_id
    assert kept.name.rpartition(":2,")[2] == "S"
    assert fetch(box) == {}


def test_a_mailbox_whose_server_is_away_stops_nobody_elses_letters(
    usual: MailServer, dovecot: Dovecot
) -> None:
    box = connect(dovecot.account(), smtp_host="127.0.0.1", smtp_port=9)
    waits = [make_letter(at=AT, from_address=box.address) for _ in range(3)]
    other = make_letter(at=AT)
    send_all()
    assert [each["Message-ID"] for each in usual.accepted] == [other.message_id]
    for letter in waits:
        letter.refresh_from_db()
        assert (letter.state, letter.attempts) == (Letter.QUEUED, 0)
    assert sum("ConnectionRefused" in letter.problem for letter in waits) == 1


def test_a_refused_password_keeps_the_letter_and_says_why(
    usual: MailServer, own: OwnMailServer, dovecot: Dovecot
) -> None:
    box = connect(dovecot.account(), smtp_host="127.0.0.1", smtp_port=own.port)
    letter = make_letter(at=AT, from_address=box.address)
    send_all()
    letter.refresh_from_db()
    assert letter.state == Letter.QUEUED
    assert "535" in letter.problem


def test_the_address_with_a_reference_in_it_is_the_mailbox_and_a_longer_name_is_not(
    usual: MailServer, own: OwnMailServer, dovecot: Dovecot
) -> None:
    there = dovecot.account()
    own.words = {there.password}
    box: Mailbox = make_mailbox(address="learn@borth.example")
    connect(there, mailbox=box, smtp_host="127.0.0.1", smtp_port=own.port)
    for sender in ("learn+LRN-26-00001@borth.example", "LEARN@borth.example", "learning@borth.example"):
        make_letter(at=AT, from_address=sender)
    send_all()
    assert (len(own.accepted), len(usual.accepted)) == (2, 1)
