"""A mail server on this machine, for the tests of sending."""

import socket
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """A mail server on this machine that answers as it is told, and keeps what it accepted."""

    def __init__(self) -> None:
        self.port = 0
        self.accepted: list[Message] = []
        self.recipients: list[list[str]] = []
        self.answers: dict[str, str] = {}  # "MAIL", "RCPT", "DATA" or an address -> the answer
        self.drop_at = ""  # "MAIL", "DATA" (its content), "ANSWER" (accepted, and gone before saying so)
        self.connections = 0

    def answer(self, *keys: str) -> str:
        return next((self.answers[key] for key in keys if key in self.answers), "250 OK")

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _s: Session, envelope: Envelope, address: str, _o: Any
    ) -> str:
        if self.drop_at == "MAIL":
            hang_up(server)
        answer = self.answer("MAIL")
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _s: Session, envelope: Envelope, address: str, _o: Any
    ) -> str:
        answer = self.answer(address, "RCPT")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.drop_at == "DATA":
            hang_up(server)
            return "451 gone"
        answer = self.answer("DATA")
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.accepted.append(message_from_bytes(envelope.content))
            self.recipients.append(list(envelope.rcpt_tos))
        if self.drop_at == "ANSWER":
            hang_up(server)
        return answer


def hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, WriteTransport)
    server.transport.abort()


@contextmanager
def mail_server(settings: Any, kept: MailServer | None = None) -> Iterator[MailServer]:
    """A running mail server that Django sends by."""
    kept = kept or MailServer()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port(), ready_timeout=5)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    try:
        yield kept
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
