"""Where mail goes: `EMAIL_URL` (smtp://user:password@host:587, smtps://…), else files in the home."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from .cannot import Cannot


def email_settings() -> dict[str, Any]:
    """Django's mail settings; without a mail server letters are written to `mail/`, never sent."""
    sender = os.environ.get("MOOTHALL_MAIL_FROM", "Moothall <moothall@localhost>")
    common = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": 20}
    url = os.environ.get("EMAIL_URL")
    if not url:
        backend = "moothall.config.mail_folder.EmailBackend"
        return common | {"EMAIL_BACKEND": backend}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Cannot("EMAIL_URL is not a mail server's address (smtp://user:password@host:587).")
    return common | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }
