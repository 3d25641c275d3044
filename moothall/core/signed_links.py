"""Secrets in links: random, signed by this installation, and a row behind each, so that it can be ended."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse


def new_token() -> str:
    return secrets.token_urlsafe(24)


def sign(token: str, kind: str) -> str:
    return _signer(kind).sign(token)


def unsign(signed: str, kind: str) -> str:
    """The token, if this installation signed it; else there is no such page."""
    try:
        return _signer(kind).unsign(signed)
    except BadSignature as problem:
        raise Http404 from problem


def _signer(kind: str) -> Signer:
    return Signer(salt=kind, sep=".")


def absolute(url_name: str, signed: str) -> str:
    """The address as a letter gives it."""
    return f"{settings.PUBLIC_URL}{reverse(url_name, args=[signed])}"
