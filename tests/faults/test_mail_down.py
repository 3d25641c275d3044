"""The mail server is away for a day and comes back badly: every letter arrives once, or a person is asked."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db.models import F

from moothall.letters.models import Letter
from moothall.letters.rules.outbox import settle_maybe_sent
from moothall.letters.rules.posting import Post
from moothall.letters.rules.sending import send_next
from moothall.letters.rules.waiting import cancel_what_is_stale, letters_that_wait
from moothall.letters.tests.mail_server import MailServer, mail_server
from moothall.letters.tests.make import AT, make_account, make_letter, make_team
from tests.faults.results import fault, seed_for
from tests.faults.sweep import assert_well_here

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
SEED = seed_for(20265)
LETTERS, PEOPLE, STALE, NOBODY = 300, 60, 20, 6
HOUR = dt.timedelta(hours=1)


class BadServer(MailServer):
    """A mail server that can also fall silent with the letter in its hands."""

    silent = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.silent:
            await asyncio.sleep(3)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def server(settings: Any) -> Iterator[BadServer]:
    bad = BadServer()
    with mail_server(settings, bad):
        settings.EMAIL_TIMEOUT = 1
        yield bad


def look(at: dt.datetime, *, most: int = LETTERS * 2) -> None:
    """What the worker does once a minute, no more letters than this."""
    cancel_what_is_stale(at=at)
    with Post() as post:
        for _number in range(most):
            if not send_next(post=post, clock=lambda: at):
                return


def write_letters(rng: Random) -> None:
    """Several to each person, some to nobody, and reminders of this morning."""
    team = make_team()
    for number in range(LETTERS):
        to = f"person{rng.randrange(PEOPLE)}@example.com" if number >= NOBODY else f"gone{number}@example.com"
        make_letter(about=team, to_address=to, subject=f"{number}", at=AT)
    for number in range(STALE):
        make_letter(
            about=team, to_address=f"person{number}@example.com", automatic=True, at=AT,
            useless_after=AT + 12 * HOUR,
        )  # fmt: skip


def go_through_a_bad_morning(server: BadServer, rng: Random, at: dt.datetime) -> dt.datetime:
    """It is back, and does by turns everything a mail server can do wrong. Until when."""
    wrongs = ["451", "421", "DATA", "ANSWER", "silent", "MAIL"]
    for wrong in wrongs * 2:
        at += dt.timedelta(minutes=2)
        server.answers = {f"gone{number}@example.com": "550 no such user" for number in range(NOBODY)}
        server.drop_at = wrong if wrong in {"DATA", "ANSWER", "MAIL"} else ""
        server.silent = wrong == "silent"
        if wrong.isdigit():
            server.answers["RCPT"] = f"{wrong} come again"
        look(at, most=rng.randint(2, 5))
        server.drop_at, server.silent = "", False
        server.answers.pop("RCPT", None)
        look(at, most=rng.randint(3, 8))
    return at


def test_a_day_without_mail_and_a_bad_return_lose_and_double_no_letter(
    server: BadServer, settings: Any
) -> None:
    rng = Random(SEED)
    done = "a day away; then refusals, 4xx, 5xx, silence after DATA, loss before and after 250"
    with fault(5, "mail down", done, seed=SEED) as row:
        write_letters(rng)
        row.n = LETTERS
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        for hours in range(25):
            look(AT + hours * HOUR)
        [notice] = letters_that_wait(AT + 24 * HOUR)
        assert f"Waiting: {LETTERS}." in str(notice), "staff are told"
        assert not Letter.objects.exclude(state__in=[Letter.QUEUED, Letter.CANCELLED]).exists()
        settings.EMAIL_PORT = port

        at = go_through_a_bad_morning(server, rng, AT + 25 * HOUR)
        asked = Letter.objects.filter(state=Letter.MAYBE_SENT)
        assert asked.exists()
        flagged = set(asked.values_list("message_id", flat=True))
        for hours in range(1, 9):
            look(at + hours * HOUR)
        arrived = Counter(str(message["Message-ID"]) for message in server.accepted)
        assert set(asked.values_list("message_id", flat=True)) == flagged, "never repeated by itself"
        for letter in asked:
            settle_maybe_sent(
                letter, was_sent=letter.message_id in arrived, by=make_account(), at=at + 9 * HOUR
            )
        look(at + 10 * HOUR)
        _judge(server, row, flagged)
        assert_well_here()


def _judge(server: BadServer, row: Any, flagged: set[str]) -> None:
    arrived = Counter(str(message["Message-ID"]) for message in server.accepted)
    row.doubled = sum(many - 1 for many in arrived.values())
    wanted = Letter.objects.exclude(to_address__startswith="gone").exclude(useless_after__isnull=False)
    row.lost = sum(letter.message_id not in arrived for letter in wanted)
    assert {letter.state for letter in wanted} == {Letter.SENT}
    assert set(Letter.objects.filter(to_address__startswith="gone").values_list("state", flat=True)) == {
        Letter.FAILED
    }
    stale = Letter.objects.filter(useless_after__isnull=False)
    assert {letter.state for letter in stale} == {Letter.CANCELLED}
    assert not arrived.keys() & set(stale.values_list("message_id", flat=True))
    order: dict[str, list[int]] = {}
    for message, recipients in zip(server.accepted, server.recipients, strict=True):
        if str(message["Message-ID"]) not in flagged:
            order.setdefault(recipients[0], []).append(int(str(message["Subject"])))
    assert all(numbers == sorted(numbers) for numbers in order.values()), "one after the other"
    assert not Letter.objects.filter(state=Letter.SENT, sent_at__lt=F("written_at")).exists()
