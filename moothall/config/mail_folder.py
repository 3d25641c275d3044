"""Mail for an office without a mail server: every message becomes a file, and nobody is written to."""

import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from moothall.core.clock import now


class EmailBackend(BaseEmailBackend):
    """Writes `.eml` files that any mail program opens, into `settings.EMAIL_FILE_PATH`."""

    def __init__(self, fail_silently: bool = False, **_rest: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(getattr(settings, "EMAIL_FILE_PATH"))  # noqa: B009
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            write(folder, message)
        return len(email_messages)


def write(folder: Path, message: EmailMessage) -> None:
    """One file a message, whole or not at all."""
    made = message.message()
    mark = hashlib.sha256(str(made["Message-ID"]).encode()).hexdigest()[:12]
    draft = folder / f".{secrets.token_hex(8)}"
    with draft.open("xb") as file:
        file.write(made.as_bytes(linesep="\r\n"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{now():%Y-%m-%d-%H%M%S}-{mark}.eml")
