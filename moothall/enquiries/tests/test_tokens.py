"""Mailboxes opened by OAuth2 tokens: fetched when needed, kept sealed, asked for anew when refused."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from moothall.cases.tests.make import AT
from moothall.core.sealing import unseal
from moothall.enquiries.models import Connection, Mailbox
from moothall.enquiries.rules.faults import MailboxFault, SetUpWrong, SignInRefused
from moothall.enquiries.rules.mailboxes import connect_mailbox
from moothall.enquiries.rules.tokens import access_token
from moothall.people.tests.make import make_account

from .dovecot import Account, needs_dovecot, running_dovecot
from .make import connect, fetch, mail, make_mailbox, settings_for
from .token_server import TokenServer, token_server

pytestmark = [pytest.mark.django_db, needs_dovecot]


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[TokenServer, Account]]:
    with token_server() as tokens, running_dovecot(tokens=tokens.port) as server:
        yield tokens, server.account()


@pytest.fixture
def tokens(running: tuple[TokenServer, Account]) -> TokenServer:
    """The service as it is at first, and a mailbox of one's own that its tokens open."""
    tokens, account = running
    fresh = account.server.account()
    tokens.asked.clear()
    tokens.user, tokens.seconds, tokens.renews, tokens.refuses, tokens.status = (
        fresh.user,
        3600,
        False,
        "",
        200,
    )
    return tokens


@pytest.fixture
def there(running: tuple[TokenServer, Account], tokens: TokenServer) -> Account:
    return Account(running[1].server, tokens.user)


def connected(there: Account, tokens: TokenServer, **changes: str) -> Mailbox:
    given: dict[str, Any] = {
        "sign_in": "CLIENT", "token_url": tokens.url, "client_id": "moothall", "client_secret": "the secret",
        "scope": "mail", "password": "",
    }  # fmt: skip
    return connect(there, **given | changes)


def test_an_application_signs_in_by_itself_and_its_token_is_kept_sealed(
    there: Account, tokens: TokenServer
) -> None:
    there.deliver(mail(), at=AT)
    box = connected(there, tokens)
    assert fetch(box) == {"new_cases": 1}
    asked = {
        "client_id": "moothall", "client_secret": "the secret", "scope": "mail",
        "grant_type": "client_credentials",
    }  # fmt: skip
    assert tokens.asked == [asked]
    assert fetch(box) == {}
    assert len(tokens.asked) == 1
    kept = Connection.objects.get(mailbox=box)
    assert unseal(kept.sealed_token) in tokens.given
    assert "token-" not in kept.sealed_token


def test_a_token_that_is_about_to_end_is_not_used(there: Account, tokens: TokenServer) -> None:
    tokens.seconds = 600
    box = connected(there, tokens)
    for minutes, times in ((0, 1), (8, 1), (9, 2), (17, 2), (30, 3)):
        fetch(box, at=AT + dt.timedelta(minutes=minutes))
        assert len(tokens.asked) == times


def test_a_refresh_token_that_is_renewed_replaces_the_old_one(there: Account, tokens: TokenServer) -> None:
    tokens.renews = True
    box = connected(there, tokens, sign_in="REFRESH", refresh_token="the first", client_secret="")
    fetch(box)
    fetch(box, at=AT + dt.timedelta(hours=2))
    assert tokens.asked[0]["refresh_token"] == "the first"
    assert tokens.asked[1]["refresh_token"].startswith("refresh-token-")
    assert "client_secret" not in tokens.asked[0]


def test_a_token_that_the_mail_server_refuses_is_asked_for_anew_once(
    there: Account, tokens: TokenServer
) -> None:
    there.deliver(mail(), at=AT)
    box = connected(there, tokens)
    fetch(box)
    tokens.end_all()
    there.deliver(mail(), at=AT)
    assert fetch(box) == {"new_cases": 1}
    assert len(tokens.asked) == 2
    tokens.end_all()
    tokens.user = "somebody else"
    with pytest.raises(SignInRefused, match="refused the sign-in"):
        fetch(box)


def test_a_grant_that_has_ended_is_said_in_the_words_of_the_service(
    there: Account, tokens: TokenServer
) -> None:
    tokens.refuses = "invalid_grant"
    with pytest.raises(SignInRefused, match="invalid_grant The grant has ended"):
        fetch(connected(there, tokens))


def test_a_service_that_is_busy_or_away_is_waited_for(there: Account, tokens: TokenServer) -> None:
    tokens.status = 503
    with pytest.raises(MailboxFault, match=r"is busy \(503\)"):
        fetch(connected(there, tokens))
    with pytest.raises(MailboxFault, match="cannot be reached"):
        fetch(connected(there, tokens, token_url="http://127.0.0.1:9/token"))


@pytest.mark.parametrize("seconds", ["soon", -5, None, 10**12])
def test_a_service_that_names_no_sensible_end_is_borne(
    there: Account, tokens: TokenServer, seconds: object
) -> None:
    tokens.seconds = seconds
    fetch(connected(there, tokens))


def test_a_secret_is_sent_to_no_address_in_the_clear() -> None:
    given = settings_for_a_token() | {"token_url": "http://tokens.borth.example/token"}
    kept = connect_mailbox(make_mailbox(), settings=given, by=make_account(), at=AT)
    with pytest.raises(SetUpWrong, match="must begin with https"):
        access_token(kept, at=AT)


def settings_for_a_token() -> dict[str, object]:
    with running_dovecot() as server:
        given = settings_for(server.account())
    return given | {"sign_in": "CLIENT", "client_secret": "x", "client_id": "y"}
