"""Signatures by the Standard Webhooks scheme: HMAC-SHA256 over id, time and body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, *, event: str, at: int, body: bytes) -> str:
    """One signature, as `webhook-signature` lists it."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{event}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def signatures(kept: Iterable[str], *, event: str, at: int, body: bytes) -> str:
    """By each of the secrets that hold: two while one takes over from the other."""
    return " ".join(sign(secret, event=event, at=at, body=body) for secret in kept)
