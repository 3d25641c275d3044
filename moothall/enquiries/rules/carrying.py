"""Letters from a mailbox leave by its own mail server, and a copy lies among those sent."""

import datetime as dt
import smtplib
import ssl
from collections.abc import Callable, Sequence
from typing import Any

from django.core.mail.backends.smtp import EmailBackend
from django.db.models import Q
from procrastinate.contrib.django import app

from moothall.core.clock import now
from moothall.core.sealing import unseal
from moothall.enquiries.models import Connection
from moothall.enquiries.models.connection import STARTTLS, TLS
from moothall.letters.models import Letter
from moothall.letters.rules.carriers import Carrier
from moothall.letters.rules.composing import compose

from .faults import MailboxFault, fault_of
from .inbox import open_inbox, refuse_in_the_clear
from .tokens import access_token

TIMEOUT = 20
KEEP_COPY = "enquiries.keep_sent_copy"


class OwnServer(EmailBackend):
    """The mail server of one mailbox; signs in by password or token."""

    def __init__(self, connection: Connection, *, at: Callable[[], dt.datetime]) -> None:
        self.mailbox_connection, self.clock = connection, at
        security = connection.smtp_security
        refuse_in_the_clear(connection.smtp_host, security)
        super().__init__(
            host=connection.smtp_host, port=connection.smtp_port, username="", password="",
            use_tls=security == STARTTLS, use_ssl=security == TLS, timeout=TIMEOUT,
        )  # fmt: skip

    def open(self) -> bool | None:
        """Connect and sign in; a token that was refused is asked for anew, once."""
        new = super().open()
        if not new or self.connection is None:
            return new
        try:
            self._sign_in(self.connection)
        except BaseException:
            self.close()
            raise
        return new

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        given = self.mailbox_connection
        user = given.smtp_user_name or given.user_name
        smtp.ehlo_or_helo_if_needed()
        if not given.by_token:
            password = unseal(given.sealed_smtp_password or given.sealed_password)
            if smtp.has_extn("auth"):  # a relay that knows us by our address asks for none
                smtp.login(user, password)
            return
        try:
            _sign_in_by_token(smtp, user, access_token(given, at=self.clock()))
        except smtplib.SMTPAuthenticationError:
            _sign_in_by_token(smtp, user, access_token(given, at=self.clock(), afresh=True))


def _sign_in_by_token(smtp: smtplib.SMTP, user: str, token: str) -> None:
    words = f"user={user}\1auth=Bearer {token}\1\1"
    smtp.auth("XOAUTH2", lambda challenge=None: words if challenge is None else "", initial_response_ok=True)


def carriers() -> Sequence[Carrier]:
    """One way out for each mailbox that has a mail server of its own."""
    own = Connection.objects.exclude(smtp_host="").select_related("mailbox").order_by("pk")
    return [_carrier(each) for each in own]


def _carrier(connection: Connection) -> Carrier:
    """An answer leaves from the mailbox's address with the case's reference in it."""
    name, _at, domain = connection.mailbox.address.lower().partition("@")
    plain = Q(from_address__iexact=connection.mailbox.address)
    tagged = Q(from_address__istartswith=f"{name}+", from_address__iendswith=f"@{domain}")

    def carries(address: str) -> bool:
        local, _at, where = address.partition("@")
        return where == domain and (local == name or local.startswith(f"{name}+"))

    def connect() -> Any:
        return OwnServer(connection, at=now)

    def sent(letter: Letter) -> None:
        if connection.sent_folder:
            app.configure_task(KEEP_COPY).defer(letter_id=letter.pk, connection_id=connection.pk)

    return Carrier(connection.mailbox.key, plain | tagged, carries, connect, sent)


def keep_sent_copy(letter: Letter, connection: Connection, *, at: dt.datetime) -> bool:
    """Put the letter among those sent, as other programs do; the answer is whether it was not there yet."""
    if letter.sent_at is None or not connection.sent_folder:
        return False
    raw = compose(letter, at=letter.sent_at).message().as_bytes(linesep="\r\n")
    with open_inbox(connection, at=at, folder=connection.sent_folder, make=True) as sent:
        return sent.keep_copy(raw, message_id=letter.message_id, at=letter.sent_at)


def try_smtp(connection: Connection, *, at: dt.datetime) -> None:
    """Connect and sign in without sending anything. Whatever goes wrong is a `MailboxFault`."""
    try:
        server = OwnServer(connection, at=lambda: at)
        server.open()
        server.close()
    except MailboxFault:
        raise
    except (smtplib.SMTPException, OSError, ssl.SSLError) as problem:
        raise fault_of(problem, host=connection.smtp_host, port=connection.smtp_port) from problem
