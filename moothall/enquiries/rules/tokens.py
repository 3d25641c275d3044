"""OAuth2: a token for a mailbox, fetched from its sign-in service and kept sealed until it ends."""

import datetime as dt
import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from moothall.core.sealing import seal, unseal
from moothall.enquiries.models import Connection
from moothall.enquiries.models.connection import CLIENT

from .faults import MailboxFault, SetUpWrong, SignInRefused, words_of
from .presets import is_this_machine

EARLY = dt.timedelta(seconds=60)  # a token that ends in a moment is no use
PATIENCE = 15
LARGEST = 100_000
USUAL_SECONDS = 300


def access_token(connection: Connection, *, at: dt.datetime, afresh: bool = False) -> str:
    """The token that opens this mailbox now; the kept one, while it lasts."""
    kept_until = connection.token_until
    if connection.sealed_token and not afresh and kept_until is not None and at < kept_until - EARLY:
        return unseal(connection.sealed_token)
    answer = _ask(connection)
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise SignInRefused(_("The sign-in service gave no token."))
    _keep(connection, answer, token, at=at)
    return token


def _keep(connection: Connection, answer: dict[str, Any], token: str, *, at: dt.datetime) -> None:
    """Some services give a new refresh token each time, and the old one ends."""
    try:
        seconds = int(answer.get("expires_in") or USUAL_SECONDS)
    except (TypeError, ValueError):
        seconds = USUAL_SECONDS
    changes: dict[str, Any] = {
        "sealed_token": seal(token),
        "token_until": at + dt.timedelta(seconds=max(0, min(seconds, 86_400))),
    }
    renewed = answer.get("refresh_token")
    if isinstance(renewed, str) and renewed:
        changes["sealed_refresh_token"] = seal(renewed)
    Connection.objects.filter(pk=connection.pk).update(**changes)
    for name, value in changes.items():
        setattr(connection, name, value)


def _ask(connection: Connection) -> dict[str, Any]:
    """One question to the token address; whoever answers with a redirect is not followed."""
    given = {
        "client_id": connection.client_id,
        "client_secret": unseal(connection.sealed_client_secret),
        "scope": connection.scope,
    }
    if connection.sign_in == CLIENT:
        given["grant_type"] = "client_credentials"
    else:
        given |= {
            "grant_type": "refresh_token",
            "refresh_token": unseal(connection.sealed_refresh_token),
        }
    host = urlsplit(connection.token_url).hostname or ""
    try:
        status, body = _post(connection.token_url, {name: each for name, each in given.items() if each})
    except (OSError, http.client.HTTPException) as problem:
        sentence = _("The sign-in service %(host)s cannot be reached: %(words)s")
        raise MailboxFault(sentence % {"host": host, "words": words_of(problem)}) from problem
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if status >= 500 or status == 429:
        raise MailboxFault(_("The sign-in service %(host)s is busy (%(status)s).") % {
            "host": host, "status": status
        })  # fmt: skip
    if status != 200 or not isinstance(answer, dict):
        words = {"host": host, "words": _said(answer, status)}
        raise SignInRefused(_("The sign-in service %(host)s refused: %(words)s") % words)
    return answer


def _said(answer: Any, status: int) -> str:
    if not isinstance(answer, dict):
        return str(status)
    words = f"{answer.get('error', '')} {answer.get('error_description', '')}".split()
    return " ".join(words)[:300] or str(status)


def _post(address: str, given: dict[str, str]) -> tuple[int, bytes]:
    parts = urlsplit(address)
    if parts.scheme == "https":
        secure = ssl.create_default_context()
        line: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=PATIENCE, context=secure
        )
    elif parts.scheme == "http" and is_this_machine(parts.hostname or ""):
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    else:
        raise SetUpWrong(_("The token address must begin with https://."))
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        line.request("POST", path, urlencode(given), headers)
        answer = line.getresponse()
        return answer.status, answer.read(LARGEST)
    finally:
        line.close()
