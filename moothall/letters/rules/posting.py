"""Handing one message to the mail server, and knowing afterwards what became of it.

SMTP cannot promise "once". Everything before the final dot may be tried again; when the connection is lost
after it, nobody knows, and a person has to look.
"""

import re
import smtplib
import socket
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage

from moothall.core.refusals import Refusal

from .carriers import Carrier, Carriers

SENT, LATER, REFUSED, UNKNOWN, UNREACHABLE = "sent", "later", "refused", "unknown", "unreachable"
LEADING_DOT = re.compile(rb"(?m)^\.")
LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class Outcome:
    """What became of one message, with the server's words where there are any."""

    kind: str
    words: str = ""


class Post:
    """The ways out: one connection each, opened when needed and after a loss again."""

    def __init__(self) -> None:
        self.carriers = Carriers()
        self.connections: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for key in list(self.connections):
            self.close(key)

    def close(self, key: str) -> None:
        connection = self.connections.pop(key, None)
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()

    def send(self, message: EmailMessage) -> Outcome:
        """Hand the message over; never raises for what a mail server can do wrong.

        A server may close a connection it has answered on for a while: that is tried once more at once.
        """
        carrier = self.carriers.of(message.from_email)
        reused = carrier.key in self.connections
        outcome = self.try_to_send(message, carrier)
        if outcome.kind == UNREACHABLE and reused:
            outcome = self.try_to_send(message, carrier)
        if outcome.kind == UNREACHABLE:
            self.carriers.away.add(carrier.key)
        return outcome

    def try_to_send(self, message: EmailMessage, carrier: Carrier) -> Outcome:
        try:
            if carrier.key not in self.connections:
                self.connections[carrier.key] = carrier.connect()
            connection = self.connections[carrier.key]
            connection.open()
            smtp = getattr(connection, "connection", None)
            if not isinstance(smtp, smtplib.SMTP):
                connection.send_messages([message])
                return Outcome(SENT)
        except Refusal as refusal:
            return Outcome(UNREACHABLE, str(refusal.sentence))
        except (smtplib.SMTPException, OSError) as problem:
            self.close(carrier.key)
            return Outcome(UNREACHABLE, said(problem))
        outcome = hand_over(smtp, message)
        if outcome.kind in {UNKNOWN, UNREACHABLE} or smtp.sock is None:
            self.close(carrier.key)
        return outcome


def hand_over(smtp: smtplib.SMTP, message: EmailMessage) -> Outcome:
    """One SMTP conversation about one message."""
    try:
        refused, left_out = offer(smtp, message)
        if refused is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.rset()
            return refused
        if smtp.sock is not None:  # the last line goes out at once, not after the server's next breath
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        content = LEADING_DOT.sub(b"..", LINE_END.sub(b"\r\n", message.message().as_bytes()))
        smtp.send(content if content.endswith(b"\r\n") else content + b"\r\n")
    except smtplib.SMTPResponseException as problem:
        return answered(problem.smtp_code, problem.smtp_error)
    except (smtplib.SMTPException, OSError) as problem:
        return Outcome(UNREACHABLE, said(problem))
    try:
        smtp.send(b".\r\n")
        code, words = smtp.getreply()
    except (smtplib.SMTPException, OSError) as problem:
        return Outcome(UNKNOWN, said(problem))
    if code == 250:
        return Outcome(SENT, left_out)
    return answered(code, words) if 400 <= code < 600 else Outcome(UNKNOWN, f"{code} {decoded(words)}")


def offer(smtp: smtplib.SMTP, message: EmailMessage) -> tuple[Outcome | None, str]:
    """Say who writes to whom, up to the server's go-ahead; a refused copy does not stop the letter."""
    smtp.ehlo_or_helo_if_needed()
    code, words = smtp.mail(bare(message.from_email))
    if code != 250:
        return answered(code, words), ""
    code, words = smtp.rcpt(bare(message.to[0]))
    if code not in {250, 251}:
        return answered(code, words), ""
    left_out = []
    for address in message.cc:
        code, words = smtp.rcpt(bare(address))
        if code not in {250, 251}:
            left_out.append(f"{address}: {code} {decoded(words)}")
    code, words = smtp.docmd("DATA")
    return (None if code == 354 else answered(code, words)), "; ".join(left_out)


def bare(address: str) -> str:
    """`"Nia" <nia@example.org>` as `nia@example.org`, its domain in letters every server reads."""
    name, _at, domain = parseaddr(address)[1].rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}"


def answered(code: int, words: bytes | str) -> Outcome:
    """What a number means: 5xx never, 4xx later, 421 that the server itself is closing."""
    said_words = f"{code} {decoded(words)}".strip()
    if 500 <= code < 600:
        return Outcome(REFUSED, said_words)
    return Outcome(LATER if 400 <= code < 500 and code != 421 else UNREACHABLE, said_words)


def decoded(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:500]


def said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {decoded(str(problem))}"
